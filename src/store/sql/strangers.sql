-- $1 tables, as SQL writes them; $2 whether rows of them are written, and not only read whole as JSON; $3 by what, in the
-- bits of pg_trigger.tgtype. What of other roles would run with our rights meanwhile. Of a table that belongs to a role
-- that isn't trusted that is every trigger and rule, whoever's function it calls, for its arguments and its condition may
-- say what runs; and every expression that calls more than functions of the server's own that change nothing and run
-- nothing: query_to_xml() and its kin run what they are told. Of another table it is what calls a function of such a role.
-- What the server does by a foreign key, it does as the owner of the table. After named.sql and own_side.sql, as a part of
-- WITH RECURSIVE.
, trees (id, what, tree) AS (
    SELECT t.id, 'check ' || quote_ident(k.conname::text), k.conbin::text
    FROM tables t JOIN pg_constraint k ON k.conrelid = t.id WHERE k.conbin IS NOT NULL
    UNION ALL
    SELECT t.id, 'index ' || quote_ident(c.relname::text), pg_catalog.concat(i.indexprs::text, i.indpred::text)
    FROM tables t JOIN pg_index i ON i.indrelid = t.id JOIN pg_class c ON c.oid = i.indexrelid
    UNION ALL
    SELECT t.id, 'column ' || quote_ident(a.attname::text), d.adbin::text
    FROM tables t
    JOIN pg_attribute a ON a.attrelid = t.id
    JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    UNION ALL
    SELECT t.id, 'its partition key', p.partexprs::text FROM tables t JOIN pg_partitioned_table p ON p.partrelid = t.id
), types (id, type) AS (
    -- Those of columns, and what expressions turn values into: a domain has checks, JSON has casts.
    SELECT t.id, a.atttypid FROM tables t JOIN pg_attribute a ON a.attrelid = t.id
    WHERE a.attnum > 0 AND NOT a.attisdropped AND a.atttypid >= 16384::oid
    UNION
    SELECT e.id, m.found[1]::oid FROM trees e CROSS JOIN LATERAL regexp_matches(e.tree, ':\w*type\w* (\d+)', 'g') AS m (found)
    WHERE m.found[1]::oid >= 16384::oid
    UNION
    SELECT w.id, one.oid
    FROM types w
    JOIN pg_type y ON y.oid = w.type
    LEFT JOIN pg_range g ON g.rngtypid = y.oid
    CROSS JOIN LATERAL (
        VALUES (y.typelem), (y.typbasetype), (g.rngsubtype)
        UNION ALL
        SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = y.typrelid AND a.attnum > 0
        UNION ALL
        SELECT m.found[1]::oid
        FROM pg_constraint k CROSS JOIN LATERAL regexp_matches(k.conbin::text, ':\w*type\w* (\d+)', 'g') AS m (found)
        WHERE k.contypid = y.oid) AS one (oid)
    WHERE one.oid >= 16384::oid
), expressions (id, what, tree) AS (
    SELECT id, what, tree FROM trees
    UNION ALL
    SELECT w.id, 'type ' || w.type::regtype::text, k.conbin::text
    FROM types w JOIN pg_constraint k ON k.contypid = w.type
), calls (id, what, function, is_condition) AS (
    SELECT e.id, e.what, m.found[1]::oid, true
    FROM expressions e CROSS JOIN LATERAL regexp_matches(e.tree, ':(?:funcid|opfuncid|aggfnoid|winfnoid) (\d+)', 'g') AS m (found)
    UNION
    SELECT e.id, e.what, o.oprcode::oid, true
    FROM expressions e
    CROSS JOIN LATERAL regexp_matches(e.tree, ':opno (\d+)', 'g') AS m (found)
    JOIN pg_operator o ON o.oid = m.found[1]::oid
    UNION
    SELECT t.id, 'trigger ' || quote_ident(g.tgname::text), g.tgfoid, false
    FROM tables t JOIN pg_trigger g ON g.tgrelid = t.id WHERE NOT g.tgisinternal AND g.tgenabled <> 'D' AND g.tgtype::integer & $3 <> 0
), found (id, what, function) AS (
    SELECT c.id, c.what, c.function
    FROM calls c
    JOIN tables t ON t.id = c.id
    JOIN pg_proc p ON p.oid = c.function
    WHERE $2 AND (
        p.proowner NOT IN (SELECT oid FROM trusted)
        OR NOT t.is_trusted
            AND NOT (c.is_condition AND p.oid < 16384::oid AND CASE p.provolatile WHEN 'v' THEN p.proname IN (
                'clock_timestamp', 'currval', 'gen_random_uuid', 'lastval', 'nextval', 'random', 'random_normal',
                'timeofday', 'uuidv4', 'uuidv7') ELSE p.proname !~ '_to_xml' END))
    UNION
    SELECT t.id, 'rule ' || quote_ident(r.rulename::text), NULL::oid
    FROM tables t JOIN pg_rewrite r ON r.ev_class = t.id
    WHERE $2 AND NOT t.is_trusted AND r.ev_enabled <> 'D'
    UNION
    SELECT w.id, 'a cast of ' || w.type::regtype::text, p.oid
    FROM types w JOIN pg_cast k ON k.castsource = w.type OR $2 AND k.casttarget = w.type JOIN pg_proc p ON p.oid = k.castfunc
    WHERE p.proowner NOT IN (SELECT oid FROM trusted)
    UNION
    SELECT w.id, 'type ' || w.type::regtype::text, p.oid
    FROM types w JOIN pg_range g ON g.rngtypid = w.type JOIN pg_proc p ON p.oid IN (g.rngcanonical::oid, g.rngsubdiff::oid)
    WHERE $2 AND p.proowner NOT IN (SELECT oid FROM trusted)
)
SELECT DISTINCT t.written AS name,
    pg_catalog.concat(f.what, ' of ', t.id::regclass,
        CASE WHEN NOT t.is_trusted THEN ', a table of ' || pg_get_userbyid(t.owner)::text END,
        ' (' || f.function::regprocedure::text
            || CASE WHEN t.is_trusted THEN ' of ' || pg_get_userbyid(p.proowner)::text ELSE '' END || ')') AS code
FROM found f
JOIN tables t ON t.id = f.id
LEFT JOIN pg_proc p ON p.oid = f.function
ORDER BY 1, 2
