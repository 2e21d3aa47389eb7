DROP INDEX contacts_name_keys_idx;
DROP FUNCTION contact_name_query(text, boolean);
DROP FUNCTION contact_name_keys(text);
DROP FUNCTION contact_name_skeleton(text);
DROP FUNCTION contact_name_plain(text);
