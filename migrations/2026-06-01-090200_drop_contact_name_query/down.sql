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
