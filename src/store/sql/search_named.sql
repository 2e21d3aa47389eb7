-- $1 ids, $2 how alike each name is. Below what identifies somebody, however alike they are.
SELECT c.id, c.name, c.phone, c.email, 0.9::float8 * best.alike AS rank, 'name'::text AS matched,
       c.name AS value
FROM unnest($1, $2) AS best (id, alike) JOIN contacts c USING (id)
ORDER BY best.alike DESC, c.created_at DESC, c.id
