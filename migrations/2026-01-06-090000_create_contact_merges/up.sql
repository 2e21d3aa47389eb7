CREATE TYPE identity_kind AS ENUM ('PHONE', 'EMAIL', 'HANDLE');

-- Phones, e-mails and handles of a contact beside those in its own row: what a
-- merge could not fit there. The next message from an old number finds them.
CREATE TABLE contact_identities (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    contact_id uuid NOT NULL REFERENCES contacts (id) ON DELETE RESTRICT,
    kind identity_kind NOT NULL,
    -- Of a handle: twitter, instagram, ...
    network text,
    value text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT contact_identities_network_of_handles CHECK ((kind = 'HANDLE') = (network IS NOT NULL))
);

CREATE INDEX contact_identities_contact_id_idx ON contact_identities (contact_id);
CREATE INDEX contact_identities_phone_tail_idx ON contact_identities
    (right(regexp_replace(value, '[^0-9]', '', 'g'), 8)) WHERE kind = 'PHONE';
CREATE INDEX contact_identities_value_lower_idx ON contact_identities (lower(value));

CREATE TRIGGER contact_identities_set_updated_at BEFORE UPDATE ON contact_identities
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

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
CREATE FUNCTION follow_merged_contact() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    successor uuid;
BEGIN
    LOOP
        PERFORM FROM contacts WHERE id = NEW.contact_id FOR KEY SHARE;
        EXIT WHEN FOUND;
        SELECT survivor_id INTO successor FROM merged_contacts WHERE contact_id = NEW.contact_id;
        -- Never heard of: the foreign key says so.
        EXIT WHEN NOT FOUND;
        NEW.contact_id := successor;
    END LOOP;
    RETURN NEW;
END
$$;

CREATE TRIGGER messages_follow_merged_contact BEFORE INSERT ON messages
    FOR EACH ROW EXECUTE FUNCTION follow_merged_contact();
CREATE TRIGGER notes_follow_merged_contact BEFORE INSERT ON notes
    FOR EACH ROW EXECUTE FUNCTION follow_merged_contact();

-- The handles of a contact without their @, whatever the networks: for search.
CREATE FUNCTION contact_handles(handles jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT array_agg(ltrim(lower(value), '@')) FROM jsonb_each_text(handles)
$$;

CREATE INDEX contacts_handles_idx ON contacts USING gin (contact_handles(social_handles));
