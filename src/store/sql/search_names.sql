-- $1 plain name, $2 and $3 what to look for in the index of names (domain::name_keys), $4 limit.
WITH sounding AS MATERIALIZED (
    -- Of a very common name only so many are ranked: all are about as good. Each costs a page.
    -- Most names are ASCII, and have no accents that would have to be looked for.
    SELECT id, similarity(
        CASE WHEN octet_length(name) = char_length(name) THEN lower(name) ELSE contact_name_plain(name) END,
        $1) AS alike
    FROM (SELECT id, name FROM contacts
          WHERE array_to_tsvector(contact_name_keys(name)) @@ $2::tsquery LIMIT 1000) AS c
),
found AS (
    SELECT id, alike FROM sounding
    UNION
    -- Only if not enough sound like it and are spelled like it too: of a common name, what is a
    -- letter off are thousands.
    SELECT id, similarity(
        CASE WHEN octet_length(name) = char_length(name) THEN lower(name) ELSE contact_name_plain(name) END,
        $1)
    FROM (SELECT id, name FROM contacts
          WHERE (SELECT count(*) FROM sounding WHERE alike >= 0.5) < $4
              AND array_to_tsvector(contact_name_keys(name)) @@ $3::tsquery LIMIT 250) AS c
),
best AS (SELECT id, alike FROM found ORDER BY alike DESC, id LIMIT $4)
-- Below what identifies somebody, however alike the names are.
SELECT c.id, c.name, c.phone, c.email, 0.9 * best.alike::double precision AS rank,
       'name'::text AS matched, c.name AS value
FROM best JOIN contacts c USING (id)
ORDER BY best.alike DESC, c.created_at DESC, c.id
