-- $1: tables of the inbox's schema that become ours. Their partitions in other schemas, of any depth, as SQL writes them.
WITH RECURSIVE parts AS (
    SELECT c.oid FROM pg_class c
    WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
        AND c.relkind = 'p' AND c.relname::text = ANY ($1)
    UNION
    SELECT h.inhrelid FROM parts JOIN pg_inherits h ON h.inhparent = parts.oid
)
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
FROM parts JOIN pg_class c ON c.oid = parts.oid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relispartition AND c.relnamespace <> quote_ident(current_schema()::text)::regnamespace::oid
ORDER BY 1
