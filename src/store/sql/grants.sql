-- The rights that the three groups have by name, and those that everybody has on rows, for making
-- tables, and on routines that run as their owner; of tables and routines, those of the inbox and others.
WITH grantees AS (
    SELECT oid, rolname::text AS name FROM pg_roles
    WHERE rolname IN ('inbox_viewer', 'inbox_editor', 'inbox_admin')
    UNION ALL
    SELECT 0::oid, 'PUBLIC'
),
relations AS (
    SELECT c.oid, c.relname, c.relkind, c.relacl
    FROM pg_class c
    WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
      AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = c.oid AND d.deptype = 'e')
)
SELECT CASE r.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind,
       pg_catalog.format('%I.%I', current_schema(), r.relname) AS name, NULL::text AS "column",
       g.name AS grantee, x.privilege_type AS privilege
FROM relations r, aclexplode(r.relacl) AS x JOIN grantees g ON g.oid = x.grantee
UNION ALL
SELECT 'column', pg_catalog.format('%I.%I', current_schema(), r.relname), quote_ident(a.attname::text), g.name, x.privilege_type
FROM relations r
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped,
    aclexplode(a.attacl) AS x JOIN grantees g ON g.oid = x.grantee
UNION ALL
SELECT 'routine', pg_catalog.format('%I.%I(%s)', current_schema(), p.proname, pg_get_function_identity_arguments(p.oid)),
       NULL, g.name, x.privilege_type
FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f'::"char", p.proowner))) AS x JOIN grantees g ON g.oid = x.grantee
WHERE (g.oid <> 0::oid OR p.prosecdef) AND p.pronamespace = quote_ident(current_schema()::text)::regnamespace::oid
  AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = 'pg_proc'::regclass::oid AND d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT 'schema', quote_ident(n.nspname::text), NULL, g.name, x.privilege_type
FROM pg_namespace n, aclexplode(n.nspacl) AS x JOIN grantees g ON g.oid = x.grantee
WHERE n.nspname = current_schema() AND (g.oid <> 0::oid OR x.privilege_type = 'CREATE')
UNION ALL
SELECT 'database', quote_ident(d.datname::text), NULL, g.name, x.privilege_type
FROM pg_database d, aclexplode(d.datacl) AS x JOIN grantees g ON g.oid = x.grantee AND g.oid <> 0::oid
WHERE d.datname = current_database()
