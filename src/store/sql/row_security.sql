-- $1 tables, as SQL writes them. Those of which policies hide rows from this role. After named.sql.
SELECT c.oid::regclass::text AS relation,
    CASE pg_catalog.count(p.oid) WHEN 0 THEN 'no policy lets it see any'
        ELSE 'by policy ' || string_agg(quote_ident(p.polname::text), ', ' ORDER BY p.polname) END AS policies,
    pg_get_userbyid(c.relowner)::text AS owner,
    c.relforcerowsecurity AS is_forced
FROM named
JOIN pg_class c ON c.oid = named.id
LEFT JOIN pg_policy p ON p.polrelid = c.oid
WHERE row_security_active(c.oid)
GROUP BY c.oid, c.relowner, c.relforcerowsecurity
ORDER BY relation
