-- $1: tables of the inbox's schema that become ours. What is said of them and of their parts, and of what is made anew
-- elsewhere: foreign keys of all tables, triggers and rules of views. As COMMENT ON names it, with the table, as SQL
-- writes it, unless it becomes ours.
WITH relations AS (
    SELECT c.oid, c.relname, c.relkind, pg_catalog.format('%I.%I', n.nspname, c.relname) AS written,
        n.oid = quote_ident(current_schema()::text)::regnamespace::oid AND c.relname::text = ANY ($1) AS is_taken
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v') AND n.nspname !~ '^pg_'::text AND n.nspname <> 'information_schema'
), parts AS (
    SELECT 'TABLE' AS kind, NULL::text AS part, r.oid AS relation,
        'pg_class'::regclass::oid AS classoid, r.oid AS objoid, 0 AS objsubid
    FROM relations r WHERE r.is_taken
    UNION ALL
    SELECT 'COLUMN', a.attname::text, r.oid, 'pg_class'::regclass::oid, r.oid, a.attnum::integer
    FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid
    WHERE r.is_taken AND a.attnum > 0
    UNION ALL
    SELECT 'CONSTRAINT', k.conname::text, r.oid, 'pg_constraint'::regclass::oid, k.oid, 0
    FROM relations r JOIN pg_constraint k ON k.conrelid = r.oid
    WHERE r.is_taken OR k.contype = 'f'
    UNION ALL
    SELECT 'INDEX', i.relname::text, r.oid, 'pg_class'::regclass::oid, i.oid, 0
    FROM relations r JOIN pg_index x ON x.indrelid = r.oid JOIN pg_class i ON i.oid = x.indexrelid
    WHERE r.is_taken
    UNION ALL
    SELECT 'TRIGGER', t.tgname::text, r.oid, 'pg_trigger'::regclass::oid, t.oid, 0
    FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid
    WHERE r.is_taken OR r.relkind = 'v'
    UNION ALL
    SELECT 'RULE', w.rulename::text, r.oid, 'pg_rewrite'::regclass::oid, w.oid, 0
    FROM relations r JOIN pg_rewrite w ON w.ev_class = r.oid
    WHERE r.relkind = 'v'
)
SELECT parts.kind, coalesce(parts.part, '') AS part, r.relname::text AS relation,
    CASE WHEN r.is_taken THEN '' ELSE r.written END AS written, d.description
FROM parts JOIN relations r ON r.oid = parts.relation
JOIN pg_description d ON d.classoid = parts.classoid AND d.objoid = parts.objoid AND d.objsubid = parts.objsubid
ORDER BY 1, 3, 2
