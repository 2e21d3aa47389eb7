-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

CREATE TYPE presence_status AS ENUM ('ONLINE', 'AWAY', 'OFFLINE');

-- contact_id is the conversation that the user has open, if any.
CREATE TABLE presence (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    contact_id uuid REFERENCES contacts (id) ON DELETE SET NULL,
    status presence_status NOT NULL DEFAULT 'OFFLINE',
    last_seen timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT presence_user_id_key UNIQUE (user_id)
);

CREATE INDEX presence_contact_id_idx ON presence (contact_id);

CREATE TRIGGER presence_follow_merged_contact BEFORE INSERT OR UPDATE OF contact_id ON presence
    FOR EACH ROW WHEN (NEW.contact_id IS NOT NULL) EXECUTE FUNCTION follow_merged_contact();
CREATE TRIGGER presence_set_updated_at BEFORE UPDATE ON presence
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
