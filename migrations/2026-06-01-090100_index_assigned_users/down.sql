DROP INDEX CONCURRENTLY IF EXISTS assignments_contact_user_idx;
