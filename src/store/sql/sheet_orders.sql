-- Orders of a table, $1, that an index has: whole columns by pg_catalog's own operators, in one
-- direction. The primary key's columns follow those of another index, so that each row has its place.
WITH keys AS (
    SELECT i.indexrelid, i.indisprimary, i.indisunique,
        ARRAY(SELECT k.attnum FROM pg_catalog.unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (attnum, place)
              WHERE k.place <= i.indnkeyatts ORDER BY k.place) AS columns
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
    WHERE i.indrelid = $1::oid AND i.indisvalid AND m.amname = 'btree'
        AND i.indpred IS NULL AND i.indexprs IS NULL
        AND NOT EXISTS (SELECT FROM pg_catalog.unnest(i.indoption::smallint[]) AS o (bits) WHERE o.bits <> 0)
        AND NOT EXISTS (
            SELECT FROM pg_catalog.unnest(i.indclass::oid[]) AS o (class)
            JOIN pg_opclass p ON p.oid = o.class
            WHERE p.opcnamespace <> 'pg_catalog'::regnamespace::oid OR NOT p.opcdefault)
), own AS (
    SELECT columns FROM keys WHERE indisprimary
    UNION ALL
    SELECT columns FROM keys WHERE indisunique AND NOT EXISTS (SELECT FROM keys WHERE indisprimary)
        AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = $1::oid
            AND a.attnum OPERATOR(pg_catalog.=) ANY (keys.columns) AND NOT a.attnotnull)
    LIMIT 1
), wanted AS (
    SELECT DISTINCT ON (pg_catalog.array_to_string(all_columns, ' '::text)) keys.indisprimary, all_columns
    FROM keys CROSS JOIN own
    CROSS JOIN LATERAL (
        SELECT pg_catalog.array_cat(keys.columns, ARRAY(
            SELECT k.attnum FROM pg_catalog.unnest(own.columns) WITH ORDINALITY AS k (attnum, place)
            WHERE k.attnum <> ALL (keys.columns) ORDER BY k.place)) AS all_columns) AS a
    ORDER BY pg_catalog.array_to_string(all_columns, ' '::text), keys.indisprimary DESC
)
SELECT pg_catalog.array_agg(a.attname::text ORDER BY k.place) AS columns,
    pg_catalog.array_agg(pg_catalog.format_type(a.atttypid, NULL) ORDER BY k.place) AS types,
    coalesce(pg_catalog.array_agg(a.attname::text ORDER BY k.place) FILTER (WHERE NOT a.attnotnull),
        ARRAY[]::text[]) AS nullable
FROM wanted CROSS JOIN LATERAL pg_catalog.unnest(wanted.all_columns) WITH ORDINALITY AS k (attnum, place)
JOIN pg_attribute a ON a.attrelid = $1::oid AND a.attnum = k.attnum
GROUP BY wanted.all_columns, wanted.indisprimary
ORDER BY wanted.indisprimary DESC, pg_catalog.array_to_string(wanted.all_columns, ' '::text)
