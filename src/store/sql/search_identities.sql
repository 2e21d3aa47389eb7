-- $1 last eight digits, $2 e-mail, $3 handle, $4 limit. What isn't searched for is NULL, and
-- its branch costs nothing.
WITH hits AS (
    SELECT id, 1.0 AS rank, 'phone' AS matched, phone AS value
    FROM contacts
    WHERE right(regexp_replace(phone, '[^0-9]', '', 'g'), 8) = $1
    UNION ALL
    SELECT contact_id, 0.98, 'earlier phone', value
    FROM contact_identities
    WHERE kind = 'PHONE' AND right(regexp_replace(value, '[^0-9]', '', 'g'), 8) = $1
    UNION ALL
    SELECT id, 1.0, 'e-mail', email FROM contacts WHERE lower(email) = $2
    UNION ALL
    SELECT contact_id, 0.98, 'earlier e-mail', value
    FROM contact_identities WHERE kind = 'EMAIL' AND lower(value) = $2
    UNION ALL
    SELECT c.id, 0.99, h.key || ' handle', h.value
    FROM contacts c, jsonb_each_text(c.social_handles) AS h
    WHERE contact_handles(c.social_handles) @> ARRAY[$3] AND ltrim(lower(h.value), '@') = $3
    UNION ALL
    SELECT contact_id, 0.97, 'earlier ' || network || ' handle', value
    FROM contact_identities
    WHERE kind = 'HANDLE' AND lower(value) IN ($3, '@' || $3)
),
best AS (
    SELECT DISTINCT ON (id) id, rank, matched, value FROM hits ORDER BY id, rank DESC, matched
)
SELECT best.id, c.name, c.phone, c.email, best.rank::double precision AS rank,
       best.matched::text AS matched, best.value::text AS value
FROM best JOIN contacts c USING (id)
ORDER BY best.rank DESC, c.created_at DESC, best.id
LIMIT $4
