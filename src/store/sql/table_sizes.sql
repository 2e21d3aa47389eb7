-- A partitioned table has no storage: what its partitions hold is added up
-- under its name, or shown under their own.
WITH RECURSIVE exclusive AS MATERIALIZED (
    -- Asking for the size of a locked relation waits for the lock.
    SELECT relation FROM pg_locks
    WHERE locktype = 'relation' AND mode = 'AccessExclusiveLock'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
), locked_heaps AS MATERIALIZED (
    SELECT relation FROM exclusive
    UNION
    SELECT i.indrelid FROM pg_index i JOIN exclusive e ON e.relation = i.indexrelid
), locked AS MATERIALIZED (
    SELECT relation FROM locked_heaps
    UNION
    SELECT c.oid FROM pg_class c JOIN locked_heaps h ON h.relation = c.reltoastrelid
), tables AS (
    SELECT c.oid AS root, c.oid AS member
    FROM pg_class c
    WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
      AND c.relkind IN ('r', 'p')
      AND NOT c.relispartition
      AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = c.oid AND d.deptype = 'e')
    UNION ALL
    SELECT t.root, i.inhrelid
    FROM tables t
    JOIN pg_inherits i ON i.inhparent = t.member
    JOIN pg_class c ON c.oid = i.inhrelid AND c.relispartition
), members AS (
    SELECT
        CASE WHEN $1 THEN t.member ELSE t.root END AS shown,
        t.root, c.oid, c.relkind, c.relispartition, c.reltuples, c.reltoastrelid,
        c.oid IN (SELECT relation FROM locked) AS is_locked
    FROM tables t
    JOIN pg_class c ON c.oid = t.member
    WHERE NOT ($1 AND c.relkind = 'p')
), measured AS (
    SELECT
        m.*,
        -- Not pg_table_size: it would look at the TOAST table once more.
        CASE WHEN NOT is_locked AND relkind = 'r'
            THEN pg_relation_size(oid::regclass) + pg_relation_size(oid::regclass, 'fsm') + pg_relation_size(oid::regclass, 'vm')
            END AS heap_bytes,
        CASE WHEN NOT is_locked AND relkind = 'r' AND reltoastrelid <> 0::oid
            THEN pg_total_relation_size(reltoastrelid::regclass) END AS toast_bytes,
        CASE WHEN NOT is_locked AND relkind = 'r' THEN pg_indexes_size(oid::regclass) END AS index_bytes
    FROM members m
)
SELECT
    shown.relname::text AS name,
    (SELECT r.relname::text FROM pg_class r WHERE r.oid = min(m.root) AND r.oid <> shown.oid) AS parent,
    NOT bool_or(m.is_locked) AS is_readable,
    coalesce(sum(heap_bytes + coalesce(toast_bytes, 0) + index_bytes), 0)::bigint AS total_bytes,
    -- With its maps of free space and visibility, so that the parts make up the whole.
    coalesce(sum(heap_bytes), 0)::bigint AS heap_bytes,
    coalesce(sum(toast_bytes), 0)::bigint AS toast_bytes,
    coalesce(sum(index_bytes), 0)::bigint AS index_bytes,
    -- -1 is "never analysed"; an empty file is known to be empty.
    CASE WHEN bool_or(m.relkind = 'r' AND m.reltuples < 0::real
            AND heap_bytes IS DISTINCT FROM 0)
        THEN NULL
        ELSE coalesce(sum(greatest(m.reltuples, 0)) FILTER (WHERE m.relkind = 'r'), 0)
    END::double precision AS estimated_rows,
    sum(pg_stat_get_live_tuples(m.oid))::bigint AS live_rows,
    sum(pg_stat_get_dead_tuples(m.oid))::bigint AS dead_rows,
    (extract(epoch FROM max(greatest(
        pg_stat_get_last_vacuum_time(m.oid),
        pg_stat_get_last_autovacuum_time(m.oid)))) OPERATOR(pg_catalog.*) 1000000)::bigint AS vacuumed_at_us,
    (extract(epoch FROM max(greatest(
        pg_stat_get_last_analyze_time(m.oid),
        pg_stat_get_last_autoanalyze_time(m.oid)))) OPERATOR(pg_catalog.*) 1000000)::bigint AS analyzed_at_us,
    count(*) FILTER (WHERE m.relispartition AND m.oid <> shown.oid) AS partitions
FROM measured m
JOIN pg_class shown ON shown.oid = m.shown
GROUP BY shown.oid, shown.relname
ORDER BY total_bytes DESC, name
