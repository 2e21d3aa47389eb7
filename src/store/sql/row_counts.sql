-- What the server says that this transaction did to rows of each table, by the table or the root of
-- its partitions: a row that moves to another partition is deleted in one and inserted in the other, and what a trigger
-- derives anew is deleted and inserted.
-- From one transaction to the next the counts may stay: only their differences tell.
SELECT root.oid AS table_oid, pg_catalog.format('%I.%I', n.nspname, root.relname) AS relation,
    CASE WHEN n.nspname = current_schema() THEN quote_ident(root.relname::text)
        ELSE pg_catalog.format('%I.%I', n.nspname, root.relname) END AS label,
    (sum(pg_stat_get_xact_tuples_deleted(c.oid) - pg_stat_get_xact_tuples_inserted(c.oid)))::bigint AS deleted,
    (sum(pg_stat_get_xact_tuples_updated(c.oid)))::bigint AS updated
FROM (
    -- By the index, none of the server's own tables.
    SELECT oid, relispartition FROM pg_class WHERE oid >= 16384::oid AND relkind = 'r' AND relpersistence <> 't'
        AND (relispartition OR pg_stat_get_xact_tuples_deleted(oid) > 0::bigint
            OR pg_stat_get_xact_tuples_updated(oid) > 0::bigint)
    OFFSET 0
) AS c
JOIN pg_class root ON root.oid = coalesce(pg_partition_root(c.oid::regclass)::oid, c.oid)
JOIN pg_namespace n ON n.oid = root.relnamespace
GROUP BY root.oid, root.relname, n.nspname
