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
