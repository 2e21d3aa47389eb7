-- What depends on what stands in the inbox's schema, whoever made it and wherever it is: what keeps
-- that from being changed or dropped. What goes with the thing itself is left out, and so is what
-- depends on an extension's.
WITH place AS (
    SELECT oid FROM pg_namespace WHERE nspname = current_schema()
),
members AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
),
things AS (
    SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS part,
        CASE WHEN c.relkind IN ('i', 'I') THEN 'index' ELSE 'table' END AS kind,
        coalesce(t.relname, c.relname)::text AS table_name, c.relname::text AS name
    FROM pg_class c
    JOIN place ON place.oid = c.relnamespace
    LEFT JOIN pg_index i ON i.indexrelid = c.oid
    LEFT JOIN pg_class t ON t.oid = i.indrelid
    UNION ALL
    SELECT 'pg_class'::regclass::oid, c.oid, a.attnum::int4, 'column', c.relname::text, a.attname::text
    FROM pg_class c
    JOIN place ON place.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0::int2 AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p')
    UNION ALL
    -- An array of a type is that type, and the type of a table's rows that table.
    SELECT 'pg_type'::regclass::oid, t.oid, 0, CASE WHEN r.oid IS NULL THEN 'type' ELSE 'rows' END,
        coalesce(r.relname, e.typname, t.typname)::text, coalesce(r.relname, e.typname, t.typname)::text
    FROM pg_type t
    JOIN place ON place.oid = t.typnamespace
    LEFT JOIN pg_type e ON e.typarray = t.oid
    LEFT JOIN pg_class r ON r.oid = coalesce(e.typrelid, t.typrelid) AND r.relkind <> 'c'
    UNION ALL
    SELECT 'pg_proc'::regclass::oid, p.oid, 0, 'function', '',
        pg_catalog.format('%I(%s)', p.proname, oidvectortypes(p.proargtypes))
    FROM pg_proc p
    JOIN place ON place.oid = p.pronamespace
    UNION ALL
    SELECT 'pg_constraint'::regclass::oid, k.oid, 0, 'constraint', t.relname::text, k.conname::text
    FROM pg_constraint k
    JOIN pg_class t ON t.oid = k.conrelid
    JOIN place ON place.oid = t.relnamespace
),
-- The rule of a view is the view, and a default or an expression is its column.
edges AS (
    SELECT t.kind AS on_kind, t.table_name AS on_table, t.name AS on_name, t.classid AS on_class,
        t.objid AS on_id, t.part AS on_part,
        CASE WHEN w.rulename = '_RETURN' OR a.oid IS NOT NULL THEN 'pg_class'::regclass::oid
            ELSE d.classid END AS classid,
        CASE WHEN w.rulename = '_RETURN' THEN w.ev_class ELSE coalesce(a.adrelid, d.objid) END AS objid,
        coalesce(a.adnum::int4, d.objsubid) AS part
    FROM (
        SELECT * FROM things x
        WHERE NOT EXISTS (SELECT FROM members e WHERE e.classid = x.classid AND e.objid = x.objid)
    ) t
    JOIN pg_depend d ON d.refclassid = t.classid AND d.refobjid = t.objid AND d.refobjsubid = t.part
    LEFT JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass::oid AND w.oid = d.objid
    LEFT JOIN pg_attrdef a ON d.classid = 'pg_attrdef'::regclass::oid AND a.oid = d.objid
    WHERE d.deptype IN ('n', 'a')
),
found AS (
    SELECT e.*,
        CASE
            WHEN g.oid IS NOT NULL THEN 'trigger'
            WHEN p.oid IS NOT NULL THEN 'policy'
            WHEN w.oid IS NOT NULL THEN 'rule'
            WHEN k.contype = 'f' THEN 'foreign key'
            WHEN k.oid IS NOT NULL THEN 'constraint'
            WHEN a.attgenerated <> '' THEN 'generated column'
            WHEN a.attnum IS NOT NULL THEN 'column'
            WHEN c.relkind IN ('i', 'I') THEN 'index'
            WHEN c.relkind = 'v' THEN 'view'
            WHEN c.relkind = 'm' THEN 'materialized view'
            WHEN c.relkind = 'S' THEN 'sequence'
            WHEN c.relkind = 'c' THEN 'type'
            WHEN c.oid IS NOT NULL THEN 'table'
            WHEN f.oid IS NOT NULL THEN 'function'
            WHEN u.oid IS NOT NULL THEN 'publication'
            ELSE coalesce((pg_identify_object(e.classid, e.objid, e.part)).type, 'object')
        END AS kind,
        coalesce(g.tgname, p.polname, w.rulename, k.conname, a.attname, c.relname)::text AS name,
        pg_catalog.format('%I(%s)', f.proname, oidvectortypes(f.proargtypes)) AS routine,
        u.pubname::text AS publication,
        coalesce(g.tgrelid, p.polrelid, w.ev_class, nullif(k.conrelid, 0::oid), i.indrelid, c.oid) AS relation,
        f.pronamespace AS routine_place
    FROM edges e
    LEFT JOIN pg_trigger g ON e.classid = 'pg_trigger'::regclass::oid AND g.oid = e.objid
    LEFT JOIN pg_policy p ON e.classid = 'pg_policy'::regclass::oid AND p.oid = e.objid
    LEFT JOIN pg_rewrite w ON e.classid = 'pg_rewrite'::regclass::oid AND w.oid = e.objid
    LEFT JOIN pg_constraint k ON e.classid = 'pg_constraint'::regclass::oid AND k.oid = e.objid
    LEFT JOIN pg_class c ON e.classid = 'pg_class'::regclass::oid AND c.oid = e.objid
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = e.part AND a.attnum > 0::int2
        AND c.relkind IN ('r', 'p', 'f')
    LEFT JOIN pg_index i ON i.indexrelid = c.oid
    LEFT JOIN pg_proc f ON e.classid = 'pg_proc'::regclass::oid AND f.oid = e.objid
    LEFT JOIN pg_publication_rel m ON e.classid = 'pg_publication_rel'::regclass::oid AND m.oid = e.objid
    LEFT JOIN pg_publication u ON u.oid = m.prpubid
    WHERE NOT coalesce(g.tgisinternal, false)
        -- A part of what it depends on: a column's own default, a partition's copy of a trigger or key.
        AND NOT (e.classid = e.on_class AND e.objid = e.on_id AND (e.part = e.on_part OR e.on_part = 0))
        AND coalesce(k.conparentid, g.tgparentid, 0::oid) = 0::oid
        AND NOT coalesce(c.relispartition, false)
        -- These are built anew with their column, and go with it.
        AND NOT (e.on_kind IN ('column', 'table')
            AND (coalesce(c.relkind IN ('i', 'I'), false) OR coalesce(k.contype <> 'f', false)))
        AND NOT EXISTS (SELECT FROM members x WHERE x.classid = e.classid AND x.objid = e.objid)
)
SELECT DISTINCT f.on_kind, f.on_table, f.on_name, f.kind,
    CASE WHEN f.kind IN ('trigger', 'policy', 'rule', 'foreign key', 'constraint', 'index', 'column',
        'generated column') THEN coalesce(r.relname::text, '') ELSE '' END AS table_name,
    coalesce(f.name, f.publication, CASE WHEN f.routine_place IS NOT NULL THEN f.routine END,
        (pg_identify_object(f.classid, f.objid, f.part)).identity, '') AS name,
    coalesce(n.oid, q.oid) IS NOT NULL AS is_here,
    coalesce(o.nspname, s.nspname)::text AS schema
FROM found f
LEFT JOIN pg_class r ON r.oid = f.relation
LEFT JOIN place n ON n.oid = r.relnamespace
LEFT JOIN place q ON q.oid = f.routine_place
LEFT JOIN pg_namespace o ON o.oid = r.relnamespace
LEFT JOIN pg_namespace s ON s.oid = f.routine_place
ORDER BY f.on_kind, f.on_table, f.on_name, f.kind, table_name, name
