-- $1 tables whose rows change, by their oids. What changes with every foreign key to contacts or assignments, which
-- has two triggers at the table that it points at, with every column of theirs, and with what acts or judges of the
-- application's, by rules and casts too.
SELECT pg_catalog.concat(
    (SELECT string_agg(t.oid::text || t.tgenabled::text || t.tgfoid::text, ',' ORDER BY t.oid)
     FROM pg_trigger t
     WHERE t.tgrelid = ANY ($1)
         AND (NOT t.tgisinternal OR t.tgrelid IN (to_regclass('contacts')::oid, to_regclass('assignments')::oid))),
    '/',
    (SELECT string_agg(r.oid::text || r.ev_enabled::text, ',' ORDER BY r.oid)
     FROM pg_rewrite r WHERE r.ev_class = ANY ($1)),
    '/',
    (SELECT string_agg(k.oid::text, ',' ORDER BY k.oid) FROM pg_constraint k WHERE k.conrelid = ANY ($1)),
    '/',
    (SELECT string_agg(i.indexrelid::text, ',' ORDER BY i.indexrelid) FROM pg_index i WHERE i.indrelid = ANY ($1)),
    '/',
    (SELECT string_agg(d.oid::text, ',' ORDER BY d.oid) FROM pg_attrdef d WHERE d.adrelid = ANY ($1)),
    '/',
    (SELECT string_agg(k.oid::text, ',' ORDER BY k.oid) FROM pg_cast k WHERE k.oid >= 16384::oid),
    '/',
    (SELECT string_agg(a.attname::text || ':' || a.atttypid::text, ',' ORDER BY a.attrelid, a.attnum)
     FROM pg_attribute a
     WHERE a.attrelid IN (to_regclass('contacts')::oid, to_regclass('assignments')::oid)
         AND a.attnum > 0)) AS mark
