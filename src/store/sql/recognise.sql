-- The first statement of a session: who answers, and what stands in the way. Where the session is
-- ours alone, it is set up in the same round trip. Everything is qualified: what the role's own
-- search_path names may be anybody's. No table is joined: a new session has no plan of anything.
WITH here AS (
    SELECT
        coalesce(pg_catalog.current_setting('inboxctl.session', true), '') OPERATOR(pg_catalog.=) 'on'
            AS is_ours,
        pg_catalog.current_setting('is_superuser') OPERATOR(pg_catalog.=) 'on' AS is_superuser,
        pg_catalog.current_setting('lc_messages') AS lc_messages,
        pg_catalog.current_setting('session_replication_role') AS replication_role,
        pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS version_num,
        pg_catalog.version() AS version,
        coalesce(pg_catalog.has_schema_privilege(schema, 'USAGE'), false) AS may_use,
        coalesce(pg_catalog.has_schema_privilege(schema, 'CREATE'), false) AS may_create,
        schema IS NOT NULL AS has_schema
    FROM (SELECT pg_catalog.to_regnamespace(pg_catalog.quote_ident($1))::pg_catalog.oid AS schema) wanted
)
SELECT
    is_ours, is_superuser, lc_messages, replication_role, version_num, version, has_schema, may_use, may_create,
    current_user::pg_catalog.text AS role,
    pg_catalog.pg_backend_pid() AS backend_pid,
    pg_catalog.pg_postmaster_start_time()::pg_catalog.text AS started,
    EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relrowsecurity) AS has_row_security,
    pg_catalog.pg_is_in_recovery() AS is_replica,
    EXISTS (SELECT FROM pg_catalog.pg_extension e WHERE e.extname OPERATOR(pg_catalog.=) 'citus') AS is_citus,
    pg_catalog.current_setting('default_transaction_read_only') OPERATOR(pg_catalog.=) 'on' AS is_read_only,
    pg_catalog.current_setting('default_tablespace') AS default_tablespace,
    false AS prefers_own_tablespace,
    CASE WHEN is_ours AND may_use THEN pg_catalog.set_config('search_path', $2, false) END AS path,
    -- A client that died gives its locks back. Not every system can tell; elsewhere it is known later.
    CASE WHEN is_ours AND version_num OPERATOR(pg_catalog.>=) 140000 AND version OPERATOR(pg_catalog.~~) '%linux%'
        THEN pg_catalog.set_config('client_connection_check_interval', '10s', false) END AS patience,
    CASE WHEN is_ours AND version_num OPERATOR(pg_catalog.>=) 120000
        THEN pg_catalog.set_config('tcp_user_timeout', '120s', false) END AS dead_lines,
    CASE WHEN is_ours AND is_superuser THEN pg_catalog.set_config('lc_messages', 'C', false) END AS language,
    CASE WHEN is_ours AND is_superuser AND replication_role OPERATOR(pg_catalog.<>) 'origin'
        THEN pg_catalog.set_config('session_replication_role', 'origin', false) END AS replication
FROM here
