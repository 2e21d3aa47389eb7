-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

CREATE TABLE contacts (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    name text,
    phone text,
    email text,
    -- In whatever shape the application keeps them: see contact_handles().
    social_handles jsonb NOT NULL DEFAULT '{}',
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX contacts_phone_idx ON contacts (phone);
CREATE INDEX contacts_email_idx ON contacts (email);
CREATE INDEX contacts_created_at_idx ON contacts (created_at);
-- One person's number is written in many ways; the last eight digits are the
-- same in nearly all of them, with or without country code and trunk zero.
CREATE INDEX contacts_phone_tail_idx ON contacts
    (right(regexp_replace(phone, '[^0-9]', '', 'g'), 8));
CREATE INDEX contacts_email_lower_idx ON contacts (lower(email));

CREATE TRIGGER contacts_json_null BEFORE INSERT OR UPDATE OF social_handles, metadata ON contacts
    FOR EACH ROW WHEN (coalesce(NEW.social_handles, 'null') = 'null' OR coalesce(NEW.metadata, 'null') = 'null')
    EXECUTE FUNCTION json_null_is_empty('social_handles', 'metadata');
CREATE TRIGGER contacts_set_updated_at BEFORE UPDATE ON contacts
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- The handles of a contact as a search looks for them: lower case, without @ and the address of
-- the network, cut where an index would refuse them. crates/matching/src/handles.rs reads the same:
-- {"twitter": "@x"}, nearly all of them, which is why it comes first; lists of such or of plain
-- texts, [{"network": "twitter", "handle": "@x"}] and {"facebook": {"id": "1", "name": "Ana"}}.
-- In PL/pgSQL only the one of the two queries that is needed is started.
CREATE FUNCTION contact_handles(handles jsonb) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
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
$$;

CREATE INDEX contacts_handles_idx ON contacts USING gin (contact_handles(social_handles));
