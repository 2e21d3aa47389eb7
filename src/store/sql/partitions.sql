-- The partitions of the audit log, by their bounds: what they are called and where they lie is
-- the application's business. A time that no calendar of ours reaches is no bound.
SELECT sql, name, is_foreign, bound = 'DEFAULT' AS is_default,
    CASE WHEN lower < '9999-01-01+00' THEN nullif(lower, '-infinity')
        WHEN lower IS NOT NULL THEN '9999-01-01+00' END AS lower,
    CASE WHEN upper < '9999-01-01+00' THEN upper END AS upper
FROM (
    SELECT
        pg_catalog.format('%I.%I', n.nspname, c.relname) AS sql,
        CASE WHEN n.nspname = current_schema() THEN c.relname::text
            ELSE n.nspname::text || '.' || c.relname::text END AS name,
        bound,
        substring(bound FROM 'FROM \(''([^'']+)''\)')::timestamptz AS lower,
        substring(bound FROM 'TO \(''([^'']+)''\)')::timestamptz AS upper,
        EXISTS (
            SELECT FROM pg_partition_tree(c.oid::regclass) p JOIN pg_class f ON f.oid = p.relid::oid
            WHERE f.relkind = 'f') AS is_foreign
    FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL pg_get_expr(c.relpartbound, c.oid) AS bound
    WHERE i.inhparent = to_regclass('audit_logs')::oid
) AS parts
ORDER BY 4, 5 NULLS FIRST
