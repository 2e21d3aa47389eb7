-- What anybody else owns in the schema, and triggers there that run a function of theirs. After
-- trusted.sql.
SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
        ELSE 'table' END AS kind,
    c.relname::text AS name, c.relname::text AS of_table, pg_get_userbyid(c.relowner)::text AS owner
FROM pg_class c
WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relowner NOT IN (SELECT oid FROM trusted)
UNION ALL
SELECT 'function', pg_catalog.format('%I(%s)', p.proname, oidvectortypes(p.proargtypes)), '', pg_get_userbyid(p.proowner)::text
FROM pg_proc p
WHERE p.pronamespace = quote_ident(current_schema()::text)::regnamespace::oid
    AND p.proowner NOT IN (SELECT oid FROM trusted)
UNION ALL
SELECT 'trigger', g.tgname::text, c.relname::text, pg_get_userbyid(p.proowner)::text
FROM pg_trigger g
JOIN pg_class c ON c.oid = g.tgrelid
JOIN pg_proc p ON p.oid = g.tgfoid
WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
    AND NOT g.tgisinternal AND p.proowner NOT IN (SELECT oid FROM trusted)
ORDER BY kind, name
