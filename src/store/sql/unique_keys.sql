-- $1 a table, as SQL writes it, $2 columns: its unique keys that have one of them, with what they
-- compare each column with. After named.sql.
SELECT x.relname::text AS name,
    ARRAY(SELECT a.attname::text FROM pg_catalog.generate_series(0, i.indnkeyatts - 1) AS n (place)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[n.place]
          ORDER BY n.place) AS columns,
    ARRAY(SELECT pg_catalog.format('OPERATOR(%I.%s)', s.nspname, o.oprname)
          FROM pg_catalog.generate_series(0, i.indnkeyatts - 1) AS n (place)
          JOIN pg_opclass c ON c.oid = i.indclass[n.place]
          JOIN pg_amop m ON m.amopfamily = c.opcfamily AND m.amopstrategy = 3::smallint
              AND m.amoplefttype = c.opcintype AND m.amoprighttype = c.opcintype
          JOIN pg_operator o ON o.oid = m.amopopr JOIN pg_namespace s ON s.oid = o.oprnamespace
          ORDER BY n.place) AS operators
FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
WHERE i.indrelid = (SELECT id FROM named) AND i.indisunique AND i.indisvalid
    AND i.indpred IS NULL AND i.indexprs IS NULL
    AND EXISTS (
        SELECT FROM pg_attribute a
        WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::smallint[]) AND a.attname::text = ANY ($2))
ORDER BY name
