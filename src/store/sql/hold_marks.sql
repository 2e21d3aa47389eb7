-- $1 a table, as SQL writes it. Its columns that tell which contact or user a row is about: by a key, by
-- their name, or inside a document.
WITH RECURSIVE under_domains (attnum, name, type, next) AS (
    SELECT a.attnum, a.attname::text, t.oid, t.typbasetype
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = to_regclass($1)::oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT u.attnum, u.name, t.oid, t.typbasetype
    FROM under_domains u JOIN pg_type t ON t.oid = u.next),
columns AS (SELECT attnum, name, type FROM under_domains WHERE next = 0::oid)
SELECT DISTINCT kind, name, document
FROM (
    SELECT CASE lower(replace(name, '_', '')) WHEN 'contactid' THEN 'contact' WHEN 'userid' THEN 'user' END AS kind,
        name, NULL::text AS document
    FROM columns
    UNION ALL
    SELECT kinds.kind, columns.name, CASE WHEN columns.type = 'json'::regtype::oid THEN 'json' ELSE 'jsonb' END
    FROM columns, pg_catalog.unnest(ARRAY['contact', 'user']) AS kinds (kind)
    WHERE columns.type = 'json'::regtype::oid OR columns.type = 'jsonb'::regtype::oid
    UNION ALL
    SELECT CASE WHEN k.confrelid = to_regclass('contacts')::oid THEN 'contact' ELSE 'user' END, columns.name, NULL
    FROM pg_constraint k
    CROSS JOIN unnest(k.conkey, k.confkey) AS pair (own, theirs)
    JOIN columns ON columns.attnum = pair.own
    JOIN pg_attribute r ON r.attrelid = k.confrelid AND r.attnum = pair.theirs
    WHERE k.contype = 'f' AND k.conrelid = to_regclass($1)::oid AND r.attname::text = 'id'
        AND (k.confrelid = to_regclass('contacts')::oid OR k.confrelid = to_regclass('users')::oid)
    UNION ALL
    SELECT CASE WHEN to_regclass($1)::oid = to_regclass('contacts')::oid THEN 'contact' ELSE 'user' END, columns.name, NULL
    FROM columns
    WHERE name = 'id' AND (to_regclass($1)::oid = to_regclass('contacts')::oid OR to_regclass($1)::oid = to_regclass('users')::oid)
) AS found
WHERE kind IS NOT NULL
ORDER BY kind, name
