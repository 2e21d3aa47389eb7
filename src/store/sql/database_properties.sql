-- $1: the database to give them to, $2: the one that has them.
WITH model AS (
    SELECT * FROM pg_database WHERE datname = $2
), parts AS (
    SELECT 1 AS step, format('ALTER DATABASE %I CONNECTION LIMIT %s', $1, datconnlimit) AS statement
    FROM model WHERE datconnlimit >= 0
    UNION ALL
    SELECT 2, format('REVOKE ALL ON DATABASE %I FROM PUBLIC', $1)
    FROM model WHERE datacl IS NOT NULL
    UNION ALL
    SELECT 3, format(
        'GRANT %s ON DATABASE %I TO %s%s',
        acl.privilege_type,
        $1,
        CASE WHEN acl.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(acl.grantee)) END,
        CASE WHEN acl.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
    )
    FROM model, aclexplode(model.datacl) AS acl
    UNION ALL
    -- A list of names is stored quoted already.
    SELECT 4, format(
        '%s SET %I TO %s',
        CASE WHEN s.setrole = 0 THEN format('ALTER DATABASE %I', $1)
             ELSE format('ALTER ROLE %I IN DATABASE %I', pg_get_userbyid(s.setrole), $1)
        END,
        split_part(setting, '=', 1),
        CASE WHEN split_part(setting, '=', 1) IN (
                 'search_path', 'temp_tablespaces', 'local_preload_libraries',
                 'session_preload_libraries'
             )
             THEN substr(setting, strpos(setting, '=') + 1)
             ELSE quote_literal(substr(setting, strpos(setting, '=') + 1))
        END
    )
    FROM model
    JOIN pg_db_role_setting s ON s.setdatabase = model.oid
    CROSS JOIN unnest(s.setconfig) AS setting
)
SELECT statement FROM parts ORDER BY step
