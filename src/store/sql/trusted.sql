-- Who works, and who could do anything here anyway: the owners of the database and the schema,
-- superusers.
WITH me AS (
    SELECT oid, rolsuper FROM pg_roles WHERE rolname = current_user
),
trusted AS (
    SELECT r.oid FROM pg_roles r, me
    WHERE r.oid = me.oid OR r.rolsuper OR NOT me.rolsuper AND pg_has_role(me.oid, r.oid, 'MEMBER'::text)
    UNION
    SELECT datdba FROM pg_database WHERE datname = current_database()
    UNION
    SELECT nspowner FROM pg_namespace WHERE nspname = current_schema()
)
