-- pg_restore works with an empty search_path: there, the index on this function
-- could not be built, and no dump of a database with contacts be restored. The
-- same as before but for the names of the functions, so the index stays right.
CREATE OR REPLACE FUNCTION contact_name_keys(name text) RETURNS text[]
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
