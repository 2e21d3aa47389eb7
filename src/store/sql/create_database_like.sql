-- $1: the new database, $2: its model. What differs from version to version of
-- PostgreSQL is read from the row as JSON.
SELECT pg_catalog.format(
           'CREATE DATABASE %I TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L',
           $1,
           pg_encoding_to_char(d.encoding),
           coalesce(d.datcollate, pg_catalog.to_jsonb(d) ->> 'datlocale'::text),
           coalesce(d.datctype, pg_catalog.to_jsonb(d) ->> 'datlocale'::text)
       )
       || CASE WHEN pg_catalog.to_jsonb(d) ->> 'datlocprovider'::text = 'i'
               THEN pg_catalog.format(
                   ' LOCALE_PROVIDER icu ICU_LOCALE %L',
                   coalesce(pg_catalog.to_jsonb(d) ->> 'datlocale'::text, pg_catalog.to_jsonb(d) ->> 'daticulocale'::text)
               )
               WHEN pg_catalog.to_jsonb(d) ->> 'datlocprovider'::text = 'b'
               THEN pg_catalog.format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', pg_catalog.to_jsonb(d) ->> 'datlocale'::text)
               ELSE ''
          END
       -- A role that may not act as the owner becomes the owner itself.
       || CASE WHEN r.rolname <> current_user AND pg_has_role(r.oid, 'MEMBER') THEN pg_catalog.format(' OWNER %I', r.rolname) ELSE '' END
       AS statement
FROM pg_database d
JOIN pg_roles r ON r.oid = d.datdba
WHERE d.datname = $2
