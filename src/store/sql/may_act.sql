-- Whether anything does: also a function of the application's in a constraint, a default or an index.
-- After own_triggers.sql and acting.sql.
SELECT EXISTS (SELECT FROM acting) OR EXISTS (
    SELECT FROM (
        SELECT conrelid AS relation, 'pg_constraint'::regclass::oid AS class, oid AS id FROM pg_constraint
        UNION ALL SELECT adrelid, 'pg_attrdef'::regclass::oid, oid FROM pg_attrdef
        UNION ALL SELECT indrelid, 'pg_class'::regclass::oid, indexrelid FROM pg_index
    ) AS part
    JOIN pg_depend d ON d.classid = part.class AND d.objid = part.id AND d.refclassid = 'pg_proc'::regclass::oid
    JOIN pg_proc p ON p.oid = d.refobjid
    WHERE part.relation = ANY ($1) AND p.oid >= 16384::oid AND p.provolatile = 'v'
        AND NOT (p.proname = 'uuid_v7' AND p.pronamespace = to_regnamespace(quote_ident(current_schema()::text))::oid)
) AS truth
