-- The named tables and their partitions, by their oids. After named.sql.
SELECT id FROM named
UNION SELECT tree.relid::oid FROM named CROSS JOIN LATERAL pg_partition_tree(named.id::regclass) AS tree
