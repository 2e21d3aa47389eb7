-- How a whole name sounds, whatever the order of its words: one key a contact. What is a letter
-- off has few such keys, all of which can be looked up; of words a letter off, common ones are
-- in thousands of names.
CREATE FUNCTION contact_name_sound(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT string_agg(skeleton, ' ' ORDER BY skeleton COLLATE "C")
    FROM (
        SELECT public.contact_name_skeleton(left(word, 24)) AS skeleton
        FROM regexp_split_to_table(public.contact_name_plain(left(name, 200)), '[^[:alnum:]]+') AS word
        WHERE word <> '' LIMIT 8
    ) AS words
$$;
