-- $1: tables of the application in the inbox's schema. Their columns without a key, and those of all
-- tables of other schemas, that may hold an id: texts, numbers, lists of either, and JSON. `says_where`: a column
-- beside it says to which table its rows lead, as `noted_type` does of `noted_id`.
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation,
    CASE WHEN n.oid = quote_ident(current_schema()::text)::regnamespace::oid THEN '' ELSE n.nspname::text || '.' END
        || c.relname::text || '.' || a.attname::text AS shown,
    a.attname::text AS column_name,
    format_type(a.atttypid, a.atttypmod) AS sql_type,
    EXISTS (SELECT FROM pg_attribute says WHERE says.attrelid = c.oid AND says.attnum > 0 AND NOT says.attisdropped
        AND a.attname::text ~ '(_id|Id)$'::text
        AND says.attname::text = regexp_replace(regexp_replace(a.attname::text, '_id$'::text, '_type'::text), 'Id$'::text, 'Type'::text)) AS says_where
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relkind = 'r' AND c.relpersistence <> 't'
    AND (n.oid = quote_ident(current_schema()::text)::regnamespace::oid AND c.relname::text = ANY ($1)
        OR n.oid <> quote_ident(current_schema()::text)::regnamespace::oid
            AND n.nspname !~ '^pg_'::text AND n.nspname NOT IN ('information_schema', 'inboxctl_adopt'))
    AND a.atttypid IN ('text'::regtype::oid, 'varchar'::regtype::oid, 'bpchar'::regtype::oid, 'text[]'::regtype::oid,
        'varchar[]'::regtype::oid, 'json'::regtype::oid, 'jsonb'::regtype::oid, 'int4'::regtype::oid, 'int8'::regtype::oid,
        'int4[]'::regtype::oid, 'int8[]'::regtype::oid)
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.contype = 'f'
        AND (k.conrelid = c.oid AND a.attnum = ANY (k.conkey) OR k.confrelid = c.oid AND a.attnum = ANY (k.confkey)))
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 2
