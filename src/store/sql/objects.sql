-- Everything in the inbox's schema that takes a name: what belongs to extensions too, for it
-- takes the name as well. The row types of tables and the arrays of types come with those.
WITH members AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
),
place AS (
    SELECT oid FROM pg_namespace WHERE nspname = current_schema() AND nspname !~ '^pg_'::text
)
SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
           WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' WHEN 'c' THEN 'type' ELSE 'table' END AS kind,
    c.relname::text AS name, pg_get_userbyid(c.relowner)::text AS owner,
    EXISTS (SELECT FROM members m WHERE m.classid = 'pg_class'::regclass::oid AND m.objid = c.oid) AS is_extension,
    CASE WHEN c.relname IN ('migrations', 'schema_migrations', 'inboxctl_settings') THEN ARRAY(
        SELECT a.attname::text FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) ELSE '{}' END AS columns
FROM pg_class c
JOIN place ON place.oid = c.relnamespace
WHERE c.relkind <> 't'
UNION ALL
SELECT 'type', t.typname::text, pg_get_userbyid(t.typowner)::text,
    EXISTS (SELECT FROM members m WHERE m.classid = 'pg_type'::regclass::oid AND m.objid = t.oid), '{}'
FROM pg_type t
JOIN place ON place.oid = t.typnamespace
WHERE t.typrelid = 0::oid AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
UNION ALL
SELECT 'function', pg_catalog.format('%I(%s)', p.proname, oidvectortypes(p.proargtypes)), pg_get_userbyid(p.proowner)::text,
    EXISTS (SELECT FROM members m WHERE m.classid = 'pg_proc'::regclass::oid AND m.objid = p.oid), '{}'
FROM pg_proc p
JOIN place ON place.oid = p.pronamespace
ORDER BY kind, name
