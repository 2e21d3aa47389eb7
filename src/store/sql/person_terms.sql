-- $1 contacts. Their phones and e-mails, and whether a contact that is none of them has the same: 0034 is
-- +34. With
-- OFFSET 0 each is looked up by an index; without, a table may be read once for all of them.
WITH own (is_phone, value) AS (
    SELECT true, phone FROM contacts WHERE id = ANY ($1)
    UNION SELECT false, email FROM contacts WHERE id = ANY ($1)
    UNION SELECT kind OPERATOR(pg_catalog.=) 'PHONE', value FROM contact_identities
    WHERE contact_id = ANY ($1) AND kind OPERATOR(pg_catalog.<>) 'HANDLE'
    -- former
)
SELECT own.is_phone, own.value, CASE WHEN own.is_phone THEN
    EXISTS (
        SELECT FROM contacts c
        WHERE right(regexp_replace(c.phone, '[^0-9]'::text, ''::text, 'g'::text), 8) = right(regexp_replace(own.value, '[^0-9]'::text, ''::text, 'g'::text), 8)
            AND NOT c.id = ANY ($1)
            AND ltrim(regexp_replace(c.phone, '[^0-9]'::text, ''::text, 'g'::text), '0'::text) = ltrim(regexp_replace(own.value, '[^0-9]'::text, ''::text, 'g'::text), '0'::text) OFFSET 0)
    OR EXISTS (
        SELECT FROM contact_identities i
        WHERE i.kind OPERATOR(pg_catalog.=) 'PHONE'
            AND right(regexp_replace(i.value, '[^0-9]'::text, ''::text, 'g'::text), 8) = right(regexp_replace(own.value, '[^0-9]'::text, ''::text, 'g'::text), 8)
            AND NOT i.contact_id = ANY ($1)
            AND ltrim(regexp_replace(i.value, '[^0-9]'::text, ''::text, 'g'::text), '0'::text) = ltrim(regexp_replace(own.value, '[^0-9]'::text, ''::text, 'g'::text), '0'::text) OFFSET 0)
ELSE
    EXISTS (SELECT FROM contacts c WHERE lower(c.email) = lower(own.value) AND NOT c.id = ANY ($1) OFFSET 0)
    OR EXISTS (
        SELECT FROM contact_identities i
        WHERE lower(i.value) = lower(own.value) AND i.kind OPERATOR(pg_catalog.=) 'EMAIL' AND NOT i.contact_id = ANY ($1) OFFSET 0)
END AS is_shared
FROM own
WHERE own.value <> ''::text
ORDER BY own.is_phone, own.value
