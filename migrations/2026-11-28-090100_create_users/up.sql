-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

CREATE TYPE user_role AS ENUM ('VIEWER', 'EDITOR', 'ADMIN');

CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    email text NOT NULL,
    name text NOT NULL,
    role user_role NOT NULL DEFAULT 'VIEWER',
    -- A user with messages or audit entries can't be deleted, so one who leaves is
    -- deactivated; null for those who are there.
    deactivated_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- Of the spelling, for ON CONFLICT (email) and the application's models. What keeps one
    -- person from two accounts is the index below.
    CONSTRAINT users_email_key UNIQUE (email)
);

CREATE UNIQUE INDEX users_email_lower_key ON users (lower(email));

CREATE TRIGGER users_set_updated_at BEFORE UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
