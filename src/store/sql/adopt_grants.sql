-- $1: tables of theirs. Who may do what with them, their owner as well.
SELECT c.relname::text AS table_name, g.privilege_type AS privilege,
    CASE WHEN g.grantee = 0::oid THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)::text) END AS grantee,
    CASE WHEN g.is_grantable AND g.grantee <> c.relowner THEN ' WITH GRANT OPTION' ELSE '' END AS option
FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r'::"char", c.relowner))) g
WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid AND c.relkind IN ('r', 'p')
    AND c.relname::text = ANY ($1)
    AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER')
    AND pg_get_userbyid(g.grantee) <> current_user
ORDER BY 1, 3, 2
