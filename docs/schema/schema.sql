-- Made by `inboxctl db generate sql`: the schema, for an empty database.

SET check_function_bodies = false;

SELECT pg_catalog.set_config('search_path', pg_catalog.quote_ident(current_schema()::text) || ', pg_temp', false);

CREATE TYPE channel AS ENUM ('SMS', 'WHATSAPP', 'EMAIL', 'TWITTER', 'FACEBOOK', 'INSTAGRAM', 'LINKEDIN');

CREATE TYPE identity_kind AS ENUM ('PHONE', 'EMAIL', 'HANDLE');

CREATE TYPE integration_status AS ENUM ('ACTIVE', 'INACTIVE', 'ERROR');

CREATE TYPE job_status AS ENUM ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED');

CREATE TYPE maintenance_outcome AS ENUM ('RUNNING', 'DONE', 'INTERRUPTED', 'OUT_OF_TIME', 'FAILED', 'LOST');

CREATE TYPE message_direction AS ENUM ('INBOUND', 'OUTBOUND');

CREATE TYPE message_status AS ENUM ('QUEUED', 'SCHEDULED', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'RECEIVED');

CREATE TYPE note_type AS ENUM ('PUBLIC', 'PRIVATE');

CREATE TYPE presence_status AS ENUM ('ONLINE', 'AWAY', 'OFFLINE');

CREATE TYPE user_role AS ENUM ('VIEWER', 'EDITOR', 'ADMIN');

