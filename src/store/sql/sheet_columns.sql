-- The columns of a table, $1, and where each leads to by a foreign key of its own.
SELECT a.attname::text AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type_name,
    k.relation AS leads_to, k.label AS leads_to_label, k.oid AS leads_to_oid, k.column AS leads_to_column
FROM pg_attribute a
LEFT JOIN LATERAL (
    SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation,
        CASE WHEN n.nspname = current_schema() THEN c.relname::text
            ELSE n.nspname::text || '.'::text || c.relname::text END AS label,
        c.oid::bigint AS oid, r.attname::text AS column
    FROM pg_constraint f
    JOIN pg_class c ON c.oid = f.confrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute r ON r.attrelid = f.confrelid AND r.attnum = f.confkey[1]
    WHERE f.conrelid = a.attrelid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum]
        AND NOT c.relispartition
    ORDER BY f.oid LIMIT 1) AS k ON true
WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
