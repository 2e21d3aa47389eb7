-- $1 a table as SQL writes it, $2 the bit of an event in tgtype, $3 its number in ev_type, $4
-- whether what comes before it is asked for, or what comes after. Of a partitioned table its
-- partitions too, and none of our own triggers. After own_triggers.sql and named.sql.
, relations AS (
    SELECT (SELECT id FROM named) AS id
    UNION
    SELECT relid::oid FROM pg_partition_tree((SELECT id FROM named)::regclass))
SELECT DISTINCT 'trigger ' || quote_ident(t.tgname::text) AS name
FROM relations JOIN pg_trigger t ON t.tgrelid = relations.id
WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'
    AND (t.tgtype & 2::smallint <> 0) = $4 AND t.tgtype & $2 <> 0
    AND t.tgfoid NOT IN (SELECT oid FROM own_functions)
UNION
SELECT 'rule ' || quote_ident(r.rulename::text)
FROM relations JOIN pg_rewrite r ON r.ev_class = relations.id
WHERE r.ev_type::text = $3 AND r.is_instead = $4 AND r.ev_enabled <> 'D'
ORDER BY name
