CREATE INDEX CONCURRENTLY contact_merges_run_id_idx ON contact_merges (run_id);
