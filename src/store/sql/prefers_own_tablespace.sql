-- Behind a pooler the setting may be another client's, and what it is reset to is ours. See without_own_tablespace.sql.
SELECT EXISTS (
    SELECT FROM pg_catalog.pg_database d
    JOIN pg_catalog.pg_tablespace t ON t.oid OPERATOR(pg_catalog.=) d.dattablespace
    JOIN pg_catalog.pg_settings s ON s.reset_val OPERATOR(pg_catalog.=) t.spcname::pg_catalog.text
    WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
        AND s.name OPERATOR(pg_catalog.=) 'default_tablespace'
) AS truth
