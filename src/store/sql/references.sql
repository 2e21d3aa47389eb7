SELECT
    pg_catalog.format('%s.%s', child.relname, columns.list) AS name,
    CASE child.relkind
        WHEN 'p' THEN (
            SELECT coalesce(sum(greatest(m.reltuples, 0)), 0)::bigint
            FROM pg_partition_tree(child.oid::regclass) p JOIN pg_class m ON m.oid = p.relid::oid
            WHERE p.isleaf)
        ELSE greatest(child.reltuples, 0)::bigint
    END AS estimated_rows,
    pg_catalog.format('SELECT FROM %I c WHERE %s AND NOT EXISTS (SELECT FROM %I p WHERE %s)',
        child.relname, columns.are_set, parent.relname, columns.are_equal) AS query
FROM pg_constraint k
JOIN pg_class child ON child.oid = k.conrelid
JOIN pg_class parent ON parent.oid = k.confrelid,
LATERAL (
    SELECT
        string_agg(c.attname::text, ',' ORDER BY place) AS list,
        string_agg(pg_catalog.format('c.%I IS NOT NULL', c.attname), ' AND ' ORDER BY place) AS are_set,
        string_agg(pg_catalog.format('p.%I OPERATOR(%I.%s) c.%I', p.attname, n.nspname, o.oprname, c.attname), ' AND ' ORDER BY place)
            AS are_equal
    FROM unnest(k.conkey, k.confkey, k.conpfeqop) WITH ORDINALITY AS u (child_number, parent_number, operator, place)
    JOIN pg_operator o ON o.oid = u.operator JOIN pg_namespace n ON n.oid = o.oprnamespace
    JOIN pg_attribute c ON c.attrelid = k.conrelid AND c.attnum = u.child_number
    JOIN pg_attribute p ON p.attrelid = k.confrelid AND p.attnum = u.parent_number
) AS columns
WHERE k.contype = 'f' AND k.conparentid = 0::oid
  AND child.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
  AND parent.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
UNION ALL
-- A contact that was merged away leads to a contact, or to one that was merged
-- away itself.
SELECT
    'merged_contacts.survivor_id',
    greatest(reltuples, 0)::bigint,
    'SELECT FROM merged_contacts c '
    'WHERE NOT EXISTS (SELECT FROM contacts p WHERE p.id = c.survivor_id) '
    'AND NOT EXISTS (SELECT FROM merged_contacts m WHERE m.contact_id = c.survivor_id)'
FROM pg_class WHERE oid = to_regclass('merged_contacts')::oid
ORDER BY estimated_rows, name
