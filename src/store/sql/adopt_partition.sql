-- Gives a new partition its parent's owner and rights, whoever made it: else the owner could
-- neither dump nor prune it, and who reads the log's partitions one by one (as pg_dump does)
-- would be refused. Its rows are as guarded as the parent's: row-level security without a
-- policy lets nobody past the parent who isn't its owner.
DO $adopt$
DECLARE
    made CONSTANT text := 'PARTITION';
    statement text;
BEGIN
    FOR statement IN
        WITH parent AS (SELECT * FROM pg_class WHERE oid = 'audit_logs'::regclass::oid),
        child AS (SELECT * FROM pg_class WHERE oid = made::regclass::oid),
        rights AS (
            SELECT 2 AS step, a.* FROM child, aclexplode(child.relacl) a
            UNION ALL
            -- The group roles add rows through the parent alone.
            SELECT 3, a.* FROM parent, aclexplode(coalesce(parent.relacl, acldefault('r'::"char", parent.relowner))) a
            WHERE a.privilege_type = 'SELECT'
                OR a.grantee NOT IN (
                SELECT oid FROM pg_roles WHERE rolname IN ('inbox_viewer', 'inbox_editor', 'inbox_admin'))
        )
        SELECT text FROM (
            SELECT 1 AS step, pg_catalog.format('ALTER TABLE %I OWNER TO %I', made, pg_get_userbyid(parent.relowner)) AS text
            FROM parent, child WHERE parent.relowner <> child.relowner
            UNION ALL
            SELECT step, pg_catalog.format(
                CASE step WHEN 2 THEN 'REVOKE %s ON %I FROM %s' ELSE 'GRANT %s ON %I TO %s' END,
                privilege_type, made,
                CASE grantee WHEN 0::oid THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)::text) END)
                || CASE WHEN step = 3 AND is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
            FROM rights, parent, child
            WHERE parent.relacl::text IS DISTINCT FROM child.relacl::text
            UNION ALL
            SELECT 4, pg_catalog.format('GRANT %s (%I) ON %I TO %s', a.privilege_type, c.attname, made,
                CASE a.grantee WHEN 0::oid THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)::text) END)
                || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
            FROM parent JOIN pg_attribute c ON c.attrelid = parent.oid AND c.attnum > 0 AND NOT c.attisdropped,
                aclexplode(c.attacl) a
            WHERE a.privilege_type = 'SELECT' OR a.grantee NOT IN (
                SELECT oid FROM pg_roles WHERE rolname IN ('inbox_viewer', 'inbox_editor', 'inbox_admin'))
            UNION ALL
            SELECT 5, pg_catalog.format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', made) FROM parent WHERE relrowsecurity
            UNION ALL
            SELECT 6, pg_catalog.format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', made) FROM parent WHERE relforcerowsecurity
        ) AS steps ORDER BY step
    LOOP
        EXECUTE statement;
    END LOOP;
END
$adopt$
