-- The same messages in the order of their contacts: counting them by contact, or by the user that
-- has the contact, goes through it once and sorts nothing. CONCURRENTLY: messages arrive while it
-- is built.
CREATE INDEX CONCURRENTLY messages_unread_contact_idx ON messages (contact_id, created_at)
    WHERE direction = 'INBOUND' AND read_at IS NULL;
