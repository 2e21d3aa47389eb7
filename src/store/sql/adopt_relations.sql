-- Every table of the application, of any schema, with its columns and its foreign keys, as
-- domain::adopt::tenant::Relation; partitions go with their table. Of the inbox's schema nobody says its name.
WITH here AS (SELECT quote_ident(current_schema()::text)::regnamespace::oid AS id),
tables AS (
    SELECT c.oid, c.relname, n.nspname, CASE WHEN n.oid = here.id THEN '' ELSE n.nspname::text END AS schema
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN here
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
        AND n.nspname !~ '^pg_'::text AND n.nspname <> 'information_schema'
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = c.oid AND d.deptype = 'e')
)
SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
    'schema', tables.schema,
    'name', tables.relname,
    'written', pg_catalog.format('%I.%I', tables.nspname, tables.relname),
    'columns', coalesce((SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', a.attname, 'not_null', a.attnotnull) ORDER BY a.attnum)
        FROM pg_attribute a WHERE a.attrelid = tables.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''), '[]'),
    'keys', coalesce((SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
            'name', k.conname,
            'schema', target.schema,
            'table', target.relname,
            'columns', (SELECT pg_catalog.jsonb_agg(a.attname ORDER BY u.place) FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS u (number, place)
                JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number),
            'there', (SELECT pg_catalog.jsonb_agg(a.attname ORDER BY u.place) FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS u (number, place)
                JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number)) ORDER BY k.conname)
        FROM pg_constraint k JOIN tables AS target ON target.oid = k.confrelid
        WHERE k.conrelid = tables.oid AND k.contype = 'f' AND k.conparentid = 0::oid), '[]')
) ORDER BY tables.schema, tables.relname), '[]')::text AS relations
FROM tables
