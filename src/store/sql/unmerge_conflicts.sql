-- $1 the merge. Later merges come first: they have to be taken back before.
WITH m AS (SELECT * FROM contact_merges WHERE id = $1)
SELECT conflict FROM (
    SELECT 1 AS turn, 'merge ' || later.id::text || ' came after it: unmerge that one first' AS conflict
    FROM m JOIN contact_merges later
        ON later.undone_at IS NULL AND later.id <> m.id
        AND (later.merged_at, later.id) > (m.merged_at, m.id)
        AND (later.survivor_id = m.survivor_id OR later.merged_ids OPERATOR(pg_catalog.@>) ARRAY[m.survivor_id])
    UNION ALL
    SELECT 2, 'the survivor ' || m.survivor_id::text || ' is gone'
    FROM m WHERE NOT EXISTS (SELECT FROM contacts c WHERE c.id = m.survivor_id)
        AND NOT EXISTS (SELECT FROM merged_contacts g WHERE g.contact_id = m.survivor_id)
    UNION ALL
    SELECT 3, 'contact ' || c.id::text || ' is there again'
    FROM m JOIN contacts c ON c.id = ANY (m.merged_ids)
    UNION ALL
    SELECT 4, 'a further identity that the merge added was changed since'
    FROM m, jsonb_array_elements_text(m.moved #> '{added,contact_identities}'::text[]) AS added (id)
    WHERE added.id::uuid <> ALL (ARRAY(
        SELECT i.id FROM contact_identities i
        WHERE i.contact_id = m.survivor_id AND i.updated_at = i.created_at))
    UNION ALL
    SELECT 5, 'user ' || a.user_id::text || ' of an assignment is gone'
    FROM m, jsonb_to_recordset(m.moved #> '{removed,assignments}'::text[]) AS a (user_id uuid)
    WHERE NOT EXISTS (SELECT FROM users u WHERE u.id = a.user_id)
) AS conflicts
ORDER BY turn, conflict
LIMIT 50
