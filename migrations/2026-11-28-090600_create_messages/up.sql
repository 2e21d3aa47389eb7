-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

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
    status message_status NOT NULL DEFAULT 'QUEUED',
    -- The provider's name of the conversation, or a Message-ID: of any length.
    thread_id text,
    scheduled_at timestamptz,
    sent_at timestamptz,
    read_at timestamptz,
    external_id text,
    user_id uuid REFERENCES users (id) ON DELETE RESTRICT,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX messages_contact_id_created_at_idx ON messages (contact_id, created_at);
-- It keeps no text, so no thread is too long for it.
CREATE INDEX messages_thread_id_idx ON messages USING hash (thread_id);
CREATE INDEX messages_channel_idx ON messages (channel);
CREATE INDEX messages_status_idx ON messages (status);
CREATE INDEX messages_scheduled_at_idx ON messages (scheduled_at);
CREATE INDEX messages_user_id_idx ON messages (user_id);
-- What `stats` asks of the messages of a time span is answered from the index alone.
CREATE INDEX messages_created_at_idx ON messages (created_at)
    INCLUDE (contact_id, channel, direction, status, user_id);
-- What nobody has read yet: few of all messages. With the contact and the channel
-- in it, counting them by either reads no message.
CREATE INDEX messages_unread_idx ON messages (created_at) INCLUDE (contact_id, channel)
    WHERE direction OPERATOR(pg_catalog.=) 'INBOUND' AND read_at IS NULL;
-- The same messages in the order of their contacts: counting them by contact, or by the user that
-- has the contact, goes through it once and sorts nothing.
CREATE INDEX messages_unread_contact_idx ON messages (contact_id, created_at)
    WHERE direction OPERATOR(pg_catalog.=) 'INBOUND' AND read_at IS NULL;
-- The failed ones, the newest first: few of all messages.
CREATE INDEX messages_failed_idx ON messages (created_at) WHERE status OPERATOR(pg_catalog.=) 'FAILED';

-- What comes in was received: QUEUED is only the default, which an application's models send too,
-- and SENT and DELIVERED are what the other side did.
CREATE FUNCTION receive_inbound_message() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    NEW.status := 'RECEIVED';
    RETURN NEW;
END
$$;

CREATE TRIGGER messages_follow_merged_contact BEFORE INSERT OR UPDATE OF contact_id ON messages
    FOR EACH ROW EXECUTE FUNCTION follow_merged_contact();
CREATE TRIGGER messages_json_null BEFORE INSERT OR UPDATE OF metadata ON messages
    FOR EACH ROW WHEN (coalesce(NEW.metadata, 'null') = 'null')
    EXECUTE FUNCTION json_null_is_empty('metadata');
-- Rows of a dump come back as they were; each dump turns check_function_bodies off first.
CREATE TRIGGER messages_receive_inbound BEFORE INSERT ON messages
    FOR EACH ROW WHEN (
        NEW.direction OPERATOR(pg_catalog.=) 'INBOUND' AND NEW.status OPERATOR(pg_catalog.=) ANY (ARRAY['QUEUED', 'SENT', 'DELIVERED']::message_status[])
        AND current_setting('check_function_bodies') = 'on')
    EXECUTE FUNCTION receive_inbound_message();
CREATE TRIGGER messages_set_updated_at BEFORE UPDATE ON messages
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
