-- What a database has beside the tables of its schemas, as DROP names it; always quoted.
SELECT kind || ' "' || pg_catalog.replace(name, '"', '""') || '"' AS name
FROM (
    SELECT 1 AS turn, 'SCHEMA' AS kind, nspname::text AS name FROM pg_namespace
    WHERE nspname !~ '^pg_'::text AND nspname <> 'information_schema'
    UNION ALL SELECT 2, 'PUBLICATION', pubname::text FROM pg_publication
    UNION ALL SELECT 0, 'EVENT TRIGGER', evtname::text FROM pg_event_trigger
    UNION ALL SELECT 3, 'EXTENSION', extname::text FROM pg_extension
    UNION ALL SELECT 4, 'FOREIGN DATA WRAPPER', fdwname::text FROM pg_foreign_data_wrapper
) AS contents
ORDER BY turn, name
