-- What stands in the database beside the rows of its tables, as one text: each with its oid and the
-- transaction that last changed it. Statistics and freezing change neither.
SELECT count(*)::text || ' '::text || coalesce(sum(hashtextextended(made.line, 0::bigint)), 0::numeric)::text AS made
FROM (
    SELECT 'class '::text || oid::text || ' '::text || xmin::text FROM pg_class WHERE oid >= 16384::oid AND relpersistence <> 't'
    UNION ALL SELECT 'rule '::text || oid::text || ' '::text || xmin::text FROM pg_rewrite WHERE oid >= 16384::oid
    UNION ALL SELECT 'trigger '::text || oid::text || ' '::text || xmin::text FROM pg_trigger
    UNION ALL SELECT 'routine '::text || oid::text || ' '::text || xmin::text FROM pg_proc WHERE oid >= 16384::oid AND pronamespace <> pg_my_temp_schema()
    UNION ALL SELECT 'type '::text || oid::text || ' '::text || xmin::text FROM pg_type
        WHERE oid >= 16384::oid AND typtype IN ('d', 'e', 'r', 'm') AND typnamespace <> pg_my_temp_schema()
    UNION ALL SELECT 'label '::text || oid::text || ' '::text || xmin::text FROM pg_enum
    UNION ALL SELECT 'schema '::text || oid::text || ' '::text || xmin::text FROM pg_namespace WHERE nspname !~ '^pg_'::text
    UNION ALL SELECT 'extension '::text || oid::text || ' '::text || xmin::text FROM pg_extension
    UNION ALL SELECT 'large object '::text || oid::text || ' '::text || xmin::text FROM pg_largeobject_metadata
) AS made (line)
