-- Foreign keys of all tables: the rows that point, and when one of them leads nowhere. Of a partitioned table
-- its own key, and not those of its partitions.
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation,
    (SELECT pg_catalog.string_agg(pg_catalog.format('c.%I IS NOT NULL', a.attname), ' AND ')
     FROM pg_catalog.unnest(k.conkey) AS u (number)
     JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number) AS points,
    pg_catalog.format('%I.%I', target.nspname, p.relname) AS referenced,
    (SELECT pg_catalog.string_agg(
         pg_catalog.format('p.%I OPERATOR(%I.%s) c.%I', r.attname, s.nspname, o.oprname, a.attname), ' AND ')
     FROM pg_catalog.generate_subscripts(k.conkey, 1) AS u (place)
     JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[u.place]
     JOIN pg_attribute r ON r.attrelid = k.confrelid AND r.attnum = k.confkey[u.place]
     JOIN pg_operator o ON o.oid = k.conpfeqop[u.place] JOIN pg_namespace s ON s.oid = o.oprnamespace) AS is_met,
    CASE WHEN k.confdeltype::text = 'n' AND NOT EXISTS (
             SELECT FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) AND a.attnotnull)
        THEN (SELECT pg_catalog.string_agg(pg_catalog.format('%I = NULL', a.attname), ', ')
              FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)) END AS emptied
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace target ON target.oid = p.relnamespace
WHERE k.contype::text = 'f' AND k.conparentid = 0::oid
ORDER BY n.nspname, c.relname, k.conname
