-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- To which day the log is closed. A day that hasn't ended can't have been closed: a link of one keeps no other from being
-- closed.
CREATE FUNCTION audit_closed_to() RETURNS date LANGUAGE sql STABLE
SET search_path FROM CURRENT
SET "TimeZone" = 'UTC'
AS $$ SELECT max(d.day) FROM audit_days d WHERE d.day < now()::date $$;

-- As before, and a link that a trigger or a rule took away is an error: closing would never end.
CREATE OR REPLACE FUNCTION audit_day_link(of_day date, of_kind text, has_entries bigint, has_digest text, has_changed bigint,
    why jsonb, who text, seen text) RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
SET "DateStyle" = 'ISO'
SET "TimeZone" = 'UTC'
AS $function$
DECLARE
    last record;
    next_number bigint := (SELECT coalesce(max(number), 0::bigint) + 1 FROM audit_days);
    at timestamptz := clock_timestamp();
    login text := session_user::text;
    origin inet := inet_client_addr();
    guards text;
    link_hash text;
BEGIN
    SELECT d.link, d.hash INTO last FROM audit_days d WHERE d.day = of_day ORDER BY d.link DESC LIMIT 1;
    link_hash := encode(sha256(convert_to(
        audit_field('format'::text, '1'::text) || audit_field('number'::text, next_number::text)
        || audit_field('day'::text, of_day::text)
        || audit_field('link'::text, (coalesce(last.link, 0) + 1)::text) || audit_field('kind'::text, of_kind)
        || audit_field('entries'::text, has_entries::text) || audit_field('digest'::text, has_digest)
        || audit_field('changed'::text, has_changed::text) || audit_field('details'::text, why::text)
        || audit_field('actor'::text, who) || audit_field('written_at'::text, at::text)
        || audit_field('written_by'::text, login) || audit_field('written_from'::text, abbrev(origin))
        || audit_field('snapshot'::text, seen) || audit_field('previous'::text, last.hash),
        'UTF8'::name)), 'hex'::text);
    INSERT INTO audit_days VALUES (of_day, coalesce(last.link, 0) + 1, next_number, 1, of_kind, has_entries, has_digest,
        has_changed, why, who, at, login, origin, seen, link_hash);
    -- As it was meant; and what may act once the transaction ends isn't waited for.
    IF NOT EXISTS (
            SELECT FROM audit_days d
            WHERE d.number = next_number AND d.day = of_day AND d.link = coalesce(last.link, 0) + 1 AND d.kind = of_kind
                AND d.format = 1 AND d.entries = has_entries AND d.digest = has_digest AND d.changed = has_changed
                AND d.details = why AND d.actor IS NOT DISTINCT FROM who AND d.written_at = at AND d.written_by = login
                AND d.written_from IS NOT DISTINCT FROM origin AND d.snapshot = seen AND d.hash = link_hash)
        OR EXISTS (
            SELECT FROM pg_trigger t
            WHERE t.tgrelid = 'audit_days'::regclass::oid AND NOT t.tgisinternal AND t.tgenabled NOT IN ('D', 'R')
                AND t.tgdeferrable)
    THEN
        SELECT string_agg(g.name, ', '::text ORDER BY g.name) INTO guards FROM (
            SELECT 'trigger '::text || quote_ident(t.tgname::text) AS name FROM pg_trigger t
            WHERE t.tgrelid = 'audit_days'::regclass::oid AND NOT t.tgisinternal AND t.tgenabled NOT IN ('D', 'R')
            UNION ALL
            SELECT 'rule '::text || quote_ident(r.rulename::text) FROM pg_rewrite r
            WHERE r.ev_class = 'audit_days'::regclass::oid AND r.ev_enabled <> 'D'
        ) AS g;
        RAISE EXCEPTION 'a link of % does not stay in audit_days as it is written: %', of_day,
            coalesce(guards, 'nothing that acts on it is seen'::text)
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
END $function$;

-- As before, and what comes while a person is erased is no part of that either.
CREATE OR REPLACE FUNCTION end_audit_day(of_day date, who text) RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $function$
DECLARE
    begun record;
    change text;
    now_has record;
