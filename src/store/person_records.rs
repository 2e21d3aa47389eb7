//! Which rows of our own records concern a person, by what they hold: they have no key that says so.

/// Conditions on rows `t` of records of ours. `details` and `payload` are read from end to end.
/// The last part is what makes a row one that is still to be erased.
pub(super) const RECORDS: [(&str, &str, &str); 8] = [
    (
        "contact_merges",
        "t.survivor_id = ANY ($1) OR t.merged_ids OPERATOR(pg_catalog.&&) $1",
        "t.before <> '{}'::jsonb OR t.survivor_id = ANY ($1) AND t.merged_ids OPERATOR(pg_catalog.<@) $1",
    ),
    ("merged_contacts", "t.contact_id = ANY ($1) OR t.survivor_id = ANY ($1)", "true"),
    ("distinct_contacts", "t.low_id = ANY ($1) OR t.high_id = ANY ($1)", "true"),
    ("imported_contacts", "t.contact_id = ANY ($1)", "true"),
    (
        "adopted_ids",
        "t.resource = 'contacts'::text AND t.id = ANY ($1) \
         OR t.resource = 'messages'::text AND t.id IN (SELECT m.id FROM messages m WHERE m.contact_id = ANY ($1)) \
         OR t.resource = 'notes'::text AND t.id IN (SELECT n.id FROM notes n WHERE n.contact_id = ANY ($1))",
        "true",
    ),
    (
        "retention_holds",
        "t.kind = 'contact'::text AND t.value = ANY ($2) \
         OR t.kind = 'resource'::text AND t.value IN (SELECT 'contacts/'::text || id FROM pg_catalog.unnest($2) AS own (id))",
        "t.reason <> 'erased'::text",
    ),
    (
        "scheduled_jobs",
        "t.message_id IN (SELECT m.id FROM messages m WHERE m.contact_id = ANY ($1)) \
         OR t.payload::text ~* $3 OR t.last_error ~* $3",
        "t.payload <> '{}'::jsonb OR t.last_error IS NOT NULL",
    ),
    (
        "audit_logs",
        "t.resource_id = ANY ($2) \
         OR t.resource = 'messages'::text AND t.resource_id IN ( \
             SELECT m.id::text FROM messages m WHERE m.contact_id = ANY ($1)) \
         OR t.resource = 'notes'::text AND t.resource_id IN (SELECT n.id::text FROM notes n WHERE n.contact_id = ANY ($1)) \
         OR t.details::text ~* $3 OR t.resource_id ~* $3 OR t.actor ~* $3 AND t.user_id IS NULL \
             AND NOT EXISTS (SELECT FROM users u WHERE lower(u.email) = lower(t.actor))",
        "t.action <> 'contact.erase'::text AND t.details::text <> '{\"erased\": true}'::text \
         OR t.resource_id ~* $3 AND NOT t.resource_id = ANY ($2) OR t.actor ~* $3 AND t.user_id IS NULL \
             AND NOT EXISTS (SELECT FROM users u WHERE lower(u.email) = lower(t.actor))",
    ),
];

/// What makes a row `t` of a record of ours one that concerns the person and is still to be erased.
pub(super) fn record(table: &str) -> String {
    let found = RECORDS.iter().find(|(name, ..)| *name == table);
    let conditions = found.map(|(_, concerns, to_do)| format!("({concerns}) AND ({to_do})"));
    conditions.map_or_else(|| String::from("false"), |both| format!("({both})"))
}

/// Of a merge that others took part in, what it holds of the person alone.
pub(super) const OWN_PART: &str = "CASE WHEN t.survivor_id = ANY ($1) AND t.merged_ids OPERATOR(pg_catalog.<@) $1 \
    THEN pg_catalog.to_jsonb(t.*) \
    ELSE pg_catalog.to_jsonb(t.*) - 'after'::text - 'moved'::text || pg_catalog.jsonb_build_object('before', \
        (SELECT pg_catalog.jsonb_agg(c.row) FROM jsonb_array_elements(t.before -> 'contacts'::text) AS c (row) \
         WHERE c.row ->> 'id'::text = ANY ($2))) END::text";
