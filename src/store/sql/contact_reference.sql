-- $1 a table, $2 the name of its foreign key to contacts, if it is one, $3 the columns that refer.
WITH refers AS (
    SELECT c.oid, c.relnamespace, c.relhasrules FROM pg_class c WHERE c.oid = $1::oid
), key AS (
    SELECT ARRAY(SELECT a.attname::text FROM generate_series(0, i.indnkeyatts - 1) AS n (place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[n.place]
            ORDER BY n.place) AS columns
    FROM refers JOIN pg_index i ON i.indrelid = refers.oid
    WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
        AND NOT EXISTS (
            SELECT FROM generate_series(0, i.indnkeyatts - 1) AS n (place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[n.place]
            WHERE NOT a.attnotnull)
    ORDER BY i.indisprimary DESC, i.indexrelid LIMIT 1
), needed AS (
    -- Without a key a row is known by all that it holds.
    SELECT a.attnum, a.attname::text = ANY ($3) AS refers
    FROM refers JOIN pg_attribute a ON a.attrelid = refers.oid
    WHERE a.attnum > 0 AND NOT a.attisdropped
        AND (a.attname::text = ANY ($3 OPERATOR(pg_catalog.||) (SELECT columns FROM key)) OR NOT EXISTS (SELECT FROM key))
)
SELECT refers.oid::regclass::text AS name,
    coalesce((SELECT columns FROM key), '{}') AS key,
    ARRAY(
        SELECT pg_catalog.format('OPERATOR(%I.%s)', n.nspname, o.oprname)
        FROM pg_constraint k, pg_catalog.unnest(k.conpfeqop) WITH ORDINALITY AS u (operator, place)
        JOIN pg_operator o ON o.oid = u.operator JOIN pg_namespace n ON n.oid = o.oprnamespace
        WHERE k.conrelid = refers.oid AND k.contype = 'f' AND k.conname::text = $2
        ORDER BY u.place) AS operators,
    has_schema_privilege(refers.relnamespace, 'USAGE')
        AND NOT EXISTS (SELECT FROM needed WHERE NOT has_column_privilege(refers.oid, needed.attnum, 'SELECT'))
        AS can_select,
    has_schema_privilege(refers.relnamespace, 'USAGE')
        AND NOT EXISTS (
            SELECT FROM needed WHERE needed.refers AND NOT has_column_privilege(refers.oid, needed.attnum, 'UPDATE'))
        AS can_update,
    CASE WHEN has_schema_privilege(refers.relnamespace, 'USAGE') THEN ''
        ELSE pg_catalog.format('GRANT USAGE ON SCHEMA %s TO %I; ', refers.relnamespace::regnamespace, current_user) END
        || pg_catalog.format('GRANT SELECT, UPDATE ON %s TO %I', refers.oid::regclass, current_user) AS grants,
    refers.relhasrules OR EXISTS (
        SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE (t.tgrelid = refers.oid OR t.tgrelid IN (SELECT relid::oid FROM pg_partition_tree(refers.oid::regclass)))
            AND NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgtype & 16::smallint <> 0
            AND NOT (p.proname::text IN ('set_updated_at', 'follow_merged_contact')
                AND p.pronamespace = to_regnamespace(quote_ident(current_schema()::text))::oid)) AS may_interfere
FROM refers
