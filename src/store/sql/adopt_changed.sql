-- $1: tables that go aside; $2 and $3: those of them with ids, and the column of each. The columns of all other tables
-- that hold such an id: by a key, or by a key to one that does.
WITH RECURSIVE aside AS (
    SELECT c.oid, c.relname, ids.id FROM pg_class c
    LEFT JOIN ROWS FROM (pg_catalog.unnest($2), pg_catalog.unnest($3)) AS ids (name, id) ON ids.name = c.relname::text
    WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
        AND c.relkind IN ('r', 'p') AND c.relname::text = ANY ($1)
), pairs AS (
    SELECT k.conrelid AS relation, u.here, k.confrelid AS target, u.there
    FROM pg_constraint k
    CROSS JOIN LATERAL ROWS FROM (pg_catalog.unnest(k.conkey), pg_catalog.unnest(k.confkey)) AS u (here, there)
    WHERE k.contype = 'f' AND k.conparentid = 0::oid AND k.conrelid NOT IN (SELECT oid FROM aside)
), changed AS (
    SELECT p.relation, p.here AS number, aside.relname::text AS resource
    FROM pairs p
    JOIN aside ON aside.oid = p.target
    JOIN pg_attribute a ON a.attrelid = p.target AND a.attnum = p.there AND a.attname::text = aside.id
    UNION
    SELECT CASE WHEN is_to THEN p.relation ELSE p.target END, CASE WHEN is_to THEN p.here ELSE p.there END, changed.resource
    FROM changed
    JOIN pairs p ON p.target = changed.relation AND p.there = changed.number
        OR p.relation = changed.relation AND p.here = changed.number AND p.target NOT IN (SELECT oid FROM aside)
    CROSS JOIN LATERAL (SELECT p.target = changed.relation AND p.there = changed.number AS is_to) AS way
)
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation, a.attname::text AS column_name,
    format_type(a.atttypid, a.atttypmod) AS sql_type, pg_get_expr(d.adbin, d.adrelid) AS default_value, changed.resource
FROM changed
JOIN pg_class c ON c.oid = changed.relation
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = changed.number
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
ORDER BY 1, 2
