-- What somebody makes who may create in a schema and wants others to call it: overloads of the
-- server's functions and operators, for each combination of types that the server itself has no
-- exact match for. Each says so in the server's log when a command calls it. {schema} the schema,
-- {names} functions, {operators} operators. Run again, it adds what types have come since.
SET client_min_messages = error;
-- What was made before is not called here.
SET search_path = pg_catalog;
SET check_function_bodies = off;

DROP TABLE IF EXISTS pg_temp.kinds, pg_temp.fits, pg_temp.wanted;
CREATE TEMP TABLE kinds AS
SELECT t.oid, pg_catalog.format_type(t.oid, NULL) AS name, t.typtype, t.typcategory, t.typelem
FROM pg_type t
WHERE t.typtype IN ('b', 'e', 'd', 'c') AND t.typname <> 'anyarray' AND (
    t.oid IN (
        SELECT a.atttypid FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relkind IN ('r', 'p', 'v') AND c.relname !~ '^pg_(statistic|stats)'::text
            AND c.relnamespace IN ('pg_catalog'::regnamespace, {schema_literal}::regnamespace))
    OR t.typrelid IN (SELECT oid FROM pg_class WHERE relnamespace = {schema_literal}::regnamespace AND relkind IN ('r', 'p')
        -- It would keep a month from being dropped.
        AND NOT relispartition)
    OR t.typrelid IN ('pg_database'::regclass)
    OR t.oid = ANY ('{int2,int4,int8,float4,float8,numeric,text,varchar,bpchar,name,"\"char\"",oid,regclass,regproc,regprocedure,
        regtype,regnamespace,regrole,json,jsonb,jsonpath,uuid,timestamptz,timestamp,date,time,interval,bool,bytea,xid,xid8,tid,
        pg_lsn,inet,tsvector,tsquery,pg_snapshot,text[],varchar[],name[],"\"char\"[]",oid[],regclass[],int2[],int4[],int8[],float8[],
        numeric[],uuid[],json[],jsonb[],bool[],timestamptz[],aclitem[]}'::regtype[]::oid[])
    OR t.typelem IN (SELECT e.oid FROM pg_type e WHERE e.typtype = 'e' AND e.typnamespace = {schema_literal}::regnamespace));

-- Which type is taken where which other one is declared, without a cast that says so. A literal
-- without a type is first of all a text.
CREATE TEMP TABLE fits AS
SELECT k.oid AS given, d.oid AS declared, k.name,
    k.oid = d.oid AS is_exact
FROM kinds k, pg_type d
WHERE k.oid = d.oid
    OR EXISTS (SELECT FROM pg_cast c WHERE c.castsource = k.oid AND c.casttarget = d.oid AND c.castcontext = 'i')
    OR k.typcategory = 'A' AND d.typcategory = 'A' AND EXISTS (
        SELECT FROM pg_cast c WHERE c.castsource = k.typelem AND c.casttarget = d.typelem AND c.castcontext = 'i')
    OR d.typname IN ('any', 'anyelement', 'anycompatible')
    OR d.typname IN ('anynonarray', 'anycompatiblenonarray') AND k.typcategory <> 'A'
    OR d.typname IN ('anyarray', 'anycompatiblearray') AND k.typcategory = 'A'
    OR d.typname = 'anyenum' AND k.typtype = 'e'
    OR d.typname = 'record' AND k.typtype = 'c'
    OR k.oid = 'text'::regtype AND d.typtype = 'b';
CREATE INDEX ON fits (declared, given);
ANALYZE fits;

CREATE TEMP TABLE wanted (kind text, name text, args oidvector, arg_names text[], result text, is_set bool);

-- Operators: both sides as they may be, and both of the left one's type, for that is what a
-- literal on the right is taken for.
INSERT INTO wanted
SELECT DISTINCT ON (name, args) 'operator', name, args, arg_names, result, false FROM (
    SELECT o.oprname AS name, (l.given || ' ' || r.given)::oidvector AS args, ARRAY[l.name, r.name] AS arg_names,
        CASE WHEN o.oprresult = 'bool'::regtype THEN 'boolean' WHEN t.typtype = 'p' THEN l.name ELSE t.typname::text END AS result
    FROM pg_operator o
    JOIN pg_type t ON t.oid = o.oprresult
    JOIN fits l ON l.declared = o.oprleft JOIN fits r ON r.declared = o.oprright
    JOIN pg_type dl ON dl.oid = o.oprleft JOIN pg_type dr ON dr.oid = o.oprright
    WHERE o.oprname = ANY ({operators}) AND o.oprnamespace = 'pg_catalog'::regnamespace
        AND (dl.typtype <> 'p' OR dr.typtype <> 'p' OR l.given = r.given OR l.name || '[]' = r.name OR r.name || '[]' = l.name)
    UNION ALL
    SELECT n.name, (k.oid || ' ' || k.oid)::oidvector, ARRAY[k.name, k.name],
        (SELECT CASE WHEN bool_or(o.oprresult = 'bool'::regtype) THEN 'boolean' ELSE k.name END FROM pg_operator o
         WHERE o.oprname = n.name AND o.oprnamespace = 'pg_catalog'::regnamespace)
    FROM unnest({operators}) AS n (name), kinds k
) AS pairs
WHERE NOT EXISTS (
    SELECT FROM pg_operator o WHERE o.oprname = pairs.name AND o.oprleft = pairs.args[0] AND o.oprright = pairs.args[1]
        AND o.oprnamespace IN ('pg_catalog'::regnamespace, {schema_literal}::regnamespace));

