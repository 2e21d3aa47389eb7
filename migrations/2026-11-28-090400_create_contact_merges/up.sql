-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- A merge with everything that is needed to take it back. No foreign keys to
-- contacts: the record outlives the rows that it tells of.
CREATE TABLE contact_merges (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    survivor_id uuid NOT NULL,
    merged_ids uuid[] NOT NULL,
    -- Of the match; none for a merge by hand.
    probability double precision,
    actor text NOT NULL,
    -- {"contacts": [...]}: the rows of all members as they were.
    before jsonb NOT NULL,
    -- The survivor's row as the merge left it.
    after jsonb NOT NULL,
    -- By table, the rows that were moved ({"id", "contact_id"}), removed (whole
    -- rows) and added (ids).
    moved jsonb NOT NULL,
    merged_at timestamptz NOT NULL DEFAULT now(),
    undone_at timestamptz,
    undone_by text,
    CONSTRAINT contact_merges_before_is_object CHECK (jsonb_typeof(before) = 'object'),
    CONSTRAINT contact_merges_moved_is_object CHECK (jsonb_typeof(moved) = 'object'),
    CONSTRAINT contact_merges_after_is_object CHECK (jsonb_typeof(after) = 'object')
);

CREATE INDEX contact_merges_survivor_id_idx ON contact_merges (survivor_id);
CREATE INDEX contact_merges_merged_ids_idx ON contact_merges USING gin (merged_ids);
CREATE INDEX contact_merges_merged_at_idx ON contact_merges (merged_at);

-- Where a contact that was merged away lives on.
CREATE TABLE merged_contacts (
    contact_id uuid PRIMARY KEY,
    survivor_id uuid NOT NULL,
    merge_id uuid NOT NULL REFERENCES contact_merges (id) ON DELETE RESTRICT
);

CREATE INDEX merged_contacts_survivor_id_idx ON merged_contacts (survivor_id);
CREATE INDEX merged_contacts_merge_id_idx ON merged_contacts (merge_id);

-- Pairs that a person called different: they are never merged by themselves.
CREATE TABLE distinct_contacts (
    low_id uuid NOT NULL,
    high_id uuid NOT NULL,
    actor text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT distinct_contacts_pkey PRIMARY KEY (low_id, high_id),
    CONSTRAINT distinct_contacts_in_order CHECK (low_id < high_id)
);

-- A row that arrives for a contact that is being merged away, or was: it waits
-- for the merge and then belongs to the survivor. Without this the application
-- would get a foreign key error for a message that it has just received.
-- Of contacts that came back and were merged the other way round, each leads to the
-- other; where both are gone, the foreign key says so.
CREATE FUNCTION follow_merged_contact() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    successor uuid;
    seen uuid[] := '{}';
BEGIN
    LOOP
        PERFORM FROM contacts WHERE id = NEW.contact_id FOR KEY SHARE;
        EXIT WHEN FOUND;
        SELECT survivor_id INTO successor FROM merged_contacts WHERE contact_id = NEW.contact_id;
        EXIT WHEN NOT FOUND OR successor = ANY (seen);
        seen := pg_catalog.array_append(seen, NEW.contact_id);
        NEW.contact_id := successor;
    END LOOP;
    RETURN NEW;
END
$$;
