-- The keys of a search are put together by inboxctl; nothing else used this.
-- squawk-ignore ban-drop-function
DROP FUNCTION contact_name_query(text, boolean);
