-- What the conversion needs while it works, in its own schema. An id that was adopted under another
-- one is found by its text; a text of few characters, or of others than ids have, is none.
CREATE FUNCTION inboxctl_adopt.renamed(value text) RETURNS text
LANGUAGE plpgsql STABLE STRICT
AS $$
DECLARE
    found uuid;
BEGIN
    IF value COLLATE "C" !~ '^[0-9A-Za-z_-]{16,64}$'::text THEN
        RETURN value;
    END IF;
    SELECT a.id INTO found FROM adopted_ids AS a WHERE a.old_id = value LIMIT 1;
    RETURN coalesce(found::text, value);
END
$$;

-- The same for every text in a JSON document.
CREATE FUNCTION inboxctl_adopt."references"(value jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT
AS $$
BEGIN
    IF value::text COLLATE "C" !~ '"[0-9A-Za-z_-]{16,64}"'::text THEN
        RETURN value;
    END IF;
    CASE jsonb_typeof(value)
        WHEN 'string' THEN
            RETURN pg_catalog.to_jsonb(inboxctl_adopt.renamed(value #>> '{}'::text[]));
        WHEN 'array' THEN
            RETURN (SELECT pg_catalog.jsonb_agg(inboxctl_adopt."references"(one) ORDER BY place)
                FROM jsonb_array_elements(value) WITH ORDINALITY AS all_of_it (one, place));
        WHEN 'object' THEN
            RETURN (SELECT pg_catalog.jsonb_object_agg(key, inboxctl_adopt."references"(one))
                FROM jsonb_each(value) AS all_of_it (key, one));
        ELSE
            RETURN value;
    END CASE;
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
