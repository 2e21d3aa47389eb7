-- $1 a table, as SQL writes it. Foreign keys of it, and which columns a row can do without: what they
-- point at may have gone since the row was archived.
SELECT
    pg_catalog.format('%I.%I', n.nspname, parent.relname) AS parent,
    CASE WHEN n.nspname = current_schema() THEN parent.relname::text
        ELSE n.nspname::text || '.' || parent.relname::text END AS label,
    k.conname::text AS constraint_name,
    k.confrelid = k.conrelid AS is_own,
    columns.list AS columns,
    columns.nullable,
    columns.referenced,
    columns.operators,
    k.confmatchtype::text <> 's' AS is_whole,
    k.confdeltype::text = 'c' AS cascades,
    (SELECT pg_catalog.format('%I.%I', s.nspname, k.conname) FROM pg_namespace s
     WHERE k.condeferrable AND s.oid = k.connamespace) AS deferrable
FROM pg_constraint k
JOIN pg_class parent ON parent.oid = k.confrelid
JOIN pg_namespace n ON n.oid = parent.relnamespace
CROSS JOIN LATERAL (
    SELECT
        pg_catalog.array_agg(own.attname::text ORDER BY place) AS list,
        pg_catalog.array_agg(theirs.attname::text ORDER BY place) AS referenced,
        pg_catalog.array_agg(pg_catalog.format('OPERATOR(%I.%s)', s.nspname, o.oprname) ORDER BY place) AS operators,
        pg_catalog.array_remove(pg_catalog.array_agg(CASE WHEN NOT own.attnotnull AND own.attgenerated = '' THEN own.attname::text END
            ORDER BY place), NULL) AS nullable
    FROM unnest(k.conkey, k.confkey, k.conpfeqop) WITH ORDINALITY AS pair (own_number, their_number, operator, place)
    JOIN pg_attribute own ON own.attrelid = k.conrelid AND own.attnum = own_number
    JOIN pg_attribute theirs ON theirs.attrelid = k.confrelid AND theirs.attnum = their_number
    JOIN pg_operator o ON o.oid = operator JOIN pg_namespace s ON s.oid = o.oprnamespace
) AS columns
WHERE k.contype = 'f' AND k.conrelid = to_regclass($1)::oid
ORDER BY k.conname
