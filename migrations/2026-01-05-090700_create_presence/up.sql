CREATE TYPE presence_status AS ENUM ('ONLINE', 'AWAY', 'OFFLINE');

-- contact_id is the conversation that the user has open, if any.
CREATE TABLE presence (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    contact_id uuid REFERENCES contacts (id) ON DELETE SET NULL,
    status presence_status NOT NULL DEFAULT 'OFFLINE',
    last_seen timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT presence_user_id_key UNIQUE (user_id)
);

CREATE INDEX presence_contact_id_idx ON presence (contact_id);

CREATE TRIGGER presence_set_updated_at BEFORE UPDATE ON presence
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
