-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

CREATE TYPE job_status AS ENUM ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED');

CREATE TABLE scheduled_jobs (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    type text NOT NULL,
    payload jsonb NOT NULL DEFAULT '{}',
    scheduled_at timestamptz NOT NULL,
    status job_status NOT NULL DEFAULT 'PENDING',
    attempts integer NOT NULL DEFAULT 0,
    last_error text,
    -- These three are for workers that fill them: since when it runs, which worker runs it, and
    -- the message that it sends.
    started_at timestamptz,
    locked_by text,
    message_id uuid REFERENCES messages (id) ON DELETE SET NULL,
    finished_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT scheduled_jobs_attempts_not_negative CHECK (attempts >= 0)
);

CREATE INDEX scheduled_jobs_status_scheduled_at_idx ON scheduled_jobs (status, scheduled_at);
CREATE INDEX scheduled_jobs_type_idx ON scheduled_jobs (type);
-- The newest first.
CREATE INDEX scheduled_jobs_created_at_idx ON scheduled_jobs (created_at, id);
CREATE INDEX scheduled_jobs_message_id_idx ON scheduled_jobs (message_id);
-- Cleanup asks for finished jobs older than an age, one status at a time.
CREATE INDEX scheduled_jobs_cleanup_idx ON scheduled_jobs
    (status, (coalesce(finished_at, updated_at)), id)
    WHERE status OPERATOR(pg_catalog.=) ANY (ARRAY['COMPLETED', 'FAILED', 'CANCELLED']::job_status[]);

CREATE TRIGGER scheduled_jobs_json_null BEFORE INSERT OR UPDATE OF payload ON scheduled_jobs
    FOR EACH ROW WHEN (coalesce(NEW.payload, 'null') = 'null')
    EXECUTE FUNCTION json_null_is_empty('payload');
CREATE TRIGGER scheduled_jobs_set_updated_at BEFORE UPDATE ON scheduled_jobs
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
