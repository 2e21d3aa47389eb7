CREATE TABLE contacts (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    name text,
    phone text,
    email text,
    social_handles jsonb NOT NULL DEFAULT '{}',
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT contacts_social_handles_is_object CHECK (jsonb_typeof(social_handles) = 'object'),
    CONSTRAINT contacts_metadata_is_object CHECK (jsonb_typeof(metadata) = 'object')
);

CREATE INDEX contacts_phone_idx ON contacts (phone);
CREATE INDEX contacts_email_idx ON contacts (email);
CREATE INDEX contacts_created_at_idx ON contacts (created_at);
-- One person's number is written in many ways; the last eight digits are the
-- same in nearly all of them, with or without country code and trunk zero.
CREATE INDEX contacts_phone_tail_idx ON contacts
    (right(regexp_replace(phone, '[^0-9]', '', 'g'), 8));
CREATE INDEX contacts_email_lower_idx ON contacts (lower(email));

CREATE TRIGGER contacts_set_updated_at BEFORE UPDATE ON contacts
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
