-- Who may do all that we may: superusers, this role, and the owner of the inbox's tables, in whose hands is whoever works
-- with those; and whether that is who owns the tables, with their partitions. After named.sql, as a part of WITH.
, trusted AS (
    SELECT oid FROM pg_roles WHERE rolsuper OR rolname = current_user
    UNION
    SELECT relowner FROM pg_class WHERE oid = to_regclass('contacts')::oid
), tables AS (
    SELECT p.written, c.oid AS id, c.relowner AS owner, c.relowner IN (SELECT oid FROM trusted) AS is_trusted
    FROM (
        SELECT n.written, n.id FROM named n
        UNION
        SELECT n.written, t.relid::oid FROM named n CROSS JOIN LATERAL pg_partition_tree(n.id::regclass) AS t
    ) AS p
    JOIN pg_class c ON c.oid = p.id
)
