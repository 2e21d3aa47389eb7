-- $1 a name. Its plain letters, and its words as they sound, in their order: as the server reads
-- letters, because so it read them for the index.
SELECT contact_name_plain(left($1, 200)) AS plain,
    ARRAY(SELECT contact_name_skeleton(left(word, 24))
          FROM regexp_split_to_table(contact_name_plain(left($1, 200)), '[^[:alnum:]]+')
              WITH ORDINALITY AS parts (word, place)
          WHERE word <> '' ORDER BY place LIMIT 8) AS sounds
