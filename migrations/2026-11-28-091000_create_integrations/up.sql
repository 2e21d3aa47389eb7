-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

CREATE TYPE integration_status AS ENUM ('ACTIVE', 'INACTIVE', 'ERROR');

CREATE TABLE integrations (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    channel channel NOT NULL,
    config jsonb NOT NULL DEFAULT '{}',
    status integration_status NOT NULL DEFAULT 'INACTIVE',
    -- An envelope that only the holder of the keyring can open; never plain text.
    credentials text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT integrations_channel_key UNIQUE (channel)
);

CREATE TRIGGER integrations_json_null BEFORE INSERT OR UPDATE OF config ON integrations
    FOR EACH ROW WHEN (coalesce(NEW.config, 'null') = 'null')
    EXECUTE FUNCTION json_null_is_empty('config');
CREATE TRIGGER integrations_set_updated_at BEFORE UPDATE ON integrations
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
