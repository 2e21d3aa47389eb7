-- What acts when rows of the tables $1 are deleted or updated, a line each, with the tables that its body names: what a
-- partition has of one is told of the whole. $2 is the bit of that in tgtype, $3 its number in ev_type, $4 what such rows
-- do: `go`. After own_triggers.sql and acting.sql.
, names AS (
    SELECT CASE WHEN n.nspname = current_schema() THEN quote_ident(c.relname::text)
            ELSE pg_catalog.format('%I.%I', n.nspname, c.relname) END AS label,
        '\m' || regexp_replace(c.relname::text, '([^[:alnum:]_])', '\\\1', 'g') || '\M' AS pattern
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid >= 16384::oid AND c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition AND NOT c.oid = ANY ($1)
), at_work AS (
    SELECT acting.name, acting.relation, coalesce(p.prosrc, pg_get_ruledef(acting.id)) AS body
    FROM acting
    LEFT JOIN pg_trigger t ON t.oid = acting.id AND t.tgfoid = acting.function
    LEFT JOIN pg_rewrite r ON r.oid = acting.id AND acting.function IS NULL
    LEFT JOIN pg_proc p ON p.oid = acting.function
    WHERE t.tgtype & $2 <> 0 AND t.tgparentid = 0::oid OR r.ev_type::text = $3
)
SELECT DISTINCT pg_catalog.concat(d.name, ' of ', d.relation::regclass, ' acts on rows that ', $4,
    (SELECT ', and what it does names ' || string_agg(names.label, ', ' ORDER BY names.label)
     FROM names WHERE d.body ~ names.pattern),
    ': if other tables lose rows by it, that is taken back and left out') AS line
FROM at_work d
ORDER BY line
