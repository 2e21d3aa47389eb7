-- $1: contact or message. Columns that look like a reference to such (contact_id, "contactId",
-- customer_contact_uuid, and of uuids contact alone), with a foreign key to them or without: of tables in
-- which somebody's rows lie, foreign tables too, and not those of our own records. Another inbox of the
-- database has people of its own: there only a key says that ours are meant.
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation, a.attname::text AS name,
    format_type(base.type, NULL::integer) AS type_name
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid
JOIN pg_type t ON t.oid = a.atttypid
CROSS JOIN LATERAL (SELECT coalesce(nullif(t.typbasetype, 0::oid), t.oid)) AS base (type)
WHERE c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition
    AND n.nspname !~ '^pg_'::text AND n.nspname <> 'information_schema'
    AND a.attnum > 0 AND NOT a.attisdropped
    AND (base.type = 'pg_catalog.uuid'::regtype::oid AND a.attname::text ~* $1
        OR base.type IN ('pg_catalog.text'::regtype::oid, 'pg_catalog.varchar'::regtype::oid, 'pg_catalog.bpchar'::regtype::oid)
            AND regexp_replace(a.attname::text, '[^[:alpha:]]', '', 'g') ~* ('('::text || $1 || 's?(id|uuid)|(id|uuid)'::text || $1 || 's?)$'::text))
    AND NOT EXISTS (
        SELECT FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = c.oid AND d.deptype = 'e')
    AND c.oid NOT IN (
        SELECT to_regclass(ours.name)::oid
        FROM (VALUES ('merged_contacts'), ('contact_merges'), ('distinct_contacts'), ('imported_contacts'), ('erased_contacts')) AS ours (name)
        WHERE to_regclass(ours.name) IS NOT NULL)
    AND (n.nspname = current_schema()
        OR NOT EXISTS (
            SELECT FROM pg_class ledger
            WHERE ledger.relnamespace = n.oid AND ledger.relname = 'inboxctl_migrations' AND ledger.relkind = 'r')
        OR EXISTS (
            SELECT FROM pg_constraint k
            WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY (k.conkey)
                AND k.confrelid = to_regclass($1 || 's'::text)::oid))
ORDER BY n.nspname, c.relname, a.attnum
