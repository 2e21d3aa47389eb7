-- The entries of the day $1 as audit_day_state of the database has them. Written out here: whoever owns the database
-- could have its function say what he likes.
SELECT count(*) AS entries,
    encode(sha256(coalesce(string_agg(e.hash, ''::bytea ORDER BY e.id, e.hash), ''::bytea)), 'hex'::text) AS digest
FROM (
    SELECT t.id, sha256(convert_to(
        'id='::text || length(t.id_text)::text || ':'::text || t.id_text
        || (chr(10) || 'user_id='::text) || coalesce(length(t.user_text)::text || ':'::text || t.user_text, ''::text)
        || (chr(10) || 'actor='::text) || length(t.actor)::text || ':'::text || t.actor
        || (chr(10) || 'action='::text) || length(t.action)::text || ':'::text || t.action
        || (chr(10) || 'resource='::text) || length(t.resource)::text || ':'::text || t.resource
        || (chr(10) || 'resource_id='::text) || coalesce(length(t.resource_id)::text || ':'::text || t.resource_id, ''::text)
        || (chr(10) || 'details='::text) || length(t.details_text)::text || ':'::text || t.details_text
        || (chr(10) || 'created_at='::text) || length(t.created_text)::text || ':'::text || t.created_text
        || (chr(10) || 'recorded_at='::text) || coalesce(length(t.recorded_text)::text || ':'::text || t.recorded_text, ''::text)
        || (chr(10) || 'recorded_by='::text) || coalesce(length(t.recorded_by)::text || ':'::text || t.recorded_by, ''::text)
        || (chr(10) || 'recorded_from='::text) || coalesce(length(t.from_text)::text || ':'::text || t.from_text, ''::text)
        || chr(10), 'UTF8'::name)) AS hash
    FROM (
        SELECT id, id::text AS id_text, user_id::text AS user_text, actor::text, action::text, resource::text,
            resource_id::text, details::text AS details_text, created_at::text AS created_text,
            recorded_at::text AS recorded_text, recorded_by::text, abbrev(recorded_from) AS from_text
        FROM audit_logs
        WHERE created_at >= $1::date::timestamptz AND created_at < ($1::date + 1)::timestamptz
        -- Each text is made once.
        OFFSET 0
    ) AS t
) AS e
