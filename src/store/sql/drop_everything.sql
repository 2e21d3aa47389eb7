-- One statement for each kind, tables first: what hangs on them goes with them.
WITH ours AS (
    SELECT c.oid, c.relname, c.relkind, c.relispartition
    FROM pg_class c
    WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
      AND c.relname NOT IN ('inboxctl_migrations', 'inboxctl_settings')
      AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = c.oid AND d.deptype = 'e')
)
SELECT pg_catalog.format('DROP TABLE IF EXISTS %s CASCADE',
              string_agg(pg_catalog.format('%I.%I', current_schema(), relname), ', ')) AS statement, 1 AS turn
FROM ours WHERE relkind IN ('r', 'p') AND NOT relispartition HAVING count(*) > 0
UNION ALL
SELECT pg_catalog.format('DROP FOREIGN TABLE IF EXISTS %I.%I CASCADE', current_schema(), relname), 2
FROM ours WHERE relkind = 'f'
UNION ALL
SELECT pg_catalog.format('DROP MATERIALIZED VIEW IF EXISTS %I.%I CASCADE', current_schema(), relname), 3
FROM ours WHERE relkind = 'm'
UNION ALL
SELECT pg_catalog.format('DROP VIEW IF EXISTS %I.%I CASCADE', current_schema(), relname), 4
FROM ours WHERE relkind = 'v'
UNION ALL
SELECT pg_catalog.format('DROP SEQUENCE IF EXISTS %I.%I CASCADE', current_schema(), o.relname), 5
FROM ours o
WHERE o.relkind = 'S'
  -- A column's own sequence goes with its table, or stays with ours.
  AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = o.oid AND d.deptype IN ('a', 'i'))
UNION ALL
SELECT pg_catalog.format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure), 6
FROM pg_proc p
WHERE p.pronamespace = quote_ident(current_schema()::text)::regnamespace::oid
  AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = 'pg_proc'::regclass::oid AND d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT pg_catalog.format('DROP TYPE IF EXISTS %I.%I CASCADE', current_schema(), t.typname), 7
FROM pg_type t
WHERE t.typnamespace = quote_ident(current_schema()::text)::regnamespace::oid
  AND (t.typtype IN ('e', 'd', 'r')
       OR (t.typtype = 'c' AND EXISTS (
           SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c')))
  AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = 'pg_type'::regclass::oid AND d.objid = t.oid AND d.deptype = 'e')
ORDER BY turn
