-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

CREATE TYPE note_type AS ENUM ('PUBLIC', 'PRIVATE');

CREATE TABLE notes (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    contact_id uuid NOT NULL REFERENCES contacts (id) ON DELETE RESTRICT,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    content text NOT NULL,
    type note_type NOT NULL DEFAULT 'PUBLIC',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX notes_contact_id_created_at_idx ON notes (contact_id, created_at);
CREATE INDEX notes_user_id_idx ON notes (user_id);

CREATE TRIGGER notes_follow_merged_contact BEFORE INSERT OR UPDATE OF contact_id ON notes
    FOR EACH ROW EXECUTE FUNCTION follow_merged_contact();
CREATE TRIGGER notes_set_updated_at BEFORE UPDATE ON notes
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
