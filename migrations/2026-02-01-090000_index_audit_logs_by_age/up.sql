-- Deleting by age walks forward from the last key: with the id in the index, rows
-- of one instant (a bulk import) have an order too, and no batch reads them twice.
CREATE INDEX audit_logs_created_at_id_idx ON audit_logs (created_at, id);
DROP INDEX audit_logs_created_at_idx;
