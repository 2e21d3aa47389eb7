-- Who has which contact, without reading the rows: what is unread is counted by user with it.
-- CONCURRENTLY: contacts are assigned while it is built.
CREATE INDEX CONCURRENTLY assignments_contact_user_idx ON assignments (contact_id) INCLUDE (user_id);
