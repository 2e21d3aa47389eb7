-- $1 tables by their oids: what they are, which columns could hold an id, a number or an address, and what their rows
-- are told apart by that holds such.
SELECT c.oid AS table_oid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation,
    has_schema_privilege(c.relnamespace, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
        AND NOT row_security_active(c.oid) AS can_read,
    c.relkind = 'f' AS is_foreign,
    c.relkind <> 'f' AND current_setting('track_counts') = 'on' AS is_counted,
    c.relfilenode AS file,
    ARRAY(SELECT pg_catalog.concat(a.attname, ' ', format_type(a.atttypid, a.atttypmod))
          FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum)
        AS columns,
    telling.names, telling.kinds, telling.indexed,
    ARRAY(
        SELECT 'pg_catalog.jsonb_build_array(' || string_agg('t.' || quote_ident(a.attname::text) || '::text', ', ' ORDER BY a.attnum)
            || ')::text'
        FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::smallint[])
        WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
            AND i.indnkeyatts = i.indnatts
        GROUP BY i.indexrelid
        HAVING pg_catalog.array_agg(a.attname::text) OPERATOR(pg_catalog.&&) telling.names
        ORDER BY i.indexrelid
    ) AS keys,
    -- Of a partitioned table, what its partitions have; of one that was never analyzed, what its size lets expect.
    (SELECT coalesce(sum(CASE WHEN part.reltuples > 0::float4 THEN part.reltuples::float8
                WHEN part.relkind = 'r' THEN pg_catalog.pg_relation_size(part.oid::regclass)::float8 / 100::float8
                ELSE 0::float8 END), 0::float8)
     FROM (SELECT c.oid UNION SELECT relid::oid FROM pg_partition_tree(c.oid::regclass)) AS tree (oid)
     JOIN pg_class part ON part.oid = tree.oid) AS rows
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (
    SELECT coalesce(pg_catalog.array_agg(name ORDER BY attnum), '{}') AS names,
        coalesce(pg_catalog.array_agg(kind ORDER BY attnum), '{}') AS kinds,
        coalesce(pg_catalog.array_agg(is_indexed ORDER BY attnum), '{}') AS indexed
    FROM (
        SELECT a.attnum, a.attname::text AS name,
            CASE WHEN base.type = 'pg_catalog.uuid'::regtype::oid THEN 'id'
                WHEN b.typelem = 'pg_catalog.uuid'::regtype::oid AND b.typcategory = 'A' THEN 'list'
                WHEN b.typelem IN ('pg_catalog.text'::regtype::oid, 'pg_catalog.varchar'::regtype::oid)
                    AND b.typcategory = 'A' THEN 'list'
                WHEN base.type IN ('pg_catalog.json'::regtype::oid, 'pg_catalog.jsonb'::regtype::oid) THEN 'json'
                WHEN b.typcategory = 'S' THEN 'text' END AS kind,
            EXISTS (
                SELECT FROM pg_index i
                WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL AND i.indkey[0] = a.attnum) AS is_indexed
        FROM pg_attribute a
        JOIN pg_type t ON t.oid = a.atttypid
        CROSS JOIN LATERAL (SELECT coalesce(nullif(t.typbasetype, 0::oid), t.oid)) AS base (type)
        JOIN pg_type b ON b.oid = base.type
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    ) AS column_kinds
    WHERE kind IS NOT NULL
) AS telling
WHERE c.oid = ANY ($1)
