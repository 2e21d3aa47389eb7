-- Columns that look like a reference to contacts (contact_id, "contactId", customer_contact_uuid)
-- and have no foreign key: of tables in which somebody's rows lie, and not those of our own records.
SELECT a.attrelid::bigint AS table_oid, a.attname::text AS name, a.atttypid::regtype::text AS type_name
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND n.nspname !~ '^pg_'::text AND n.nspname <> 'information_schema'
    AND a.attnum > 0 AND NOT a.attisdropped
    AND a.atttypid IN ('pg_catalog.uuid'::regtype::oid, 'pg_catalog.text'::regtype::oid, 'pg_catalog.varchar'::regtype::oid)
    AND regexp_replace(lower(a.attname::text), '[^a-z]', '', 'g') ~ 'contacts?(id|uuid)$'
    AND NOT EXISTS (
        SELECT FROM pg_constraint k
        WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY (k.conkey))
    AND NOT EXISTS (
        SELECT FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = c.oid AND d.deptype = 'e')
    AND c.oid NOT IN (
        SELECT to_regclass(ours.name)::oid
        FROM (VALUES ('merged_contacts'), ('contact_merges'), ('distinct_contacts')) AS ours (name)
        WHERE to_regclass(ours.name) IS NOT NULL)
ORDER BY n.nspname, c.relname, a.attnum
