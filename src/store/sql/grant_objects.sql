-- What there is to grant rights on: $1 the tables of the inbox, $2 its routines with their arguments.
-- Of the rest, which is the application's, the number; objects of extensions are theirs.
WITH relations AS (
    SELECT c.oid, c.relname, c.relkind, c.relispartition,
           CASE WHEN c.relispartition THEN pg_partition_root(c.oid::regclass)::oid ELSE c.oid END AS root,
           (SELECT d.refobjid FROM pg_depend d
            WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = c.oid AND c.relkind = 'S'
              AND d.refclassid = 'pg_class'::regclass::oid AND d.deptype IN ('a', 'i') LIMIT 1) AS numbered
    FROM pg_class c
    WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
      AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = c.oid AND d.deptype = 'e')
),
known AS (
    SELECT r.*, t.relname AS table_name,
           t.relkind IN ('r', 'p') AND t.relname::text OPERATOR(pg_catalog.=) ANY ($1) AS is_ours
    FROM relations r JOIN pg_class t ON t.oid = coalesce(r.numbered, r.root)
),
routines AS (
    SELECT p.oid, p.proname, p.prosecdef,
           pg_catalog.format('%I(%s)', p.proname, oidvectortypes(p.proargtypes)) OPERATOR(pg_catalog.=) ANY ($2) AS is_ours
    FROM pg_proc p
    WHERE p.pronamespace = quote_ident(current_schema()::text)::regnamespace::oid
      AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_proc'::regclass::oid AND d.objid = p.oid AND d.deptype = 'e')
)
SELECT CASE r.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind,
       pg_catalog.format('%I.%I', current_schema(), r.relname) AS name,
       r.table_name::text AS base,
       r.relispartition AS is_partition,
       false AS is_definer,
       ARRAY(
           SELECT quote_ident(a.attname::text) FROM pg_attribute a
           WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped AND r.relkind <> 'S'
       ) AS columns,
       -- Ciphertext, or what an application kept as one.
       ARRAY(
           SELECT quote_ident(a.attname::text)
           FROM pg_attribute o JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = o.attname
           WHERE o.attrelid = r.root AND o.attnum > 0 AND NOT o.attisdropped AND r.relkind <> 'S'
             AND (r.table_name = 'integrations' AND o.attname IN ('credentials', 'application_credentials')
                  OR EXISTS (
                      SELECT FROM pg_description d WHERE d.objoid = r.root AND d.classoid = 'pg_class'::regclass::oid
                          AND d.objsubid = o.attnum::integer AND d.description LIKE 'inboxctl: envelopes%'))
       ) AS sealed,
       1::bigint AS number
FROM known r
WHERE r.is_ours
UNION ALL
SELECT 'routine', pg_catalog.format('%I.%I(%s)', current_schema(), p.proname, pg_get_function_identity_arguments(p.oid)),
       NULL, false, p.prosecdef, '{}', '{}', 1
FROM routines p
WHERE p.is_ours
UNION ALL
SELECT 'not ours', '', NULL, false, false, '{}', '{}',
    (SELECT count(*) FROM known WHERE NOT is_ours) + (SELECT count(*) FROM routines WHERE NOT is_ours)
UNION ALL
SELECT 'database', quote_ident(current_database()::text), NULL, false, false, '{}', '{}', 1
UNION ALL
SELECT 'schema', quote_ident(current_schema()::text), NULL, false, false, '{}', '{}', 1
