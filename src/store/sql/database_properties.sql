-- $1: the database to give them to, $2: the one that has them.
-- A setting comes with its value, which is for the caller to quote: anybody who may log in chooses it.
WITH model AS (
    SELECT * FROM pg_database WHERE datname = $2
), parts AS (
    SELECT 1 AS step, pg_catalog.format('ALTER DATABASE %I CONNECTION LIMIT %s', $1, datconnlimit) AS statement,
        NULL::text AS setting, NULL::text AS value
    FROM model WHERE datconnlimit >= 0
    UNION ALL
    SELECT 2, pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC', $1), NULL, NULL
    FROM model WHERE datacl IS NOT NULL
    UNION ALL
    SELECT 3, pg_catalog.format(
        'GRANT %s ON DATABASE %I TO %s%s',
        acl.privilege_type,
        $1,
        CASE WHEN acl.grantee = 0::oid THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(acl.grantee)::text) END,
        CASE WHEN acl.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
    ), NULL, NULL
    FROM model, aclexplode(model.datacl) AS acl
    UNION ALL
    SELECT 4,
        CASE WHEN s.setrole = 0::oid THEN pg_catalog.format('ALTER DATABASE %I', $1)
             ELSE pg_catalog.format('ALTER ROLE %I IN DATABASE %I', pg_get_userbyid(s.setrole), $1)
        END,
        split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1)
    FROM model
    JOIN pg_db_role_setting s ON s.setdatabase = model.oid
    CROSS JOIN pg_catalog.unnest(s.setconfig) AS setting
    UNION ALL
    SELECT 5, pg_catalog.format('COMMENT ON DATABASE %I IS %L', $1, d.description), NULL, NULL
    FROM model JOIN pg_shdescription d ON d.objoid = model.oid AND d.classoid = 'pg_database'::regclass::oid
)
SELECT statement, setting, value FROM parts ORDER BY step
