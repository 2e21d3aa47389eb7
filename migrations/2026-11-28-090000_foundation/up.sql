-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- Time-ordered keys without an extension: PostgreSQL has uuidv7() only from 18 on.
-- 48 bits of milliseconds, the version, then random bits (RFC 9562, section 5.7). In PL/pgSQL it is
-- planned once a session; it names nothing that the path of the session could turn into another.
CREATE FUNCTION uuid_v7() RETURNS uuid
LANGUAGE plpgsql VOLATILE PARALLEL SAFE
AS $$
DECLARE
    milliseconds float8 := extract(epoch FROM clock_timestamp())::float8 * 1000::float8;
    stamped bytea := overlay(
        uuid_send(gen_random_uuid())
        PLACING substring(int8send(floor(milliseconds)::bigint) FROM 3)
        FROM 1 FOR 6);
BEGIN
    RETURN encode(set_byte(stamped, 6, (get_byte(stamped, 6) & 15) | 112), 'hex'::text)::uuid;
END
$$;

-- A statement that sets updated_at itself keeps its value, and so does a session
-- that says so: rows that move from one contact to another are not edited, and
-- moving them back must leave no trace. Rows are compared by their bytes: not every
-- type has an equality, and the application may add a column of any.
CREATE FUNCTION set_updated_at() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at
        AND NEW OPERATOR(pg_catalog.*<>) OLD
        AND current_setting('inboxctl.keep_updated_at'::text, true) IS DISTINCT FROM 'on'::text
    THEN
        NEW.updated_at := now();
    END IF;
    RETURN NEW;
END
$$;

-- Where they have nothing to say, applications write the null of SQL or that of JSON; what is kept
-- is {}. The arguments are the columns; the trigger fires only where one of them is null.
CREATE FUNCTION json_null_is_empty() RETURNS trigger
LANGUAGE plpgsql
AS $$
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
$$;

CREATE TYPE channel AS ENUM (
    'SMS', 'WHATSAPP', 'EMAIL', 'TWITTER', 'FACEBOOK', 'INSTAGRAM', 'LINKEDIN'
);
