-- A partitioned table has no storage: what its partitions hold is added up
-- under its name.
WITH RECURSIVE tables AS (
    SELECT c.oid AS root, c.oid AS member
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace
      AND c.relkind IN ('r', 'p')
      AND NOT c.relispartition
      AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    UNION ALL
    SELECT t.root, i.inhrelid
    FROM tables t
    JOIN pg_inherits i ON i.inhparent = t.member
    JOIN pg_class c ON c.oid = i.inhrelid AND c.relispartition
)
SELECT
    root.relname::text AS name,
    sum(pg_total_relation_size(c.oid))::bigint AS total_bytes,
    sum(pg_relation_size(c.oid))::bigint AS heap_bytes,
    sum(coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0))::bigint AS toast_bytes,
    sum(pg_indexes_size(c.oid))::bigint AS index_bytes,
    -- -1 is "never analysed"; an empty file is known to be empty.
    CASE WHEN bool_or(c.relkind = 'r' AND c.reltuples < 0 AND pg_relation_size(c.oid) > 0)
        THEN NULL
        ELSE sum(greatest(c.reltuples, 0)) FILTER (WHERE c.relkind = 'r')
    END::double precision AS estimated_rows,
    count(*) FILTER (WHERE c.relispartition) AS partitions
FROM tables t
JOIN pg_class c ON c.oid = t.member
JOIN pg_class root ON root.oid = t.root
GROUP BY root.relname
ORDER BY total_bytes DESC, name
