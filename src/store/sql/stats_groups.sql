-- Messages of a time span by a key: a channel, or the day, week or month that
-- they belong to in a time zone. First by contact, so that contacts are counted
-- without sorting.
SELECT
    key,
    sum(inbound)::bigint AS inbound,
    sum(outbound)::bigint AS outbound,
    sum(delivered)::bigint AS delivered,
    sum(failed)::bigint AS failed,
    sum(settled)::bigint AS settled,
    count(*) AS contacts
FROM (
    SELECT
        CASE WHEN $1 = 'channel' THEN channel::text
            ELSE date_trunc($1, created_at AT TIME ZONE $2)::date::text END AS key,
        count(*) FILTER (WHERE direction = 'INBOUND') AS inbound,
        count(*) FILTER (WHERE direction = 'OUTBOUND') AS outbound,
        count(*) FILTER (WHERE direction = 'OUTBOUND' AND status IN ('DELIVERED', 'READ')) AS delivered,
        count(*) FILTER (WHERE direction = 'OUTBOUND' AND status = 'FAILED') AS failed,
        -- Those whose fate can be known: what waits is neither delivered nor failed.
        count(*) FILTER (WHERE direction = 'OUTBOUND'
            AND status IN ('SENT', 'DELIVERED', 'READ', 'FAILED')) AS settled
    FROM messages
    WHERE created_at >= $3 AND created_at < $4
    GROUP BY 1, contact_id
) AS of_contact
GROUP BY key
ORDER BY key
