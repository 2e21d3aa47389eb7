-- $1 and $2: columns that change, by relation as SQL writes it. The keys between such relations that have them: what
-- takes each off, and what makes it again.
SELECT pg_catalog.format('ALTER TABLE %I.%I DROP CONSTRAINT %I', n.nspname, c.relname, k.conname) AS gone,
    pg_catalog.format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)) AS made,
    true AS leads
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype = 'f' AND k.conparentid = 0::oid AND EXISTS (
    SELECT FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2)) AS changed (relation, name)
    JOIN pg_attribute a ON a.attrelid = changed.relation::regclass::oid AND a.attname::text = changed.name
    WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey))
ORDER BY 2
