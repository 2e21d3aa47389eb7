-- $1 a table, as SQL writes it. Keys that point at one of its partitions count too; of a
-- partitioned table that points, its own key and not those of its partitions. After named.sql.
, tree AS (
    SELECT (SELECT id FROM named) AS id
    UNION
    SELECT relid::oid FROM pg_partition_tree((SELECT id FROM named)::regclass))
SELECT
    pg_catalog.format('%I.%I', n.nspname, child.relname) AS relation,
    CASE WHEN child.relkind::text = 'p' THEN '' ELSE 'ONLY ' END || pg_catalog.format('%I.%I', n.nspname, child.relname) AS own_rows,
    CASE WHEN n.nspname = current_schema() THEN child.relname::text
        ELSE n.nspname::text || '.' || child.relname::text END AS label,
    (SELECT pg_catalog.format('%I.%I', s.nspname, c.relname) FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
     WHERE c.oid = pg_partition_root(child.oid::regclass)::oid AND c.oid <> child.oid) AS whole,
    n.nspname AS schema_name,
    child.relname AS table_name,
    child.oid::bigint AS table_oid,
    k.conname AS constraint_name,
    ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS u (number, place)
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number ORDER BY place) AS columns,
    ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS u (number, place)
          JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number ORDER BY place) AS referenced,
    (SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.oid = k.confrelid) AS referenced_relation,
    ARRAY(SELECT pg_catalog.format('OPERATOR(%I.%s)', s.nspname, o.oprname)
          FROM pg_catalog.unnest(k.conpfeqop) WITH ORDINALITY AS u (number, place)
          JOIN pg_operator o ON o.oid = u.number JOIN pg_namespace s ON s.oid = o.oprnamespace
          ORDER BY place) AS operators,
    ARRAY(SELECT pg_catalog.format('OPERATOR(%I.%s)', s.nspname, o.oprname)
          FROM pg_catalog.unnest(k.conffeqop) WITH ORDINALITY AS u (number, place)
          JOIN pg_operator o ON o.oid = u.number JOIN pg_namespace s ON s.oid = o.oprnamespace
          ORDER BY place) AS own_operators,
    k.confrelid::bigint AS referenced_oid,
    k.confrelid <> (SELECT id FROM named) AS is_of_partition,
    child.oid IN (SELECT id FROM tree) AS is_own,
    k.confdeltype::text AS on_delete,
    k.confupdtype::text AS on_update,
    k.condeferrable AS is_deferrable
FROM pg_constraint k
JOIN pg_class child ON child.oid = k.conrelid
JOIN pg_namespace n ON n.oid = child.relnamespace
WHERE k.contype = 'f' AND k.conparentid = 0::oid AND k.confrelid IN (SELECT id FROM tree)
ORDER BY n.nspname, child.relname, k.conname
