-- What there is to grant rights on; objects of extensions are theirs.
WITH RECURSIVE relations AS (
    SELECT c.oid, c.relname, c.relkind, c.relispartition, c.relowner,
           CASE WHEN c.relispartition THEN pg_partition_root(c.oid)::oid ELSE c.oid END AS root
    FROM pg_class c
    WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace
      AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
),
-- Ciphertext, and every column of a view that reads some: it reads with the
-- rights of its owner.
sealed (relation, attnum) AS (
    SELECT r.oid, a.attnum
    FROM relations r
    JOIN pg_class root ON root.oid = r.root
    JOIN pg_attribute ra ON ra.attrelid = r.root AND ra.attnum > 0 AND NOT ra.attisdropped
    JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = ra.attname
    WHERE (root.relname = 'integrations' AND ra.attname = 'credentials')
       OR col_description(r.root, ra.attnum) LIKE 'inboxctl: envelopes%'
    UNION
    SELECT v.oid, a.attnum
    FROM sealed s
    JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = s.relation
        AND d.refobjsubid = s.attnum AND d.classid = 'pg_rewrite'::regclass
    JOIN pg_rewrite w ON w.oid = d.objid
    JOIN relations v ON v.oid = w.ev_class AND v.oid <> s.relation
    JOIN pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0 AND NOT a.attisdropped
)
SELECT CASE r.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind,
       pg_catalog.format('%I.%I', current_schema(), r.relname) AS name,
       CASE r.relkind
           WHEN 'S' THEN (
               SELECT t.relname::text FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid
               WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid
                 AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') LIMIT 1)
           ELSE r.relname::text
       END AS base,
       r.relispartition AS is_partition,
       ARRAY(
           SELECT quote_ident(a.attname) FROM pg_attribute a
           WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped AND r.relkind <> 'S'
       ) AS columns,
       ARRAY(
           SELECT DISTINCT quote_ident(a.attname)
           FROM sealed s JOIN pg_attribute a ON a.attrelid = s.relation AND a.attnum = s.attnum
           WHERE s.relation = r.oid
       ) AS sealed
FROM relations r
UNION ALL
SELECT 'routine', pg_catalog.format('%I.%I(%s)', current_schema(), p.proname, pg_get_function_identity_arguments(p.oid)),
       NULL, false, '{}', '{}'
FROM pg_proc p
WHERE p.pronamespace = quote_ident(current_schema()::text)::regnamespace
  AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT DISTINCT 'owner', quote_ident(pg_get_userbyid(r.relowner)), NULL, false, '{}'::text[], '{}'::text[]
FROM relations r
UNION ALL
SELECT 'database', quote_ident(current_database()), NULL, false, '{}', '{}'
UNION ALL
SELECT 'schema', quote_ident(current_schema()::text), NULL, false, '{}', '{}'
