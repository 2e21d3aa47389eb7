-- What judges values of columns, by its name: checks, those of domains too, and what has to be unique.
WITH guards AS (
    SELECT o.conname AS name, o.conrelid AS relation, k.attnum
    FROM pg_constraint o CROSS JOIN LATERAL unnest(o.conkey) AS k (attnum)
    WHERE o.contype::text = 'c' AND o.conrelid <> 0::oid
    UNION
    SELECT o.conname, a.attrelid, a.attnum
    FROM pg_constraint o JOIN pg_attribute a ON a.atttypid = o.contypid
    WHERE o.contype::text = 'c'
    UNION
    SELECT x.relname, i.indrelid, k.attnum
    FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid CROSS JOIN LATERAL unnest(i.indkey::int2[]) AS k (attnum)
    WHERE i.indisunique OR i.indisexclusion
)
SELECT g.name::text AS name, n.nspname::text AS schema_name, c.relname::text AS table_name, a.attname::text AS column_name
FROM guards g
JOIN pg_class c ON c.oid = g.relation
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = g.relation AND a.attnum = g.attnum
WHERE n.nspname::text !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY 2, 3, 1, a.attnum
