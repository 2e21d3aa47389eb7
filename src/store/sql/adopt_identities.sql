-- Tables in a database with a publication of updates that have no key by which a row is identified.
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation,
    CASE c.relreplident WHEN 'n' THEN 'NOTHING' ELSE 'DEFAULT' END AS was
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p'
    AND n.nspname !~ '^pg_'::text AND n.nspname NOT IN ('information_schema', 'inboxctl_adopt')
    AND (c.relreplident = 'n'
        OR c.relreplident = 'd' AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary))
    AND EXISTS (SELECT FROM pg_publication p WHERE p.pubupdate)
ORDER BY c.oid