CREATE OR REPLACE FUNCTION acknowledge_late_entries(of_day date, of_link integer, reason text, who text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path FROM CURRENT
 SET "DateStyle" TO 'ISO'
 SET "TimeZone" TO 'UTC'
 SET row_security TO 'off'
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

CREATE OR REPLACE FUNCTION adopted_id(old text)
 RETURNS uuid
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
DECLARE
    digits text := '0123456789abcdefghijklmnopqrstuvwxyz';
    bits integer := 128;
    made bytea;
BEGIN
    IF old COLLATE "C" ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'::text THEN
        RETURN old::uuid;
    END IF;
    made := substring(sha256(convert_to(old, 'UTF8'::name)) FROM 1 FOR 16);
    IF old COLLATE "C" ~ '^c[0-9a-z]{24}$'::text THEN
        bits := 112;
        made := overlay(made PLACING substring(int8send(
            (((((((strpos(digits, substr(old, 2, 1)) - 1)::bigint * 36
            + strpos(digits, substr(old, 3, 1)) - 1) * 36
            + strpos(digits, substr(old, 4, 1)) - 1) * 36
            + strpos(digits, substr(old, 5, 1)) - 1) * 36
            + strpos(digits, substr(old, 6, 1)) - 1) * 36
            + strpos(digits, substr(old, 7, 1)) - 1) * 36
            + strpos(digits, substr(old, 8, 1)) - 1) * 36
            + strpos(digits, substr(old, 9, 1)) - 1) FROM 3) FROM 1 FOR 6);
    END IF;
    made := set_byte(made, 6, (get_byte(made, 6) & 15) | bits);
    made := set_byte(made, 8, (get_byte(made, 8) & 63) | 128);
    RETURN encode(made, 'hex'::text)::uuid;
END
$function$;

CREATE OR REPLACE FUNCTION audit_closed_to()
 RETURNS date
 LANGUAGE sql
 STABLE
 SET search_path FROM CURRENT
 SET "TimeZone" TO 'UTC'
AS $function$ SELECT max(d.day) FROM audit_days d WHERE d.day < now()::date $function$;

CREATE OR REPLACE FUNCTION audit_day_link(of_day date, of_kind text, has_entries bigint, has_digest text, has_changed bigint, why jsonb, who text, seen text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path FROM CURRENT
 SET "DateStyle" TO 'ISO'
 SET "TimeZone" TO 'UTC'
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

CREATE OR REPLACE FUNCTION audit_day_state(of_day date, recorded_before timestamp with time zone, leave_out uuid[], OUT entries bigint, OUT digest text)
 RETURNS record
 LANGUAGE sql
 STABLE
 SET search_path FROM CURRENT
 SET "DateStyle" TO 'ISO'
 SET "TimeZone" TO 'UTC'
 SET jit TO 'off'
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

CREATE OR REPLACE FUNCTION audit_field(name text, value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$ SELECT name || '='::text || coalesce(length(value)::text || ':'::text || value, ''::text) || chr(10) $function$;

CREATE OR REPLACE FUNCTION begin_audit_change(times timestamp with time zone[], why jsonb, who text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path FROM CURRENT
 SET "DateStyle" TO 'ISO'
 SET "TimeZone" TO 'UTC'
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

CREATE OR REPLACE FUNCTION check_audit_right()
 RETURNS void
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

CREATE OR REPLACE FUNCTION close_audit_day(who text, OUT day date, OUT entries bigint)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path FROM CURRENT
 SET "DateStyle" TO 'ISO'
 SET "TimeZone" TO 'UTC'
 SET row_security TO 'off'
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

CREATE OR REPLACE FUNCTION contact_handles(handles jsonb)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
BEGIN
    IF handles = '{}'::jsonb THEN
        RETURN NULL;
    END IF;
    IF jsonb_typeof(handles) = 'object'::text
        AND NOT handles ?| '{network,platform,provider,service,channel,type}'::text[]
        AND NOT jsonb_path_exists(handles, 'strict $.* ? (@.type() == "object" || @.type() == "array")'::jsonpath)
    THEN
        RETURN (
            SELECT pg_catalog.array_agg(left(ltrim(
                CASE WHEN strpos(value, '/'::text) = 0 THEN lower(value)
                    ELSE regexp_replace(lower(value), '^.*/(?=[^/]+/*$)|/+$'::text, ''::text, 'g'::text) END,
                ' @'::text), 200))
            FROM jsonb_each_text(handles));
    END IF;
    RETURN (
        SELECT pg_catalog.array_agg(left(ltrim(
            regexp_replace(lower(handle #>> '{}'::text[]), '^.*/(?=[^/]+/*$)|/+$'::text, ''::text, 'g'::text),
            ' @'::text), 200))
        FROM (
            SELECT jsonb_path_query(handles, '$ ? (@.type() == "string")'::jsonpath) AS handle
            UNION ALL
            SELECT jsonb_path_query(handles, '$ ? (@.type() == "object" && !exists(@.keyvalue() ? (
                @.key == "network" || @.key == "platform" || @.key == "provider"
                || @.key == "service" || @.key == "channel" || @.key == "type"
                ))).*[*] ? (@.type() == "string" || @.type() == "number")'::jsonpath)
            UNION ALL
            SELECT jsonb_path_query(handles, 'strict $.**{0 to 3} ? (@.type() == "object").keyvalue() ? (
                @.key like_regex "^(handle|user_?name|screen_?name|(user_?)?id|account|value|url)$" flag "i"
                ).value ? (@.type() == "string" || @.type() == "number")'::jsonpath)
        ) AS all_handles);
END
$function$;

CREATE OR REPLACE FUNCTION contact_name_keys(sounds text[])
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT pg_catalog.array_agg(DISTINCT key)
    FROM pg_catalog.unnest(sounds) AS sound,
    LATERAL (
        SELECT sound AS key
        UNION ALL
        SELECT overlay(sound PLACING ''::text FROM place FOR 1)
        FROM generate_series(1, length(sound)) AS place
        WHERE length(sound) > 2
    ) AS keys
$function$;

CREATE OR REPLACE FUNCTION contact_name_sound(sounds text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT string_agg(sound, ' '::text ORDER BY sound COLLATE "C") FROM pg_catalog.unnest(sounds) AS sound
$function$;

CREATE OR REPLACE FUNCTION contact_name_sounds(name text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT pg_catalog.array_agg(
        regexp_replace(left(alike, 1) || translate(substr(alike, 2), 'aeiouhw'::text, ''::text), '(.)\1+'::text, '\1'::text, 'g'::text)
        ORDER BY place)
    FROM (
        SELECT place, translate(
            replace(replace(left(word, 24), 'ph'::text, 'f'::text), 'ß'::text, 'ss'::text),
            'cqzy'::text, 'kksi'::text) AS alike
        FROM regexp_split_to_table(
            translate(
                lower(left(name, 200)),
                'àáâãäåāăąçćĉċčďđèéêëēĕėęěĝğġģĥìíîïĩīĭįıĵķĺļľłñńņňòóôõöøōŏőŕŗřśŝşšșţťțùúûüũūŭůűųŵýÿŷźżž'::text,
                'aaaaaaaaacccccddeeeeeeeeegggghiiiiiiiiijkllllnnnnooooooooorrrssssstttuuuuuuuuuuwyyyzzz'::text),
            '[^[:alnum:]]+'::text) WITH ORDINALITY AS words (word, place)
        WHERE word <> ''::text ORDER BY place LIMIT 8
    ) AS words
$function$;

CREATE OR REPLACE FUNCTION delete_audit_entries(ids uuid[], times timestamp with time zone[], xmins text[], older_than timestamp with time zone, of_actions text[], of_resources text[], why jsonb, who text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path FROM CURRENT
 SET "DateStyle" TO 'ISO'
 SET "TimeZone" TO 'UTC'
 SET row_security TO 'off'
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

CREATE OR REPLACE FUNCTION drop_audit_partition(old_part regclass, older_than timestamp with time zone, why jsonb DEFAULT '{}'::jsonb, who text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path FROM CURRENT
 SET "DateStyle" TO 'ISO'
 SET "TimeZone" TO 'UTC'
 SET row_security TO 'off'
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
        -- Before version 15, what a partition has of a trigger of the log is told as the server's own.
        SELECT t.tgname, old_part::oid FROM pg_trigger t
        WHERE t.tgrelid IN (SELECT relid::oid FROM pg_partition_ancestors(old_part)) AND NOT t.tgisinternal
            AND t.tgenabled <> 'D' AND t.tgtype & 8::smallint <> 0 AND t.tgtype & 1::smallint <> 0
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

CREATE OR REPLACE FUNCTION end_audit_change(but date, who text)
 RETURNS void
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

CREATE OR REPLACE FUNCTION end_audit_day(of_day date, who text)
 RETURNS void
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

CREATE OR REPLACE FUNCTION end_audit_days_of(old_part regclass, why jsonb, who text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path FROM CURRENT
 SET "DateStyle" TO 'ISO'
 SET "TimeZone" TO 'UTC'
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

CREATE OR REPLACE FUNCTION end_audit_prune(who text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path FROM CURRENT
 SET "DateStyle" TO 'ISO'
 SET "TimeZone" TO 'UTC'
 SET row_security TO 'off'
AS $function$
BEGIN
    PERFORM check_audit_right();
    PERFORM end_audit_change(NULL::date, who);
END $function$;

CREATE OR REPLACE FUNCTION flag_late_entries(who text)
 RETURNS TABLE(day date, late bigint, missing bigint, flagged boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path FROM CURRENT
 SET "DateStyle" TO 'ISO'
 SET "TimeZone" TO 'UTC'
 SET row_security TO 'off'
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

CREATE OR REPLACE FUNCTION follow_merged_contact()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF pg_catalog.current_schema() OPERATOR(pg_catalog.=) TG_TABLE_SCHEMA
        AND pg_catalog.pg_my_temp_schema() OPERATOR(pg_catalog.=) 0::pg_catalog.oid
    THEN
        PERFORM FROM contacts WHERE id OPERATOR(pg_catalog.=) NEW.contact_id FOR KEY SHARE;
        IF FOUND THEN
            RETURN NEW;
        END IF;
    END IF;
    EXECUTE pg_catalog.format('SELECT %I.living_contact($1)', TG_TABLE_SCHEMA)
        INTO NEW.contact_id USING NEW.contact_id;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION json_null_is_empty()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
    field text;
BEGIN
    FOREACH field IN ARRAY TG_ARGV LOOP
        IF pg_catalog.to_jsonb(NEW) -> field = 'null'::jsonb THEN
            NEW := pg_catalog.jsonb_populate_record(
                NEW, pg_catalog.jsonb_build_object(field, '{}'::jsonb));
        END IF;
    END LOOP;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION living_contact(contact uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path FROM CURRENT
AS $function$
DECLARE
    successor uuid;
    seen uuid[] := '{}';
BEGIN
    LOOP
        PERFORM FROM contacts WHERE id = contact FOR KEY SHARE;
        EXIT WHEN FOUND;
        SELECT survivor_id INTO successor FROM merged_contacts WHERE contact_id = contact;
        EXIT WHEN NOT FOUND OR successor = ANY (seen);
        seen := pg_catalog.array_append(seen, contact);
        contact := successor;
    END LOOP;
    RETURN contact;
END
$function$;

CREATE OR REPLACE FUNCTION lock_audit_partition(old_part regclass)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path FROM CURRENT
 SET row_security TO 'off'
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

CREATE OR REPLACE FUNCTION name_from_email()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    NEW.name := coalesce(nullif(split_part(NEW.email, '@'::text, 1), ''), NEW.email);
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION receive_inbound_message()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    NEW.status := 'RECEIVED';
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION set_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at
        AND NEW OPERATOR(pg_catalog.*<>) OLD
        AND current_setting('inboxctl.keep_updated_at'::text, true) IS DISTINCT FROM 'on'::text
    THEN
        NEW.updated_at := now();
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION uuid_v7()
 RETURNS uuid
 LANGUAGE plpgsql
 PARALLEL SAFE
AS $function$
DECLARE
    milliseconds float8 := extract(epoch FROM clock_timestamp())::float8 * 1000::float8;
    stamped bytea := overlay(
        uuid_send(gen_random_uuid())
        PLACING substring(int8send(floor(milliseconds)::bigint) FROM 3)
        FROM 1 FOR 6);
BEGIN
    RETURN encode(set_byte(stamped, 6, (get_byte(stamped, 6) & 15) | 112), 'hex'::text)::uuid;
END
$function$;

CREATE TABLE adopted_ids (
    resource text NOT NULL,
    old_id text NOT NULL,
    id uuid NOT NULL
);

CREATE TABLE assignments (
    id uuid NOT NULL DEFAULT uuid_v7(),
    user_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE audit_days (
    day date NOT NULL,
    link integer NOT NULL,
    number bigint NOT NULL,
    format integer NOT NULL,
    kind text NOT NULL,
    entries bigint NOT NULL,
    digest text NOT NULL,
    changed bigint NOT NULL,
    details jsonb NOT NULL,
    actor text,
    written_at timestamp with time zone NOT NULL,
    written_by text NOT NULL,
    written_from inet,
    snapshot text NOT NULL,
    hash text NOT NULL
);

CREATE TABLE audit_logs (
    id uuid NOT NULL DEFAULT uuid_v7(),
    user_id uuid,
    actor text NOT NULL DEFAULT ('db:'::text || (SESSION_USER)::text),
    action text NOT NULL,
    resource text NOT NULL,
    resource_id text,
    details jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    recorded_at timestamp with time zone DEFAULT clock_timestamp(),
    recorded_by text DEFAULT (SESSION_USER)::text,
    recorded_from inet DEFAULT inet_client_addr()
) PARTITION BY RANGE (created_at);

CREATE TABLE contact_identities (
    id uuid NOT NULL DEFAULT uuid_v7(),
    contact_id uuid NOT NULL,
    kind identity_kind NOT NULL,
    network text,
    value text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE contact_merges (
    id uuid NOT NULL DEFAULT uuid_v7(),
    survivor_id uuid NOT NULL,
    merged_ids uuid[] NOT NULL,
    probability double precision,
    actor text NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    moved jsonb NOT NULL,
    merged_at timestamp with time zone NOT NULL DEFAULT now(),
    undone_at timestamp with time zone,
    undone_by text,
    run_id uuid
);

CREATE TABLE contacts (
    id uuid NOT NULL DEFAULT uuid_v7(),
    name text,
    phone text,
    email text,
    social_handles jsonb NOT NULL DEFAULT '{}'::jsonb,
    metadata jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE distinct_contacts (
    low_id uuid NOT NULL,
    high_id uuid NOT NULL,
    actor text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE erased_contacts (
    contact_id uuid NOT NULL,
    merged_ids uuid[] NOT NULL,
    reason text,
    actor text NOT NULL,
    erased_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE imported_contacts (
    import_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    before jsonb
);

CREATE TABLE integrations (
    id uuid NOT NULL DEFAULT uuid_v7(),
    channel channel NOT NULL,
    config jsonb NOT NULL DEFAULT '{}'::jsonb,
    status integration_status NOT NULL DEFAULT 'INACTIVE'::integration_status,
    credentials text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE maintenance_runs (
    id uuid NOT NULL DEFAULT uuid_v7(),
    command text NOT NULL,
    policy text,
    table_name text NOT NULL,
    actor text NOT NULL,
    cutoff timestamp with time zone NOT NULL,
    eligible bigint NOT NULL,
    held bigint NOT NULL,
    deleted bigint NOT NULL DEFAULT 0,
    archived bigint NOT NULL DEFAULT 0,
    duration_ms bigint NOT NULL DEFAULT 0,
    outcome maintenance_outcome NOT NULL DEFAULT 'RUNNING'::maintenance_outcome,
    details jsonb NOT NULL DEFAULT '{}'::jsonb,
    started_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamp with time zone
);

CREATE TABLE matching_lessons (
    learned_at timestamp with time zone NOT NULL DEFAULT now(),
    figures jsonb NOT NULL,
    counts bytea NOT NULL
);

CREATE TABLE merged_contacts (
    contact_id uuid NOT NULL,
    survivor_id uuid NOT NULL,
    merge_id uuid NOT NULL
);

CREATE TABLE messages (
    id uuid NOT NULL DEFAULT uuid_v7(),
    contact_id uuid NOT NULL,
    channel channel NOT NULL,
    direction message_direction NOT NULL,
    content text NOT NULL,
    status message_status NOT NULL DEFAULT 'QUEUED'::message_status,
    thread_id text,
    scheduled_at timestamp with time zone,
    sent_at timestamp with time zone,
    read_at timestamp with time zone,
    external_id text,
    user_id uuid,
    metadata jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE notes (
    id uuid NOT NULL DEFAULT uuid_v7(),
    contact_id uuid NOT NULL,
    user_id uuid NOT NULL,
    content text NOT NULL,
    type note_type NOT NULL DEFAULT 'PUBLIC'::note_type,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE presence (
    id uuid NOT NULL DEFAULT uuid_v7(),
    user_id uuid NOT NULL,
    contact_id uuid,
    status presence_status NOT NULL DEFAULT 'OFFLINE'::presence_status,
    last_seen timestamp with time zone NOT NULL DEFAULT now(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE retention_holds (
    id uuid NOT NULL DEFAULT uuid_v7(),
    kind text NOT NULL,
    value text NOT NULL,
    reason text NOT NULL,
    actor text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    released_at timestamp with time zone,
    released_by text
);

CREATE TABLE scheduled_jobs (
    id uuid NOT NULL DEFAULT uuid_v7(),
    type text NOT NULL,
    payload jsonb NOT NULL DEFAULT '{}'::jsonb,
    scheduled_at timestamp with time zone NOT NULL,
    status job_status NOT NULL DEFAULT 'PENDING'::job_status,
    attempts integer NOT NULL DEFAULT 0,
    last_error text,
    started_at timestamp with time zone,
    locked_by text,
    message_id uuid,
    finished_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE table_size_snapshots (
    taken_at timestamp with time zone NOT NULL,
    table_name text NOT NULL,
    total_bytes bigint NOT NULL,
    estimated_rows bigint
);

CREATE TABLE templates (
    id uuid NOT NULL DEFAULT uuid_v7(),
    name text NOT NULL,
    content text NOT NULL,
    variables text[] NOT NULL DEFAULT '{}'::text[],
    channel channel,
    category text,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE users (
    id uuid NOT NULL DEFAULT uuid_v7(),
    email text NOT NULL,
    name text NOT NULL,
    role user_role NOT NULL DEFAULT 'VIEWER'::user_role,
    deactivated_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE audit_logs_default PARTITION OF audit_logs DEFAULT;

ALTER TABLE adopted_ids ADD CONSTRAINT adopted_ids_pkey PRIMARY KEY (old_id, resource);

ALTER TABLE assignments ADD CONSTRAINT assignments_contact_id_key UNIQUE (contact_id);

ALTER TABLE assignments ADD CONSTRAINT assignments_pkey PRIMARY KEY (id);

ALTER TABLE audit_days ADD CONSTRAINT audit_days_details_check CHECK ((jsonb_typeof(details) = 'object'::text));

ALTER TABLE audit_days ADD CONSTRAINT audit_days_number_key UNIQUE (number);

ALTER TABLE audit_days ADD CONSTRAINT audit_days_pkey PRIMARY KEY (day, link);

ALTER TABLE audit_logs ADD CONSTRAINT audit_logs_pkey PRIMARY KEY (id, created_at);

ALTER TABLE contact_identities ADD CONSTRAINT contact_identities_network_of_handles CHECK ((((kind)::text = 'HANDLE'::text) = (network IS NOT NULL)));

ALTER TABLE contact_identities ADD CONSTRAINT contact_identities_pkey PRIMARY KEY (id);

ALTER TABLE contact_merges ADD CONSTRAINT contact_merges_after_is_object CHECK ((jsonb_typeof(after) = 'object'::text));

ALTER TABLE contact_merges ADD CONSTRAINT contact_merges_before_is_object CHECK ((jsonb_typeof(before) = 'object'::text));

ALTER TABLE contact_merges ADD CONSTRAINT contact_merges_moved_is_object CHECK ((jsonb_typeof(moved) = 'object'::text));

ALTER TABLE contact_merges ADD CONSTRAINT contact_merges_pkey PRIMARY KEY (id);

ALTER TABLE contacts ADD CONSTRAINT contacts_pkey PRIMARY KEY (id);

ALTER TABLE distinct_contacts ADD CONSTRAINT distinct_contacts_in_order CHECK ((low_id < high_id));

ALTER TABLE distinct_contacts ADD CONSTRAINT distinct_contacts_pkey PRIMARY KEY (low_id, high_id);

ALTER TABLE erased_contacts ADD CONSTRAINT erased_contacts_pkey PRIMARY KEY (contact_id);

ALTER TABLE imported_contacts ADD CONSTRAINT imported_contacts_before_is_object CHECK ((jsonb_typeof(before) = 'object'::text));

ALTER TABLE imported_contacts ADD CONSTRAINT imported_contacts_pkey PRIMARY KEY (import_id, contact_id);

ALTER TABLE integrations ADD CONSTRAINT integrations_channel_key UNIQUE (channel);

ALTER TABLE integrations ADD CONSTRAINT integrations_pkey PRIMARY KEY (id);

ALTER TABLE maintenance_runs ADD CONSTRAINT maintenance_runs_details_is_object CHECK ((jsonb_typeof(details) = 'object'::text));

ALTER TABLE maintenance_runs ADD CONSTRAINT maintenance_runs_pkey PRIMARY KEY (id);

ALTER TABLE matching_lessons ADD CONSTRAINT matching_lessons_figures_is_object CHECK ((jsonb_typeof(figures) = 'object'::text));

ALTER TABLE matching_lessons ADD CONSTRAINT matching_lessons_pkey PRIMARY KEY (learned_at);

ALTER TABLE merged_contacts ADD CONSTRAINT merged_contacts_pkey PRIMARY KEY (contact_id);

ALTER TABLE messages ADD CONSTRAINT messages_pkey PRIMARY KEY (id);

ALTER TABLE notes ADD CONSTRAINT notes_pkey PRIMARY KEY (id);

ALTER TABLE presence ADD CONSTRAINT presence_pkey PRIMARY KEY (id);

ALTER TABLE presence ADD CONSTRAINT presence_user_id_key UNIQUE (user_id);

ALTER TABLE retention_holds ADD CONSTRAINT retention_holds_kind CHECK ((kind = ANY (ARRAY['contact'::text, 'user'::text, 'action'::text, 'resource'::text])));

ALTER TABLE retention_holds ADD CONSTRAINT retention_holds_pkey PRIMARY KEY (id);

ALTER TABLE retention_holds ADD CONSTRAINT retention_holds_released_by CHECK (((released_at IS NULL) = (released_by IS NULL)));

ALTER TABLE scheduled_jobs ADD CONSTRAINT scheduled_jobs_attempts_not_negative CHECK ((attempts >= 0));

ALTER TABLE scheduled_jobs ADD CONSTRAINT scheduled_jobs_pkey PRIMARY KEY (id);

ALTER TABLE table_size_snapshots ADD CONSTRAINT table_size_snapshots_pkey PRIMARY KEY (taken_at, table_name);

ALTER TABLE templates ADD CONSTRAINT templates_pkey PRIMARY KEY (id);

ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);

ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE assignments ADD CONSTRAINT assignments_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE RESTRICT;

ALTER TABLE assignments ADD CONSTRAINT assignments_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE RESTRICT;

ALTER TABLE audit_logs ADD CONSTRAINT audit_logs_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE RESTRICT;

ALTER TABLE contact_identities ADD CONSTRAINT contact_identities_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE RESTRICT;

ALTER TABLE merged_contacts ADD CONSTRAINT merged_contacts_merge_id_fkey FOREIGN KEY (merge_id) REFERENCES contact_merges(id) ON DELETE RESTRICT;

ALTER TABLE messages ADD CONSTRAINT messages_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE RESTRICT;

ALTER TABLE messages ADD CONSTRAINT messages_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE RESTRICT;

ALTER TABLE notes ADD CONSTRAINT notes_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE RESTRICT;

ALTER TABLE notes ADD CONSTRAINT notes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE RESTRICT;

ALTER TABLE presence ADD CONSTRAINT presence_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE SET NULL;

ALTER TABLE presence ADD CONSTRAINT presence_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

ALTER TABLE scheduled_jobs ADD CONSTRAINT scheduled_jobs_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE SET NULL;

CREATE INDEX assignments_contact_user_idx ON assignments USING btree (contact_id) INCLUDE (user_id);

CREATE INDEX assignments_updated_at_idx ON assignments USING btree (updated_at, id);

CREATE INDEX assignments_user_id_idx ON assignments USING btree (user_id);

CREATE INDEX audit_logs_action_idx ON audit_logs USING btree (action);

CREATE INDEX audit_logs_actor_created_at_idx ON audit_logs USING btree ("left"(actor, 200), created_at) WHERE (user_id IS NULL);

CREATE INDEX audit_logs_created_at_id_idx ON audit_logs USING btree (created_at, id);

CREATE INDEX audit_logs_resource_resource_id_idx ON audit_logs USING btree (resource, resource_id);

CREATE INDEX audit_logs_user_id_created_at_idx ON audit_logs USING btree (user_id, created_at);

CREATE INDEX contact_identities_contact_id_idx ON contact_identities USING btree (contact_id);

CREATE INDEX contact_identities_phone_tail_idx ON contact_identities USING btree ("right"(regexp_replace(value, '[^0-9]'::text, ''::text, 'g'::text), 8)) WHERE (kind = 'PHONE'::identity_kind);

CREATE INDEX contact_identities_value_lower_idx ON contact_identities USING btree (lower(value));

CREATE INDEX contact_merges_merged_at_idx ON contact_merges USING btree (merged_at);

CREATE INDEX contact_merges_merged_ids_idx ON contact_merges USING gin (merged_ids);

CREATE INDEX contact_merges_run_id_idx ON contact_merges USING btree (run_id);

CREATE INDEX contact_merges_survivor_id_idx ON contact_merges USING btree (survivor_id);

CREATE INDEX contacts_created_at_idx ON contacts USING btree (created_at);

CREATE INDEX contacts_email_idx ON contacts USING btree (email);

CREATE INDEX contacts_email_lower_idx ON contacts USING btree (lower(email));

CREATE INDEX contacts_handles_idx ON contacts USING gin (contact_handles(social_handles));

CREATE INDEX contacts_name_keys_idx ON contacts USING gin (array_to_tsvector(contact_name_keys(contact_name_sounds(name))));

CREATE INDEX contacts_name_sound_idx ON contacts USING btree (contact_name_sound(contact_name_sounds(name)) COLLATE "C") INCLUDE (id, name) WHERE (octet_length(name) <= 1000);

CREATE INDEX contacts_phone_idx ON contacts USING btree (phone);

CREATE INDEX contacts_phone_tail_idx ON contacts USING btree ("right"(regexp_replace(phone, '[^0-9]'::text, ''::text, 'g'::text), 8));

CREATE INDEX maintenance_runs_running_idx ON maintenance_runs USING btree (id) WHERE (outcome = 'RUNNING'::maintenance_outcome);

CREATE INDEX maintenance_runs_started_at_idx ON maintenance_runs USING btree (started_at);

CREATE INDEX merged_contacts_merge_id_idx ON merged_contacts USING btree (merge_id);

CREATE INDEX merged_contacts_survivor_id_idx ON merged_contacts USING btree (survivor_id);

CREATE INDEX messages_channel_idx ON messages USING btree (channel);

CREATE INDEX messages_contact_id_created_at_idx ON messages USING btree (contact_id, created_at);

CREATE INDEX messages_created_at_idx ON messages USING btree (created_at) INCLUDE (contact_id, channel, direction, status, user_id);

CREATE INDEX messages_failed_idx ON messages USING btree (created_at) WHERE (status = 'FAILED'::message_status);

CREATE INDEX messages_scheduled_at_idx ON messages USING btree (scheduled_at);

CREATE INDEX messages_status_idx ON messages USING btree (status);

CREATE INDEX messages_thread_id_idx ON messages USING hash (thread_id);

CREATE INDEX messages_unread_contact_idx ON messages USING btree (contact_id, created_at) WHERE ((direction = 'INBOUND'::message_direction) AND (read_at IS NULL));

CREATE INDEX messages_unread_idx ON messages USING btree (created_at) INCLUDE (contact_id, channel) WHERE ((direction = 'INBOUND'::message_direction) AND (read_at IS NULL));

CREATE INDEX messages_user_id_idx ON messages USING btree (user_id);

CREATE INDEX notes_contact_id_created_at_idx ON notes USING btree (contact_id, created_at);

CREATE INDEX notes_user_id_idx ON notes USING btree (user_id);

CREATE INDEX presence_contact_id_idx ON presence USING btree (contact_id);

CREATE UNIQUE INDEX retention_holds_active_key ON retention_holds USING btree (kind, value) WHERE (released_at IS NULL);

CREATE INDEX scheduled_jobs_cleanup_idx ON scheduled_jobs USING btree (status, COALESCE(finished_at, updated_at), id) WHERE (status = ANY (ARRAY['COMPLETED'::job_status, 'FAILED'::job_status, 'CANCELLED'::job_status]));

CREATE INDEX scheduled_jobs_created_at_idx ON scheduled_jobs USING btree (created_at, id);

CREATE INDEX scheduled_jobs_message_id_idx ON scheduled_jobs USING btree (message_id);

CREATE INDEX scheduled_jobs_status_scheduled_at_idx ON scheduled_jobs USING btree (status, scheduled_at);

CREATE INDEX scheduled_jobs_type_idx ON scheduled_jobs USING btree (type);

CREATE INDEX templates_category_idx ON templates USING btree (category);

CREATE INDEX templates_channel_idx ON templates USING btree (channel);

CREATE INDEX templates_is_active_idx ON templates USING btree (is_active);

CREATE INDEX templates_name_idx ON templates USING btree (name);

CREATE UNIQUE INDEX users_email_lower_key ON users USING btree (lower(email));

CREATE TRIGGER assignments_follow_merged_contact BEFORE INSERT OR UPDATE OF contact_id ON assignments FOR EACH ROW EXECUTE FUNCTION follow_merged_contact();

CREATE TRIGGER assignments_set_updated_at BEFORE UPDATE ON assignments FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER audit_logs_json_null BEFORE INSERT OR UPDATE OF details ON audit_logs FOR EACH ROW WHEN ((COALESCE(new.details, 'null'::jsonb) = 'null'::jsonb)) EXECUTE FUNCTION json_null_is_empty('details');

CREATE TRIGGER contact_identities_follow_merged_contact BEFORE INSERT OR UPDATE OF contact_id ON contact_identities FOR EACH ROW EXECUTE FUNCTION follow_merged_contact();

CREATE TRIGGER contact_identities_set_updated_at BEFORE UPDATE ON contact_identities FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER contacts_json_null BEFORE INSERT OR UPDATE OF social_handles, metadata ON contacts FOR EACH ROW WHEN (((COALESCE(new.social_handles, 'null'::jsonb) = 'null'::jsonb) OR (COALESCE(new.metadata, 'null'::jsonb) = 'null'::jsonb))) EXECUTE FUNCTION json_null_is_empty('social_handles', 'metadata');

CREATE TRIGGER contacts_set_updated_at BEFORE UPDATE ON contacts FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER integrations_json_null BEFORE INSERT OR UPDATE OF config ON integrations FOR EACH ROW WHEN ((COALESCE(new.config, 'null'::jsonb) = 'null'::jsonb)) EXECUTE FUNCTION json_null_is_empty('config');

CREATE TRIGGER integrations_set_updated_at BEFORE UPDATE ON integrations FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER messages_follow_merged_contact BEFORE INSERT OR UPDATE OF contact_id ON messages FOR EACH ROW EXECUTE FUNCTION follow_merged_contact();

CREATE TRIGGER messages_json_null BEFORE INSERT OR UPDATE OF metadata ON messages FOR EACH ROW WHEN ((COALESCE(new.metadata, 'null'::jsonb) = 'null'::jsonb)) EXECUTE FUNCTION json_null_is_empty('metadata');

CREATE TRIGGER messages_receive_inbound BEFORE INSERT ON messages FOR EACH ROW WHEN (((new.direction = 'INBOUND'::message_direction) AND (new.status = ANY (ARRAY['QUEUED'::message_status, 'SENT'::message_status, 'DELIVERED'::message_status])) AND (current_setting('check_function_bodies'::text) = 'on'::text))) EXECUTE FUNCTION receive_inbound_message();

CREATE TRIGGER messages_set_updated_at BEFORE UPDATE ON messages FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER notes_follow_merged_contact BEFORE INSERT OR UPDATE OF contact_id ON notes FOR EACH ROW EXECUTE FUNCTION follow_merged_contact();

CREATE TRIGGER notes_set_updated_at BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER presence_follow_merged_contact BEFORE INSERT OR UPDATE OF contact_id ON presence FOR EACH ROW WHEN ((new.contact_id IS NOT NULL)) EXECUTE FUNCTION follow_merged_contact();

CREATE TRIGGER presence_set_updated_at BEFORE UPDATE ON presence FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER scheduled_jobs_json_null BEFORE INSERT OR UPDATE OF payload ON scheduled_jobs FOR EACH ROW WHEN ((COALESCE(new.payload, 'null'::jsonb) = 'null'::jsonb)) EXECUTE FUNCTION json_null_is_empty('payload');

CREATE TRIGGER scheduled_jobs_set_updated_at BEFORE UPDATE ON scheduled_jobs FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER templates_set_updated_at BEFORE UPDATE ON templates FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER users_name_from_email BEFORE INSERT OR UPDATE OF name ON users FOR EACH ROW WHEN ((new.name IS NULL)) EXECUTE FUNCTION name_from_email();

CREATE TRIGGER users_set_updated_at BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION set_updated_at();
