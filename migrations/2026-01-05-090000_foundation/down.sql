DROP TYPE channel;
DROP FUNCTION set_updated_at();
DROP FUNCTION uuid_v7();
