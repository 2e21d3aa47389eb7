-- What the conversion needs while it works, in its own schema. As adopted_id of the inbox: the server
-- puts this one into the statement that calls it, which saves a call a row. Letters and digits are
-- the same bytes in every encoding.
CREATE FUNCTION inboxctl_adopt.id(old text) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
        WHEN octet_length(old) = 25 AND old COLLATE "C" ~ '^c[0-9a-z]+$'::text THEN (
            lpad(to_hex(((((((
            (strpos('0123456789abcdefghijklmnopqrstuvwxyz'::text, substr(old, 2, 1)) - 1)::bigint * 36
            + strpos('0123456789abcdefghijklmnopqrstuvwxyz'::text, substr(old, 3, 1)) - 1) * 36
            + strpos('0123456789abcdefghijklmnopqrstuvwxyz'::text, substr(old, 4, 1)) - 1) * 36
            + strpos('0123456789abcdefghijklmnopqrstuvwxyz'::text, substr(old, 5, 1)) - 1) * 36
            + strpos('0123456789abcdefghijklmnopqrstuvwxyz'::text, substr(old, 6, 1)) - 1) * 36
            + strpos('0123456789abcdefghijklmnopqrstuvwxyz'::text, substr(old, 7, 1)) - 1) * 36
            + strpos('0123456789abcdefghijklmnopqrstuvwxyz'::text, substr(old, 8, 1)) - 1) * 36
            + strpos('0123456789abcdefghijklmnopqrstuvwxyz'::text, substr(old, 9, 1)) - 1), 12, '0'::text)
            || overlay(encode(set_byte(substr(sha256(old::bytea), 7, 10), 2,
                get_byte(sha256(old::bytea), 8) & 63 | 128), 'hex'::text) PLACING '7'::text FROM 1 FOR 1))::uuid
        ELSE adopted_id(old)
    END
$$;

-- The same, where a row may have become another one.
CREATE FUNCTION inboxctl_adopt.known(kind text, old text) RETURNS uuid
LANGUAGE plpgsql STABLE STRICT
AS $$
BEGIN
    RETURN coalesce((SELECT a.id FROM adopted_ids AS a WHERE a.old_id = old AND a.resource = kind),
        inboxctl_adopt.id(old));
END
$$;

-- A uuid that is written as one, which is the id here too; everything else is in adopted_ids.
CREATE FUNCTION inboxctl_adopt.same(old text) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
        WHEN octet_length(old) = 36
            AND old COLLATE "C" ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'::text THEN old::uuid
    END
$$;

-- The table of ours that a word means, without its case, hyphens and plural: filled by who calls it.
CREATE TABLE inboxctl_adopt.inboxctl_words (word text PRIMARY KEY, resource text NOT NULL);

-- Whose id something of that name holds: contactId, contact_ids.
CREATE FUNCTION inboxctl_adopt.resource(name text) RETURNS text
LANGUAGE plpgsql STABLE STRICT
AS $$
BEGIN
    RETURN (SELECT w.resource FROM inboxctl_adopt.inboxctl_words AS w
        WHERE w.word = regexp_replace(lower(translate(name, '_- '::text, ''::text)), '(id)?s?$'::text, ''::text));
END
$$;

-- Every text in a JSON document that is an id that was adopted under another one. A short one, or a
-- number, is an id only where it is called one.
CREATE FUNCTION inboxctl_adopt.followed(value jsonb, name text) RETURNS jsonb
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    CASE jsonb_typeof(value)
        WHEN 'string', 'number' THEN
            RETURN coalesce((SELECT pg_catalog.to_jsonb(a.id) FROM adopted_ids AS a
                WHERE a.old_id = value #>> '{}'::text[] AND (octet_length(a.old_id) BETWEEN 16 AND 64
                    OR a.resource = inboxctl_adopt.resource(name)) LIMIT 1), value);
        WHEN 'array' THEN
            RETURN (SELECT coalesce(pg_catalog.jsonb_agg(inboxctl_adopt.followed(one, name) ORDER BY place), value)
                FROM jsonb_array_elements(value) WITH ORDINALITY AS all_of_it (one, place));
        WHEN 'object' THEN
            RETURN (SELECT coalesce(pg_catalog.jsonb_object_agg(key, CASE
                    WHEN jsonb_typeof(one) IN ('string', 'number') THEN coalesce((SELECT pg_catalog.to_jsonb(a.id) FROM adopted_ids AS a
                        WHERE a.old_id = one #>> '{}'::text[] AND (octet_length(a.old_id) BETWEEN 16 AND 64
                            OR key ~ '[iI][dD]s?$'::text AND a.resource = inboxctl_adopt.resource(key)) LIMIT 1), one)
                    WHEN jsonb_typeof(one) IN ('object', 'array') THEN
                        inboxctl_adopt.followed(one, CASE WHEN key ~ '[iI][dD]s?$'::text THEN key END)
                    ELSE one END), value)
                FROM jsonb_each(value) AS all_of_it (key, one));
        ELSE
            RETURN value;
    END CASE;
END
$$;

-- Few documents have something that may be an id.
CREATE FUNCTION inboxctl_adopt."references"(value jsonb) RETURNS jsonb
LANGUAGE sql STABLE
AS $$
    SELECT CASE
        WHEN octet_length(value::text) > 7
            AND value::text COLLATE "C" ~ '"[0-9A-Za-z_-]{16,64}"|[iI][dD]s?": *[0-9"[]'::text
            THEN inboxctl_adopt.followed(value, NULL::text)
        ELSE value
    END
$$;

-- The placeholders of a template: a list of names, or of objects that have one, or an object by name.
CREATE FUNCTION inboxctl_adopt.names(value jsonb) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT
AS $$
BEGIN
    CASE jsonb_typeof(value)
        WHEN 'array' THEN
            RETURN (SELECT coalesce(pg_catalog.array_agg(name ORDER BY place) FILTER (WHERE name IS NOT NULL), '{}'::text[])
                FROM (SELECT place, CASE jsonb_typeof(one) WHEN 'string' THEN one #>> '{}'::text[]
                    WHEN 'object' THEN coalesce(one ->> 'name', one ->> 'key') END AS name
                    FROM jsonb_array_elements(value) WITH ORDINALITY AS all_of_it (one, place)) AS names);
        WHEN 'object' THEN
            RETURN ARRAY(SELECT jsonb_object_keys(value));
        WHEN 'string' THEN
            RETURN pg_catalog.string_to_array(value #>> '{}'::text[], ',');
        ELSE
            RETURN NULL;
    END CASE;
END
$$;
