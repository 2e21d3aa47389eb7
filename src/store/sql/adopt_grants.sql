-- $1: tables of theirs. Who may do what with them, their owner as well, and with single columns.
SELECT c.relname::text AS table_name, NULL::text AS column_name, g.privilege_type AS privilege,
    CASE WHEN g.grantee = 0::oid THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)::text) END AS grantee,
    CASE WHEN g.is_grantable AND g.grantee <> c.relowner THEN ' WITH GRANT OPTION' ELSE '' END AS option
FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r'::"char", c.relowner))) g
WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid AND c.relkind IN ('r', 'p')
    AND c.relname::text = ANY ($1)
    AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER')
    AND pg_get_userbyid(g.grantee) <> current_user
UNION ALL
SELECT c.relname::text, a.attname::text, g.privilege_type,
    CASE WHEN g.grantee = 0::oid THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)::text) END,
    CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped, aclexplode(a.attacl) g
WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid AND c.relkind IN ('r', 'p')
    AND c.relname::text = ANY ($1) AND pg_get_userbyid(g.grantee) <> current_user
ORDER BY 1, 4, 3, 2
