-- Tables that this role may read, with the planner's rows; those of the inbox's schema first.
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation,
    CASE WHEN n.nspname = current_schema() THEN c.relname::text
        ELSE n.nspname::text || '.'::text || c.relname::text END AS label,
    c.oid::bigint AS oid,
    CASE WHEN c.relkind = 'p' THEN (
            SELECT sum(p.reltuples) FILTER (WHERE p.reltuples >= 0)::double precision
            FROM pg_partition_tree(c.oid::regclass) t JOIN pg_class p ON p.oid = t.relid::oid
            WHERE t.isleaf)
        WHEN c.reltuples >= 0 THEN c.reltuples::double precision END AS estimated_rows,
    c.relnatts::bigint AS columns
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND n.nspname !~ '^pg_|^information_schema$'::text
    AND has_schema_privilege(n.oid, 'USAGE'::text) AND has_table_privilege(c.oid, 'SELECT'::text)
ORDER BY n.nspname = current_schema() DESC, n.nspname, c.relname LIMIT $1
