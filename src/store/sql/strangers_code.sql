-- Functions of roles that are neither this one nor superusers, with the table that leads to each: where rows are
-- written to it or a view is filled, and, if $1, also by what fires and fills in. A row that goes may take some of a
-- table along that refers to it. What leads where the catalogue knows; a body that it doesn't know is read for the names
-- in it, and one that puts statements together may call anything. Of a table, class 0 means that it is written to.
WITH RECURSIVE strange (oid, told, name, owner) AS (
    -- Of very many the first of each role stands for all, or what leads to each would be followed for hours.
    SELECT p.oid, CASE WHEN count(*) OVER () <= 200 THEN p.oid ELSE min(p.oid) OVER (PARTITION BY o.oid) END,
        p.oid::regprocedure::text, o.rolname::text
    FROM pg_proc p
    JOIN pg_roles o ON o.oid = p.proowner
    WHERE NOT o.rolsuper AND o.rolname <> current_user
), parts (relation, class, object, is_for_rows) AS (
    SELECT conrelid, 'pg_constraint'::regclass::oid, oid, true FROM pg_constraint WHERE conrelid <> 0::oid
    UNION ALL
    SELECT indrelid, 'pg_class'::regclass::oid, indexrelid, true FROM pg_index
    UNION ALL
    SELECT partrelid, 'pg_class'::regclass::oid, partrelid, true FROM pg_partitioned_table
    UNION ALL
    SELECT stxrelid, 'pg_statistic_ext'::regclass::oid, oid, true FROM pg_statistic_ext
    UNION ALL
    SELECT d.adrelid, 'pg_attrdef'::regclass::oid, d.oid, a.attgenerated <> ''
    FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    UNION ALL
    SELECT attrelid, 'pg_type'::regclass::oid, atttypid, true FROM pg_attribute WHERE attnum > 0 AND atttypid >= 16384::oid
    UNION ALL
    SELECT tgrelid, 'pg_trigger'::regclass::oid, oid, false FROM pg_trigger WHERE tgenabled <> 'D'
    UNION ALL
    SELECT w.ev_class, 'pg_rewrite'::regclass::oid, w.oid, c.relkind = 'm'
    FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class
    UNION ALL
    SELECT polrelid, 'pg_policy'::regclass::oid, oid, false FROM pg_policy
), follows (relation, other) AS (
    SELECT confrelid, conrelid FROM pg_constraint WHERE contype = 'f'
    UNION
    SELECT inhparent, inhrelid FROM pg_inherits
), bodies (oid, body) AS (
    SELECT p.oid, lower(p.prosrc) FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
    WHERE p.oid >= 16384::oid AND l.lanname NOT IN ('internal', 'c')
), anything (oid) AS (
    -- Bodies that run what is put together, or that are read in no language of ours; and a library that isn't an
    -- extension's.
    SELECT b.oid FROM bodies b
    WHERE b.body ~ '\m(execute|(query|cursor|schema|database)_to_xml\w*|ts_stat|ts_rewrite|crosstab\w*|connectby|xpath_table|dblink\w*)\M'
    UNION
    SELECT p.oid FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
    WHERE p.oid >= 16384::oid AND l.lanname NOT IN ('internal', 'sql', 'plpgsql')
        AND NOT EXISTS (
            SELECT FROM pg_depend d
            WHERE d.classid = 'pg_proc'::regclass::oid AND d.objid = p.oid AND d.deptype = 'e')
), names (name, class, object) AS (
    SELECT lower(proname::text), 'pg_proc'::regclass::oid, oid FROM pg_proc WHERE oid >= 16384::oid
    UNION ALL
    SELECT lower(typname::text), 'pg_type'::regclass::oid, oid FROM pg_type WHERE oid >= 16384::oid AND typtype IN ('d', 'r')
    UNION ALL
    SELECT lower(c.relname::text), one.class, c.oid
    FROM pg_class c CROSS JOIN (VALUES (0::oid), ('pg_class'::regclass::oid)) AS one (class)
    WHERE c.oid >= 16384::oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
), edges (class, object, ref_class, ref_object) AS MATERIALIZED (
    SELECT classid, objid, refclassid, refobjid FROM pg_depend WHERE deptype IN ('n', 'a', 'i')
    UNION ALL
    -- What a rule, or a body that the catalogue knows, may write to.
    SELECT d.classid, d.objid, 0::oid, d.refobjid
    FROM pg_depend d
    LEFT JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass::oid AND w.oid = d.objid
    WHERE d.refclassid = 'pg_class'::regclass::oid
        AND (d.classid = 'pg_proc'::regclass::oid OR w.ev_type <> '1')
    UNION ALL
    -- Who writes to a view writes to what is under it.
    SELECT 0::oid, w.ev_class, 0::oid, d.refobjid
    FROM pg_rewrite w JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass::oid AND d.objid = w.oid
    WHERE d.refclassid = 'pg_class'::regclass::oid AND d.refobjid <> w.ev_class
    UNION ALL
    SELECT 'pg_class'::regclass::oid, ev_class, 'pg_rewrite'::regclass::oid, oid FROM pg_rewrite WHERE ev_type = '1'
    UNION ALL
    SELECT 0::oid, relation, class, object FROM parts
    UNION ALL
    SELECT 0::oid, relation, 0::oid, other FROM follows
    UNION ALL
    SELECT 'pg_type'::regclass::oid, contypid, 'pg_constraint'::regclass::oid, oid FROM pg_constraint WHERE contypid <> 0::oid
    UNION ALL
    SELECT 'pg_type'::regclass::oid, t.oid, 'pg_type'::regclass::oid, one.oid
    FROM pg_type t
    LEFT JOIN pg_range g ON g.rngtypid = t.oid
    LEFT JOIN pg_attribute a ON a.attrelid = t.typrelid AND a.attnum > 0
    CROSS JOIN LATERAL (VALUES (t.typelem), (t.typbasetype), (g.rngsubtype), (a.atttypid)) AS one (oid)
    WHERE one.oid >= 16384::oid
    UNION ALL
    SELECT 'pg_type'::regclass::oid, rngtypid, 'pg_opclass'::regclass::oid, rngsubopc FROM pg_range
    UNION ALL
    SELECT 'pg_type'::regclass::oid, g.rngtypid, 'pg_proc'::regclass::oid, one.oid::oid
    FROM pg_range g CROSS JOIN LATERAL (VALUES (g.rngcanonical), (g.rngsubdiff)) AS one (oid)
    UNION ALL
    SELECT 'pg_type'::regclass::oid, one.oid, 'pg_proc'::regclass::oid, c.castfunc
    FROM pg_cast c CROSS JOIN LATERAL (VALUES (c.castsource), (c.casttarget)) AS one (oid)
    UNION ALL
    SELECT 'pg_opclass'::regclass::oid, o.oid, 'pg_proc'::regclass::oid, p.amproc::oid
    FROM pg_opclass o JOIN pg_amproc p ON p.amprocfamily = o.opcfamily
    UNION ALL
    SELECT 'pg_opclass'::regclass::oid, o.oid, 'pg_operator'::regclass::oid, p.amopopr
    FROM pg_opclass o JOIN pg_amop p ON p.amopfamily = o.opcfamily
    UNION ALL
    SELECT 'pg_proc'::regclass::oid, b.oid, n.class, n.object
    FROM bodies b CROSS JOIN LATERAL regexp_split_to_table(b.body, '\W+') AS word JOIN names n ON n.name = word
    UNION ALL
    SELECT 'pg_proc'::regclass::oid, b.oid, n.class, n.object
    FROM (SELECT DISTINCT name FROM names WHERE name ~ '\W') AS long
    JOIN bodies b ON strpos(b.body, long.name) > 0
    JOIN names n ON n.name = long.name
    UNION ALL
    -- One of each role stands for all that it could call.
    SELECT 'pg_proc'::regclass::oid, a.oid, 'pg_proc'::regclass::oid, s.oid
    FROM anything a CROSS JOIN (SELECT DISTINCT ON (owner) oid FROM strange ORDER BY owner, oid) AS s
), leads (class, object, function) AS (
    SELECT 'pg_proc'::regclass::oid, oid, told FROM strange
    UNION
    SELECT e.class, e.object, l.function
    FROM leads l JOIN edges e ON e.ref_class = l.class AND e.ref_object = l.object
), calls (relation, function) AS (
    SELECT p.relation, l.function FROM parts p JOIN leads l ON l.class = p.class AND l.object = p.object
    WHERE p.is_for_rows OR $1
), reach (relation, function) AS (
    SELECT relation, function FROM calls
    UNION
    SELECT f.relation, r.function FROM reach r JOIN follows f ON f.other = r.relation
)
SELECT DISTINCT pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation, s.name AS function, s.owner AS owner,
    n.nspname::text AS schema, c.relname::text AS "table"
FROM reach r
JOIN strange s ON s.oid = r.function
JOIN pg_class c ON c.oid = r.relation AND c.relkind IN ('r', 'p', 'm')
JOIN pg_namespace n ON n.oid = c.relnamespace
UNION
-- Whatever is made or dropped in the database fires those.
SELECT 'event trigger ' || quote_ident(e.evtname::text), s.name, s.owner, '', ''
FROM pg_event_trigger e
JOIN leads l ON l.class = 'pg_proc'::regclass::oid AND l.object = e.evtfoid
JOIN strange s ON s.oid = l.function
WHERE e.evtenabled <> 'D'
ORDER BY 2, 1
