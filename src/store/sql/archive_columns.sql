-- $1 a table, as SQL writes it. Its columns, and how a value of each stands in an archive: a
-- domain like its base type. A document that may be NULL is text, for `null`
-- would be either; so is json, which keeps line breaks, and what an extension
-- may cast to json in its own way.
SELECT
    a.attname::text AS name,
    format_type(a.atttypid, a.atttypmod) AS data_type,
    CASE
        WHEN t.oid = 'jsonb'::regtype::oid AND a.attnotnull THEN 'document'
        WHEN t.typtype = 'e' THEN 'scalar'
        WHEN t.oid IN ('json'::regtype::oid, 'jsonb'::regtype::oid) OR t.typtype <> 'b' OR t.typcategory = 'A' THEN 'text'
        WHEN t.typnamespace <> 'pg_catalog'::regnamespace::oid THEN 'text'
        ELSE 'scalar'
    END AS form,
    a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS is_required,
    a.attgenerated <> '' AS is_generated,
    -- A slice counts from 1.
    coalesce(key.place, 0)::bigint AS key_place,
    (SELECT pg_catalog.format('OPERATOR(%I.%s)', n.nspname, o.oprname)
     FROM pg_opclass c
     JOIN pg_amop m ON m.amopfamily = c.opcfamily AND m.amoplefttype = c.opcintype
         AND m.amoprighttype = c.opcintype AND m.amopstrategy = 3
     JOIN pg_operator o ON o.oid = m.amopopr JOIN pg_namespace n ON n.oid = o.oprnamespace
     WHERE c.oid = i.indclass[key.place - 1]) AS equals
FROM pg_attribute AS a
JOIN pg_type AS declared ON declared.oid = a.atttypid
JOIN pg_type AS t ON t.oid = CASE WHEN declared.typbasetype = 0::oid THEN declared.oid ELSE declared.typbasetype END
LEFT JOIN pg_index AS i ON i.indrelid = a.attrelid AND i.indisprimary
CROSS JOIN LATERAL (
    SELECT pg_catalog.array_position((i.indkey::smallint[])[0:i.indnkeyatts - 1], a.attnum) AS place) AS key
WHERE a.attrelid = to_regclass($1)::oid AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
