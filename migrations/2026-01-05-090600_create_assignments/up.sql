CREATE TABLE assignments (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    contact_id uuid NOT NULL REFERENCES contacts (id) ON DELETE RESTRICT,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT assignments_contact_id_key UNIQUE (contact_id)
);

CREATE INDEX assignments_user_id_idx ON assignments (user_id);

CREATE TRIGGER assignments_set_updated_at BEFORE UPDATE ON assignments
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
