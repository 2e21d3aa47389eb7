-- $1 a name. What to look for in the index of names: every word as it sounds; one of them a
-- letter off; all of them a letter off.
WITH words AS (
    SELECT array_agg(word ORDER BY place) AS list
    FROM (SELECT word, place
          FROM regexp_split_to_table(contact_name_plain(left($1, 200)), '[^[:alnum:]]+')
              WITH ORDINALITY AS parts (word, place)
          WHERE word <> '' ORDER BY place LIMIT 8) AS parts
)
SELECT contact_name_query($1, false)::text AS sounding,
    (SELECT string_agg('(' || concat_ws(' & ',
                '(' || contact_name_query(list[place], true)::text || ')',
                '(' || contact_name_query(
                    array_to_string(list[:place - 1] || list[place + 1:], ' '), false)::text || ')') || ')',
            ' | ')
     FROM generate_subscripts(list, 1) AS place) AS near,
    contact_name_query($1, true)::text AS far
FROM words
