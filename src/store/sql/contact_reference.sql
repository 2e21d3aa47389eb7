-- $1 a table, as SQL writes it, $2 its columns that refer to contacts.
-- After own_triggers.sql and named.sql.
, refers AS (
    SELECT c.oid, c.relnamespace, c.relhasrules, c.relkind FROM pg_class c WHERE c.oid = (SELECT id FROM named)
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
    SELECT a.attnum, a.attname::text = ANY ($2) AS refers
    FROM refers JOIN pg_attribute a ON a.attrelid = refers.oid
    WHERE a.attnum > 0 AND NOT a.attisdropped
        AND (a.attname::text = ANY ($2 OPERATOR(pg_catalog.||) (SELECT columns FROM key)) OR NOT EXISTS (SELECT FROM key))
)
SELECT refers.oid::regclass::text AS name,
    coalesce((SELECT columns FROM key), '{}') AS key,
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
        SELECT FROM pg_trigger t
        WHERE (t.tgrelid = refers.oid OR t.tgrelid IN (SELECT relid::oid FROM pg_partition_tree(refers.oid::regclass)))
            AND NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgtype & 16::smallint <> 0
            AND t.tgfoid NOT IN (SELECT oid FROM own_functions)) AS may_interfere,
    coalesce((
        SELECT ARRAY[pg_catalog.format('column %I is generated', a.attname),
            'have what it is generated from refer to the survivor first, or to nobody']
        FROM pg_attribute a
        WHERE a.attrelid = refers.oid AND a.attname::text = ANY ($2) AND a.attgenerated::text <> ''
        LIMIT 1
    ), (
        SELECT ARRAY[pg_catalog.format('rule %I stands in for its updates', r.rulename),
            'let inboxctl through there, or have them refer to the survivor first']
        FROM pg_rewrite r
        WHERE r.ev_class = refers.oid AND r.ev_type::text = '2' AND r.is_instead AND r.ev_enabled::text IN ('O', 'A')
        LIMIT 1
    ), (
        SELECT ARRAY[
            pg_catalog.format('%s has no replica identity, and publication %I publishes its updates', part.oid::regclass, u.pubname),
            pg_catalog.format('ALTER TABLE %s REPLICA IDENTITY FULL gives it one', part.oid::regclass)]
        FROM (SELECT * FROM pg_class c WHERE c.oid = refers.oid
            UNION SELECT c.* FROM pg_partition_tree(refers.oid::regclass) JOIN pg_class c ON c.oid = relid::oid) AS part
        JOIN LATERAL (
            SELECT p.pubname
            FROM pg_publication_tables m JOIN pg_publication p ON p.pubname = m.pubname AND p.pubupdate
            WHERE part.relkind::text = 'r' AND (m.schemaname::text, m.tablename::text) IN (
                SELECT n.nspname::text, c.relname::text
                FROM (SELECT part.oid UNION SELECT relid::oid FROM pg_partition_ancestors(part.oid::regclass)) AS above (oid)
                JOIN pg_class c ON c.oid = above.oid JOIN pg_namespace n ON n.oid = c.relnamespace)
            LIMIT 1) AS u ON true
        WHERE part.relkind::text = 'r' AND CASE part.relreplident::text
            WHEN 'f' THEN false WHEN 'n' THEN true
            ELSE NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = part.oid AND i.indisvalid
                AND CASE part.relreplident::text WHEN 'd' THEN i.indisprimary ELSE i.indisreplident END) END
        LIMIT 1
    ), '{}') AS obstacle,
    EXISTS (
        SELECT FROM pg_attribute a
        WHERE a.attrelid = refers.oid AND a.attname::text = ANY ($2) AND a.attnotnull) AS is_required,
    refers.relkind::text = 'r' AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = refers.oid) AS is_inherited,
    refers.relkind::text = 'f' AS is_foreign_table
FROM refers
