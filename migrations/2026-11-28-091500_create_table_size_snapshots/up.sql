-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- How large each table was, so that growth can be told. No key to anything: a
-- table that was dropped stays in the record.
CREATE TABLE table_size_snapshots (
    taken_at timestamptz NOT NULL,
    table_name text NOT NULL,
    total_bytes bigint NOT NULL,
    -- The planner's estimate; none where the table was never analysed.
    estimated_rows bigint,
    CONSTRAINT table_size_snapshots_pkey PRIMARY KEY (taken_at, table_name)
);
