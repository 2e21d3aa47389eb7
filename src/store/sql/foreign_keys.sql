-- $1 a table of the inbox. Keys that point at one of its partitions count too; of a partitioned
-- table that points, its own key and not those of its partitions.
SELECT
    format('%I.%I', n.nspname, child.relname) AS relation,
    n.nspname AS schema_name,
    child.relname AS table_name,
    child.oid::bigint AS table_oid,
    k.conname AS constraint_name,
    ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u (number, place)
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number ORDER BY place) AS columns,
    ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS u (number, place)
          JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number ORDER BY place) AS referenced,
    k.confdeltype::text AS on_delete,
    k.condeferrable AS is_deferrable
FROM pg_constraint k
JOIN pg_class child ON child.oid = k.conrelid
JOIN pg_namespace n ON n.oid = child.relnamespace
WHERE k.contype = 'f' AND k.conparentid = 0
  AND k.confrelid IN (
      SELECT to_regclass(quote_ident($1))::oid
      UNION ALL
      SELECT relid::oid FROM pg_partition_tree(to_regclass(quote_ident($1))))
ORDER BY n.nspname, child.relname, k.conname
