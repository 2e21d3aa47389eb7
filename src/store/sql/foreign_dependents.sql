SELECT DISTINCT 'view ' || v.oid::regclass AS name
FROM pg_depend d
JOIN pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass
JOIN pg_class v ON v.oid = r.ev_class
JOIN pg_class t ON t.oid = d.refobjid AND d.refclassid = 'pg_class'::regclass
WHERE t.relnamespace = quote_ident(current_schema()::text)::regnamespace
  AND v.relnamespace <> quote_ident(current_schema()::text)::regnamespace
  -- A view that an extension brought is the extension's, as is its table.
  AND NOT EXISTS (
      SELECT FROM pg_depend e
      WHERE e.classid = 'pg_class'::regclass AND e.objid = t.oid AND e.deptype = 'e')
UNION
SELECT 'foreign key of ' || k.conrelid::regclass
FROM pg_constraint k
JOIN pg_class t ON t.oid = k.confrelid
JOIN pg_class f ON f.oid = k.conrelid
WHERE k.contype = 'f'
  AND t.relnamespace = quote_ident(current_schema()::text)::regnamespace
  AND f.relnamespace <> quote_ident(current_schema()::text)::regnamespace
ORDER BY 1
