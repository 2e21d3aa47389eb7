-- The whole schema as one JSON document, in the shape of domain::schema_diff::Catalog.
-- Neither members of extensions nor the tables that inboxctl and Diesel keep their
-- books in, and of a partition only what it does not inherit. No definition names the schema:
-- the same one in another schema is the same.
WITH members AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
),
-- As the server writes it before a name, and as a text: never with E'', whatever is in it.
place AS (
    SELECT quote_ident(current_schema()::text) || '.'::text AS prefix,
        pg_catalog.concat('''', replace(current_schema()::text, ''''::text, ''''''::text), '''') AS literal
),
relations AS (
    SELECT c.* FROM pg_class c
    WHERE c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid
        AND c.relname !~ '^(inboxctl_|__diesel_)'::text
        AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_class'::regclass::oid AND m.objid = c.oid)
),
tables AS (
    SELECT r.*, asked_once.bound FROM relations r
    CROSS JOIN LATERAL (SELECT pg_get_expr(r.relpartbound, r.oid) AS bound OFFSET 0) AS asked_once
    WHERE r.relkind IN ('r', 'p')
        -- A prune may have dropped it since this statement began, or drop it while it works.
        AND (NOT r.relispartition OR asked_once.bound IS NOT NULL)
),
table_columns AS (
    SELECT a.attrelid, pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'name', a.attname,
        'position', a.attnum,
        'type', format_type(a.atttypid, a.atttypmod),
        'not_null', a.attnotnull,
        -- It names no column, so the table need not be there any more.
        'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, 0::oid) END,
        'generated', CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END,
        'identity', CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END,
        'collation', CASE WHEN a.attcollation <> t.typcollation THEN l.collname END,
        'comment', (SELECT d.description FROM pg_description d WHERE d.objoid = a.attrelid
            AND d.classoid = 'pg_class'::regclass::oid AND d.objsubid = a.attnum::integer)
    ) ORDER BY a.attnum) AS list
    FROM pg_attribute a
    JOIN tables c ON c.oid = a.attrelid
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_collation l ON l.oid = a.attcollation
    WHERE a.attnum > 0 AND NOT a.attisdropped
    GROUP BY a.attrelid
),
-- The server writes an operator with its schema where the schema of the inbox has another one of that name that fits
-- better: what an object means doesn't depend on it. Nor does it say so where the other one is what was meant.
spelled AS (
    SELECT 'OPERATOR\(pg_catalog\.([^ )]+)\)'::text AS qualified, '\1'::text AS plain
),
strange AS (
    SELECT d.classid AS class, d.objid AS object,
        ' by ' || string_agg(DISTINCT pg_catalog.format('OPERATOR(%s) of %s', o.oid::regoperator, o.oprowner::regrole), ', ') AS operators
    FROM pg_depend d
    JOIN pg_operator o ON o.oid = d.refobjid
    WHERE d.refclassid = 'pg_operator'::regclass::oid
        AND d.classid IN ('pg_class'::regclass::oid, 'pg_constraint'::regclass::oid, 'pg_trigger'::regclass::oid)
    GROUP BY d.classid, d.objid
),
-- From version 18 on NOT NULL has rows of its own here; the columns tell it already.
table_constraints AS (
    SELECT k.conrelid, pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'name', k.conname,
        'kind', CASE k.contype WHEN 'p' THEN 'primary_key' WHEN 'u' THEN 'unique'
                WHEN 'f' THEN 'foreign_key' WHEN 'c' THEN 'check' ELSE 'exclusion' END,
        'definition', regexp_replace(regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', ''),
            spelled.qualified, spelled.plain, 'g')
            || coalesce((SELECT s.operators FROM strange s WHERE s.class = 'pg_constraint'::regclass::oid AND s.object = k.oid), ''),
        'validated', k.convalidated,
        'columns', coalesce((
            SELECT pg_catalog.jsonb_agg(a.attname ORDER BY u.place)
            FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS u (attnum, place)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum), '[]'),
        'references', CASE WHEN k.contype = 'f' THEN pg_catalog.jsonb_build_object(
            'table', f.relname,
            'columns', (
                SELECT pg_catalog.jsonb_agg(a.attname ORDER BY u.place)
                FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS u (attnum, place)
                JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum),
            'on_delete', k.confdeltype,
            'on_update', k.confupdtype) END
    ) ORDER BY k.conname) AS list
    FROM pg_constraint k
    JOIN tables c ON c.oid = k.conrelid
    LEFT JOIN pg_class f ON f.oid = k.confrelid
    CROSS JOIN spelled
    WHERE k.contype IN ('p', 'u', 'f', 'c', 'x')
        AND k.conparentid = 0::oid
        AND (k.contype <> 'c' OR k.coninhcount = 0)
    GROUP BY k.conrelid
),
table_indexes AS (
    SELECT i.indrelid, pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'name', x.relname,
        'definition', regexp_replace(
                replace(replace(pg_get_indexdef(i.indexrelid), ' ON ONLY '::text, ' ON '::text),
                    pg_catalog.concat(' ON ', place.prefix, quote_ident(c.relname::text), ' USING '),
                    pg_catalog.concat(' ON ', quote_ident(c.relname::text), ' USING ')),
                spelled.qualified, spelled.plain, 'g')
            || coalesce((SELECT s.operators FROM strange s WHERE s.class = 'pg_class'::regclass::oid AND s.object = x.oid), ''),
        'valid', i.indisvalid AND i.indisready,
        'unique', i.indisunique,
        'method', m.amname,
        'is_plain', i.indexprs IS NULL AND i.indpred IS NULL,
        'columns', coalesce((
            SELECT pg_catalog.jsonb_agg(a.attname ORDER BY u.place)
            FROM pg_catalog.unnest(i.indkey) WITH ORDINALITY AS u (attnum, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.attnum
            WHERE u.place <= i.indnkeyatts), '[]')
    ) ORDER BY x.relname) AS list
    FROM pg_index i
    JOIN tables c ON c.oid = i.indrelid
    JOIN pg_class x ON x.oid = i.indexrelid
    JOIN pg_am m ON m.oid = x.relam
    CROSS JOIN place
    CROSS JOIN spelled
    WHERE NOT x.relispartition
        AND NOT EXISTS (
            SELECT FROM pg_constraint k
            WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x'))
    GROUP BY i.indrelid
),
table_triggers AS (
    SELECT g.tgrelid, pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'name', g.tgname,
        'definition', regexp_replace(replace(pg_get_triggerdef(g.oid),
                    pg_catalog.concat(' ON ', place.prefix, quote_ident(c.relname::text), ' '),
                    pg_catalog.concat(' ON ', quote_ident(c.relname::text), ' ')),
                spelled.qualified, spelled.plain, 'g')
            || coalesce((SELECT s.operators FROM strange s WHERE s.class = 'pg_trigger'::regclass::oid AND s.object = g.oid), ''),
        'enabled', g.tgenabled,
        'function', g.tgfoid::regprocedure::text,
        'owner', pg_get_userbyid(p.proowner)
    ) ORDER BY g.tgname) AS list
    FROM pg_trigger g
    JOIN tables c ON c.oid = g.tgrelid
    JOIN pg_proc p ON p.oid = g.tgfoid
    CROSS JOIN place
    CROSS JOIN spelled
    WHERE NOT g.tgisinternal AND g.tgparentid = 0::oid
    GROUP BY g.tgrelid
),
table_policies AS (
    SELECT p.polrelid, pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'name', p.polname,
        'definition', pg_catalog.format('CREATE POLICY %I ON %I AS %s FOR %s TO %s%s%s',
            p.polname, c.relname,
            CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
            CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
            (SELECT string_agg(CASE WHEN r = 0::oid THEN 'PUBLIC' ELSE r::regrole::text END, ', '
                ORDER BY r::regrole::text) FROM pg_catalog.unnest(p.polroles) AS r),
            ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
            ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
    ) ORDER BY p.polname) AS list
    FROM pg_policy p
    JOIN tables c ON c.oid = p.polrelid
    GROUP BY p.polrelid
),
table_rules AS (
    SELECT r.ev_class, pg_catalog.jsonb_agg(r.rulename ORDER BY r.rulename) AS list
    FROM pg_rewrite r
    JOIN tables c ON c.oid = r.ev_class
    GROUP BY r.ev_class
),
whole_tables AS (
    SELECT pg_catalog.jsonb_build_object(
        'name', c.relname,
        'unlogged', c.relpersistence = 'u',
        'partition_key', CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
        'partition_of', CASE WHEN c.relispartition THEN (
            SELECT pg_catalog.jsonb_build_object('table', p.relname, 'bound', c.bound)
            FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent WHERE h.inhrelid = c.oid) END,
        'row_security', c.relrowsecurity,
        'force_row_security', c.relforcerowsecurity,
        'comment', (SELECT d.description FROM pg_description d WHERE d.objoid = c.oid
            AND d.classoid = 'pg_class'::regclass::oid AND d.objsubid = 0),
        'columns', coalesce(tc.list, '[]'),
        'constraints', coalesce(tk.list, '[]'),
        'indexes', coalesce(ti.list, '[]'),
        'triggers', coalesce(tt.list, '[]'),
        'policies', coalesce(tp.list, '[]'),
        'rules', tr.list,
        'owner', pg_get_userbyid(c.relowner),
        'grants', (
            SELECT pg_catalog.jsonb_agg(DISTINCT g.privilege_type || ' TO ' ||
                CASE WHEN g.grantee = 0::oid THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)::text) END)
            FROM aclexplode(c.relacl) g WHERE g.grantee <> c.relowner)
    ) AS object, c.relname AS name
    FROM tables c
    LEFT JOIN table_columns tc ON tc.attrelid = c.oid
    LEFT JOIN table_constraints tk ON tk.conrelid = c.oid
    LEFT JOIN table_indexes ti ON ti.indrelid = c.oid
    LEFT JOIN table_triggers tt ON tt.tgrelid = c.oid
    LEFT JOIN table_policies tp ON tp.polrelid = c.oid
    LEFT JOIN table_rules tr ON tr.ev_class = c.oid
),
enums AS (
    SELECT pg_catalog.jsonb_build_object(
        'name', t.typname,
        'labels', pg_catalog.jsonb_agg(e.enumlabel ORDER BY e.enumsortorder)
    ) AS object, t.typname AS name
    FROM pg_type t
    JOIN pg_enum e ON e.enumtypid = t.oid
    WHERE t.typnamespace = quote_ident(current_schema()::text)::regnamespace::oid
        AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_type'::regclass::oid AND m.objid = t.oid)
    GROUP BY t.oid, t.typname
),
definitions AS (
    SELECT CASE WHEN c.relkind = 'v' THEN 'view' ELSE 'materialized_view' END AS kind,
        c.relname::text AS name,
        pg_catalog.format('CREATE %s %I AS%s%s', CASE WHEN c.relkind = 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END,
            c.relname, chr(10), rtrim(pg_get_viewdef(c.oid), ';')) AS definition,
        c.relowner AS owner, coalesce(c.relacl, acldefault('r'::"char", c.relowner)) AS acl
    FROM relations c WHERE c.relkind IN ('v', 'm')
    UNION ALL
    SELECT 'sequence', c.relname::text,
        pg_catalog.format('CREATE SEQUENCE %I AS %s INCREMENT %s MINVALUE %s MAXVALUE %s START %s CACHE %s%s',
            c.relname, format_type(s.seqtypid, NULL::integer), s.seqincrement, s.seqmin, s.seqmax, s.seqstart,
            s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END),
        c.relowner, coalesce(c.relacl, acldefault('s'::"char", c.relowner))
    FROM relations c JOIN pg_sequence s ON s.seqrelid = c.oid
    WHERE NOT EXISTS (
        SELECT FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass::oid AND d.objid = c.oid AND d.deptype = 'i')
    UNION ALL
    SELECT k.kind,
        pg_catalog.format('%I(%s)', p.proname, oidvectortypes(p.proargtypes)),
        replace(replace(rtrim(pg_get_functiondef(p.oid), chr(10)),
            pg_catalog.concat('CREATE OR REPLACE ', upper(k.kind), ' ', place.prefix, quote_ident(p.proname::text), '('),
            pg_catalog.concat('CREATE OR REPLACE ', upper(k.kind), ' ', quote_ident(p.proname::text), '(')),
            pg_catalog.concat(chr(10), ' SET search_path TO ', place.literal, ', ''pg_temp''', chr(10)),
            pg_catalog.concat(chr(10), ' SET search_path FROM CURRENT', chr(10))),
        p.proowner, coalesce(p.proacl, acldefault('f'::"char", p.proowner))
    FROM pg_proc p
    CROSS JOIN place
    CROSS JOIN LATERAL (SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind) k
    WHERE p.pronamespace = quote_ident(current_schema()::text)::regnamespace::oid AND p.prokind IN ('f', 'p', 'w')
        AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_proc'::regclass::oid AND m.objid = p.oid)
    UNION ALL
    SELECT 'domain', t.typname::text,
        pg_catalog.format('CREATE DOMAIN %I AS %s%s%s%s', t.typname, format_type(t.typbasetype, t.typtypmod),
            ' DEFAULT ' || t.typdefault, CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END,
            (SELECT string_agg(pg_catalog.format(' CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), ''
                ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c')),
        t.typowner, NULL
    FROM pg_type t
    WHERE t.typnamespace = quote_ident(current_schema()::text)::regnamespace::oid AND t.typtype = 'd'
        AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_type'::regclass::oid AND m.objid = t.oid)
    UNION ALL
    SELECT 'composite', c.relname::text,
        pg_catalog.format('CREATE TYPE %I AS (%s)', c.relname, (
            SELECT string_agg(pg_catalog.format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', '
                ORDER BY a.attnum)
            FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)),
        c.relowner, NULL
    FROM relations c WHERE c.relkind = 'c'
)
SELECT jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'server_version_num', current_setting('server_version_num')::integer,
    'extensions', (SELECT coalesce(pg_catalog.jsonb_agg(extname ORDER BY extname), '[]')
        FROM pg_extension WHERE extname <> 'plpgsql'),
    'enums', (SELECT coalesce(pg_catalog.jsonb_agg(object ORDER BY name COLLATE "C"), '[]') FROM enums),
    'tables', (SELECT coalesce(pg_catalog.jsonb_agg(object ORDER BY name COLLATE "C"), '[]') FROM whole_tables),
    'definitions', (
        SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
            'kind', d.kind,
            'name', d.name,
            'definition', d.definition,
            'owner', pg_get_userbyid(d.owner),
            'grants', (
                SELECT pg_catalog.jsonb_agg(DISTINCT g.privilege_type || ' TO ' ||
                    CASE WHEN g.grantee = 0::oid THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)::text) END)
                FROM aclexplode(d.acl) g WHERE g.grantee <> d.owner)
        ) ORDER BY d.kind, d.name COLLATE "C"), '[]')
        FROM definitions d)
))::text AS catalog
