-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- Runs of what deletes by age. A run writes its row with its first batch, keeps
-- the numbers true with every further one, and says with the last how it ended:
-- a row that still says RUNNING when the next run begins is one of a process that was killed: LOST.
CREATE TYPE maintenance_outcome AS ENUM ('RUNNING', 'DONE', 'INTERRUPTED', 'OUT_OF_TIME', 'FAILED', 'LOST');

CREATE TABLE maintenance_runs (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    command text NOT NULL,
    -- Of inboxctl.toml; none for a run by hand.
    policy text,
    table_name text NOT NULL,
    actor text NOT NULL,
    cutoff timestamptz NOT NULL,
    -- Rows that were old enough when it began, without those under a hold.
    eligible bigint NOT NULL,
    held bigint NOT NULL,
    deleted bigint NOT NULL DEFAULT 0,
    archived bigint NOT NULL DEFAULT 0,
    duration_ms bigint NOT NULL DEFAULT 0,
    outcome maintenance_outcome NOT NULL DEFAULT 'RUNNING',
    details jsonb NOT NULL DEFAULT '{}',
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    CONSTRAINT maintenance_runs_details_is_object CHECK (jsonb_typeof(details) = 'object')
);

CREATE INDEX maintenance_runs_started_at_idx ON maintenance_runs (started_at);

-- Nearly none: the next run marks those that a kill left.
CREATE INDEX maintenance_runs_running_idx ON maintenance_runs (id) WHERE outcome OPERATOR(pg_catalog.=) 'RUNNING';

-- What must not be deleted whatever its age, until released. The kind says what
-- the value is: the id of a contact or a user, an action (or a job's type), a
-- resource as `messages` or `messages/ID`.
CREATE TABLE retention_holds (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    kind text NOT NULL,
    value text NOT NULL,
    reason text NOT NULL,
    actor text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    released_at timestamptz,
    released_by text,
    CONSTRAINT retention_holds_kind CHECK (kind IN ('contact', 'user', 'action', 'resource')),
    CONSTRAINT retention_holds_released_by CHECK ((released_at IS NULL) = (released_by IS NULL))
);

CREATE UNIQUE INDEX retention_holds_active_key ON retention_holds (kind, value)
    WHERE released_at IS NULL;
