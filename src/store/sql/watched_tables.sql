-- $1 tables by their oids: what they are, and which columns could hold an id, a number or an address.
SELECT c.oid AS table_oid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation,
    has_schema_privilege(c.relnamespace, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
        AND NOT row_security_active(c.oid) AS can_read,
    c.relfilenode AS file,
    ARRAY(SELECT pg_catalog.concat(a.attname, ' ', format_type(a.atttypid, a.atttypmod))
          FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum)
        AS columns,
    telling.names, telling.kinds, telling.uniques
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (
    SELECT coalesce(pg_catalog.array_agg(name ORDER BY attnum), '{}') AS names,
        coalesce(pg_catalog.array_agg(kind ORDER BY attnum), '{}') AS kinds,
        coalesce(pg_catalog.array_agg(is_unique ORDER BY attnum), '{}') AS uniques
    FROM (
        SELECT a.attnum, a.attname::text AS name,
            CASE WHEN base.type = 'pg_catalog.uuid'::regtype::oid THEN 'id'
                WHEN b.typelem = 'pg_catalog.uuid'::regtype::oid AND b.typcategory = 'A' THEN 'list'
                WHEN b.typelem IN ('pg_catalog.text'::regtype::oid, 'pg_catalog.varchar'::regtype::oid)
                    AND b.typcategory = 'A' THEN 'list'
                WHEN b.typcategory = 'S' THEN 'text' END AS kind,
            EXISTS (
                SELECT FROM pg_index i
                WHERE i.indrelid = c.oid AND i.indisunique AND i.indnkeyatts = 1::smallint
                    AND i.indkey[0] = a.attnum) AS is_unique
        FROM pg_attribute a
        JOIN pg_type t ON t.oid = a.atttypid
        CROSS JOIN LATERAL (SELECT coalesce(nullif(t.typbasetype, 0::oid), t.oid)) AS base (type)
        JOIN pg_type b ON b.oid = base.type
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    ) AS column_kinds
    WHERE kind IS NOT NULL
) AS telling
WHERE c.oid = ANY ($1)
