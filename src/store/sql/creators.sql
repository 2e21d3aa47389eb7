-- Who may create in the schema of the inbox beside who owns it or the tables in it, as a REVOKE names
-- them. A superuser may everything anyhow.
SELECT CASE WHEN a.grantee = 0::oid THEN 'PUBLIC' ELSE quote_ident(r.rolname::text) END AS name
FROM pg_namespace n
CROSS JOIN LATERAL aclexplode(coalesce(n.nspacl, acldefault('n'::"char", n.nspowner))) AS a
LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE n.nspname = current_schema() AND a.privilege_type = 'CREATE' AND a.grantee <> n.nspowner
    AND (a.grantee = 0::oid OR NOT r.rolsuper AND r.rolname <> current_user AND r.oid NOT IN (
        SELECT c.relowner FROM pg_class c WHERE c.relnamespace = n.oid AND c.oid = to_regclass('contacts')::oid))
ORDER BY 1
