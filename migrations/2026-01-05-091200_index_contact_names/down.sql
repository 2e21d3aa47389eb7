DROP INDEX CONCURRENTLY IF EXISTS contacts_name_trgm_idx;
