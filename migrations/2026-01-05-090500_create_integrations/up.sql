CREATE TYPE integration_status AS ENUM ('ACTIVE', 'INACTIVE', 'ERROR');

CREATE TABLE integrations (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    channel channel NOT NULL,
    config jsonb NOT NULL DEFAULT '{}',
    status integration_status NOT NULL DEFAULT 'INACTIVE',
    -- An envelope that only the holder of the keyring can open; never plain text.
    credentials text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT integrations_channel_key UNIQUE (channel),
    CONSTRAINT integrations_config_is_object CHECK (jsonb_typeof(config) = 'object')
);

CREATE TRIGGER integrations_set_updated_at BEFORE UPDATE ON integrations
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
