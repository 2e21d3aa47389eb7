-- $1: tables of ours that triggers of the application moved to; $2: all tables of ours. Tables with
-- triggers of the application, with what a row can be changed to and made of.
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation,
    CASE WHEN n.nspname = current_schema() THEN '' ELSE n.nspname::text || '.' END || c.relname::text AS shown,
    of_columns.changed, of_columns.given, of_columns.made
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (
    SELECT count(*) AS number FROM pg_trigger t
    WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgparentid = 0::oid AND t.tgenabled <> 'D'
) AS of_triggers
CROSS JOIN LATERAL (
    SELECT coalesce(pg_catalog.array_agg(name ORDER BY place) FILTER (WHERE NOT is_always), '{}') AS changed,
        coalesce(pg_catalog.array_agg(name ORDER BY place), '{}') AS given,
        coalesce(pg_catalog.array_agg(value ORDER BY place), '{}') AS made
    FROM (SELECT a.attnum AS place, quote_ident(a.attname::text) AS name, a.attidentity = 'a' AS is_always,
            CASE WHEN k.conrelid IS NOT NULL THEN pg_catalog.format('(SELECT r.%I FROM %s AS r LIMIT 1)', to_column.attname, k.confrelid::regclass)
                WHEN d.adbin IS NOT NULL AND pg_get_expr(d.adbin, d.adrelid) !~ 'nextval\('::text THEN 'DEFAULT'
                WHEN NOT a.attnotnull THEN 'NULL'
                WHEN t.typtype = 'e' THEN (SELECT quote_literal(e.enumlabel::text) FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder LIMIT 1)
                WHEN t.typname = 'uuid' THEN '''00000000-0000-4000-8000-000000000000'''
                WHEN t.typname IN ('json', 'jsonb') THEN '''{}'''
                WHEN t.typname = 'bytea' THEN ''''''
                ELSE CASE t.typcategory WHEN 'N' THEN '0' WHEN 'B' THEN 'false' WHEN 'S' THEN '''x''' WHEN 'D' THEN '''now'''
                    WHEN 'T' THEN '''0''' WHEN 'A' THEN '''{}''' WHEN 'I' THEN '''127.0.0.1''' WHEN 'R' THEN '''empty''' ELSE 'NULL' END
            END AS value
        FROM pg_attribute a
        JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        -- What leads to another row leads to one that is there.
        LEFT JOIN LATERAL (
            SELECT f.conrelid, f.confrelid, f.confkey[pg_catalog.array_position(f.conkey, a.attnum)] AS to_number
            FROM pg_constraint f WHERE f.contype = 'f' AND f.conrelid = c.oid AND a.attnum = ANY (f.conkey)
            ORDER BY f.oid LIMIT 1) AS k ON true
        LEFT JOIN pg_attribute to_column ON to_column.attrelid = k.confrelid AND to_column.attnum = k.to_number
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS each
) AS of_columns
WHERE c.relkind IN ('r', 'p') AND of_triggers.number > 0
    AND n.nspname !~ '^pg_'::text AND n.nspname <> 'information_schema'
    AND (n.nspname <> current_schema() OR c.relname::text = ANY ($1) OR c.relname::text <> ALL ($2))
    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass::oid AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY 2
