SELECT DISTINCT 'view ' || v.oid::regclass::text AS name
FROM pg_depend d
JOIN pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass::oid
JOIN pg_class v ON v.oid = r.ev_class
JOIN pg_class t ON t.oid = d.refobjid AND d.refclassid = 'pg_class'::regclass::oid
WHERE t.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
  AND v.relnamespace <> quote_ident(current_schema()::text)::regnamespace::oid
  -- A view that an extension brought is the extension's, as is its table.
  AND NOT EXISTS (
      SELECT FROM pg_depend e
      WHERE e.classid = 'pg_class'::regclass::oid AND e.objid = t.oid AND e.deptype = 'e')
UNION
SELECT 'foreign key of ' || k.conrelid::regclass::text
FROM pg_constraint k
JOIN pg_class t ON t.oid = k.confrelid
JOIN pg_class f ON f.oid = k.conrelid
WHERE k.contype = 'f'
  AND t.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
  AND f.relnamespace <> quote_ident(current_schema()::text)::regnamespace::oid
ORDER BY 1
