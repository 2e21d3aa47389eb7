-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- An application may make a user of an e-mail alone: called like the part before the @, as those are
-- that were adopted without a name.
CREATE FUNCTION name_from_email() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    NEW.name := coalesce(nullif(split_part(NEW.email, '@'::text, 1), ''), NEW.email);
    RETURN NEW;
END
$$;

CREATE TRIGGER users_name_from_email BEFORE INSERT OR UPDATE OF name ON users
    FOR EACH ROW WHEN (NEW.name IS NULL) EXECUTE FUNCTION name_from_email();
