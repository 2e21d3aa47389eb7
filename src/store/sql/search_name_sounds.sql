-- $1 a name. Its words as they sound, in their order.
SELECT ARRAY(SELECT contact_name_skeleton(left(word, 24))
             FROM regexp_split_to_table(contact_name_plain(left($1, 200)), '[^[:alnum:]]+')
                 WITH ORDINALITY AS parts (word, place)
             WHERE word <> '' ORDER BY place LIMIT 8) AS sounds
