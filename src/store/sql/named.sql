-- The tables $1, as SQL writes them, by their names alone: to_regclass() fails where one stands in a
-- schema that the role may not use.
named AS (
    SELECT c.oid AS id, written.name AS written
    FROM pg_catalog.unnest($1) AS written (name)
    CROSS JOIN LATERAL (SELECT pg_catalog.parse_ident(written.name)) AS path (parts)
    JOIN pg_namespace n ON n.nspname = CASE WHEN pg_catalog.cardinality(parts) = 2 THEN parts[1]::name ELSE current_schema() END
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = parts[pg_catalog.cardinality(parts)]::name
)
