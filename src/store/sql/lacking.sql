-- What a message, $1, may name: relations, functions and schemas, with the rights on them that this
-- role lacks and with their owners. What the path finds by its name alone comes first.
SELECT c.relname::text AS name, c.oid::regclass::text AS written,
    CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
    ARRAY(SELECT r.name FROM pg_catalog.unnest(CASE c.relkind WHEN 'S' THEN '{SELECT,UPDATE,USAGE}'::text[]
            ELSE '{DELETE,INSERT,SELECT,TRUNCATE,UPDATE}'::text[] END) AS r (name)
        WHERE NOT CASE c.relkind WHEN 'S' THEN has_sequence_privilege(c.oid, r.name)
            ELSE has_table_privilege(c.oid, r.name) END) AS rights,
    pg_table_is_visible(c.oid) AS is_visible, c.relowner::regrole::text AS owner
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND has_schema_privilege(n.oid, 'USAGE')
    AND n.nspname !~ '^pg_(toast|temp)'::text AND strpos($1, c.relname::text) > 0
UNION ALL
SELECT p.proname::text, p.oid::regprocedure::text, 'FUNCTION',
    CASE WHEN has_function_privilege(p.oid, 'EXECUTE') THEN '{}'::text[] ELSE '{EXECUTE}'::text[] END,
    pg_function_is_visible(p.oid), p.proowner::regrole::text
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind IN ('f', 'p') AND has_schema_privilege(n.oid, 'USAGE') AND strpos($1, p.proname::text) > 0
UNION ALL
SELECT n.nspname::text, n.oid::regnamespace::text, 'SCHEMA',
    ARRAY(SELECT r.name FROM pg_catalog.unnest('{CREATE,USAGE}'::text[]) AS r (name)
        WHERE NOT has_schema_privilege(n.oid, r.name)), true, n.nspowner::regrole::text
FROM pg_namespace n WHERE strpos($1, n.nspname::text) > 0
ORDER BY kind DESC, is_visible DESC, written
