-- Every column of every table that has rows of its own, and how its values are written. A domain is what it is
-- over; generated columns are in no dump.
SELECT n.nspname::text AS schema_name, c.relname::text AS table_name,
    coalesce((SELECT r.relname::text FROM pg_class r WHERE r.oid = pg_partition_root(c.oid::regclass)::oid),
        c.relname::text) AS root,
    coalesce(n.nspname = current_schema(), false) AS is_beside,
    EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = c.oid
        AND d.deptype::text = 'e') AS is_lent,
    a.attname::text AS column_name,
    NOT a.attnotnull AND NOT t.typnotnull AS is_nullable,
    pg_catalog.format_type(b.oid, NULL) AS of_type,
    CASE
        WHEN b.typname::text IN ('json', 'jsonb') THEN 'json'
        WHEN b.typcategory::text = 'S' AND b.typname::text <> 'char' THEN 'text'
        WHEN b.typcategory::text = 'A' AND e.typcategory::text = 'S' THEN 'list'
        WHEN b.typcategory::text = 'A' AND e.typcategory::text IN ('U', 'C', 'G') AND e.typname::text <> 'uuid' THEN 'opaque'
        WHEN b.typcategory::text IN ('C', 'G') THEN 'opaque'
        WHEN b.typcategory::text = 'U' AND b.typname::text NOT IN ('uuid', 'pg_lsn', 'pg_snapshot', 'txid_snapshot',
            'macaddr', 'macaddr8', 'refcursor', 'aclitem') THEN 'opaque'
        ELSE 'other'
    END AS shape,
    CASE WHEN coalesce(eb.typname, e.typname, b.typname)::text IN ('varchar', 'bpchar')
            AND coalesce(nullif(e.typtypmod, -1), nullif(t.typtypmod, -1), a.atttypmod) > 4
        THEN coalesce(nullif(e.typtypmod, -1), nullif(t.typtypmod, -1), a.atttypmod) - 4 END AS length
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated::text = ''
JOIN pg_type t ON t.oid = a.atttypid
JOIN pg_type b ON b.oid = CASE WHEN t.typtype::text = 'd' THEN t.typbasetype ELSE t.oid END
LEFT JOIN pg_type e ON e.oid = b.typelem AND b.typcategory::text = 'A'
LEFT JOIN pg_type eb ON eb.oid = e.typbasetype
WHERE c.relkind::text = 'r' AND c.relpersistence::text <> 't'
    AND n.nspname::text !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname, c.relname, a.attnum
