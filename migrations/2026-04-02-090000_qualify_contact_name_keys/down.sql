CREATE OR REPLACE FUNCTION contact_name_keys(name text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT array_agg(DISTINCT key)
    FROM (
        SELECT contact_name_skeleton(left(word, 24)) AS skeleton
        FROM regexp_split_to_table(contact_name_plain(left(name, 200)), '[^[:alnum:]]+') AS word
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
