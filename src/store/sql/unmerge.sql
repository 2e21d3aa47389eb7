-- $1 the merge, $2 the actor. In this order: contacts before what points to them.
-- What moved is looked for among the survivor's rows: the server can't know how few the record
-- lists, and would rather read a whole table than look each of them up.

INSERT INTO contacts
SELECT rows.* FROM contact_merges m,
    jsonb_populate_recordset(NULL::contacts, m.before -> 'contacts') AS rows
WHERE m.id = $1 AND rows.id = ANY (m.merged_ids) AND $2::text IS NOT NULL;

UPDATE contacts c
SET (name, phone, email, social_handles, metadata, created_at, updated_at) =
    (rows.name, rows.phone, rows.email, rows.social_handles, rows.metadata, rows.created_at, rows.updated_at)
FROM contact_merges m, jsonb_populate_recordset(NULL::contacts, m.before -> 'contacts') AS rows
WHERE m.id = $1 AND rows.id = m.survivor_id AND c.id = m.survivor_id AND $2::text IS NOT NULL;

DELETE FROM contact_identities i USING contact_merges m
WHERE m.id = $1 AND i.contact_id = m.survivor_id
    AND m.moved #> '{added,contact_identities}' ? i.id::text AND $2::text IS NOT NULL;

UPDATE messages t SET contact_id = o.contact_id
FROM contact_merges m, jsonb_to_recordset(m.moved #> '{moved,messages}') AS o (id uuid, contact_id uuid)
WHERE m.id = $1 AND t.id = o.id AND t.contact_id = m.survivor_id AND $2::text IS NOT NULL;

UPDATE notes t SET contact_id = o.contact_id
FROM contact_merges m, jsonb_to_recordset(m.moved #> '{moved,notes}') AS o (id uuid, contact_id uuid)
WHERE m.id = $1 AND t.id = o.id AND t.contact_id = m.survivor_id AND $2::text IS NOT NULL;

UPDATE contact_identities t SET contact_id = o.contact_id
FROM contact_merges m,
    jsonb_to_recordset(m.moved #> '{moved,contact_identities}') AS o (id uuid, contact_id uuid)
WHERE m.id = $1 AND t.id = o.id AND t.contact_id = m.survivor_id AND $2::text IS NOT NULL;

-- Who has opened another conversation since stays there.
UPDATE presence t SET contact_id = o.contact_id
FROM contact_merges m, jsonb_to_recordset(m.moved #> '{moved,presence}') AS o (id uuid, contact_id uuid)
WHERE m.id = $1 AND t.id = o.id AND t.contact_id = m.survivor_id AND $2::text IS NOT NULL;

UPDATE assignments t SET contact_id = o.contact_id
FROM contact_merges m, jsonb_to_recordset(m.moved #> '{moved,assignments}') AS o (id uuid, contact_id uuid)
WHERE m.id = $1 AND t.id = o.id AND t.contact_id = m.survivor_id AND $2::text IS NOT NULL;

INSERT INTO assignments
SELECT rows.* FROM contact_merges m,
    jsonb_populate_recordset(NULL::assignments, m.moved #> '{removed,assignments}') AS rows
WHERE m.id = $1 AND $2::text IS NOT NULL;

DELETE FROM merged_contacts WHERE merge_id = $1 AND $2::text IS NOT NULL;

UPDATE contact_merges SET undone_at = now(), undone_by = $2 WHERE id = $1;
