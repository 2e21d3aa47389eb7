CREATE TYPE message_direction AS ENUM ('INBOUND', 'OUTBOUND');
CREATE TYPE message_status AS ENUM (
    'QUEUED', 'SCHEDULED', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'RECEIVED'
);

-- No foreign key here cascades: a contact or a user with messages can't be
-- deleted, only merged or deactivated.
CREATE TABLE messages (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    contact_id uuid NOT NULL REFERENCES contacts (id) ON DELETE RESTRICT,
    channel channel NOT NULL,
    direction message_direction NOT NULL,
    content text NOT NULL,
    status message_status NOT NULL,
    thread_id uuid,
    scheduled_at timestamptz,
    sent_at timestamptz,
    read_at timestamptz,
    external_id text,
    user_id uuid REFERENCES users (id) ON DELETE RESTRICT,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT messages_metadata_is_object CHECK (jsonb_typeof(metadata) = 'object')
);

CREATE INDEX messages_contact_id_created_at_idx ON messages (contact_id, created_at);
CREATE INDEX messages_thread_id_idx ON messages (thread_id);
CREATE INDEX messages_channel_idx ON messages (channel);
CREATE INDEX messages_status_idx ON messages (status);
CREATE INDEX messages_scheduled_at_idx ON messages (scheduled_at);
CREATE INDEX messages_user_id_idx ON messages (user_id);

CREATE TRIGGER messages_set_updated_at BEFORE UPDATE ON messages
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
