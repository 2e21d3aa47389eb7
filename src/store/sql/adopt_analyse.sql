-- What has the planner know each table of the database, but for the one that is known already. Expressions of indexes are
-- left to autovacuum, which a list of columns keeps due: of contacts they are functions of every row of the sample, and
-- take longer than all the rest. Partitions go with their table.
SELECT pg_catalog.format('ANALYZE %I.%I%s', n.nspname, c.relname, CASE
    WHEN EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indexprs IS NOT NULL) THEN (
        SELECT ' (' || string_agg(quote_ident(a.attname::text), ', ' ORDER BY a.attnum) || ')'
        FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
    ELSE '' END) AS name
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition AND c.relpersistence <> 't'
    AND n.nspname !~ '^pg_'::text AND n.nspname <> 'information_schema' AND c.relname <> 'adopted_ids'
