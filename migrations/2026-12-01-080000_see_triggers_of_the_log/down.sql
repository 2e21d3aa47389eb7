-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

CREATE OR REPLACE FUNCTION drop_audit_partition(old_part regclass, older_than timestamptz,
    why jsonb DEFAULT '{}', who text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
-- Bounds and times are read back from text, and no policy hides a hold.
SET search_path FROM CURRENT
SET "DateStyle" = 'ISO'
SET "TimeZone" = 'UTC'
SET row_security = off
AS $function$
DECLARE
    part record;
    held boolean;
    guard text;
    holds text[];
BEGIN
    PERFORM check_audit_right();
    IF (older_than <= now() - interval '7 days') IS NOT TRUE THEN
        RAISE EXCEPTION 'entries of the last 7 days stay, whatever the cut-off'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT n.nspname AS schema, c.relname AS name,
        substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''\)')::timestamptz AS upper,
        c.relrowsecurity OR l.relrowsecurity AS hides_rows
    INTO part
    FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid
    JOIN pg_class l ON l.oid = i.inhparent
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE i.inhparent = 'audit_logs'::regclass::oid AND i.inhrelid = old_part::oid;
    -- The DEFAULT partition has no bound, and the last of all none above.
    IF (part.upper <= older_than) IS NOT TRUE THEN
        RAISE EXCEPTION '% is no partition of audit_logs with nothing but entries from before %', old_part, older_than
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- What looks at each row that goes would see none of these go.
    SELECT quote_ident(w.name::text) INTO guard FROM (
        SELECT t.tgname AS name, t.tgrelid AS relation FROM pg_trigger t
        WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgtype & 8::smallint <> 0
        UNION ALL
        SELECT r.rulename, r.ev_class FROM pg_rewrite r WHERE r.ev_type::text = '4' AND r.ev_enabled <> 'D'
    ) AS w
    WHERE w.relation IN (SELECT relid::oid FROM pg_partition_tree(old_part)) LIMIT 1;
    IF guard IS NOT NULL OR part.hides_rows THEN
        RAISE EXCEPTION '% is emptied row by row: % looks at its rows', old_part, coalesce(guard, 'row-level security')
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    -- A hold that is being added is waited for, and the next one waits.
    LOCK TABLE retention_holds IN SHARE MODE;
    SELECT pg_catalog.array_agg(kind || ':' || value) INTO holds FROM retention_holds WHERE released_at IS NULL;
    IF holds IS NOT NULL THEN
        EXECUTE pg_catalog.format($query$
            SELECT EXISTS (SELECT FROM %I.%I t WHERE ARRAY[
                'action:' || t.action, 'resource:' || t.resource,
                'resource:' || t.resource || '/' || t.resource_id, 'user:' || t.user_id::text,
                'user:' || t.resource_id, 'contact:' || t.resource_id,
                'user:' || (t.details ->> 'user_id'::text), 'contact:' || (t.details ->> 'contact_id'::text)
            ] OPERATOR(pg_catalog.&&) $1)$query$, part.schema, part.name) INTO held USING holds;
        IF held THEN
            RAISE EXCEPTION '% holds entries that are under a hold', old_part
                USING ERRCODE = 'object_not_in_prerequisite_state';
        END IF;
    END IF;
    PERFORM end_audit_days_of(old_part, why, who);
    -- Detached first, so that the server refuses where a row of another table points at one of it, and only then.
    EXECUTE pg_catalog.format('ALTER TABLE audit_logs DETACH PARTITION %I.%I', part.schema, part.name);
    EXECUTE pg_catalog.format('DROP TABLE %I.%I', part.schema, part.name);
    -- Whoever calls it from elsewhere leaves a trace too.
    INSERT INTO audit_logs (action, resource, resource_id, details)
    VALUES ('partition.drop', 'audit_logs', part.name::text,
        pg_catalog.jsonb_build_object('older_than', older_than));
END $function$;
