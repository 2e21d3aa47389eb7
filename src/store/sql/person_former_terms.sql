-- In person_terms.sql, where there are records of merges and imports that may be read.
    -- What they had before a merge or an import.
    UNION SELECT part.is_phone, was.row ->> part.name
    FROM contact_merges m
    CROSS JOIN LATERAL (
        SELECT c.row FROM jsonb_array_elements(
            CASE WHEN jsonb_typeof(m.before -> 'contacts'::text) = 'array'::text THEN m.before -> 'contacts'::text ELSE '[]'::jsonb END) AS c (row)
        UNION ALL SELECT m.after) AS was
    CROSS JOIN (VALUES (true, 'phone'::text), (false, 'email'::text)) AS part (is_phone, name)
    WHERE (m.survivor_id = ANY ($1) OR m.merged_ids OPERATOR(pg_catalog.&&) $1)
        AND was.row ->> 'id'::text = ANY (ARRAY(SELECT id::text FROM pg_catalog.unnest($1) AS ids (id)))
    UNION SELECT part.is_phone, i.before ->> part.name
    FROM imported_contacts i
    CROSS JOIN (VALUES (true, 'phone'::text), (false, 'email'::text)) AS part (is_phone, name)
    WHERE i.contact_id = ANY ($1)
