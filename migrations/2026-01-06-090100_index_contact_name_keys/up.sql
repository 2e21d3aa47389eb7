-- Names are searched by sound and with typos. Trigrams find similar names, but on
-- a million rows a common name takes them too long; these keys take it a few
-- milliseconds.

-- Lower case without the accents of Latin letters.
CREATE FUNCTION contact_name_plain(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT translate(
        lower(name),
        'àáâãäåāăąçćĉċčďđèéêëēĕėęěĝğġģĥìíîïĩīĭįıĵķĺļľłñńņňòóôõöøōŏőŕŗřśŝşšșţťțùúûüũūŭůűųŵýÿŷźżž',
        'aaaaaaaaacccccddeeeeeeeeegggghiiiiiiiiijkllllnnnnooooooooorrrssssstttuuuuuuuuuuwyyyzzz')
$$;

-- A word without what people mishear and mistype most: vowels after the first
-- letter, h and w, doubled letters; c, q and k are one, so are z and s, y and i.
CREATE FUNCTION contact_name_skeleton(word text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT regexp_replace(left(alike, 1) || translate(substr(alike, 2), 'aeiouhw', ''), '(.)\1+', '\1', 'g')
    FROM (SELECT translate(replace(replace(word, 'ph', 'f'), 'ß', 'ss'), 'cqzy', 'kksi') AS alike) AS a
$$;

-- The skeleton of each word, and each skeleton with one letter left out: two
-- words that are one letter apart have such a key in common. Words that are
-- longer than a name, and more than eight of them, add nothing. Names are
-- qualified: from version 17 on, the server builds an index without a search_path.
CREATE FUNCTION contact_name_keys(name text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT array_agg(DISTINCT key)
    FROM (
        SELECT public.contact_name_skeleton(left(word, 24)) AS skeleton
        FROM regexp_split_to_table(public.contact_name_plain(left(name, 200)), '[^[:alnum:]]+') AS word
        WHERE word <> '' LIMIT 8
    ) AS words,
    LATERAL (
        SELECT skeleton AS key
        UNION ALL
        SELECT overlay(skeleton PLACING '' FROM place FOR 1)
        FROM generate_series(1, length(skeleton)) AS place
        WHERE length(skeleton) > 2
    ) AS keys
$$;

-- What a name is searched with: every word of it, exactly or one letter off.
CREATE FUNCTION contact_name_query(name text, fuzzy boolean) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT string_agg('(' || alternatives || ')', ' & ')::tsquery
    FROM (
        SELECT (
            SELECT string_agg(quote_literal(key), ' | ')
            FROM unnest(CASE WHEN fuzzy
                THEN contact_name_keys(word)
                ELSE ARRAY[contact_name_skeleton(left(word, 24))] END) AS key
        ) AS alternatives
        FROM regexp_split_to_table(contact_name_plain(left(name, 200)), '[^[:alnum:]]+') AS word
        WHERE word <> '' LIMIT 8
    ) AS words
$$;

CREATE INDEX contacts_name_keys_idx ON contacts USING gin (array_to_tsvector(contact_name_keys(name)));
