-- What takes room on the server's disk. A size that this role may not ask for is null. No lock is
-- waited for: the parts of this database are told from the pages that the catalogue knows of.
WITH databases AS (
    SELECT d.datname::text AS name, d.oid,
        CASE WHEN d.datname = current_database() THEN 'database'
            WHEN d.datname::text ~ '_inboxctl_[0-9a-f]{16}$' THEN 'scratch_database'
            WHEN d.datname::text ~ '_before_[0-9]{8}_[0-9]{6}$' THEN 'kept_database'
            ELSE 'other_database' END AS kind,
        has_database_privilege(d.oid, 'CONNECT')
            OR pg_has_role('pg_read_all_stats'::name, 'USAGE') AS may_ask
    FROM pg_database d
), parts AS (
    SELECT CASE c.relkind WHEN 'i' THEN 'indexes' ELSE 'tables' END AS kind,
        sum(greatest(c.relpages, 0)::bigint * current_setting('block_size')::bigint)::bigint AS size_bytes
    FROM pg_class c WHERE c.relkind IN ('r', 't', 'm', 'i') GROUP BY 1
)
SELECT kind, name, CASE WHEN may_ask THEN pg_database_size(oid) END AS size_bytes, false AS is_active
FROM databases
UNION ALL
SELECT kind, '', size_bytes, false FROM parts
UNION ALL
SELECT 'slot', s.slot_name::text,
    pg_wal_lsn_diff(
        CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
        s.restart_lsn)::bigint,
    s.active
FROM pg_replication_slots s
ORDER BY 3 DESC NULLS LAST, 2
