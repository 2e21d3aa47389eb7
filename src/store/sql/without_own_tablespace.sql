-- The database's own tablespace is where tables go anyway; by its name, the server refuses it for
-- partitioned ones.
SELECT pg_catalog.set_config('default_tablespace', '', false)
FROM pg_catalog.pg_database d
JOIN pg_catalog.pg_tablespace t ON t.oid OPERATOR(pg_catalog.=) d.dattablespace
WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
    AND t.spcname::pg_catalog.text OPERATOR(pg_catalog.=) pg_catalog.current_setting('default_tablespace')
