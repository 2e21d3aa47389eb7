-- Databases that commands made for themselves (domain::scratch_name) and that nobody cares
-- for any more. Their name ends in the number of a lock, whose halves are classid and objid.
SELECT d.datname::text AS name
FROM pg_database d
CROSS JOIN LATERAL (SELECT right(d.datname::text, 16) AS token) AS n
WHERE d.datname::text ~ '_inboxctl_[0-9a-f]{16}$'
    AND NOT d.datistemplate
    AND pg_has_role(d.datdba, 'USAGE')
    AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)
    AND NOT EXISTS (
        SELECT FROM pg_locks l
        WHERE l.locktype = 'advisory' AND l.objsubid = 1
            AND lpad(to_hex(l.classid::bigint), 8, '0') || lpad(to_hex(l.objid::bigint), 8, '0') = n.token)
ORDER BY 1
