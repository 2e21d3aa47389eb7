-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

DROP FUNCTION follow_merged_contact();
DROP FUNCTION living_contact(uuid);
DROP TABLE distinct_contacts;
DROP TABLE merged_contacts;
DROP TABLE contact_merges;
