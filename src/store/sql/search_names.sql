-- $1 name, $2 to $4 its keys (search_name_keys.sql), $5 limit.
WITH close AS MATERIALIZED (
    -- Of a very common name only so many are ranked: all are about as good.
    (SELECT id, name FROM contacts
     WHERE array_to_tsvector(contact_name_keys(name)) @@ $2::tsquery LIMIT 1000)
    UNION
    (SELECT id, name FROM contacts
     WHERE array_to_tsvector(contact_name_keys(name)) @@ $3::tsquery LIMIT 1000)
),
found AS (
    SELECT id, name FROM close
    UNION ALL
    -- Slips in two words are rare, and finding them takes long: only if nothing else is found.
    (SELECT id, name FROM contacts
     WHERE NOT EXISTS (SELECT FROM close)
         AND array_to_tsvector(contact_name_keys(name)) @@ $4::tsquery LIMIT 1000)
),
ranked AS (
    -- Below what identifies somebody, however alike the names are. Most names are ASCII, and
    -- have no accents that would have to be looked for.
    SELECT id, 0.9 * similarity(
        CASE WHEN octet_length(name) = char_length(name) THEN lower(name) ELSE contact_name_plain(name) END,
        contact_name_plain($1)) AS rank
    FROM found ORDER BY rank DESC, id LIMIT $5
)
SELECT c.id, c.name, c.phone, c.email, ranked.rank::double precision AS rank,
       'name'::text AS matched, c.name AS value
FROM ranked JOIN contacts c USING (id)
ORDER BY ranked.rank DESC, c.created_at DESC, c.id
