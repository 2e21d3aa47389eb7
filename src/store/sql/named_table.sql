-- The table of $1, with its schema, as people read it, and what of the inbox it is. After named.sql.
SELECT
    pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation,
    CASE WHEN n.nspname = current_schema() THEN c.relname::text
        ELSE n.nspname::text || '.' || c.relname::text END AS label,
    (SELECT r.relname::text FROM pg_class r
     WHERE n.nspname = current_schema()
         AND r.oid = coalesce(pg_partition_root(c.oid::regclass)::oid, c.oid)) AS own,
    c.relkind::text IN ('r', 'p') AS holds_rows
FROM named JOIN pg_class c ON c.oid = named.id JOIN pg_namespace n ON n.oid = c.relnamespace