BEGIN
    SELECT d.entries, d.details, d.written_at INTO begun
    FROM audit_days d WHERE d.day = of_day ORDER BY d.link DESC LIMIT 1;
    change := coalesce(begun.details ->> 'change'::text, 'change'::text);
    SELECT s.entries, s.digest, pg_current_snapshot()::text AS seen INTO now_has
    FROM audit_day_state(of_day, CASE WHEN change IN ('prune', 'drop', 'redact') THEN begun.written_at END, NULL::uuid[]) s;
    PERFORM audit_day_link(of_day, change, now_has.entries, now_has.digest, now_has.entries - begun.entries, begun.details,
        who, now_has.seen);
END $function$;

-- As before, without links of days to come.
CREATE OR REPLACE FUNCTION end_audit_change(but date, who text) RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $function$
DECLARE
    begun date;
BEGIN
    LOCK TABLE audit_days IN SHARE ROW EXCLUSIVE MODE;
    FOR begun IN
        SELECT b.day FROM audit_days b
        WHERE b.kind = 'before'::text AND b.day IS DISTINCT FROM but AND b.day <= (SELECT audit_closed_to())
            AND NOT EXISTS (SELECT FROM audit_days l WHERE l.day = b.day AND l.link > b.link)
        ORDER BY b.day
    LOOP
        PERFORM end_audit_day(begun, who);
    END LOOP;
END $function$;

CREATE OR REPLACE FUNCTION begin_audit_change(times timestamptz[], why jsonb, who text) RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
SET "DateStyle" = 'ISO'
SET "TimeZone" = 'UTC'
AS $function$
DECLARE
    closed_to date;
    one date;
    last record;
    now_has record;
BEGIN
    LOCK TABLE audit_days IN SHARE ROW EXCLUSIVE MODE;
    closed_to := audit_closed_to();
    FOR one IN
        SELECT DISTINCT t.at::date FROM pg_catalog.unnest(times) AS t (at)
        WHERE isfinite(t.at) AND t.at::date <= closed_to ORDER BY 1
    LOOP
        SELECT d.kind, d.details INTO last FROM audit_days d WHERE d.day = one ORDER BY d.link DESC LIMIT 1;
        CONTINUE WHEN last.kind = 'before'::text AND last.details = why;
        IF last.kind = 'before'::text THEN
            PERFORM end_audit_day(one, who);
        END IF;
        SELECT s.entries, s.digest, pg_current_snapshot()::text AS seen INTO now_has
        FROM audit_day_state(one, NULL::timestamptz, NULL::uuid[]) s;
        PERFORM audit_day_link(one, 'before'::text, now_has.entries, now_has.digest, 0::bigint, why, who, now_has.seen);
    END LOOP;
END $function$;

CREATE OR REPLACE FUNCTION end_audit_days_of(old_part regclass, why jsonb, who text) RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
SET "DateStyle" = 'ISO'
SET "TimeZone" = 'UTC'
AS $function$
DECLARE
    closed_to date;
    bounds record;
    one record;
    drop_why jsonb := why || '{"change": "drop"}'::jsonb;
BEGIN
    LOCK TABLE audit_days IN SHARE ROW EXCLUSIVE MODE;
    closed_to := audit_closed_to();
    SELECT b.schema, b.name, substring(b.bound FROM 'FROM \(''([^'']+)''\)')::timestamptz AS lower,
        substring(b.bound FROM 'TO \(''([^'']+)''\)')::timestamptz AS upper
    INTO bounds
    FROM (
        SELECT n.nspname AS schema, c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = old_part::oid
    ) AS b;
    FOR one IN EXECUTE pg_catalog.format(
        'SELECT t.created_at::date AS day, count(*) AS entries FROM %I.%I t '
        'WHERE isfinite(t.created_at) GROUP BY 1 ORDER BY 1', bounds.schema, bounds.name)
    LOOP
        CONTINUE WHEN (one.day <= closed_to) IS NOT TRUE;
        IF one.day::timestamptz >= coalesce(bounds.lower, '-infinity'::timestamptz)
            AND (one.day + 1)::timestamptz <= bounds.upper THEN
            IF (SELECT d.kind FROM audit_days d WHERE d.day = one.day ORDER BY d.link DESC LIMIT 1) = 'before'::text THEN
                PERFORM end_audit_day(one.day, who);
            END IF;
            PERFORM audit_day_link(one.day, 'drop'::text, 0::bigint, encode(sha256(''::bytea), 'hex'::text),
                - one.entries, drop_why, who, pg_current_snapshot()::text);
        ELSE
            PERFORM begin_audit_change(ARRAY[one.day::timestamptz], drop_why, who);
        END IF;
    END LOOP;
