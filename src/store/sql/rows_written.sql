-- The tables that this transaction has written to, with what the server counted of it, or holds against
-- everybody, with the tables that they are partitions of. What was rolled back inside holds no lock any more. Without
-- a name: what isn't there any more.
SELECT held.relation AS table_oid, coalesce(root.oid, held.relation) AS root_oid,
    CASE WHEN n.nspname = current_schema() THEN quote_ident(root.relname::text)
        ELSE quote_ident(n.nspname::text) || '.' || quote_ident(root.relname::text) END AS label,
    held.is_exclusive,
    current_setting('track_counts') = 'on' AND c.relkind IS DISTINCT FROM 'f' AS is_counted,
    pg_stat_get_xact_tuples_deleted(held.relation) AS deleted,
    pg_stat_get_xact_tuples_inserted(held.relation) AS inserted,
    pg_stat_get_xact_tuples_updated(held.relation) AS updated
FROM (
    SELECT relation, bool_or(mode = 'AccessExclusiveLock') AS is_exclusive
    FROM pg_locks
    WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted AND relation >= 16384::oid
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND mode IN ('RowExclusiveLock', 'AccessExclusiveLock')
    GROUP BY relation
) AS held
LEFT JOIN pg_class c ON c.oid = held.relation
LEFT JOIN pg_class root ON root.oid = coalesce(pg_partition_root(c.oid::regclass)::oid, c.oid)
LEFT JOIN pg_namespace n ON n.oid = root.relnamespace
WHERE c.oid IS NULL OR c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
