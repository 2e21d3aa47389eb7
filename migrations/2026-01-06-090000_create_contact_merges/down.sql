DROP FUNCTION apply_contact_merge(
    uuid, uuid[], text, text, text, jsonb, jsonb, text[], text[], text[], double precision, text, jsonb);
DROP INDEX contacts_handles_idx;
DROP FUNCTION contact_handles(jsonb);
DROP TRIGGER notes_follow_merged_contact ON notes;
DROP TRIGGER messages_follow_merged_contact ON messages;
DROP FUNCTION follow_merged_contact();
DROP TABLE distinct_contacts;
DROP TABLE merged_contacts;
DROP TABLE contact_merges;
DROP TABLE contact_identities;
DROP TYPE identity_kind;
