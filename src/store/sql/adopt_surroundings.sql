-- $1: the time zone of a session to which nobody says one. What is set or hangs around the database
-- without being in it: kind and name.
WITH zones AS (
    SELECT pg_catalog.split_part(setting, '=', 2) AS zone,
        coalesce(' (role ' || r.rolname || ')', ' (the database)') AS whence
    FROM pg_db_role_setting s
    CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS setting
    LEFT JOIN pg_roles r ON r.oid = s.setrole
    WHERE s.setdatabase IN (0::oid, (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
        AND setting ~* '^timezone='::text
)
SELECT 'slot' AS kind, slot_name::text AS name FROM pg_replication_slots WHERE database = current_database()
UNION ALL
-- Readable by everybody but for the connection's text.
SELECT 'subscription', s.subname::text FROM pg_subscription s
WHERE s.subdbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
UNION ALL
SELECT 'zone', zone || whence
FROM (SELECT zone, whence FROM zones
    UNION ALL SELECT $1, ' (the server)' WHERE $1 NOT IN (SELECT zone FROM zones)) AS every
WHERE zone !~* '^(utc|etc/utc|gmt|etc/gmt|zulu|universal)$'::text
ORDER BY 1, 2
