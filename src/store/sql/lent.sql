-- $1: a role that restores a dump. What a dump refers to and doesn't make, as far as this role may
-- lend it: tablespaces, the schemas of extensions, the tables that they let a dump fill, foreign servers.
SELECT pg_catalog.format('GRANT CREATE ON TABLESPACE %I TO %I', spcname, $1) AS name
FROM pg_tablespace
WHERE spcname::text !~ '^pg_' AND has_tablespace_privilege(oid, 'CREATE WITH GRANT OPTION')
UNION ALL
SELECT pg_catalog.format('GRANT USAGE ON SCHEMA %I TO %I', n.nspname, $1)
FROM pg_namespace n
JOIN pg_roles r ON r.oid = n.nspowner
WHERE n.nspname::text !~ '^pg_' AND n.nspname <> 'information_schema' AND r.rolname <> $1
    AND r.rolname <> 'pg_database_owner' AND has_schema_privilege(n.oid, 'USAGE WITH GRANT OPTION')
    AND EXISTS (SELECT FROM pg_depend d
                WHERE d.refobjid = n.oid AND d.refclassid = 'pg_namespace'::regclass::oid
                    OR d.objid = n.oid AND d.classid = 'pg_namespace'::regclass::oid AND d.deptype = 'e')
UNION ALL
SELECT pg_catalog.format(
    CASE WHEN c.relkind = 'S' THEN 'GRANT SELECT, UPDATE ON SEQUENCE %I.%I TO %I'
         ELSE 'GRANT SELECT, INSERT, UPDATE ON TABLE %I.%I TO %I' END,
    n.nspname, c.relname, $1)
FROM pg_extension e
JOIN pg_class c ON c.oid = ANY (e.extconfig)
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE pg_has_role(c.relowner, 'USAGE')
UNION ALL
SELECT pg_catalog.format('GRANT USAGE ON FOREIGN SERVER %I TO %I', srvname, $1)
FROM pg_foreign_server
WHERE pg_has_role(srvowner, 'USAGE')
