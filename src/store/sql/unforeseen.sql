-- $1 a table, as SQL writes it, $2 columns that get other values. What judges them in a way that is
-- only known when it does. After named.sql.
, changed AS (
    SELECT a.attrelid, a.attnum FROM pg_attribute a
    WHERE a.attrelid = (SELECT id FROM named) AND a.attname::text = ANY ($2)
)
SELECT pg_catalog.concat('constraint ', quote_ident(k.conname::text)) AS name
FROM pg_constraint k
WHERE k.conrelid = (SELECT id FROM named) AND k.contype IN ('c', 'x')
    AND EXISTS (SELECT FROM changed WHERE changed.attnum = ANY (k.conkey))
UNION
SELECT pg_catalog.concat('index ', quote_ident(x.relname::text))
FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
WHERE i.indrelid = (SELECT id FROM named) AND i.indisunique AND (i.indpred IS NOT NULL OR i.indexprs IS NOT NULL)
    AND EXISTS (
        SELECT FROM changed JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass::oid
            AND d.refobjid = changed.attrelid AND d.refobjsubid = changed.attnum::integer
        WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = i.indexrelid)
UNION
SELECT 'the partitioning'
FROM pg_partitioned_table p
WHERE p.partrelid = (SELECT id FROM named)
    AND (p.partexprs IS NOT NULL OR EXISTS (SELECT FROM changed WHERE changed.attnum = ANY (p.partattrs::smallint[])))
ORDER BY name
