-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- What the last dedupe of all contacts learned, so that a later one of what changed since decides as
-- that did: one row. Nothing stands in it that fewer than five contacts share; names, numbers and
-- values are hashes under a key of that run. An erasure empties it.
CREATE TABLE matching_lessons (
    learned_at timestamptz PRIMARY KEY DEFAULT now(),
    figures jsonb NOT NULL,
    counts bytea NOT NULL,
    CONSTRAINT matching_lessons_figures_is_object CHECK (jsonb_typeof(figures) = 'object')
);
