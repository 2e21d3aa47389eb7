-- Partitions' indexes are added up under the index that they are part of.
WITH RECURSIVE exclusive AS MATERIALIZED (
    -- Asking for the size of a locked relation waits for the lock.
    SELECT relation FROM pg_locks
    WHERE locktype = 'relation' AND mode = 'AccessExclusiveLock'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
), members AS (
    SELECT i.indexrelid AS root, i.indexrelid AS member
    FROM pg_index i
    JOIN pg_class x ON x.oid = i.indexrelid
    JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
      AND t.relkind IN ('r', 'p', 'm')
      AND NOT x.relispartition
      AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = t.oid AND d.deptype = 'e')
    UNION ALL
    SELECT m.root, h.inhrelid FROM members m JOIN pg_inherits h ON h.inhparent = m.member
), rolled_up AS (
    SELECT
        m.root,
        sum(CASE WHEN NOT EXISTS (SELECT FROM exclusive e WHERE e.relation = m.member)
            THEN coalesce(pg_relation_size(m.member::regclass), 0) END)::bigint AS size_bytes,
        bool_or(EXISTS (SELECT FROM exclusive e WHERE e.relation = m.member)) AS is_locked,
        coalesce(sum(s.idx_scan), 0)::bigint AS scans,
        bool_and(i.indisvalid) AS is_valid
    FROM members m
    JOIN pg_index i ON i.indexrelid = m.member
    LEFT JOIN pg_stat_user_indexes s ON s.indexrelid = m.member
    GROUP BY m.root
), described AS (
    SELECT
        x.relname, t.relname AS table_name, r.*, i.indisunique,
        EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid) AS is_constraint,
        -- What an index is but for its name and whether it is unique. Positions in
        -- the source text are no part of an expression.
        pg_catalog.concat_ws('|', i.indrelid, x.relam, i.indkey, i.indclass, i.indcollation, i.indoption,
            regexp_replace(i.indexprs::text, ':location -?\d+', '', 'g'), '|',
            regexp_replace(i.indpred::text, ':location -?\d+', '', 'g')) AS definition
    FROM rolled_up r
    JOIN pg_index i ON i.indexrelid = r.root
    JOIN pg_class x ON x.oid = r.root
    JOIN pg_class t ON t.oid = i.indrelid
)
SELECT
    relname::text AS name,
    table_name::text AS table_name,
    CASE WHEN is_locked THEN NULL ELSE size_bytes END AS size_bytes,
    scans,
    is_valid,
    indisunique AS is_unique,
    is_constraint,
    nullif(pg_catalog.first_value(relname) OVER (
        PARTITION BY definition
        ORDER BY is_valid DESC, is_constraint DESC, indisunique DESC, relname)::text,
        relname::text) AS duplicate_of
FROM described
ORDER BY size_bytes DESC NULLS LAST, name
