-- $1 a table, as SQL writes it: its columns, and the table of the inbox that it is or is a part of.
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation, a.attname::text AS name,
    format_type(coalesce(nullif(t.typbasetype, 0::oid), t.oid), NULL::integer) AS type_name,
    CASE WHEN root.relnamespace = to_regnamespace(quote_ident(current_schema()::text))::oid
        THEN root.relname::text ELSE '' END AS root,
    c.relkind::text IN ('r', 'p') AS is_table
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class root ON root.oid = coalesce(pg_partition_root(c.oid::regclass)::oid, c.oid)
JOIN pg_attribute a ON a.attrelid = c.oid
JOIN pg_type t ON t.oid = a.atttypid
WHERE c.oid = to_regclass($1)::oid AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
