-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- What an import of contacts added and changed, until it is taken back. What it added carries the
-- moment of the import: a contact with another updated_at was changed since, an identity with another
-- created_at came from elsewhere. No key to contacts: they may be merged or deleted since.
CREATE TABLE imported_contacts (
    import_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    imported_at timestamptz NOT NULL,
    -- The row as it was; none of a contact that was added.
    before jsonb,
    CONSTRAINT imported_contacts_pkey PRIMARY KEY (import_id, contact_id),
    CONSTRAINT imported_contacts_before_is_object CHECK (jsonb_typeof(before) = 'object')
);
