-- Functions of roles that are neither this one nor superusers, with the table that calls each: where rows are written
-- to it, and, if $1, also by what fires and fills in. A row that goes may take some of a table along that refers to it.
WITH RECURSIVE strange (oid, name, owner) AS (
    SELECT p.oid, p.oid::regprocedure::text, o.rolname::text
    FROM pg_proc p
    JOIN pg_roles o ON o.oid = p.proowner
    WHERE NOT o.rolsuper AND o.rolname <> current_user
), called (class, object, function) AS (
    SELECT d.classid, d.objid, s.oid FROM pg_depend d JOIN strange s ON s.oid = d.refobjid
    WHERE d.refclassid = 'pg_proc'::regclass::oid
    UNION
    SELECT d.classid, d.objid, s.oid
    FROM pg_depend d
    JOIN pg_operator o ON o.oid = d.refobjid
    JOIN strange s ON s.oid = o.oprcode::oid
    WHERE d.refclassid = 'pg_operator'::regclass::oid
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
    -- Of a domain, wherever in a column it is.
    SELECT r.oid, 'pg_constraint'::regclass::oid, c.oid, true
    FROM pg_constraint c JOIN pg_class r ON r.relkind IN ('r', 'p') WHERE c.contypid <> 0::oid
    UNION ALL
    SELECT tgrelid, 'pg_trigger'::regclass::oid, oid, false FROM pg_trigger WHERE tgenabled <> 'D'
    UNION ALL
    SELECT w.ev_class, 'pg_rewrite'::regclass::oid, w.oid, false FROM pg_rewrite w
    UNION ALL
    SELECT polrelid, 'pg_policy'::regclass::oid, oid, false FROM pg_policy
), calls (relation, function) AS (
    SELECT p.relation, c.function FROM parts p JOIN called c ON c.class = p.class AND c.object = p.object
    WHERE p.is_for_rows OR $1
), follows (relation, other) AS (
    SELECT confrelid, conrelid FROM pg_constraint WHERE contype = 'f'
    UNION
    SELECT inhparent, inhrelid FROM pg_inherits
), reach (relation, other) AS (
    SELECT oid, oid FROM pg_class WHERE relkind IN ('r', 'p')
    UNION
    SELECT r.relation, f.other FROM reach r JOIN follows f ON f.relation = r.other
)
SELECT DISTINCT pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation, s.name AS function, s.owner AS owner
FROM reach r
JOIN calls ON calls.relation = r.other
JOIN strange s ON s.oid = calls.function
JOIN pg_class c ON c.oid = r.relation
JOIN pg_namespace n ON n.oid = c.relnamespace
ORDER BY 2, 1
