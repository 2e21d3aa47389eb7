DROP INDEX CONCURRENTLY IF EXISTS messages_unread_contact_idx;
