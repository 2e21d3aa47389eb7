-- $1 a table, as SQL writes it. What a value is turned into for a document depends on the type
-- under its domains. After named.sql.
SELECT a.attname::text AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type_name,
    CASE
        WHEN base.id = 'pg_catalog.json'::regtype::oid THEN 'json'
        WHEN base.id = 'pg_catalog.jsonb'::regtype::oid THEN 'jsonb'
        WHEN base.id IN ('pg_catalog.bool'::regtype::oid, 'pg_catalog.int2'::regtype::oid, 'pg_catalog.int4'::regtype::oid,
            'pg_catalog.int8'::regtype::oid, 'pg_catalog.numeric'::regtype::oid, 'pg_catalog.text'::regtype::oid,
            'pg_catalog.varchar'::regtype::oid, 'pg_catalog.bpchar'::regtype::oid, 'pg_catalog.uuid'::regtype::oid) THEN 'plain'
        WHEN base.id IN ('pg_catalog.date'::regtype::oid, 'pg_catalog.timestamp'::regtype::oid,
            'pg_catalog.timestamptz'::regtype::oid) THEN 'time'
        ELSE 'other'
    END AS form,
    a.attgenerated <> '' AS is_generated,
    a.attidentity = 'a' AS is_always_identity, a.attidentity <> '' AS is_identity,
    has_column_privilege(a.attrelid, a.attnum, 'SELECT') AS can_select
FROM pg_attribute a,
LATERAL (
    WITH RECURSIVE under AS (
        SELECT t.oid AS id, t.typbasetype AS next FROM pg_type t WHERE t.oid = a.atttypid
        UNION ALL
        SELECT t.oid, t.typbasetype FROM under JOIN pg_type t ON t.oid = under.next)
    SELECT id FROM under WHERE next = 0::oid) AS base
WHERE a.attrelid = (SELECT id FROM named) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
