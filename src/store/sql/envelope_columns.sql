SELECT c.relname::text AS "table",
       a.attname::text AS "column",
       format_type(id.atttypid, NULL::integer) AS id_type,
       EXISTS (
           SELECT FROM pg_attribute channel
           WHERE channel.attrelid = c.oid AND channel.attname = 'channel' AND NOT channel.attisdropped
       ) AS has_channel
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attribute id ON id.attrelid = c.oid AND id.attname = 'id' AND NOT id.attisdropped
WHERE c.relkind IN ('r', 'p')
  -- Another program may keep something else under that name.
  AND a.atttypid IN ('text'::regtype::oid, 'varchar'::regtype::oid)
  AND NOT c.relispartition
  AND (
      (c.relname = 'integrations' AND a.attname = 'credentials')
      OR EXISTS (
          SELECT FROM pg_description d WHERE d.objoid = c.oid AND d.classoid = 'pg_class'::regclass::oid
              AND d.objsubid = a.attnum::integer AND d.description LIKE 'inboxctl: envelopes%')
  )
ORDER BY c.relname <> 'integrations', c.relname, a.attname
