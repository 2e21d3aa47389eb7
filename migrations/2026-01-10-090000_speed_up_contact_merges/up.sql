-- A run of `contacts dedupe` calls this thousands of times in one session. Plans that
-- the session made while the tables that it fills were still empty, those of the
-- foreign keys too, would read them from end to end ever after: a run took time that
-- grew with the square of its merges. And planning each statement anew took a quarter
-- of the rest.
ALTER FUNCTION apply_contact_merge SET enable_seqscan TO off;
ALTER FUNCTION apply_contact_merge SET plan_cache_mode TO force_generic_plan;

-- As before, but planned once a session instead of once a call.
CREATE OR REPLACE FUNCTION uuid_v7() RETURNS uuid
LANGUAGE plpgsql VOLATILE PARALLEL SAFE
AS $$
DECLARE
    stamped bytea := overlay(
        uuid_send(gen_random_uuid())
        PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
        FROM 1 FOR 6);
BEGIN
    RETURN encode(set_byte(stamped, 6, (get_byte(stamped, 6) & 15) | 112), 'hex')::uuid;
END
$$;
