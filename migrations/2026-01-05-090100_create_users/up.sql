CREATE TYPE user_role AS ENUM ('VIEWER', 'EDITOR', 'ADMIN');

CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    email text NOT NULL,
    name text NOT NULL,
    role user_role NOT NULL DEFAULT 'VIEWER',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX users_email_key ON users (lower(email));

CREATE TRIGGER users_set_updated_at BEFORE UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
