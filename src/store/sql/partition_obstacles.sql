-- $1 a partition or a table, as SQL writes it. What of the application's hangs on it: `guard`, a
-- trigger or a rule that looks at each row that is deleted; `key`, a foreign key that points at
-- it alone; `publication`, one that names it; `dependent`, what keeps it from being dropped.
WITH tree AS (
    SELECT to_regclass($1)::oid AS id
    UNION
    SELECT relid::oid FROM pg_partition_tree(to_regclass($1))
), above AS (
    SELECT relid::oid AS id FROM pg_partition_ancestors(to_regclass($1)))
SELECT 'guard' AS kind, 'trigger ' || quote_ident(t.tgname::text) AS name
FROM tree JOIN pg_trigger t ON t.tgrelid = tree.id
WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgtype & 8::smallint <> 0
UNION
-- Before version 15, what a partition has of such a trigger is told as the server's own.
SELECT 'guard', 'trigger ' || quote_ident(t.tgname::text)
FROM above JOIN pg_trigger t ON t.tgrelid = above.id
WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgtype & 8::smallint <> 0 AND t.tgtype & 1::smallint <> 0
UNION
SELECT 'guard', 'rule ' || quote_ident(r.rulename::text)
FROM tree JOIN pg_rewrite r ON r.ev_class = tree.id
WHERE r.ev_type::text = '4' AND r.ev_enabled <> 'D'
UNION
SELECT 'key', 'constraint ' || quote_ident(k.conname::text) || ' of ' || k.conrelid::regclass::text
FROM tree JOIN pg_constraint k ON k.confrelid = tree.id
WHERE k.contype = 'f' AND k.conparentid = 0::oid
UNION
SELECT 'publication', 'publication ' || quote_ident(p.pubname::text)
FROM tree JOIN pg_publication_rel m ON m.prrelid = tree.id JOIN pg_publication p ON p.oid = m.prpubid
UNION
SELECT 'dependent', CASE WHEN r.oid IS NULL THEN pg_describe_object(d.classid, d.objid, d.objsubid)
    ELSE pg_describe_object('pg_class'::regclass::oid, r.ev_class, 0) END
FROM pg_depend d
LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass::oid AND r.oid = d.objid
LEFT JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass::oid AND t.oid = d.objid
LEFT JOIN pg_policy p ON d.classid = 'pg_policy'::regclass::oid AND p.oid = d.objid
LEFT JOIN pg_attrdef a ON d.classid = 'pg_attrdef'::regclass::oid AND a.oid = d.objid
WHERE d.deptype = 'n'
    AND (d.refclassid = 'pg_class'::regclass::oid AND d.refobjid IN (SELECT id FROM tree)
        OR d.refclassid = 'pg_type'::regclass::oid
            AND d.refobjid IN (SELECT c.reltype FROM tree JOIN pg_class c ON c.oid = tree.id))
    -- A key is told of above; a publication, an index and a part of the table itself go with it.
    AND d.classid NOT IN ('pg_constraint'::regclass::oid, 'pg_publication_rel'::regclass::oid, 'pg_statistic_ext'::regclass::oid)
    AND NOT (d.classid = 'pg_class'::regclass::oid AND d.objid IN (SELECT id FROM tree))
    AND coalesce(r.ev_class, t.tgrelid, p.polrelid, a.adrelid, 0) NOT IN (SELECT id FROM tree)
ORDER BY kind, name
