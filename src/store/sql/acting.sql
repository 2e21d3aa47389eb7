-- $1 tables by their oids. What acts of the application's when rows of them change. After own_triggers.sql.
, acting AS (
    SELECT t.oid AS id, t.tgrelid AS relation, t.tgfoid AS function,
        pg_catalog.concat('trigger ', quote_ident(t.tgname::text)) AS name
    FROM pg_trigger t
    WHERE t.tgrelid = ANY ($1) AND NOT t.tgisinternal AND t.tgenabled <> 'D'
        AND t.tgfoid NOT IN (SELECT oid FROM own_functions)
    UNION ALL
    SELECT r.oid, r.ev_class, NULL::oid, pg_catalog.concat('rule ', quote_ident(r.rulename::text))
    FROM pg_rewrite r
    WHERE r.ev_class = ANY ($1) AND r.ev_enabled <> 'D'
)
