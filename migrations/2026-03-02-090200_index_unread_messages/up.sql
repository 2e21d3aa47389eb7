-- What nobody has read yet: few of all messages. With the contact and the channel
-- in it, counting them by either reads no message. CONCURRENTLY: messages arrive
-- while it is built.
CREATE INDEX CONCURRENTLY messages_unread_idx ON messages (created_at) INCLUDE (contact_id, channel)
    WHERE direction = 'INBOUND' AND read_at IS NULL;
