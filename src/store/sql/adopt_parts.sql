-- $1: a table of ours. What makes each of its foreign keys, each key that none leads to, and each index
-- of no constraint; those of a partitioned table are its partitions' too.
WITH ours AS (
    SELECT c.oid, c.relname, c.relkind FROM pg_class c
    WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
        AND c.relkind IN ('r', 'p') AND c.relname::text = $1
)
SELECT pg_catalog.format('ALTER TABLE %I DROP CONSTRAINT %I', ours.relname, k.conname) AS gone,
    pg_catalog.format('ALTER TABLE %I ADD CONSTRAINT %I %s', ours.relname, k.conname, pg_get_constraintdef(k.oid)) AS made,
    true AS leads
FROM ours JOIN pg_constraint k ON k.conrelid = ours.oid
WHERE k.contype = 'f'
UNION ALL
SELECT pg_catalog.format('ALTER TABLE %I DROP CONSTRAINT %I', ours.relname, k.conname),
    pg_catalog.format('ALTER TABLE %I ADD CONSTRAINT %I %s', ours.relname, k.conname, pg_get_constraintdef(k.oid)), false
FROM ours JOIN pg_constraint k ON k.conrelid = ours.oid
WHERE k.contype IN ('p', 'u') AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.confrelid = ours.oid)
UNION ALL
SELECT pg_catalog.format('DROP INDEX %I', c.relname),
    -- Of a partitioned table it is printed as that of the table alone.
    CASE ours.relkind WHEN 'p' THEN pg_catalog.replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ')
        ELSE pg_get_indexdef(i.indexrelid) END, false
FROM ours JOIN pg_index i ON i.indrelid = ours.oid
JOIN pg_class c ON c.oid = i.indexrelid
WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
