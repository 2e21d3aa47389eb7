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
    UNION ALL SELECT 'default rights '::text || oid::text || ' '::text || xmin::text FROM pg_default_acl
    UNION ALL SELECT 'cast '::text || oid::text || ' '::text || xmin::text FROM pg_cast WHERE oid >= 16384::oid
    UNION ALL SELECT 'operator '::text || oid::text || ' '::text || xmin::text FROM pg_operator WHERE oid >= 16384::oid
    UNION ALL SELECT 'collation '::text || oid::text || ' '::text || xmin::text FROM pg_collation WHERE oid >= 16384::oid
    UNION ALL SELECT 'language '::text || oid::text || ' '::text || xmin::text FROM pg_language WHERE oid >= 16384::oid
    UNION ALL SELECT 'statistics '::text || oid::text || ' '::text || xmin::text FROM pg_statistic_ext
    UNION ALL SELECT 'text search '::text || oid::text || ' '::text || xmin::text FROM pg_ts_config WHERE oid >= 16384::oid
    UNION ALL SELECT 'dictionary '::text || oid::text || ' '::text || xmin::text FROM pg_ts_dict WHERE oid >= 16384::oid
    UNION ALL SELECT 'wrapper '::text || oid::text || ' '::text || xmin::text FROM pg_foreign_data_wrapper
    UNION ALL SELECT 'server '::text || oid::text || ' '::text || xmin::text FROM pg_foreign_server
    UNION ALL SELECT 'publication '::text || oid::text || ' '::text || xmin::text FROM pg_publication
    UNION ALL SELECT 'published '::text || oid::text || ' '::text || xmin::text FROM pg_publication_rel
    UNION ALL SELECT 'event trigger '::text || oid::text || ' '::text || xmin::text FROM pg_event_trigger
    UNION ALL SELECT 'comment '::text || classoid::text || ' '::text || objoid::text || ' '::text || objsubid::text || ' '::text || xmin::text
        FROM pg_description WHERE objoid >= 16384::oid
    UNION ALL SELECT 'large object '::text || oid::text || ' '::text || xmin::text FROM pg_largeobject_metadata
) AS made (line)
