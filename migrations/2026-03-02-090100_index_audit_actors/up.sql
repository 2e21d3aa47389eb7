-- Who is no row of users (the system's user, say) is found by name; only such
-- entries are in it, so it stays small.
CREATE INDEX audit_logs_actor_created_at_idx ON audit_logs (actor, created_at)
    WHERE user_id IS NULL;
