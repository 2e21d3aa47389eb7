-- A user with messages or audit entries can't be deleted, so one who leaves is
-- deactivated; null for those who are there.
ALTER TABLE users ADD COLUMN deactivated_at timestamptz;
