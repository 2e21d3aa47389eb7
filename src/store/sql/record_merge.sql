-- $1 survivor, $2 others, $3 probability, $4 actor, $5 before, $6 after, $7 moved,
-- $8..$10 the further identities: kinds, networks, values.
WITH added AS (
    INSERT INTO contact_identities (contact_id, kind, network, value)
    SELECT $1, kind::identity_kind, network, value
    FROM unnest($8, $9, $10) AS rows (kind, network, value)
    RETURNING id),
merge AS (
    INSERT INTO contact_merges (survivor_id, merged_ids, probability, actor, before, after, moved)
    SELECT $1, $2, $3, $4, $5, $6,
           $7 || jsonb_build_object('added', jsonb_build_object(
               'contact_identities', (SELECT coalesce(jsonb_agg(id), '[]') FROM added)))
    RETURNING id),
successors AS (
    INSERT INTO merged_contacts (contact_id, survivor_id, merge_id)
    SELECT gone, $1, merge.id FROM merge, unnest($2) AS gone),
deleted AS (DELETE FROM contacts WHERE id = ANY ($2))
SELECT id FROM merge
