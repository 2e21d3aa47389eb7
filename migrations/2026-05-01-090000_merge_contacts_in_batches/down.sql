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

ALTER FUNCTION apply_contact_merge SET enable_seqscan TO off;
ALTER FUNCTION apply_contact_merge SET plan_cache_mode TO force_generic_plan;

DROP FUNCTION apply_contact_merges;
