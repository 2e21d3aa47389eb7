-- From the first unanswered message of a contact to the next message to it, by
-- the key of the former. What is unanswered yet counts as waiting.
WITH answered AS (
    SELECT channel, direction, created_at,
        extract(epoch FROM lead(created_at) OVER w - created_at)::double precision AS seconds
    FROM (
        -- A subquery, so that its order serves the outer window too.
        SELECT contact_id, channel, direction, created_at,
            lag(direction) OVER w IS DISTINCT FROM direction AS is_first
        FROM messages
        WHERE created_at >= $3 AND created_at < $4
        WINDOW w AS (PARTITION BY contact_id ORDER BY created_at)
    ) AS turns
    WHERE is_first
    WINDOW w AS (PARTITION BY contact_id ORDER BY created_at)
), keyed AS (
    SELECT
        CASE WHEN $1 = 'channel' THEN channel::text
            ELSE date_trunc($1, created_at AT TIME ZONE $2)::date::text END AS key,
        seconds
    FROM answered
    WHERE direction = 'INBOUND'
)
SELECT
    key,
    count(seconds) AS answered,
    count(*) - count(seconds) AS waiting,
    percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY seconds) AS percentiles
FROM keyed
GROUP BY GROUPING SETS ((key), ())
ORDER BY key NULLS FIRST
