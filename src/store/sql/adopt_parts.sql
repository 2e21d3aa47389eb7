-- $1: a table of ours. What makes each of its foreign keys, then each index of no constraint.
WITH ours AS (
    SELECT c.oid, c.relname FROM pg_class c
    WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
        AND c.relkind = 'r' AND c.relname::text = $1
)
SELECT pg_catalog.format('ALTER TABLE %I DROP CONSTRAINT %I', ours.relname, k.conname) AS gone,
    pg_catalog.format('ALTER TABLE %I ADD CONSTRAINT %I %s', ours.relname, k.conname, pg_get_constraintdef(k.oid)) AS made
FROM ours JOIN pg_constraint k ON k.conrelid = ours.oid
WHERE k.contype = 'f'
UNION ALL
SELECT pg_catalog.format('DROP INDEX %I', c.relname), pg_get_indexdef(i.indexrelid)
FROM ours JOIN pg_index i ON i.indrelid = ours.oid
JOIN pg_class c ON c.oid = i.indexrelid
WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
