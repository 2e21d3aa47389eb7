-- Carries out merges that have been decided, on contacts that the transaction has
-- locked FOR UPDATE: no row can come to them meanwhile. Several at once, because most of
-- what one costs is starting statements. No contact stands in two of them.
--
-- The first eight arrays have an element a merge; p_gone and p_heirs one a contact that
-- is merged away; p_owners to p_values one a phone, e-mail or handle that the survivor
-- gets beside its own row.
--
-- Plans that the session made while the tables were still empty, those of the foreign
-- keys too, would read them from end to end ever after: hence no sequential scans.
CREATE FUNCTION apply_contact_merges(
    p_survivors uuid[], p_names text[], p_phones text[], p_emails text[],
    p_handles jsonb[], p_metadata jsonb[], p_probabilities double precision[], p_before jsonb[],
    p_gone uuid[], p_heirs uuid[],
    p_owners uuid[], p_kinds text[], p_networks text[], p_values text[],
    p_actor text
) RETURNS TABLE (survivor uuid, merge uuid)
LANGUAGE plpgsql
SET enable_seqscan TO off
SET plan_cache_mode TO force_generic_plan
AS $$
BEGIN
    RETURN QUERY
    WITH merges AS (
        SELECT * FROM unnest(
            p_survivors, p_names, p_phones, p_emails, p_handles, p_metadata, p_probabilities, p_before)
            AS rows (heir, name, phone, email, handles, metadata, probability, before)
    ), gone AS (
        SELECT * FROM unnest(p_gone, p_heirs) AS rows (contact, heir)
    ), moved_messages AS (
        UPDATE messages t SET contact_id = gone.heir FROM gone WHERE t.contact_id = gone.contact
        RETURNING gone.heir, t.id, gone.contact
    ), moved_notes AS (
        UPDATE notes t SET contact_id = gone.heir FROM gone WHERE t.contact_id = gone.contact
        RETURNING gone.heir, t.id, gone.contact
    ), moved_presence AS (
        UPDATE presence t SET contact_id = gone.heir FROM gone WHERE t.contact_id = gone.contact
        RETURNING gone.heir, t.id, gone.contact
    ), moved_identities AS (
        UPDATE contact_identities t SET contact_id = gone.heir FROM gone WHERE t.contact_id = gone.contact
        RETURNING gone.heir, t.id, gone.contact
    ), kept_assignments AS (
        -- One a contact: the survivor's stays, else the oldest of the others.
        SELECT DISTINCT ON (members.heir) members.heir, a.id
        FROM (SELECT heir AS contact, heir FROM merges UNION ALL SELECT contact, heir FROM gone) AS members
        JOIN assignments a ON a.contact_id = members.contact
        ORDER BY members.heir, a.contact_id <> members.heir, a.created_at, a.id
    ), removed_assignments AS (
        DELETE FROM assignments t USING gone, kept_assignments kept
        WHERE t.contact_id = gone.contact AND kept.heir = gone.heir AND t.id <> kept.id
        RETURNING gone.heir, t.id, to_jsonb(t) AS document
    ), moved_assignments AS (
        UPDATE assignments t SET contact_id = gone.heir FROM gone, kept_assignments kept
        WHERE t.contact_id = gone.contact AND t.id = kept.id
        RETURNING gone.heir, t.id, gone.contact
    ), added_identities AS (
        INSERT INTO contact_identities (contact_id, kind, network, value)
        SELECT owner, kind::identity_kind, network, value
        FROM unnest(p_owners, p_kinds, p_networks, p_values) AS rows (owner, kind, network, value)
        RETURNING contact_id AS heir, id
    ), survivors AS (
        UPDATE contacts t
        SET name = m.name, phone = m.phone, email = m.email, social_handles = m.handles,
            metadata = m.metadata, updated_at = clock_timestamp()
        FROM merges m WHERE t.id = m.heir
        RETURNING t.id AS heir, to_jsonb(t) AS document
    ), moved AS (
        SELECT heir, 'messages' AS source, id, contact FROM moved_messages
        UNION ALL SELECT heir, 'notes', id, contact FROM moved_notes
        UNION ALL SELECT heir, 'presence', id, contact FROM moved_presence
        UNION ALL SELECT heir, 'contact_identities', id, contact FROM moved_identities
        UNION ALL SELECT heir, 'assignments', id, contact FROM moved_assignments
    ), moved_by_table AS (
        SELECT heir, source,
            jsonb_agg(jsonb_build_object('id', id, 'contact_id', contact) ORDER BY id) AS documents
        FROM moved GROUP BY heir, source
    ), recorded AS (
        INSERT INTO contact_merges (survivor_id, merged_ids, probability, actor, before, after, moved)
        SELECT m.heir,
            (SELECT array_agg(gone.contact ORDER BY gone.contact) FROM gone WHERE gone.heir = m.heir),
            m.probability, p_actor, m.before, survivors.document,
            jsonb_build_object(
                'moved', (
                    SELECT coalesce(jsonb_object_agg(source, documents), '{}')
                    FROM moved_by_table WHERE moved_by_table.heir = m.heir),
                'removed', jsonb_build_object('assignments', (
                    SELECT coalesce(jsonb_agg(document ORDER BY id), '[]')
                    FROM removed_assignments r WHERE r.heir = m.heir)),
                'added', jsonb_build_object('contact_identities', (
                    SELECT coalesce(jsonb_agg(id), '[]')
                    FROM added_identities a WHERE a.heir = m.heir)))
        FROM merges m JOIN survivors ON survivors.heir = m.heir
        RETURNING contact_merges.id, contact_merges.survivor_id
    ), remembered AS (
        INSERT INTO merged_contacts (contact_id, survivor_id, merge_id)
        SELECT gone.contact, gone.heir, recorded.id
        FROM gone JOIN recorded ON recorded.survivor_id = gone.heir
    )
    SELECT recorded.survivor_id, recorded.id FROM recorded;

    DELETE FROM contacts WHERE id = ANY (p_gone);
END
$$;

-- Nobody but inboxctl called it.
-- squawk-ignore ban-drop-function
DROP FUNCTION apply_contact_merge;
