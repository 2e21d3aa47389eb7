-- $1: relations, as SQL writes them. The views that read them, and the views that read those.
WITH RECURSIVE readers AS (
    SELECT r.ev_class AS id, 1 AS depth
    FROM pg_catalog.unnest($1) AS relation
    JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass::oid AND d.refobjid = relation::regclass::oid
    JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass::oid AND d.objid = r.oid AND r.ev_class <> d.refobjid
    UNION
    SELECT r.ev_class, readers.depth + 1
    FROM readers
    JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass::oid AND d.refobjid = readers.id
    JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass::oid AND d.objid = r.oid AND r.ev_class <> d.refobjid
)
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
    pg_get_viewdef(c.oid) AS definition,
    coalesce(' WITH (' || pg_catalog.array_to_string(c.reloptions, ', ') || ')', '') AS options,
    quote_ident(pg_get_userbyid(c.relowner)::text) AS owner,
    ARRAY(SELECT 'GRANT ' || g.privilege_type || ' ON {} TO '
        || CASE WHEN g.grantee = 0::oid THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)::text) END
        || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
        FROM aclexplode(c.relacl) g WHERE g.grantee <> c.relowner) AS grants,
    obj_description(c.oid, 'pg_class'::name) AS comment
FROM (SELECT id, max(depth) AS depth FROM readers GROUP BY id) deepest
JOIN pg_class c ON c.oid = deepest.id
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v'
ORDER BY deepest.depth, c.oid
