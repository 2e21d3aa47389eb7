-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

-- Names are searched by sound and with typos. Similarity of trigrams would find them too, but on
-- a million rows a common name takes it too long; these keys take it a few milliseconds.
--
-- No function here calls another one, and all that they name is the server's own: they work
-- whatever the path is, in an index that a restore builds too, and need no SET, which costs a
-- call more than these take.

-- The words of a name as they sound, in their order: lower case without the accents of Latin
-- letters; without what people mishear and mistype most (vowels after the first letter, h and w,
-- doubled letters); c, q and k are one, so are z and s, y and i. Words that are longer than a
-- name, and more than eight of them, add nothing.
CREATE FUNCTION contact_name_sounds(name text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT pg_catalog.array_agg(
        regexp_replace(left(alike, 1) || translate(substr(alike, 2), 'aeiouhw'::text, ''::text), '(.)\1+'::text, '\1'::text, 'g'::text)
        ORDER BY place)
    FROM (
        SELECT place, translate(
            replace(replace(left(word, 24), 'ph'::text, 'f'::text), 'ß'::text, 'ss'::text),
            'cqzy'::text, 'kksi'::text) AS alike
        FROM regexp_split_to_table(
            translate(
                lower(left(name, 200)),
                'àáâãäåāăąçćĉċčďđèéêëēĕėęěĝğġģĥìíîïĩīĭįıĵķĺļľłñńņňòóôõöøōŏőŕŗřśŝşšșţťțùúûüũūŭůűųŵýÿŷźżž'::text,
                'aaaaaaaaacccccddeeeeeeeeegggghiiiiiiiiijkllllnnnnooooooooorrrssssstttuuuuuuuuuuwyyyzzz'::text),
            '[^[:alnum:]]+'::text) WITH ORDINALITY AS words (word, place)
        WHERE word <> ''::text ORDER BY place LIMIT 8
    ) AS words
$$;

-- Each of them, and each with one letter left out: two words that are one letter apart have such
-- a key in common.
CREATE FUNCTION contact_name_keys(sounds text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT pg_catalog.array_agg(DISTINCT key)
    FROM pg_catalog.unnest(sounds) AS sound,
    LATERAL (
        SELECT sound AS key
        UNION ALL
        SELECT overlay(sound PLACING ''::text FROM place FOR 1)
        FROM generate_series(1, length(sound)) AS place
        WHERE length(sound) > 2
    ) AS keys
$$;

-- All of them in one, whatever the order of the words: one key a contact. What is a letter off
-- has few such keys, all of which can be looked up; of words a letter off, common ones are in
-- thousands of names.
CREATE FUNCTION contact_name_sound(sounds text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT string_agg(sound, ' '::text ORDER BY sound COLLATE "C") FROM pg_catalog.unnest(sounds) AS sound
$$;

CREATE INDEX contacts_name_keys_idx ON contacts
    USING gin (array_to_tsvector(contact_name_keys(contact_name_sounds(name))));

-- With the name in it, so that a search reads this index and no contact that it doesn't show.
-- Longer names don't fit in an index; they are found by their words.
CREATE INDEX contacts_name_sound_idx ON contacts
    (contact_name_sound(contact_name_sounds(name)) COLLATE "C")
    INCLUDE (id, name) WHERE octet_length(name) <= 1000;
