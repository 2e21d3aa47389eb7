-- $1: tables of the inbox's schema that become ours. What makes those of their keys on which something
-- stands that comes along: foreign keys of other tables, and views that group by them.
WITH taken AS (
    SELECT c.oid, c.relname, n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
        AND c.relkind IN ('r', 'p') AND c.relname::text = ANY ($1)
)
SELECT CASE WHEN k.oid IS NULL THEN pg_catalog.replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ')
    ELSE pg_catalog.format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', taken.nspname, taken.relname, k.conname,
        pg_get_constraintdef(k.oid)) END AS name
FROM taken JOIN pg_index i ON i.indrelid = taken.oid
LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u') AND k.conrelid = taken.oid
WHERE NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = i.indexrelid)
    AND (EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = i.indexrelid
            AND NOT EXISTS (SELECT FROM taken own WHERE own.oid = f.conrelid))
        OR EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_rewrite'::regclass::oid
            AND d.refclassid = 'pg_constraint'::regclass::oid AND d.refobjid = k.oid))
