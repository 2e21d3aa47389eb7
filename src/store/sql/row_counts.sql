-- What the server says that this session did to rows of each table and hasn't reported yet: from one
-- transaction to the next the counts may stay, only their differences tell.
-- By the index, none of the server's own tables.
SELECT oid AS table_oid, pg_stat_get_xact_tuples_deleted(oid) AS deleted,
    pg_stat_get_xact_tuples_inserted(oid) AS inserted, pg_stat_get_xact_tuples_updated(oid) AS updated
FROM pg_class
WHERE oid >= 16384::oid AND relkind = 'r' AND relpersistence <> 't'
    AND (pg_stat_get_xact_tuples_deleted(oid) > 0::bigint OR pg_stat_get_xact_tuples_inserted(oid) > 0::bigint
        OR pg_stat_get_xact_tuples_updated(oid) > 0::bigint)
