-- How audit_logs and audit_days are not the tables whose rows are hashed: a row for each way. With other types, or from
-- elsewhere, what is read would be what somebody's functions say.
WITH meant (relation, name, types) AS (
    VALUES ('audit_logs', 'id', '{uuid}'), ('audit_logs', 'user_id', '{uuid}'), ('audit_logs', 'actor', '{text,varchar}'),
        ('audit_logs', 'action', '{text,varchar}'), ('audit_logs', 'resource', '{text,varchar}'),
        ('audit_logs', 'resource_id', '{text,varchar}'), ('audit_logs', 'details', '{jsonb}'),
        ('audit_logs', 'created_at', '{timestamptz}'), ('audit_logs', 'recorded_at', '{timestamptz}'),
        ('audit_logs', 'recorded_by', '{text,varchar}'), ('audit_logs', 'recorded_from', '{inet}'),
        ('audit_days', 'day', '{date}'), ('audit_days', 'link', '{int4}'), ('audit_days', 'number', '{int8}'),
        ('audit_days', 'format', '{int4}'), ('audit_days', 'kind', '{text}'), ('audit_days', 'entries', '{int8}'),
        ('audit_days', 'digest', '{text}'), ('audit_days', 'changed', '{int8}'), ('audit_days', 'details', '{jsonb}'),
        ('audit_days', 'actor', '{text}'), ('audit_days', 'written_at', '{timestamptz}'),
        ('audit_days', 'written_by', '{text}'), ('audit_days', 'written_from', '{inet}'),
        ('audit_days', 'snapshot', '{text}'), ('audit_days', 'hash', '{text}')
), tables AS (
    SELECT c.oid AS id, c.relname::text AS name, c.relkind::text AS kind
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relname::text = ANY (ARRAY['audit_logs'::text, 'audit_days'::text])
)
SELECT t.name || ' is no table of its own'::text AS what
FROM tables t
WHERE t.kind <> ALL (CASE t.name WHEN 'audit_days'::text THEN '{r}'::text[] ELSE '{r,p}'::text[] END)
    OR t.name = 'audit_days'::text AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = t.id OR i.inhrelid = t.id)
UNION ALL
SELECT quote_ident(c.relname::text) || ', a part of audit_logs, is no table'::text
FROM (
    WITH RECURSIVE parts AS (
        SELECT i.inhrelid AS id FROM tables t JOIN pg_inherits i ON i.inhparent = t.id
        UNION
        SELECT i.inhrelid FROM parts p JOIN pg_inherits i ON i.inhparent = p.id)
    SELECT id FROM parts) AS p
JOIN pg_class c ON c.oid = p.id
WHERE c.relkind::text <> ALL ('{r,p}'::text[])
UNION ALL
SELECT m.relation || '.'::text || m.name
    || CASE WHEN a.atttypid IS NULL THEN ' is missing'::text ELSE ' is '::text || format_type(a.atttypid, a.atttypmod) END
FROM (SELECT relation::text, name::text, types::text[] FROM meant) AS m
LEFT JOIN tables t ON t.name = m.relation
LEFT JOIN pg_attribute a ON a.attrelid = t.id AND a.attname::text = m.name AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_type y ON y.oid = a.atttypid
WHERE (y.typnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'pg_catalog') AND y.typname::text = ANY (m.types))
    IS NOT TRUE
ORDER BY what
