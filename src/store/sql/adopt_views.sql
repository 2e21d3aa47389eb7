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
    ARRAY(SELECT pg_catalog.format('GRANT %s%s ON %I.%I TO %s%s', g.privilege_type, g.columns, n.nspname, c.relname,
            CASE WHEN g.grantee = 0::oid THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)::text) END,
            CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
        FROM (SELECT '' AS columns, t.* FROM aclexplode(c.relacl) t
            UNION ALL SELECT pg_catalog.format(' (%I)', a.attname), r.* FROM pg_attribute a, aclexplode(a.attacl) r
            WHERE a.attrelid = c.oid AND a.attnum > 0) g
        WHERE g.grantee <> c.relowner
        UNION ALL SELECT pg_catalog.format('COMMENT ON VIEW %I.%I IS %L', n.nspname, c.relname, r.description)
        FROM pg_description r WHERE r.classoid = 'pg_class'::regclass::oid AND r.objoid = c.oid AND r.objsubid = 0
        UNION ALL SELECT pg_catalog.format('COMMENT ON COLUMN %I.%I.%I IS %L', n.nspname, c.relname, a.attname, r.description)
        FROM pg_description r JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = r.objsubid
        WHERE r.classoid = 'pg_class'::regclass::oid AND r.objoid = c.oid AND r.objsubid > 0
        UNION ALL SELECT pg_catalog.format('ALTER VIEW %I.%I ALTER COLUMN %I SET DEFAULT %s', n.nspname, c.relname, a.attname,
            pg_get_expr(d.adbin, d.adrelid))
        FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.adnum WHERE d.adrelid = c.oid
        UNION ALL SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal
        UNION ALL SELECT pg_get_ruledef(r.oid) FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN'
    ) AS more
FROM (SELECT id, max(depth) AS depth FROM readers GROUP BY id) deepest
JOIN pg_class c ON c.oid = deepest.id
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v'
ORDER BY deepest.depth, c.oid
