-- $1 a table, as SQL writes it. Foreign keys of it that a row can do without: what they point at
-- may have gone since the row was archived.
SELECT
    format('%I.%I', n.nspname, parent.relname) AS parent,
    CASE WHEN n.nspname = current_schema() THEN parent.relname::text
        ELSE n.nspname || '.' || parent.relname END AS label,
    ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u (number, place)
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number ORDER BY place) AS columns,
    ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS u (number, place)
          JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number ORDER BY place) AS referenced
FROM pg_constraint k
JOIN pg_class parent ON parent.oid = k.confrelid
JOIN pg_namespace n ON n.oid = parent.relnamespace
WHERE k.contype = 'f' AND k.conrelid = to_regclass($1) AND k.confrelid <> k.conrelid
    AND NOT EXISTS (
        SELECT FROM pg_attribute a
        WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) AND (a.attnotnull OR a.attgenerated <> ''))
ORDER BY k.conname
