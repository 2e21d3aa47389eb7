-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- The run of dedupe that merged it: a whole night is taken back by it. None for a merge by hand.
ALTER TABLE contact_merges ADD COLUMN run_id uuid;
-- Only merges write here, a few rows at a time: none of the application's waits.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX contact_merges_run_id_idx ON contact_merges (run_id);
