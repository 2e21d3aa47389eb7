-- $1: the time zone of a session to which nobody says one, null where this role's own hides it; $2: tables that become ours.
-- What is set or hangs around the database without being in it: kind and name. Of roles, those count that write to these
-- tables: what an operator prefers for his own sessions says nothing of what an application wrote.
WITH taken AS (
    SELECT c.oid, c.relname, c.relowner, c.reloptions, c.relreplident FROM pg_class c
    WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
        AND c.relkind IN ('r', 'p') AND c.relname::text = ANY ($2)
), zones AS (
    SELECT pg_catalog.split_part(setting, '=', 2) AS zone, s.setrole AS role,
        coalesce(' (role ' || r.rolname::text || ')', ' (the database)') AS whence
    FROM pg_db_role_setting s
    CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS setting
    LEFT JOIN pg_roles r ON r.oid = s.setrole
    WHERE s.setdatabase IN (0::oid, (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
        AND setting ~* '^timezone='::text
        AND (s.setrole = 0::oid OR EXISTS (SELECT FROM taken WHERE taken.relowner = r.oid
            OR NOT r.rolsuper AND (pg_has_role(r.oid, taken.relowner, 'USAGE'::text) OR has_table_privilege(r.oid, taken.oid, 'INSERT'::text))))
)
SELECT 'slot' AS kind, slot_name::text AS name FROM pg_replication_slots WHERE database = current_database()
UNION ALL
-- Readable by everybody but for the connection's text.
SELECT 'subscription', s.subname::text FROM pg_subscription s
WHERE s.subdbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
UNION ALL
SELECT 'publication', p.pubname::text || ' (' || string_agg(quote_ident(taken.relname::text), ', ' ORDER BY taken.relname) || ')'
FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid JOIN taken ON taken.oid = r.prrelid GROUP BY p.pubname
UNION ALL
SELECT 'large objects', count(*)::text FROM pg_largeobject_metadata HAVING count(*) > 0
UNION ALL
SELECT 'left', 'statistics ' || quote_ident(taken.relname::text) || '.' || quote_ident(e.stxname::text) FROM pg_statistic_ext e JOIN taken ON taken.oid = e.stxrelid
UNION ALL
SELECT 'left', 'storage parameters of ' || quote_ident(relname::text) FROM taken WHERE reloptions IS NOT NULL
UNION ALL
SELECT 'left', 'replica identity of ' || quote_ident(relname::text) FROM taken WHERE relreplident <> 'd'
UNION ALL
-- What numbers no column of its table goes with that table all the same.
SELECT 'left', 'sequence ' || quote_ident(s.relname::text)
FROM pg_depend d JOIN taken ON taken.oid = d.refobjid JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
WHERE d.classid = 'pg_class'::regclass::oid AND d.refclassid = 'pg_class'::regclass::oid AND d.deptype = 'a'
    AND NOT EXISTS (SELECT FROM pg_depend u WHERE u.classid = 'pg_attrdef'::regclass::oid
        AND u.refclassid = 'pg_class'::regclass::oid AND u.refobjid = s.oid)
UNION ALL
SELECT 'zone', zone || whence
FROM (SELECT zone, whence FROM zones
    UNION ALL SELECT $1, ' (the server)' WHERE $1 NOT IN (SELECT zone FROM zones)
    UNION ALL SELECT 'whatever the server is set to', ', which this role''s own setting hides'
        WHERE $1 IS NULL AND NOT EXISTS (SELECT FROM zones WHERE role = 0::oid
            OR role = (SELECT r.oid FROM pg_roles r WHERE r.rolname = current_user))) AS every
WHERE zone !~* '^(utc|etc/utc|gmt|etc/gmt|zulu|universal)$'::text
ORDER BY 1, 2
