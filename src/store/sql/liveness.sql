-- Whether backends of this role, by pid or else by application or as all of this database, are at work, or
-- send what nobody takes, or wait in the middle of a message for the rest of it.
SELECT
    coalesce($3 OPERATOR(pg_catalog.<>) pg_catalog.pg_postmaster_start_time()::pg_catalog.text, false)
        AS is_another,
    pg_catalog.count(*) FILTER (WHERE NOT is_sending) AS working,
    pg_catalog.count(*) FILTER (WHERE is_sending) AS sending
FROM (
    SELECT state OPERATOR(pg_catalog.!~~) 'idle%' AND coalesce(wait_event OPERATOR(pg_catalog.=) 'ClientWrite'
        OR wait_event OPERATOR(pg_catalog.=) 'ClientRead', false) AS is_sending
    FROM pg_catalog.pg_stat_activity
    WHERE usename OPERATOR(pg_catalog.=) session_user
        AND pid OPERATOR(pg_catalog.<>) pg_catalog.pg_backend_pid()
        AND CASE WHEN $4 THEN datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
            WHEN $1 IS NULL THEN application_name OPERATOR(pg_catalog.=) $2
            ELSE pid OPERATOR(pg_catalog.=) $1 END
        AND (state OPERATOR(pg_catalog.!~~) 'idle%' OR $4 AND state_change OPERATOR(pg_catalog.>)
            (pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) '30 seconds'::pg_catalog.interval))
) backend
