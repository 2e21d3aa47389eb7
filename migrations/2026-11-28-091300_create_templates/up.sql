-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

CREATE TABLE templates (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    name text NOT NULL,
    content text NOT NULL,
    variables text[] NOT NULL DEFAULT '{}',
    channel channel,
    category text,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX templates_name_idx ON templates (name);
CREATE INDEX templates_category_idx ON templates (category);
CREATE INDEX templates_channel_idx ON templates (channel);
CREATE INDEX templates_is_active_idx ON templates (is_active);

CREATE TRIGGER templates_set_updated_at BEFORE UPDATE ON templates
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
