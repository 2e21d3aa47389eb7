CREATE TYPE job_status AS ENUM ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED');

CREATE TABLE scheduled_jobs (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    type text NOT NULL,
    payload jsonb NOT NULL DEFAULT '{}',
    scheduled_at timestamptz NOT NULL,
    status job_status NOT NULL DEFAULT 'PENDING',
    attempts integer NOT NULL DEFAULT 0,
    last_error text,
    finished_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT scheduled_jobs_payload_is_object CHECK (jsonb_typeof(payload) = 'object'),
    CONSTRAINT scheduled_jobs_attempts_not_negative CHECK (attempts >= 0)
);

CREATE INDEX scheduled_jobs_status_scheduled_at_idx ON scheduled_jobs (status, scheduled_at);
CREATE INDEX scheduled_jobs_type_idx ON scheduled_jobs (type);
-- Cleanup asks for finished jobs older than an age, one status at a time.
CREATE INDEX scheduled_jobs_cleanup_idx ON scheduled_jobs
    (status, (coalesce(finished_at, updated_at)), id)
    WHERE status IN ('COMPLETED', 'FAILED', 'CANCELLED');

CREATE TRIGGER scheduled_jobs_set_updated_at BEFORE UPDATE ON scheduled_jobs
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
