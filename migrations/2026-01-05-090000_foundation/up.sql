-- Time-ordered keys without an extension: PostgreSQL has uuidv7() only from 18 on.
-- 48 bits of milliseconds, the version, then random bits (RFC 9562, section 5.7).
CREATE FUNCTION uuid_v7() RETURNS uuid
LANGUAGE sql VOLATILE PARALLEL SAFE
AS $$
    SELECT encode(
        set_byte(stamped, 6, (get_byte(stamped, 6) & 15) | 112),
        'hex')::uuid
    FROM (
        SELECT overlay(
            uuid_send(gen_random_uuid())
            PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
            FROM 1 FOR 6) AS stamped
    ) AS bytes
$$;

-- A statement that sets updated_at itself keeps its value, and so does a session
-- that says so: rows that move from one contact to another are not edited, and
-- moving them back must leave no trace.
CREATE FUNCTION set_updated_at() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at
        AND NEW IS DISTINCT FROM OLD
        AND current_setting('inboxctl.keep_updated_at', true) IS DISTINCT FROM 'on'
    THEN
        NEW.updated_at := now();
    END IF;
    RETURN NEW;
END
$$;

CREATE TYPE channel AS ENUM (
    'SMS', 'WHATSAPP', 'EMAIL', 'TWITTER', 'FACEBOOK', 'INSTAGRAM', 'LINKEDIN'
);
