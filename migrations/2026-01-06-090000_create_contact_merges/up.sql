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

-- Carries out a merge that has been decided, on contacts that the transaction has
-- locked FOR UPDATE: no row can come to them meanwhile. A function, because a
-- thousand merges a second leave no time to plan these statements each time.
CREATE FUNCTION apply_contact_merge(
    p_survivor uuid, p_others uuid[],
    p_name text, p_phone text, p_email text, p_handles jsonb, p_metadata jsonb,
    p_kinds text[], p_networks text[], p_values text[],
    p_probability double precision, p_actor text, p_before jsonb
) RETURNS uuid
LANGUAGE plpgsql
AS $$
DECLARE
    v_kept uuid;
    v_moved jsonb;
    v_removed jsonb;
    v_added jsonb;
    v_after jsonb;
    v_merge uuid;
BEGIN
    -- One assignment a contact: the survivor's stays, else the oldest of the others.
    SELECT id INTO v_kept FROM assignments
    WHERE contact_id = p_survivor OR contact_id = ANY (p_others)
    ORDER BY contact_id <> p_survivor, created_at, id LIMIT 1;

    v_moved := jsonb_build_object(
        'messages', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'contact_id', contact_id) ORDER BY id), '[]')
            FROM messages WHERE contact_id = ANY (p_others)),
        'notes', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'contact_id', contact_id) ORDER BY id), '[]')
            FROM notes WHERE contact_id = ANY (p_others)),
        'presence', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'contact_id', contact_id) ORDER BY id), '[]')
            FROM presence WHERE contact_id = ANY (p_others)),
        'contact_identities', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'contact_id', contact_id) ORDER BY id), '[]')
            FROM contact_identities WHERE contact_id = ANY (p_others)),
        'assignments', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'contact_id', contact_id) ORDER BY id), '[]')
            FROM assignments WHERE id = v_kept AND contact_id <> p_survivor));

    UPDATE messages SET contact_id = p_survivor WHERE contact_id = ANY (p_others);
    UPDATE notes SET contact_id = p_survivor WHERE contact_id = ANY (p_others);
    UPDATE presence SET contact_id = p_survivor WHERE contact_id = ANY (p_others);
    UPDATE contact_identities SET contact_id = p_survivor WHERE contact_id = ANY (p_others);
    WITH removed AS (
        DELETE FROM assignments WHERE contact_id = ANY (p_others) AND id <> v_kept RETURNING *)
    SELECT coalesce(jsonb_agg(to_jsonb(removed) ORDER BY id), '[]') INTO v_removed FROM removed;
    UPDATE assignments SET contact_id = p_survivor WHERE id = v_kept AND contact_id <> p_survivor;

    WITH added AS (
        INSERT INTO contact_identities (contact_id, kind, network, value)
        SELECT p_survivor, kind::identity_kind, network, value
        FROM unnest(p_kinds, p_networks, p_values) AS rows (kind, network, value)
        RETURNING id)
    SELECT coalesce(jsonb_agg(id), '[]') INTO v_added FROM added;

    UPDATE contacts c
    SET name = p_name, phone = p_phone, email = p_email, social_handles = p_handles,
        metadata = p_metadata, updated_at = clock_timestamp()
    WHERE id = p_survivor RETURNING to_jsonb(c) INTO v_after;

    INSERT INTO contact_merges (survivor_id, merged_ids, probability, actor, before, after, moved)
    VALUES (p_survivor, p_others, p_probability, p_actor, p_before, v_after, jsonb_build_object(
        'moved', v_moved,
        'removed', jsonb_build_object('assignments', v_removed),
        'added', jsonb_build_object('contact_identities', v_added)))
    RETURNING id INTO v_merge;

    INSERT INTO merged_contacts (contact_id, survivor_id, merge_id)
    SELECT gone, p_survivor, v_merge FROM unnest(p_others) AS gone;
    DELETE FROM contacts WHERE id = ANY (p_others);
    RETURN v_merge;
END
$$;

-- The handles of a contact without their @, whatever the networks: for search.
CREATE FUNCTION contact_handles(handles jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT array_agg(ltrim(lower(value), '@')) FROM jsonb_each_text(handles)
$$;

CREATE INDEX contacts_handles_idx ON contacts USING gin (contact_handles(social_handles));
