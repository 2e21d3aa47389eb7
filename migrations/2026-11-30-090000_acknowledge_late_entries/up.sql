-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- An operator has looked at what came late into a closed day: a link says so, with the reason. It changes nothing of the
-- day, and is written only where something was flagged that nobody acknowledged, and the day is what its last link says,
-- which is the one that was looked at; else it returns false. Runs as the owner, looks for itself who called it, and is closed to everybody but inbox_admin.
CREATE FUNCTION acknowledge_late_entries(of_day date, of_link integer, reason text, who text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
SET "DateStyle" = 'ISO'
SET "TimeZone" = 'UTC'
SET row_security = off
AS $function$
DECLARE
    last record;
    now_has record;
BEGIN
    PERFORM check_audit_right();
    PERFORM end_audit_change(NULL::date, who);
    SELECT d.link, d.entries, d.digest INTO last FROM audit_days d WHERE d.day = of_day ORDER BY d.link DESC LIMIT 1;
    SELECT s.entries, s.digest, pg_current_snapshot()::text AS seen INTO now_has
    FROM audit_day_state(of_day, NULL::timestamptz, NULL::uuid[]) s;
    IF (last.link = of_link AND last.entries = now_has.entries AND last.digest = now_has.digest) IS NOT TRUE
        OR NOT EXISTS (
            SELECT FROM audit_days l WHERE l.day = of_day AND l.kind = 'late'::text AND NOT EXISTS (
                SELECT FROM audit_days a WHERE a.day = l.day AND a.kind = 'acknowledge'::text AND a.link > l.link
            )
        ) THEN
        RETURN false;
    END IF;
    PERFORM audit_day_link(of_day, 'acknowledge'::text, now_has.entries, now_has.digest, 0::bigint,
        pg_catalog.jsonb_build_object('reason', reason), who, now_has.seen);
    RETURN true;
END $function$;

REVOKE ALL ON FUNCTION acknowledge_late_entries(date, integer, text, text) FROM PUBLIC;
