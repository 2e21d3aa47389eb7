-- Contacts that may be one with some of $1, by the indexes that there are: other contacts with a
-- phone, an e-mail or a handle of theirs, with a name that sounds the same or a rare word $4 of it, and
-- those with another form $6 of the name of $5 who have something else in common, if nearly: a value of
-- metadata under one of the keys $3, a part of a phone or of an e-mail. Of what very many have no more
-- than $2 are looked at, and of those who share a name with more than a dozen only who shares more.
WITH changed AS MATERIALIZED (
    SELECT id, phone, left(lower(email), 5) AS mail_part, email, social_handles, metadata,
        right(regexp_replace(phone, '[^0-9]', '', 'g'), 8) AS tail,
        CASE WHEN octet_length(name) <= 1000 THEN contact_name_sound(contact_name_sounds(name)) END AS whole
    FROM contacts WHERE id = ANY ($1)
), further AS MATERIALIZED (
    SELECT kind::text AS kind, value FROM contact_identities WHERE contact_id = ANY ($1)
), tails AS MATERIALIZED (
    SELECT DISTINCT right(regexp_replace(value, '[^0-9]', '', 'g'), 8) AS tail
    FROM (SELECT phone AS value FROM changed UNION ALL SELECT value FROM further WHERE kind = 'PHONE') AS phones
), mail_values AS MATERIALIZED (
    SELECT email AS value FROM changed UNION ALL SELECT value FROM further WHERE kind = 'EMAIL'
), mails AS MATERIALIZED (
    -- As it is written, and without what a mailbox may have in it: dots, and what follows a plus.
    SELECT lower(value) AS mail FROM mail_values
    UNION
    SELECT pg_catalog.concat(
        regexp_replace(split_part(lower(value), '@'::text, 1), '[+].*$|[.]'::text, ''::text, 'g'::text),
        '@', split_part(lower(value), '@'::text, 2))
    FROM mail_values
), handles AS MATERIALIZED (
    SELECT DISTINCT handle
    FROM (
        SELECT pg_catalog.unnest(contact_handles(social_handles)) AS handle FROM changed
        UNION ALL SELECT ltrim(lower(value), ' @'::text) FROM further WHERE kind = 'HANDLE'
    ) AS handles
    WHERE length(handle) > 2
), telling AS MATERIALIZED (
    SELECT c.id, own.key, lower(own.value) AS value
    FROM changed c CROSS JOIN LATERAL jsonb_each_text(
        CASE WHEN jsonb_typeof(c.metadata) = 'object'::text THEN c.metadata ELSE '{}'::jsonb END) AS own
    WHERE own.key = ANY ($3) AND own.value <> ''::text
), named AS MATERIALIZED (
    SELECT id, whole FROM changed
    UNION
    SELECT id, contact_name_sound(contact_name_sounds(form))
    FROM ROWS FROM (pg_catalog.unnest($5), pg_catalog.unnest($6)) AS other (id, form)
)
SELECT DISTINCT found.id FROM (
    SELECT o.id FROM tails CROSS JOIN LATERAL (
        SELECT id FROM contacts WHERE right(regexp_replace(phone, '[^0-9]', '', 'g'), 8) = tail LIMIT $2
    ) AS o WHERE length(tail) > 5
    UNION ALL
    SELECT o.contact_id FROM tails CROSS JOIN LATERAL (
        SELECT contact_id FROM contact_identities
        WHERE kind OPERATOR(pg_catalog.=) 'PHONE'
            AND right(regexp_replace(value, '[^0-9]', '', 'g'), 8) = tail LIMIT $2
    ) AS o WHERE length(tail) > 5
    UNION ALL
    SELECT o.id FROM mails CROSS JOIN LATERAL (
        SELECT id FROM contacts WHERE lower(email) = mail LIMIT $2
    ) AS o
    UNION ALL
    SELECT o.contact_id FROM mails CROSS JOIN LATERAL (
        SELECT contact_id FROM contact_identities
        WHERE kind OPERATOR(pg_catalog.=) 'EMAIL' AND lower(value) = mail LIMIT $2
    ) AS o
    UNION ALL
    SELECT o.id FROM handles CROSS JOIN LATERAL (
        SELECT id FROM contacts
        WHERE contact_handles(social_handles) OPERATOR(pg_catalog.@>) ARRAY[handle] LIMIT $2
    ) AS o
    UNION ALL
    SELECT o.contact_id FROM handles CROSS JOIN LATERAL (
        SELECT contact_id FROM contact_identities
        WHERE kind OPERATOR(pg_catalog.=) 'HANDLE'
            AND lower(value) IN (handle, pg_catalog.concat('@', handle)) LIMIT $2
    ) AS o
    UNION ALL
    SELECT o.id FROM named n JOIN changed c ON c.id = n.id CROSS JOIN LATERAL (
        SELECT alike.id FROM (
            SELECT id, metadata, phone, email, row_number() OVER () AS place FROM (
                SELECT id, metadata, phone, email FROM contacts
                WHERE contact_name_sound(contact_name_sounds(name)) COLLATE "C" = n.whole
                    AND octet_length(name) <= 1000
                LIMIT $2
            ) AS all_alike
        ) AS alike
        WHERE n.whole = c.whole AND place <= 12 OR left(lower(alike.email), 5) = c.mail_part
            OR right(regexp_replace(alike.phone, '[^0-9]', '', 'g'), 4) = right(c.tail, 4)
            OR left(right(regexp_replace(alike.phone, '[^0-9]', '', 'g'), 8), 5) = left(c.tail, 5)
            OR EXISTS (SELECT FROM telling t WHERE t.id = c.id AND lower(alike.metadata ->> t.key) = t.value)
    ) AS o
    UNION ALL
    SELECT o.id FROM pg_catalog.unnest($4) AS rare (word)
    CROSS JOIN LATERAL pg_catalog.unnest(contact_name_sounds(word)) AS spoken (sound)
    CROSS JOIN LATERAL (
        SELECT id FROM contacts
        WHERE array_to_tsvector(contact_name_keys(contact_name_sounds(name)))
            @@ pg_catalog.concat('''', sound, '''')::tsquery
        LIMIT 12
    ) AS o
) AS found
