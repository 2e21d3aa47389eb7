-- What stands under the name $1 of a table that inboxctl keeps its books in, without reading a row:
-- whose it is, and what runs when it is read or written. After trusted.sql.
SELECT c.relkind = 'r' AS is_table,
    pg_get_userbyid(c.relowner)::text AS owner,
    c.relowner IN (SELECT oid FROM trusted) AS is_trusted,
    -- The tables of the inbox are the same owner's.
    EXISTS (
        SELECT FROM pg_class t
        WHERE t.relnamespace = c.relnamespace AND t.relname IN ('users', 'contacts') AND t.relowner = c.relowner
    ) AS is_of_an_inbox,
    c.relrowsecurity AS has_policies,
    ARRAY(
        SELECT a.attname::text FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0::int2 AND NOT a.attisdropped
    ) AS columns,
    ARRAY(
        SELECT r.rulename::text FROM pg_rewrite r WHERE r.ev_class = c.oid ORDER BY 1
    ) AS rules,
    ARRAY(
        SELECT g.tgname::text FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid
        WHERE g.tgrelid = c.oid AND NOT g.tgisinternal
            AND (p.proowner NOT IN (SELECT oid FROM trusted) OR c.relowner NOT IN (SELECT oid FROM trusted))
        ORDER BY 1
    ) AS triggers
FROM pg_class c
WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid AND c.relname = $1::name
    AND c.relkind <> 'i' AND c.relkind <> 'I'
