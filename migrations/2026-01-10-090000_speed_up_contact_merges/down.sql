CREATE OR REPLACE FUNCTION uuid_v7() RETURNS uuid
LANGUAGE sql VOLATILE PARALLEL SAFE
AS $$
    SELECT encode(
        set_byte(stamped, 6, (get_byte(stamped, 6) & 15) | 112),
        'hex')::uuid
    FROM (
        SELECT overlay(
            uuid_send(gen_random_uuid())
            PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
            FROM 1 FOR 6) AS stamped
    ) AS bytes
$$;

ALTER FUNCTION apply_contact_merge RESET ALL;