END $function$;

CREATE OR REPLACE FUNCTION close_audit_day(who text, OUT day date, OUT entries bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
SET "DateStyle" = 'ISO'
SET "TimeZone" = 'UTC'
SET row_security = off
AS $function$
DECLARE
    closed_to date;
    due_to date := (now() - interval '48 hours')::date - 1;
    now_has record;
BEGIN
    PERFORM check_audit_right();
    PERFORM end_audit_change(NULL::date, who);
    closed_to := audit_closed_to();
    IF closed_to >= due_to THEN
        RETURN;
    END IF;
    SELECT t.created_at::date INTO day FROM audit_logs t
    WHERE t.created_at > '-infinity'::timestamptz AND t.created_at < (due_to + 1)::timestamptz
        AND t.created_at >= coalesce((closed_to + 1)::timestamptz, '-infinity'::timestamptz)
    ORDER BY t.created_at LIMIT 1;
    day := coalesce(day, due_to);
    SELECT s.entries, s.digest, pg_current_snapshot()::text AS seen INTO now_has
    FROM audit_day_state(day, NULL::timestamptz, NULL::uuid[]) s;
    PERFORM audit_day_link(day, 'close'::text, now_has.entries, now_has.digest, now_has.entries, '{}'::jsonb, who,
        now_has.seen);
    entries := now_has.entries;
END $function$;

CREATE OR REPLACE FUNCTION flag_late_entries(who text)
RETURNS TABLE (day date, late bigint, missing bigint, flagged boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
SET "DateStyle" = 'ISO'
SET "TimeZone" = 'UTC'
SET row_security = off
AS $function$
DECLARE
    one record;
    rest record;
    now_has record;
    why jsonb;
    unseen uuid[];
    own xid8 := pg_current_xact_id();
BEGIN
    PERFORM check_audit_right();
    PERFORM end_audit_change(NULL::date, who);
    FOR one IN
        WITH last AS (
            -- What came while something was deleted or redacted is no part of what its link says.
            SELECT DISTINCT ON (d.day) d.day, d.entries, d.digest, d.snapshot,
                coalesce((
                    SELECT b.written_at FROM audit_days b
                    WHERE b.day = d.day AND b.link = d.link - 1 AND b.kind = 'before'::text
                        AND d.kind IN ('prune', 'drop', 'redact')), d.written_at) AS written_at
            FROM audit_days d WHERE d.day <= (SELECT audit_closed_to()) ORDER BY d.day, d.link DESC
        ), live AS (
            SELECT t.created_at::date AS day, count(*) AS entries FROM audit_logs t
            WHERE t.created_at > '-infinity'::timestamptz
                AND t.created_at < ((SELECT audit_closed_to()) + 1)::timestamptz
            GROUP BY 1
        )
        SELECT coalesce(l.day, n.day) AS day, coalesce(n.entries, 0::bigint) AS entries,
            coalesce(l.entries, 0::bigint) AS had, l.digest, l.written_at, l.snapshot
        FROM last l FULL JOIN live n ON n.day = l.day
        WHERE coalesce(n.entries, 0::bigint) <> coalesce(l.entries, 0::bigint)
        ORDER BY 1
    LOOP
        day := one.day;
        late := greatest(one.entries - one.had, 0::bigint);
        missing := greatest(one.had - one.entries, 0::bigint);
        why := NULL;
        IF late > 0 AND one.digest IS NULL THEN
            why := '{}'::jsonb;
        ELSIF late > 0 THEN
            SELECT s.digest INTO rest FROM audit_day_state(one.day, one.written_at, NULL::uuid[]) s;
            IF rest.digest = one.digest THEN
                why := pg_catalog.jsonb_build_object('recorded_after', one.written_at);
            ELSE
                -- Written before, and committed after.
                unseen := ARRAY(
                    SELECT t.id FROM audit_logs t
                    WHERE t.created_at >= one.day::timestamptz AND t.created_at < (one.day + 1)::timestamptz
                        AND age(t.xmin) < 2147483647
                        AND NOT pg_visible_in_snapshot(
                            (own::text::bigint + age(own::xid) - age(t.xmin))::text::xid8, one.snapshot::pg_snapshot)
                    ORDER BY t.id LIMIT 1001);
                SELECT s.digest INTO rest FROM audit_day_state(one.day, NULL::timestamptz, unseen) s;
                IF rest.digest = one.digest AND pg_catalog.cardinality(unseen) <= 1000 THEN
                    why := pg_catalog.jsonb_build_object('ids', unseen);
                END IF;
            END IF;
        END IF;
        flagged := why IS NOT NULL;
        IF flagged THEN
            SELECT s.entries, s.digest, pg_current_snapshot()::text AS seen INTO now_has
            FROM audit_day_state(one.day, NULL::timestamptz, NULL::uuid[]) s;
            PERFORM audit_day_link(one.day, 'late'::text, now_has.entries, now_has.digest, now_has.entries - one.had,
                why, who, now_has.seen);
        END IF;
        RETURN NEXT;
    END LOOP;
END $function$;

-- As before, and a call that deletes nothing leaves nothing begun, which another change could go by the name of.
CREATE OR REPLACE FUNCTION delete_audit_entries(ids uuid[], times timestamptz[], xmins text[], older_than timestamptz,
    of_actions text[], of_resources text[], why jsonb, who text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
SET "DateStyle" = 'ISO'
SET "TimeZone" = 'UTC'
SET row_security = off
AS $function$
DECLARE
    holds text[];
    gone bigint;
BEGIN
    PERFORM check_audit_right();
    IF (older_than <= now() - interval '7 days') IS NOT TRUE THEN
        RAISE EXCEPTION 'entries of the last 7 days stay, whatever the cut-off'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- A hold that is being added is waited for, and the next one waits.
    LOCK TABLE retention_holds IN SHARE MODE;
    SELECT coalesce(pg_catalog.array_agg(kind || ':' || value), '{}') INTO holds
    FROM retention_holds WHERE released_at IS NULL;
    PERFORM begin_audit_change(times, why || '{"change": "prune"}'::jsonb, who);
    DELETE FROM audit_logs t USING unnest(ids, times, xmins) AS v (id, time, xmin)
    WHERE t.id = v.id AND t.created_at = v.time AND t.xmin::text = v.xmin AND t.created_at < older_than
        AND (of_actions OPERATOR(pg_catalog.=) '{}' OR t.action = ANY (of_actions))
        AND (of_resources OPERATOR(pg_catalog.=) '{}' OR t.resource = ANY (of_resources))
        AND (ARRAY[
                'action:' || t.action, 'resource:' || t.resource,
                'resource:' || t.resource || '/' || t.resource_id, 'user:' || t.user_id::text,
                'user:' || t.resource_id, 'contact:' || t.resource_id,
                'user:' || (t.details ->> 'user_id'::text), 'contact:' || (t.details ->> 'contact_id'::text)
            ] OPERATOR(pg_catalog.&&) holds) IS NOT TRUE;
    GET DIAGNOSTICS gone = ROW_COUNT;
    -- Nothing stays begun where nothing went.
    PERFORM end_audit_change(
        CASE WHEN gone > 0 THEN (SELECT max(t.at)::date FROM pg_catalog.unnest(times) AS t (at)) END, who);
    RETURN gone;
END $function$;
