-- What is set or hangs around the database without being in it: kind and name.
SELECT 'slot' AS kind, slot_name::text AS name FROM pg_replication_slots WHERE database = current_database()
UNION ALL
-- Readable by everybody but for the connection's text.
SELECT 'subscription', s.subname::text FROM pg_subscription s
WHERE s.subdbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
UNION ALL
SELECT 'zone', pg_catalog.split_part(setting, '=', 2) || coalesce(' (role ' || r.rolname || ')', ' (the database)')
FROM pg_db_role_setting s
CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS setting
LEFT JOIN pg_roles r ON r.oid = s.setrole
WHERE s.setdatabase IN (0::oid, (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
    AND setting ~* '^timezone='::text AND setting !~* '=(utc|etc/utc|gmt|etc/gmt|zulu|universal)$'::text
ORDER BY 1, 2
