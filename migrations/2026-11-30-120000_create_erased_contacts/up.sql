-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- Who was erased, so that a restore of an older backup erases them again. It holds ids alone: no
-- digest of a phone or an e-mail, from which either could be found again.
CREATE TABLE erased_contacts (
    contact_id uuid PRIMARY KEY,
    -- The contacts that had been merged into it.
    merged_ids uuid[] NOT NULL,
    reason text,
    actor text NOT NULL,
    erased_at timestamptz NOT NULL DEFAULT now()
);
