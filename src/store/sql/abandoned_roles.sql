-- Roles that commands made for themselves, and that nobody cares for any more: as their databases,
-- whose names they have.
SELECT r.rolname::text AS name
FROM pg_roles r
CROSS JOIN LATERAL (SELECT right(r.rolname::text, 16) AS token) AS n
WHERE r.rolname::text ~ '_inboxctl_[0-9a-f]{16}$'
    AND r.rolvaliduntil IS NOT NULL
    AND NOT EXISTS (SELECT FROM pg_database d WHERE d.datdba = r.oid)
    AND NOT EXISTS (
        SELECT FROM pg_locks l
        WHERE l.locktype = 'advisory' AND l.objsubid = 1
            AND lpad(to_hex(l.classid::bigint), 8, '0') || lpad(to_hex(l.objid::bigint), 8, '0') = n.token)
ORDER BY 1
