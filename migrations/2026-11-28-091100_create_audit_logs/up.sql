-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- By month, so that old months can be dropped instead of deleted row by row.
-- The DEFAULT partition takes what has no month of its own: an insert never fails.
-- Rows are never updated, so there is no updated_at.
CREATE TABLE audit_logs (
    id uuid NOT NULL DEFAULT uuid_v7(),
    user_id uuid REFERENCES users (id) ON DELETE RESTRICT,
    -- Of an entry that doesn't say: who logged in to the database. Not current_user, which SET ROLE
    -- and functions of others change.
    actor text NOT NULL DEFAULT 'db:' || session_user::text,
    action text NOT NULL,
    resource text NOT NULL,
    resource_id text,
    details jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT audit_logs_pkey PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);

CREATE INDEX audit_logs_user_id_created_at_idx ON audit_logs (user_id, created_at);
CREATE INDEX audit_logs_action_idx ON audit_logs (action);
CREATE INDEX audit_logs_resource_resource_id_idx ON audit_logs (resource, resource_id);
-- Deleting by age walks forward from the last key: with the id in the index, rows
-- of one instant (a bulk import) have an order too, and no batch reads them twice.
CREATE INDEX audit_logs_created_at_id_idx ON audit_logs (created_at, id);
-- Who is no row of users (the system's user, say) is found by name; only such
-- entries are in it, so it stays small. A name may be longer than an index takes.
CREATE INDEX audit_logs_actor_created_at_idx ON audit_logs (left(actor, 200), created_at)
    WHERE user_id IS NULL;

CREATE TRIGGER audit_logs_json_null BEFORE INSERT OR UPDATE OF details ON audit_logs
    FOR EACH ROW WHEN (coalesce(NEW.details, 'null') = 'null')
    EXECUTE FUNCTION json_null_is_empty('details');

CREATE TABLE audit_logs_default PARTITION OF audit_logs DEFAULT;
