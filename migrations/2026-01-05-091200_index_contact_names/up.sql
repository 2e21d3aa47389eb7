-- On its own and CONCURRENTLY: on a table that is already large it takes
-- minutes, during which the application must be able to write.
CREATE INDEX CONCURRENTLY contacts_name_trgm_idx ON contacts USING gin (name gin_trgm_ops);
