-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

CREATE TABLE assignments (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    contact_id uuid NOT NULL REFERENCES contacts (id) ON DELETE RESTRICT,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT assignments_contact_id_key UNIQUE (contact_id)
);

CREATE INDEX assignments_user_id_idx ON assignments (user_id);
-- Who has which contact, without reading the rows: what is unread is counted by user with it.
CREATE INDEX assignments_contact_user_idx ON assignments (contact_id) INCLUDE (user_id);
-- The newest first.
CREATE INDEX assignments_updated_at_idx ON assignments (updated_at, id);

-- It comes before the unique key is looked at: ON CONFLICT (contact_id) finds the assignment of
-- the survivor, and an ordinary INSERT fails as it would for the survivor itself.
CREATE TRIGGER assignments_follow_merged_contact BEFORE INSERT OR UPDATE OF contact_id ON assignments
    FOR EACH ROW EXECUTE FUNCTION follow_merged_contact();
CREATE TRIGGER assignments_set_updated_at BEFORE UPDATE ON assignments
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
