-- What follows is made and looked for in the first schema of the session's path, and nowhere else.
DO $$ BEGIN
    IF coalesce(current_schema()::text ~ '^pg_', true) THEN
        RAISE EXCEPTION 'no schema that the search_path names exists and may be used';
    END IF;
    PERFORM pg_catalog.set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
END $$;

CREATE TYPE identity_kind AS ENUM ('PHONE', 'EMAIL', 'HANDLE');

-- Phones, e-mails and handles of a contact beside those in its own row: what a
-- merge could not fit there. The next message from an old number finds them.
CREATE TABLE contact_identities (
    id uuid PRIMARY KEY DEFAULT uuid_v7(),
    contact_id uuid NOT NULL REFERENCES contacts (id) ON DELETE RESTRICT,
    kind identity_kind NOT NULL,
    -- Of a handle: twitter, instagram, ...
    network text,
    value text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT contact_identities_network_of_handles CHECK ((kind::text = 'HANDLE') = (network IS NOT NULL))
);

CREATE INDEX contact_identities_contact_id_idx ON contact_identities (contact_id);
CREATE INDEX contact_identities_phone_tail_idx ON contact_identities
    (right(regexp_replace(value, '[^0-9]', '', 'g'), 8)) WHERE kind OPERATOR(pg_catalog.=) 'PHONE';
CREATE INDEX contact_identities_value_lower_idx ON contact_identities (lower(value));

CREATE TRIGGER contact_identities_follow_merged_contact BEFORE INSERT OR UPDATE OF contact_id ON contact_identities
    FOR EACH ROW EXECUTE FUNCTION follow_merged_contact();
CREATE TRIGGER contact_identities_set_updated_at BEFORE UPDATE ON contact_identities
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
