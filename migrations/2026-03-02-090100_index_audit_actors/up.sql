-- Who is no row of users (the system's user, say) is found by name; only such
-- entries are in it, so it stays small. A name may be longer than an index takes.
CREATE INDEX audit_logs_actor_created_at_idx ON audit_logs (left(actor, 200), created_at)
    WHERE user_id IS NULL;
