-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- The id here of what another program called `old`: the same for the same text, always. A uuid is
-- itself. The id that a cuid gets keeps its moment, version 7; every other one is version 8. The rest
-- is of SHA-256. src/domain/adopt/ids.rs does the same.
CREATE FUNCTION adopted_id(old text) RETURNS uuid
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
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
$$;

-- What a row that was adopted was called before, where that was another id: links and logs that
-- hold the old one lead on. No key to the rows: they may be merged or deleted since.
CREATE TABLE adopted_ids (
    resource text NOT NULL,
    old_id text NOT NULL,
    id uuid NOT NULL,
    CONSTRAINT adopted_ids_pkey PRIMARY KEY (old_id, resource)
);
