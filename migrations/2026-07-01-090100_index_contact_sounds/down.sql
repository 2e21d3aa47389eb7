DROP INDEX CONCURRENTLY IF EXISTS contacts_name_sound_idx;
