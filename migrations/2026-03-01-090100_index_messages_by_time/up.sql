-- What `stats` asks of the messages of a time span is answered from the index
-- alone. CONCURRENTLY: the application writes while it is built.
CREATE INDEX CONCURRENTLY messages_created_at_idx ON messages (created_at)
    INCLUDE (contact_id, channel, direction, status, user_id);
