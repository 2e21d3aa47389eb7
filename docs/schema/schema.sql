-- Made by `inboxctl db generate sql`: the schema, for an empty database.

SET check_function_bodies = false;

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TYPE channel AS ENUM ('SMS', 'WHATSAPP', 'EMAIL', 'TWITTER', 'FACEBOOK', 'INSTAGRAM', 'LINKEDIN');

CREATE TYPE identity_kind AS ENUM ('PHONE', 'EMAIL', 'HANDLE');

CREATE TYPE integration_status AS ENUM ('ACTIVE', 'INACTIVE', 'ERROR');

CREATE TYPE job_status AS ENUM ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED');

CREATE TYPE maintenance_outcome AS ENUM ('RUNNING', 'DONE', 'INTERRUPTED', 'OUT_OF_TIME', 'FAILED');

CREATE TYPE message_direction AS ENUM ('INBOUND', 'OUTBOUND');

CREATE TYPE message_status AS ENUM ('QUEUED', 'SCHEDULED', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'RECEIVED');

CREATE TYPE note_type AS ENUM ('PUBLIC', 'PRIVATE');

CREATE TYPE presence_status AS ENUM ('ONLINE', 'AWAY', 'OFFLINE');

CREATE TYPE user_role AS ENUM ('VIEWER', 'EDITOR', 'ADMIN');

