-- $1 the survivor, $2 the others. Says of every row which contact it came from.
-- The contacts are locked FOR UPDATE, so no further row can come meanwhile.
WITH
messages_old AS (SELECT id, contact_id FROM messages WHERE contact_id = ANY ($2)),
messages_new AS (UPDATE messages SET contact_id = $1 WHERE contact_id = ANY ($2)),
notes_old AS (SELECT id, contact_id FROM notes WHERE contact_id = ANY ($2)),
notes_new AS (UPDATE notes SET contact_id = $1 WHERE contact_id = ANY ($2)),
presence_old AS (SELECT id, contact_id FROM presence WHERE contact_id = ANY ($2)),
presence_new AS (UPDATE presence SET contact_id = $1 WHERE contact_id = ANY ($2)),
contact_identities_old AS (SELECT id, contact_id FROM contact_identities WHERE contact_id = ANY ($2)),
contact_identities_new AS (UPDATE contact_identities SET contact_id = $1 WHERE contact_id = ANY ($2)),
-- One assignment a contact: the survivor's stays, else the oldest of the others.
assignments_kept AS (
    SELECT id, contact_id FROM assignments WHERE contact_id = $1 OR contact_id = ANY ($2)
    ORDER BY contact_id <> $1, created_at, id LIMIT 1),
assignments_removed AS (
    DELETE FROM assignments
    WHERE contact_id = ANY ($2) AND id NOT IN (SELECT id FROM assignments_kept)
    RETURNING assignments.*),
assignments_new AS (
    UPDATE assignments SET contact_id = $1
    WHERE contact_id = ANY ($2) AND id IN (SELECT id FROM assignments_kept))
SELECT jsonb_build_object(
    'moved', jsonb_build_object(
        'messages', (SELECT coalesce(jsonb_agg(to_jsonb(o) ORDER BY id), '[]') FROM messages_old o),
        'notes', (SELECT coalesce(jsonb_agg(to_jsonb(o) ORDER BY id), '[]') FROM notes_old o),
        'presence', (SELECT coalesce(jsonb_agg(to_jsonb(o) ORDER BY id), '[]') FROM presence_old o),
        'contact_identities',
            (SELECT coalesce(jsonb_agg(to_jsonb(o) ORDER BY id), '[]') FROM contact_identities_old o),
        'assignments',
            (SELECT coalesce(jsonb_agg(to_jsonb(o)), '[]') FROM assignments_kept o WHERE contact_id <> $1)),
    'removed', jsonb_build_object(
        'assignments', (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY id), '[]') FROM assignments_removed r))
) AS document
