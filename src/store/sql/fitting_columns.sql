-- $1 a table, as SQL writes it, $2 columns, $3 the type that each had: whether a column's type now is none
-- of the server's own, and what it had of the server's own types, a domain as its base type.
SELECT
    a.attname::text AS name,
    t.typnamespace <> 'pg_catalog'::regnamespace::oid AS may_change,
    (SELECT format_type(b.oid, -1) FROM pg_type o
     JOIN pg_type b ON b.oid = CASE WHEN o.typbasetype = 0::oid THEN o.oid ELSE o.typbasetype END
     WHERE o.oid = to_regtype(given.data_type)::oid AND b.typtype = 'b'
         AND b.typnamespace = 'pg_catalog'::regnamespace::oid) AS before
FROM unnest($2, $3) AS given (name, data_type)
JOIN pg_attribute a ON a.attrelid = to_regclass($1)::oid AND a.attname::text = given.name
JOIN pg_type t ON t.oid = a.atttypid