CREATE OR REPLACE FUNCTION public.apply_contact_merges(p_survivors uuid[], p_names text[], p_phones text[], p_emails text[], p_handles jsonb[], p_metadata jsonb[], p_probabilities double precision[], p_before jsonb[], p_gone uuid[], p_heirs uuid[], p_owners uuid[], p_kinds text[], p_networks text[], p_values text[], p_actor text)
 RETURNS TABLE(survivor uuid, merge uuid)
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
BEGIN
    RETURN QUERY
    WITH merges AS (
        SELECT * FROM unnest(
            p_survivors, p_names, p_phones, p_emails, p_handles, p_metadata, p_probabilities, p_before)
            AS rows (heir, name, phone, email, handles, metadata, probability, before)
    ), gone AS (
        SELECT * FROM unnest(p_gone, p_heirs) AS rows (contact, heir)
    ), moved_messages AS (
        UPDATE messages t SET contact_id = gone.heir FROM gone WHERE t.contact_id = gone.contact
        RETURNING gone.heir, t.id, gone.contact
    ), moved_notes AS (
        UPDATE notes t SET contact_id = gone.heir FROM gone WHERE t.contact_id = gone.contact
        RETURNING gone.heir, t.id, gone.contact
    ), moved_presence AS (
        UPDATE presence t SET contact_id = gone.heir FROM gone WHERE t.contact_id = gone.contact
        RETURNING gone.heir, t.id, gone.contact
    ), moved_identities AS (
        UPDATE contact_identities t SET contact_id = gone.heir FROM gone WHERE t.contact_id = gone.contact
        RETURNING gone.heir, t.id, gone.contact
    ), kept_assignments AS (
        -- One a contact: the survivor's stays, else the oldest of the others.
        SELECT DISTINCT ON (members.heir) members.heir, a.id
        FROM (SELECT heir AS contact, heir FROM merges UNION ALL SELECT contact, heir FROM gone) AS members
        JOIN assignments a ON a.contact_id = members.contact
        ORDER BY members.heir, a.contact_id <> members.heir, a.created_at, a.id
    ), removed_assignments AS (
        DELETE FROM assignments t USING gone, kept_assignments kept
        WHERE t.contact_id = gone.contact AND kept.heir = gone.heir AND t.id <> kept.id
        RETURNING gone.heir, t.id, to_jsonb(t) AS document
    ), moved_assignments AS (
        UPDATE assignments t SET contact_id = gone.heir FROM gone, kept_assignments kept
        WHERE t.contact_id = gone.contact AND t.id = kept.id
        RETURNING gone.heir, t.id, gone.contact
    ), added_identities AS (
        INSERT INTO contact_identities (contact_id, kind, network, value)
        SELECT owner, kind::identity_kind, network, value
        FROM unnest(p_owners, p_kinds, p_networks, p_values) AS rows (owner, kind, network, value)
        RETURNING contact_id AS heir, id
    ), survivors AS (
        UPDATE contacts t
        SET name = m.name, phone = m.phone, email = m.email, social_handles = m.handles,
            metadata = m.metadata, updated_at = clock_timestamp()
        FROM merges m WHERE t.id = m.heir
        RETURNING t.id AS heir, to_jsonb(t) AS document
    ), moved AS (
        SELECT heir, 'messages' AS source, id, contact FROM moved_messages
        UNION ALL SELECT heir, 'notes', id, contact FROM moved_notes
        UNION ALL SELECT heir, 'presence', id, contact FROM moved_presence
        UNION ALL SELECT heir, 'contact_identities', id, contact FROM moved_identities
        UNION ALL SELECT heir, 'assignments', id, contact FROM moved_assignments
    ), moved_by_table AS (
        SELECT heir, source,
            jsonb_agg(jsonb_build_object('id', id, 'contact_id', contact) ORDER BY id) AS documents
        FROM moved GROUP BY heir, source
    ), recorded AS (
        INSERT INTO contact_merges (survivor_id, merged_ids, probability, actor, before, after, moved)
        SELECT m.heir,
            (SELECT array_agg(gone.contact ORDER BY gone.contact) FROM gone WHERE gone.heir = m.heir),
            m.probability, p_actor, m.before, survivors.document,
            jsonb_build_object(
                'moved', (
                    SELECT coalesce(jsonb_object_agg(source, documents), '{}')
                    FROM moved_by_table WHERE moved_by_table.heir = m.heir),
                'removed', jsonb_build_object('assignments', (
                    SELECT coalesce(jsonb_agg(document ORDER BY id), '[]')
                    FROM removed_assignments r WHERE r.heir = m.heir)),
                'added', jsonb_build_object('contact_identities', (
                    SELECT coalesce(jsonb_agg(id), '[]')
                    FROM added_identities a WHERE a.heir = m.heir)))
        FROM merges m JOIN survivors ON survivors.heir = m.heir
        RETURNING contact_merges.id, contact_merges.survivor_id
    ), remembered AS (
        INSERT INTO merged_contacts (contact_id, survivor_id, merge_id)
        SELECT gone.contact, gone.heir, recorded.id
        FROM gone JOIN recorded ON recorded.survivor_id = gone.heir
    )
    SELECT recorded.survivor_id, recorded.id FROM recorded;

    DELETE FROM contacts WHERE id = ANY (p_gone);
END
$function$;

CREATE OR REPLACE FUNCTION public.contact_handles(handles jsonb)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT array_agg(ltrim(lower(value), '@')) FROM jsonb_each_text(handles)
$function$;

