DROP INDEX CONCURRENTLY IF EXISTS contact_merges_run_id_idx;
