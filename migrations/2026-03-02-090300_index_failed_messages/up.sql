-- The failed ones, the newest first: few of all messages.
CREATE INDEX CONCURRENTLY messages_failed_idx ON messages (created_at) WHERE status = 'FAILED';