CREATE OR REPLACE FUNCTION public.contact_name_keys(name text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT array_agg(DISTINCT key)
    FROM (
        SELECT public.contact_name_skeleton(left(word, 24)) AS skeleton
        FROM regexp_split_to_table(public.contact_name_plain(left(name, 200)), '[^[:alnum:]]+') AS word
        WHERE word <> '' LIMIT 8
    ) AS words,
    LATERAL (
        SELECT skeleton AS key
        UNION ALL
        SELECT overlay(skeleton PLACING '' FROM place FOR 1)
        FROM generate_series(1, length(skeleton)) AS place
        WHERE length(skeleton) > 2
    ) AS keys
$function$;

CREATE OR REPLACE FUNCTION public.contact_name_plain(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT translate(
        lower(name),
        'àáâãäåāăąçćĉċčďđèéêëēĕėęěĝğġģĥìíîïĩīĭįıĵķĺļľłñńņňòóôõöøōŏőŕŗřśŝşšșţťțùúûüũūŭůűųŵýÿŷźżž',
        'aaaaaaaaacccccddeeeeeeeeegggghiiiiiiiiijkllllnnnnooooooooorrrssssstttuuuuuuuuuuwyyyzzz')
$function$;

CREATE OR REPLACE FUNCTION public.contact_name_skeleton(word text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT regexp_replace(left(alike, 1) || translate(substr(alike, 2), 'aeiouhw', ''), '(.)\1+', '\1', 'g')
    FROM (SELECT translate(replace(replace(word, 'ph', 'f'), 'ß', 'ss'), 'cqzy', 'kksi') AS alike) AS a
$function$;

CREATE OR REPLACE FUNCTION public.contact_name_sound(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT string_agg(skeleton, ' ' ORDER BY skeleton COLLATE "C")
    FROM (
        SELECT public.contact_name_skeleton(left(word, 24)) AS skeleton
        FROM regexp_split_to_table(public.contact_name_plain(left(name, 200)), '[^[:alnum:]]+') AS word
        WHERE word <> '' LIMIT 8
    ) AS words
$function$;

CREATE OR REPLACE FUNCTION public.follow_merged_contact()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
    successor uuid;
BEGIN
    LOOP
        PERFORM FROM contacts WHERE id = NEW.contact_id FOR KEY SHARE;
        EXIT WHEN FOUND;
        SELECT survivor_id INTO successor FROM merged_contacts WHERE contact_id = NEW.contact_id;
        -- Never heard of: the foreign key says so.
        EXIT WHEN NOT FOUND;
        NEW.contact_id := successor;
    END LOOP;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.set_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at
        AND NEW IS DISTINCT FROM OLD
        AND current_setting('inboxctl.keep_updated_at', true) IS DISTINCT FROM 'on'
    THEN
        NEW.updated_at := now();
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.uuid_v7()
 RETURNS uuid
 LANGUAGE plpgsql
 PARALLEL SAFE
AS $function$
DECLARE
    stamped bytea := overlay(
        uuid_send(gen_random_uuid())
        PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
        FROM 1 FOR 6);
BEGIN
    RETURN encode(set_byte(stamped, 6, (get_byte(stamped, 6) & 15) | 112), 'hex')::uuid;
END
$function$;

CREATE TABLE assignments (
    id uuid NOT NULL DEFAULT uuid_v7(),
    user_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE audit_logs (
    id uuid NOT NULL DEFAULT uuid_v7(),
    user_id uuid,
    actor text NOT NULL,
    action text NOT NULL,
    resource text NOT NULL,
    resource_id text,
    details jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at timestamp with time zone NOT NULL DEFAULT now()
) PARTITION BY RANGE (created_at);

CREATE TABLE contact_identities (
    id uuid NOT NULL DEFAULT uuid_v7(),
    contact_id uuid NOT NULL,
    kind identity_kind NOT NULL,
    network text,
    value text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE contact_merges (
    id uuid NOT NULL DEFAULT uuid_v7(),
    survivor_id uuid NOT NULL,
    merged_ids uuid[] NOT NULL,
    probability double precision,
    actor text NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    moved jsonb NOT NULL,
    merged_at timestamp with time zone NOT NULL DEFAULT now(),
    undone_at timestamp with time zone,
    undone_by text
);

CREATE TABLE contacts (
    id uuid NOT NULL DEFAULT uuid_v7(),
    name text,
    phone text,
    email text,
    social_handles jsonb NOT NULL DEFAULT '{}'::jsonb,
    metadata jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE distinct_contacts (
    low_id uuid NOT NULL,
    high_id uuid NOT NULL,
    actor text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE integrations (
    id uuid NOT NULL DEFAULT uuid_v7(),
    channel channel NOT NULL,
    config jsonb NOT NULL DEFAULT '{}'::jsonb,
    status integration_status NOT NULL DEFAULT 'INACTIVE'::integration_status,
    credentials text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE maintenance_runs (
    id uuid NOT NULL DEFAULT uuid_v7(),
    command text NOT NULL,
    policy text,
    table_name text NOT NULL,
    actor text NOT NULL,
    cutoff timestamp with time zone NOT NULL,
    eligible bigint NOT NULL,
    held bigint NOT NULL,
    deleted bigint NOT NULL DEFAULT 0,
    archived bigint NOT NULL DEFAULT 0,
    duration_ms bigint NOT NULL DEFAULT 0,
    outcome maintenance_outcome NOT NULL DEFAULT 'RUNNING'::maintenance_outcome,
    details jsonb NOT NULL DEFAULT '{}'::jsonb,
    started_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamp with time zone
);

CREATE TABLE merged_contacts (
    contact_id uuid NOT NULL,
    survivor_id uuid NOT NULL,
    merge_id uuid NOT NULL
);

CREATE TABLE messages (
    id uuid NOT NULL DEFAULT uuid_v7(),
    contact_id uuid NOT NULL,
    channel channel NOT NULL,
    direction message_direction NOT NULL,
    content text NOT NULL,
    status message_status NOT NULL,
    thread_id uuid,
    scheduled_at timestamp with time zone,
    sent_at timestamp with time zone,
    read_at timestamp with time zone,
    external_id text,
    user_id uuid,
    metadata jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE notes (
    id uuid NOT NULL DEFAULT uuid_v7(),
    contact_id uuid NOT NULL,
    user_id uuid NOT NULL,
    content text NOT NULL,
    type note_type NOT NULL DEFAULT 'PUBLIC'::note_type,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE presence (
    id uuid NOT NULL DEFAULT uuid_v7(),
    user_id uuid NOT NULL,
    contact_id uuid,
    status presence_status NOT NULL DEFAULT 'OFFLINE'::presence_status,
    last_seen timestamp with time zone NOT NULL DEFAULT now(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE retention_holds (
    id uuid NOT NULL DEFAULT uuid_v7(),
    kind text NOT NULL,
    value text NOT NULL,
    reason text NOT NULL,
    actor text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    released_at timestamp with time zone,
    released_by text
);

CREATE TABLE scheduled_jobs (
    id uuid NOT NULL DEFAULT uuid_v7(),
    type text NOT NULL,
    payload jsonb NOT NULL DEFAULT '{}'::jsonb,
    scheduled_at timestamp with time zone NOT NULL,
    status job_status NOT NULL DEFAULT 'PENDING'::job_status,
    attempts integer NOT NULL DEFAULT 0,
    last_error text,
    finished_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE table_size_snapshots (
    taken_at timestamp with time zone NOT NULL,
    table_name text NOT NULL,
    total_bytes bigint NOT NULL,
    estimated_rows bigint
);

CREATE TABLE templates (
    id uuid NOT NULL DEFAULT uuid_v7(),
    name text NOT NULL,
    content text NOT NULL,
    variables text[] NOT NULL DEFAULT '{}'::text[],
    channel channel,
    category text,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE users (
    id uuid NOT NULL DEFAULT uuid_v7(),
    email text NOT NULL,
    name text NOT NULL,
    role user_role NOT NULL DEFAULT 'VIEWER'::user_role,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    deactivated_at timestamp with time zone
);

CREATE TABLE audit_logs_default PARTITION OF audit_logs DEFAULT;

ALTER TABLE assignments ADD CONSTRAINT assignments_contact_id_key UNIQUE (contact_id);

ALTER TABLE assignments ADD CONSTRAINT assignments_pkey PRIMARY KEY (id);

ALTER TABLE audit_logs ADD CONSTRAINT audit_logs_details_is_object CHECK ((jsonb_typeof(details) = 'object'::text));

ALTER TABLE audit_logs ADD CONSTRAINT audit_logs_pkey PRIMARY KEY (id, created_at);

ALTER TABLE contact_identities ADD CONSTRAINT contact_identities_network_of_handles CHECK (((kind = 'HANDLE'::identity_kind) = (network IS NOT NULL)));

ALTER TABLE contact_identities ADD CONSTRAINT contact_identities_pkey PRIMARY KEY (id);

ALTER TABLE contact_merges ADD CONSTRAINT contact_merges_after_is_object CHECK ((jsonb_typeof(after) = 'object'::text));

ALTER TABLE contact_merges ADD CONSTRAINT contact_merges_before_is_object CHECK ((jsonb_typeof(before) = 'object'::text));

ALTER TABLE contact_merges ADD CONSTRAINT contact_merges_moved_is_object CHECK ((jsonb_typeof(moved) = 'object'::text));

ALTER TABLE contact_merges ADD CONSTRAINT contact_merges_pkey PRIMARY KEY (id);

ALTER TABLE contacts ADD CONSTRAINT contacts_metadata_is_object CHECK ((jsonb_typeof(metadata) = 'object'::text));

ALTER TABLE contacts ADD CONSTRAINT contacts_pkey PRIMARY KEY (id);

ALTER TABLE contacts ADD CONSTRAINT contacts_social_handles_is_object CHECK ((jsonb_typeof(social_handles) = 'object'::text));

ALTER TABLE distinct_contacts ADD CONSTRAINT distinct_contacts_in_order CHECK ((low_id < high_id));

ALTER TABLE distinct_contacts ADD CONSTRAINT distinct_contacts_pkey PRIMARY KEY (low_id, high_id);

ALTER TABLE integrations ADD CONSTRAINT integrations_channel_key UNIQUE (channel);

ALTER TABLE integrations ADD CONSTRAINT integrations_config_is_object CHECK ((jsonb_typeof(config) = 'object'::text));

ALTER TABLE integrations ADD CONSTRAINT integrations_pkey PRIMARY KEY (id);

ALTER TABLE maintenance_runs ADD CONSTRAINT maintenance_runs_details_is_object CHECK ((jsonb_typeof(details) = 'object'::text));

ALTER TABLE maintenance_runs ADD CONSTRAINT maintenance_runs_pkey PRIMARY KEY (id);

ALTER TABLE merged_contacts ADD CONSTRAINT merged_contacts_pkey PRIMARY KEY (contact_id);

ALTER TABLE messages ADD CONSTRAINT messages_metadata_is_object CHECK ((jsonb_typeof(metadata) = 'object'::text));

ALTER TABLE messages ADD CONSTRAINT messages_pkey PRIMARY KEY (id);

ALTER TABLE notes ADD CONSTRAINT notes_pkey PRIMARY KEY (id);

ALTER TABLE presence ADD CONSTRAINT presence_pkey PRIMARY KEY (id);

ALTER TABLE presence ADD CONSTRAINT presence_user_id_key UNIQUE (user_id);

ALTER TABLE retention_holds ADD CONSTRAINT retention_holds_kind CHECK ((kind = ANY (ARRAY['contact'::text, 'user'::text, 'action'::text, 'resource'::text])));

ALTER TABLE retention_holds ADD CONSTRAINT retention_holds_pkey PRIMARY KEY (id);

ALTER TABLE retention_holds ADD CONSTRAINT retention_holds_released_by CHECK (((released_at IS NULL) = (released_by IS NULL)));

ALTER TABLE scheduled_jobs ADD CONSTRAINT scheduled_jobs_attempts_not_negative CHECK ((attempts >= 0));

ALTER TABLE scheduled_jobs ADD CONSTRAINT scheduled_jobs_payload_is_object CHECK ((jsonb_typeof(payload) = 'object'::text));

ALTER TABLE scheduled_jobs ADD CONSTRAINT scheduled_jobs_pkey PRIMARY KEY (id);

ALTER TABLE table_size_snapshots ADD CONSTRAINT table_size_snapshots_pkey PRIMARY KEY (taken_at, table_name);

ALTER TABLE templates ADD CONSTRAINT templates_pkey PRIMARY KEY (id);

ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE assignments ADD CONSTRAINT assignments_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE RESTRICT;

ALTER TABLE assignments ADD CONSTRAINT assignments_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE RESTRICT;

ALTER TABLE audit_logs ADD CONSTRAINT audit_logs_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE RESTRICT;

ALTER TABLE contact_identities ADD CONSTRAINT contact_identities_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE RESTRICT;

ALTER TABLE merged_contacts ADD CONSTRAINT merged_contacts_merge_id_fkey FOREIGN KEY (merge_id) REFERENCES contact_merges(id) ON DELETE RESTRICT;

ALTER TABLE messages ADD CONSTRAINT messages_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE RESTRICT;

ALTER TABLE messages ADD CONSTRAINT messages_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE RESTRICT;

ALTER TABLE notes ADD CONSTRAINT notes_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE RESTRICT;

ALTER TABLE notes ADD CONSTRAINT notes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE RESTRICT;

ALTER TABLE presence ADD CONSTRAINT presence_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE SET NULL;

ALTER TABLE presence ADD CONSTRAINT presence_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

CREATE INDEX assignments_contact_user_idx ON public.assignments USING btree (contact_id) INCLUDE (user_id);

CREATE INDEX assignments_user_id_idx ON public.assignments USING btree (user_id);

CREATE INDEX audit_logs_action_idx ON public.audit_logs USING btree (action);

CREATE INDEX audit_logs_actor_created_at_idx ON public.audit_logs USING btree ("left"(actor, 200), created_at) WHERE (user_id IS NULL);

CREATE INDEX audit_logs_created_at_id_idx ON public.audit_logs USING btree (created_at, id);

CREATE INDEX audit_logs_resource_resource_id_idx ON public.audit_logs USING btree (resource, resource_id);

CREATE INDEX audit_logs_user_id_created_at_idx ON public.audit_logs USING btree (user_id, created_at);

CREATE INDEX contact_identities_contact_id_idx ON public.contact_identities USING btree (contact_id);

CREATE INDEX contact_identities_phone_tail_idx ON public.contact_identities USING btree ("right"(regexp_replace(value, '[^0-9]'::text, ''::text, 'g'::text), 8)) WHERE (kind = 'PHONE'::identity_kind);

CREATE INDEX contact_identities_value_lower_idx ON public.contact_identities USING btree (lower(value));

CREATE INDEX contact_merges_merged_at_idx ON public.contact_merges USING btree (merged_at);

CREATE INDEX contact_merges_merged_ids_idx ON public.contact_merges USING gin (merged_ids);

CREATE INDEX contact_merges_survivor_id_idx ON public.contact_merges USING btree (survivor_id);

CREATE INDEX contacts_created_at_idx ON public.contacts USING btree (created_at);

CREATE INDEX contacts_email_idx ON public.contacts USING btree (email);

CREATE INDEX contacts_email_lower_idx ON public.contacts USING btree (lower(email));

CREATE INDEX contacts_handles_idx ON public.contacts USING gin (contact_handles(social_handles));

CREATE INDEX contacts_name_keys_idx ON public.contacts USING gin (array_to_tsvector(contact_name_keys(name)));

CREATE INDEX contacts_name_sound_idx ON public.contacts USING btree (contact_name_sound(name) COLLATE "C") INCLUDE (id, name) WHERE (octet_length(name) <= 1000);

CREATE INDEX contacts_name_trgm_idx ON public.contacts USING gin (name gin_trgm_ops);

CREATE INDEX contacts_phone_idx ON public.contacts USING btree (phone);

CREATE INDEX contacts_phone_tail_idx ON public.contacts USING btree ("right"(regexp_replace(phone, '[^0-9]'::text, ''::text, 'g'::text), 8));

CREATE INDEX maintenance_runs_started_at_idx ON public.maintenance_runs USING btree (started_at);

CREATE INDEX merged_contacts_merge_id_idx ON public.merged_contacts USING btree (merge_id);

CREATE INDEX merged_contacts_survivor_id_idx ON public.merged_contacts USING btree (survivor_id);

CREATE INDEX messages_channel_idx ON public.messages USING btree (channel);

CREATE INDEX messages_contact_id_created_at_idx ON public.messages USING btree (contact_id, created_at);

CREATE INDEX messages_created_at_idx ON public.messages USING btree (created_at) INCLUDE (contact_id, channel, direction, status, user_id);

CREATE INDEX messages_failed_idx ON public.messages USING btree (created_at) WHERE (status = 'FAILED'::message_status);

CREATE INDEX messages_scheduled_at_idx ON public.messages USING btree (scheduled_at);

CREATE INDEX messages_status_idx ON public.messages USING btree (status);

CREATE INDEX messages_thread_id_idx ON public.messages USING btree (thread_id);

CREATE INDEX messages_unread_contact_idx ON public.messages USING btree (contact_id, created_at) WHERE ((direction = 'INBOUND'::message_direction) AND (read_at IS NULL));

CREATE INDEX messages_unread_idx ON public.messages USING btree (created_at) INCLUDE (contact_id, channel) WHERE ((direction = 'INBOUND'::message_direction) AND (read_at IS NULL));

CREATE INDEX messages_user_id_idx ON public.messages USING btree (user_id);

CREATE INDEX notes_contact_id_created_at_idx ON public.notes USING btree (contact_id, created_at);

CREATE INDEX notes_user_id_idx ON public.notes USING btree (user_id);

CREATE INDEX presence_contact_id_idx ON public.presence USING btree (contact_id);

CREATE UNIQUE INDEX retention_holds_active_key ON public.retention_holds USING btree (kind, value) WHERE (released_at IS NULL);

CREATE INDEX scheduled_jobs_cleanup_idx ON public.scheduled_jobs USING btree (status, COALESCE(finished_at, updated_at), id) WHERE (status = ANY (ARRAY['COMPLETED'::job_status, 'FAILED'::job_status, 'CANCELLED'::job_status]));

CREATE INDEX scheduled_jobs_status_scheduled_at_idx ON public.scheduled_jobs USING btree (status, scheduled_at);

CREATE INDEX scheduled_jobs_type_idx ON public.scheduled_jobs USING btree (type);

CREATE INDEX templates_category_idx ON public.templates USING btree (category);

CREATE INDEX templates_channel_idx ON public.templates USING btree (channel);

CREATE INDEX templates_is_active_idx ON public.templates USING btree (is_active);

CREATE INDEX templates_name_idx ON public.templates USING btree (name);

CREATE UNIQUE INDEX users_email_key ON public.users USING btree (lower(email));

CREATE TRIGGER assignments_set_updated_at BEFORE UPDATE ON public.assignments FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER contact_identities_set_updated_at BEFORE UPDATE ON public.contact_identities FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER contacts_set_updated_at BEFORE UPDATE ON public.contacts FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER integrations_set_updated_at BEFORE UPDATE ON public.integrations FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER messages_follow_merged_contact BEFORE INSERT ON public.messages FOR EACH ROW EXECUTE FUNCTION follow_merged_contact();

CREATE TRIGGER messages_set_updated_at BEFORE UPDATE ON public.messages FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER notes_follow_merged_contact BEFORE INSERT ON public.notes FOR EACH ROW EXECUTE FUNCTION follow_merged_contact();

CREATE TRIGGER notes_set_updated_at BEFORE UPDATE ON public.notes FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER presence_set_updated_at BEFORE UPDATE ON public.presence FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER scheduled_jobs_set_updated_at BEFORE UPDATE ON public.scheduled_jobs FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER templates_set_updated_at BEFORE UPDATE ON public.templates FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TRIGGER users_set_updated_at BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION set_updated_at();
