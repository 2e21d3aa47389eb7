-- $1 what is searched for, $2 limit; where to look takes the place of the word in braces: a
-- session that is new plans each table and index that is named.
WITH hits AS ({hits}),
best AS (
    SELECT DISTINCT ON (id) id, rank, matched, value FROM hits ORDER BY id, rank DESC, matched
)
SELECT best.id, c.name, c.phone, c.email, best.rank::double precision AS rank,
       best.matched::text AS matched, best.value::text AS value
FROM best JOIN contacts c USING (id)
ORDER BY best.rank DESC, c.created_at DESC, best.id
LIMIT $2