-- Functions of one to four arguments, of which at most two are not what is declared.
INSERT INTO wanted
SELECT DISTINCT ON (name, args) kind, name, args, arg_names, result, is_set FROM (
    SELECT p.prokind::text AS kind, p.proname::text AS name, p.proretset AS is_set,
        CASE WHEN t.typtype = 'p' THEN 'text' ELSE pg_catalog.format_type(t.oid, NULL) END AS result,
        concat_ws(' ', a.given, b.given, c.given, d.given)::oidvector AS args,
        array_remove(ARRAY[a.name, b.name, c.name, d.name], NULL) AS arg_names
    FROM pg_proc p
    JOIN pg_type t ON t.oid = p.prorettype
    CROSS JOIN LATERAL generate_series(greatest(1, p.pronargs - p.pronargdefaults), least(4, p.pronargs)) AS n
    JOIN fits a ON a.declared = p.proargtypes[0]
    LEFT JOIN fits b ON n > 1 AND b.declared = p.proargtypes[1]
    LEFT JOIN fits c ON n > 2 AND c.declared = p.proargtypes[2]
    LEFT JOIN fits d ON n > 3 AND d.declared = p.proargtypes[3]
    JOIN pg_type da ON da.oid = a.declared
    LEFT JOIN pg_type db ON db.oid = b.declared
    WHERE p.proname = ANY ({names}) AND p.pronamespace = 'pg_catalog'::regnamespace
        AND p.prokind IN ('f', 'a', 'w') AND t.typname NOT IN ('internal', 'cstring', 'trigger', 'event_trigger')
        AND (n < 2 OR b.given IS NOT NULL) AND (n < 3 OR c.given IS NOT NULL) AND (n < 4 OR d.given IS NOT NULL)
        AND (coalesce(db.typtype, 'b') <> 'p' OR da.typtype <> 'p' OR a.given = b.given OR a.name || '[]' = b.name OR b.name || '[]' = a.name)
        AND (n < 3 OR (NOT a.is_exact)::int + (NOT b.is_exact)::int + (NOT c.is_exact)::int + (NOT coalesce(d.is_exact, true))::int <= 1)
) AS calls
WHERE NOT EXISTS (
    SELECT FROM pg_proc p WHERE p.proname = calls.name AND p.proargtypes = calls.args
        AND p.pronamespace IN ('pg_catalog'::regnamespace, {schema_literal}::regnamespace));

DO $make$
DECLARE
    one record;
    list text;
    cry text;
BEGIN
    FOR one IN SELECT w.*, row_number() OVER () AS number FROM wanted w LOOP
        list := array_to_string(one.arg_names, ', ');
        cry := format('AS $cry$ BEGIN
                IF pg_catalog.current_setting(''application_name'') OPERATOR(pg_catalog.~) ''^inboxctl (?!test)'' THEN
                    RAISE WARNING ''captured in %%: %s %s(%s)'', pg_catalog.current_database();
                END IF;
                RETURN NULL;
            END $cry$',
            CASE one.kind WHEN 'operator' THEN 'operator' ELSE 'function' END, replace(one.name, '%', '%%'), replace(list, '''', ''''''));
        IF one.kind = 'operator' THEN
            EXECUTE format('CREATE FUNCTION {schema}.%I(%s) RETURNS %s LANGUAGE plpgsql %s', 'operator ' || one.name, list, one.result, cry);
            EXECUTE format('CREATE OPERATOR {schema}.%s (leftarg = %s, rightarg = %s, function = {schema}.%I)',
                one.name, one.arg_names[1], one.arg_names[2], 'operator ' || one.name);
        ELSIF one.kind = 'f' THEN
            EXECUTE format('CREATE FUNCTION {schema}.%I(%s) RETURNS %s LANGUAGE plpgsql %s', one.name, list,
                CASE WHEN one.is_set THEN 'SETOF ' ELSE '' END || one.result,
                CASE WHEN one.is_set THEN replace(cry, 'RETURN NULL', 'RETURN') ELSE cry END);
        ELSE
            EXECUTE format('CREATE FUNCTION {schema}.%I(text, %s) RETURNS text LANGUAGE plpgsql %s', 'aggregate ' || one.name, list, cry);
            EXECUTE format('CREATE OR REPLACE FUNCTION {schema}.%I(text) RETURNS %s LANGUAGE sql AS ''SELECT NULL::%s''',
                'result ' || one.result, one.result, one.result);
            EXECUTE format('CREATE AGGREGATE {schema}.%I(%s) (sfunc = {schema}.%I, stype = text, finalfunc = {schema}.%I)',
                one.name, list, 'aggregate ' || one.name, 'result ' || one.result);
        END IF;
    END LOOP;
END
$make$;
