-- $1 a table, as SQL writes it. Foreign keys that point at it or at one of its partitions, and whose rows
-- the server changes when what they point at changes: the columns that they point at.
SELECT
    k.conname::text AS constraint_name,
    CASE WHEN n.nspname = current_schema() THEN child.relname::text
        ELSE n.nspname::text || '.' || child.relname::text END AS label,
    ARRAY(SELECT a.attname::text FROM pg_attribute a
          WHERE a.attrelid = k.confrelid AND a.attnum = ANY (k.confkey) ORDER BY a.attnum) AS columns
FROM pg_constraint k
JOIN pg_class child ON child.oid = k.conrelid JOIN pg_namespace n ON n.oid = child.relnamespace
WHERE k.contype = 'f' AND k.confupdtype::text IN ('c', 'n', 'd')
    AND (k.confrelid = to_regclass($1)::oid
         OR k.confrelid IN (SELECT relid::oid FROM pg_partition_tree(to_regclass($1))))
ORDER BY k.conname
