-- Materialized views that hold rows, and were filled from tables that hide some of theirs: read by name, through other
-- views, or maybe by a function.
WITH RECURSIVE reads (view, relation) AS (
    SELECT r.ev_class, d.refobjid
    FROM pg_catalog.pg_rewrite r
    JOIN pg_catalog.pg_depend d ON d.objid OPERATOR(pg_catalog.=) r.oid
        AND d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.oid
    WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
), reach (view, relation) AS (
    SELECT view, relation FROM reads
    UNION
    SELECT reach.view, reads.relation FROM reach JOIN reads ON reads.view OPERATOR(pg_catalog.=) reach.relation
), hiding AS (
    SELECT oid FROM pg_catalog.pg_class WHERE relrowsecurity
)
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
WHERE c.relkind OPERATOR(pg_catalog.=) 'm' AND c.relispopulated
    AND (
        EXISTS (SELECT FROM reach JOIN hiding ON hiding.oid OPERATOR(pg_catalog.=) reach.relation
            WHERE reach.view OPERATOR(pg_catalog.=) c.oid)
        OR EXISTS (SELECT FROM hiding) AND EXISTS (
            SELECT FROM reach
            JOIN pg_catalog.pg_rewrite r ON r.ev_class OPERATOR(pg_catalog.=) reach.view
                OR r.ev_class OPERATOR(pg_catalog.=) reach.relation
            JOIN pg_catalog.pg_depend d ON d.objid OPERATOR(pg_catalog.=) r.oid
                AND d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.oid
            JOIN pg_catalog.pg_proc p ON p.oid OPERATOR(pg_catalog.=) d.refobjid
            WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid
                AND reach.view OPERATOR(pg_catalog.=) c.oid
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid OPERATOR(pg_catalog.=) d.refclassid AND e.objid OPERATOR(pg_catalog.=) p.oid
                        AND e.deptype OPERATOR(pg_catalog.=) 'e')))
ORDER BY 1
