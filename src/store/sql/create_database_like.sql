-- $1: the new database, $2: its model. What differs from version to version of
-- PostgreSQL is read from the row as JSON.
SELECT format(
           'CREATE DATABASE %I TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L',
           $1,
           pg_encoding_to_char(d.encoding),
           coalesce(d.datcollate, to_jsonb(d) ->> 'datlocale'),
           coalesce(d.datctype, to_jsonb(d) ->> 'datlocale')
       )
       || CASE WHEN to_jsonb(d) ->> 'datlocprovider' = 'i'
               THEN format(
                   ' LOCALE_PROVIDER icu ICU_LOCALE %L',
                   coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')
               )
               WHEN to_jsonb(d) ->> 'datlocprovider' = 'b'
               THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', to_jsonb(d) ->> 'datlocale')
               ELSE ''
          END
       -- A role that may not act as the owner becomes the owner itself.
       || CASE WHEN r.rolname <> current_user AND pg_has_role(r.oid, 'MEMBER') THEN format(' OWNER %I', r.rolname) ELSE '' END
       AS statement
FROM pg_database d
JOIN pg_roles r ON r.oid = d.datdba
WHERE d.datname = $2
