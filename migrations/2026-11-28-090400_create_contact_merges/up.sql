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

-- Where a contact lives on that is being merged away, or was: who asks waits for the merge. Of
-- contacts that came back and were merged the other way round, each leads to the other; where both
-- are gone, the foreign key says so.
CREATE FUNCTION living_contact(contact uuid) RETURNS uuid
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    successor uuid;
    seen uuid[] := '{}';
BEGIN
    LOOP
        PERFORM FROM contacts WHERE id = contact FOR KEY SHARE;
        EXIT WHEN FOUND;
        SELECT survivor_id INTO successor FROM merged_contacts WHERE contact_id = contact;
        EXIT WHEN NOT FOUND OR successor = ANY (seen);
        seen := pg_catalog.array_append(seen, contact);
        contact := successor;
    END LOOP;
    RETURN contact;
END
$$;

-- A row that comes to such a contact belongs to the survivor. Without this the application would get
-- a foreign key error for a message that it has just received. It runs for each message, and nearly
-- always the contact is there: a path of its own would cost half as much again as that question. So
-- it is asked here where the session's own path can only mean the contacts beside this table.
CREATE FUNCTION follow_merged_contact() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF pg_catalog.current_schema() OPERATOR(pg_catalog.=) TG_TABLE_SCHEMA
        AND pg_catalog.pg_my_temp_schema() OPERATOR(pg_catalog.=) 0::pg_catalog.oid
    THEN
        PERFORM FROM contacts WHERE id OPERATOR(pg_catalog.=) NEW.contact_id FOR KEY SHARE;
        IF FOUND THEN
            RETURN NEW;
        END IF;
    END IF;
    EXECUTE pg_catalog.format('SELECT %I.living_contact($1)', TG_TABLE_SCHEMA)
        INTO NEW.contact_id USING NEW.contact_id;
    RETURN NEW;
END
$$;
