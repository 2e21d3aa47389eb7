-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- Who really was there. The group roles may write the other columns alone, and so can't choose these (`inboxctl db
-- access grant-roles`); entries from before have none. The default comes after the column: no row is written anew.
ALTER TABLE audit_logs ADD COLUMN recorded_at timestamptz, ADD COLUMN recorded_by text, ADD COLUMN recorded_from inet;
ALTER TABLE audit_logs
    ALTER COLUMN recorded_at SET DEFAULT clock_timestamp(),
    ALTER COLUMN recorded_by SET DEFAULT session_user::text,
    ALTER COLUMN recorded_from SET DEFAULT inet_client_addr();

-- What the log held, day by day of created_at in UTC: a chain a day, which is only added to and which nothing prunes.
-- docs/audit.md describes the format.
CREATE TABLE audit_days (
    day date NOT NULL,
    link integer NOT NULL,
    -- Of all links, without a gap.
    number bigint NOT NULL,
    format integer NOT NULL,
    -- close, before, prune, drop, restore, redact, late
    kind text NOT NULL,
    -- Of the day, from here on.
    entries bigint NOT NULL,
    digest text NOT NULL,
    -- How many came, or went.
    changed bigint NOT NULL,
    -- What and why: the filter and the archive of a prune.
    details jsonb NOT NULL CHECK (jsonb_typeof(details) = 'object'),
    -- As the client says, and as the server saw it.
    actor text,
    written_at timestamptz NOT NULL,
    written_by text NOT NULL,
    written_from inet,
    -- Which transactions had been seen.
    snapshot text NOT NULL,
    hash text NOT NULL,
    CONSTRAINT audit_days_pkey PRIMARY KEY (day, link),
    CONSTRAINT audit_days_number_key UNIQUE (number)
);

-- A column as it is hashed: its name and the length of its text in characters, or nothing of NULL.
CREATE FUNCTION audit_field(name text, value text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT name || '='::text || coalesce(length(value)::text || ':'::text || value, ''::text) || chr(10) $$;

-- The entries of a day: how many, and the SHA-256 over the SHA-256 of each in the order of their ids. Without those that
-- were recorded later than a moment, and without some; NULL leaves none out.
CREATE FUNCTION audit_day_state(of_day date, recorded_before timestamptz, leave_out uuid[],
    OUT entries bigint, OUT digest text)
LANGUAGE sql STABLE
SET search_path FROM CURRENT
-- Times are hashed as text.
SET "DateStyle" = 'ISO'
SET "TimeZone" = 'UTC'
SET jit = off
AS $function$
    SELECT count(*), encode(sha256(coalesce(
        string_agg(e.hash, ''::bytea ORDER BY e.id, e.hash), ''::bytea)), 'hex'::text)
    FROM (
        SELECT t.id, sha256(convert_to(
            audit_field('id'::text, t.id_text) || audit_field('user_id'::text, t.user_text)
            || audit_field('actor'::text, t.actor) || audit_field('action'::text, t.action)
            || audit_field('resource'::text, t.resource) || audit_field('resource_id'::text, t.resource_id)
            || audit_field('details'::text, t.details_text) || audit_field('created_at'::text, t.created_text)
            || audit_field('recorded_at'::text, t.recorded_text)
            || audit_field('recorded_by'::text, t.recorded_by)
            || audit_field('recorded_from'::text, t.from_text), 'UTF8'::name)) AS hash
        FROM (
            SELECT id, id::text AS id_text, user_id::text AS user_text, actor, action, resource, resource_id,
                details::text AS details_text, created_at::text AS created_text, recorded_at::text AS recorded_text,
                recorded_by, abbrev(recorded_from) AS from_text
            FROM audit_logs
            WHERE created_at >= of_day::timestamptz AND created_at < (of_day + 1)::timestamptz
                AND coalesce(recorded_at <= recorded_before, true)
                AND coalesce(NOT id = ANY (leave_out), true)
            -- Each text is made once.
            OFFSET 0
        ) AS t
    ) AS e
$function$;

-- Appends a link. Only the owner may write there; whoever calls holds the table's lock.
CREATE FUNCTION audit_day_link(of_day date, of_kind text, has_entries bigint, has_digest text, has_changed bigint,
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
BEGIN
    SELECT d.link, d.hash INTO last FROM audit_days d WHERE d.day = of_day ORDER BY d.link DESC LIMIT 1;
    INSERT INTO audit_days VALUES (of_day, coalesce(last.link, 0) + 1, next_number, 1, of_kind, has_entries, has_digest,
        has_changed, why, who, at, login, origin, seen, encode(sha256(convert_to(
            audit_field('format'::text, '1'::text) || audit_field('number'::text, next_number::text)
            || audit_field('day'::text, of_day::text)
            || audit_field('link'::text, (coalesce(last.link, 0) + 1)::text) || audit_field('kind'::text, of_kind)
            || audit_field('entries'::text, has_entries::text) || audit_field('digest'::text, has_digest)
            || audit_field('changed'::text, has_changed::text) || audit_field('details'::text, why::text)
            || audit_field('actor'::text, who) || audit_field('written_at'::text, at::text)
            || audit_field('written_by'::text, login) || audit_field('written_from'::text, abbrev(origin))
            || audit_field('snapshot'::text, seen) || audit_field('previous'::text, last.hash),
            'UTF8'::name)), 'hex'::text));
END $function$;

-- Ends what was begun on a day: `before` is its last link. Nothing is added by a prune: what comes meanwhile is no part
-- of it.
CREATE FUNCTION end_audit_day(of_day date, who text) RETURNS void
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
    FROM audit_day_state(of_day, CASE WHEN change IN ('prune', 'drop') THEN begun.written_at END, NULL::uuid[]) s;
    PERFORM audit_day_link(of_day, change, now_has.entries, now_has.digest, now_has.entries - begun.entries, begun.details,
        who, now_has.seen);
END $function$;

-- Ends what was begun on days and not ended: all but the day that is in hand. A killed command leaves it to the next one.
CREATE FUNCTION end_audit_change(but date, who text) RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $function$
DECLARE
    begun date;
BEGIN
    LOCK TABLE audit_days IN SHARE ROW EXCLUSIVE MODE;
    FOR begun IN
        SELECT b.day FROM audit_days b
        WHERE b.kind = 'before'::text AND b.day IS DISTINCT FROM but
            AND NOT EXISTS (SELECT FROM audit_days l WHERE l.day = b.day AND l.link > b.link)
        ORDER BY b.day
    LOOP
        PERFORM end_audit_day(begun, who);
    END LOOP;
END $function$;

-- Before entries of these times are deleted, changed or brought back: what their days hold, as far as they are closed.
-- The same change goes on where it was begun.
CREATE FUNCTION begin_audit_change(times timestamptz[], why jsonb, who text) RETURNS void
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
    SELECT max(d.day) INTO closed_to FROM audit_days d;
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

-- Before a partition goes: its closed days are empty then. A day that other partitions share in is looked at.
CREATE FUNCTION end_audit_days_of(old_part regclass, why jsonb, who text) RETURNS void
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
    SELECT max(d.day) INTO closed_to FROM audit_days d;
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
            PERFORM audit_day_link(one.day, 'drop'::text, 0::bigint, encode(sha256(''::bytea), 'hex'::text),
                - one.entries, drop_why, who, pg_current_snapshot()::text);
        ELSE
            PERFORM begin_audit_change(ARRAY[one.day::timestamptz], drop_why, who);
        END IF;
    END LOOP;
END $function$;

-- Not current_user, which is the owner where this is asked.
CREATE FUNCTION check_audit_right() RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $function$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_roles r
        WHERE pg_has_role(session_user, r.oid, 'MEMBER'::text)
            AND (r.rolname = 'inbox_admin'
                OR r.oid = (SELECT relowner FROM pg_class WHERE oid = 'audit_logs'::regclass::oid))
    ) THEN
        RAISE EXCEPTION 'the role % is no member of inbox_admin', session_user
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END $function$;

-- What follows runs as the owner, looks for itself who called it, and is closed to everybody but inbox_admin.

-- Closes the next day that ended 48 hours ago, the oldest first, and returns it; NULL if none is due. The newest of them is
-- closed with no entries too: all before it counts as closed.
CREATE FUNCTION close_audit_day(who text, OUT day date, OUT entries bigint)
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
    SELECT max(d.day) INTO closed_to FROM audit_days d;
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

-- Entries that came to closed days since: flagged by a link if without them the day is what it was, else only told, like
-- those that are missing.
CREATE FUNCTION flag_late_entries(who text)
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
            SELECT DISTINCT ON (d.day) d.day, d.entries, d.digest, d.written_at, d.snapshot
            FROM audit_days d ORDER BY d.day, d.link DESC
        ), live AS (
            SELECT t.created_at::date AS day, count(*) AS entries FROM audit_logs t
            WHERE t.created_at > '-infinity'::timestamptz
                AND t.created_at < ((SELECT max(d.day) FROM audit_days d) + 1)::timestamptz
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

-- Deletes entries that are old, of these actions and resources (empty lists are all), and under no hold, as long as each is
-- the version that was meant; says how many went.
CREATE FUNCTION delete_audit_entries(ids uuid[], times timestamptz[], xmins text[], older_than timestamptz,
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
    PERFORM end_audit_change((SELECT max(t.at)::date FROM pg_catalog.unnest(times) AS t (at)), who);
    RETURN gone;
END $function$;

-- Ends what the function above left begun: the day that it came to last.
CREATE FUNCTION end_audit_prune(who text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
SET "DateStyle" = 'ISO'
SET "TimeZone" = 'UTC'
SET row_security = off
AS $function$
BEGIN
    PERFORM check_audit_right();
    PERFORM end_audit_change(NULL::date, who);
END $function$;

-- Keeps everybody from writing to a partition of the log until the transaction ends: what is archived of it is what goes.
CREATE FUNCTION lock_audit_partition(old_part regclass) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
SET row_security = off
AS $function$
DECLARE
    part record;
BEGIN
    PERFORM check_audit_right();
    SELECT n.nspname AS schema, c.relname AS name INTO part
    FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE i.inhparent = 'audit_logs'::regclass::oid AND i.inhrelid = old_part::oid;
    IF part IS NULL THEN
        RAISE EXCEPTION '% is no partition of audit_logs', old_part USING ERRCODE = 'invalid_parameter_value';
    END IF;
    EXECUTE pg_catalog.format('LOCK TABLE %I.%I IN SHARE MODE', part.schema, part.name);
END $function$;

-- As before, and the days of the partition have a link that says so. Only inboxctl calls it.
-- squawk-ignore ban-drop-function
DROP FUNCTION drop_audit_partition(regclass, timestamptz);
CREATE FUNCTION drop_audit_partition(old_part regclass, older_than timestamptz,
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

-- Everybody's by default.
REVOKE ALL ON FUNCTION close_audit_day(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION flag_late_entries(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION delete_audit_entries(uuid[], timestamptz[], text[], timestamptz, text[], text[], jsonb, text)
    FROM PUBLIC;
REVOKE ALL ON FUNCTION end_audit_prune(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION lock_audit_partition(regclass) FROM PUBLIC;
REVOKE ALL ON FUNCTION drop_audit_partition(regclass, timestamptz, jsonb, text) FROM PUBLIC;
