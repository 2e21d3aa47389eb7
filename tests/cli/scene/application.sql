-- Tables of an application: a foreign key of each kind to every table of the inbox, and rows.
CREATE SCHEMA "App Data";

INSERT INTO contacts (id, name, phone, email, metadata, balance, "tags ""of"" theirs", referred_by, created_at) VALUES
    ('ffffffff-1111-4111-8111-111111111111', 'Ana Prueba', '+34600111222', NULL,
     '{"crm_id": 12345678901234567890123, "price": 1.10}', 9007199254740993.01, '{vip,"a b"}', NULL, '2020-01-01'),
    ('11111111-1111-4111-8111-111111111111', 'Ana Prueba', '+34600111222', 'ana@prueba.example',
     ('{"deep": ' || repeat('[', 200) || repeat(']', 200) || '}')::jsonb, 0.10, '{}', NULL, '2025-01-01'),
    ('c232ab00-9414-11ec-b3c8-9f6bdeced846', 'Beno Versuch', '+493012345678', 'beno@versuch.example', '{}', NULL, NULL,
     'ffffffff-1111-4111-8111-111111111111', '2024-05-05'),
    ('320c3d4d-cc00-875b-8ec9-32d5f69181c0', 'Beno Versuch', '+493012345678', NULL, '{"big": 1e400}', NULL, NULL,
     '11111111-1111-4111-8111-111111111111', '2024-06-06'),
    -- Both have loyalty points, of which a contact has one row: they stay two.
    ('01900000-0000-7000-8000-00000000a001', 'Carla Prova', '+390612345678', 'carla@prova.example', '{}', 1, NULL, NULL, '2025-02-02'),
    ('01900000-0000-7000-8000-00000000a002', 'Carla Prova', '+390612345678', NULL, '{}', 2, NULL, NULL, 'infinity');

INSERT INTO contact_identities (contact_id, kind, value)
SELECT id, 'PHONE', '+34999' FROM contacts WHERE name = 'Ana Prueba';
INSERT INTO assignments (user_id, contact_id)
SELECT '01900000-0000-7000-8000-000000000002', id FROM contacts WHERE name = 'Ana Prueba';
INSERT INTO messages (contact_id, channel, direction, content, status)
SELECT id, 'TELEGRAM', 'INBOUND', E'a \x01 control character, a "quote"\n', 'RECEIVED' FROM contacts WHERE name = 'Ana Prueba';
INSERT INTO notes (contact_id, user_id, content, type)
SELECT id, '01900000-0000-7000-8000-000000000002', 'Nota', 'PINNED' FROM contacts WHERE name = 'Ana Prueba';
INSERT INTO scheduled_jobs (id, type, payload, scheduled_at, status, finished_at) VALUES
    ('11111111-1111-4111-8111-22222222a001', 'sync', '{"n": 0.10}', '-infinity', 'FAILED', now() - interval '30 days'),
    ('11111111-1111-4111-8111-22222222a002', 'sync', '{}', now() - interval '40 days', 'COMPLETED', now() - interval '40 days'),
    ('11111111-1111-4111-8111-22222222a003', 'sync', '{}', 'infinity', 'PENDING', NULL),
    ('11111111-1111-4111-8111-22222222a004', 'sync', '{}', '20000-01-01', 'PAUSED', NULL);
INSERT INTO audit_logs (actor, action, resource, resource_id, details, created_at)
SELECT 'app', 'app.entry', 'contacts', 'ffffffff-1111-4111-8111-111111111111', '{"n": 1.10}', now() - make_interval(days => 6 * n)
FROM generate_series(1, 30) AS n;
INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('app', 'app.odd', 'x', 'infinity'), ('app', 'app.odd', 'x', '20000-01-01');

-- To contacts.
CREATE TABLE invoices (
    id integer PRIMARY KEY, contact_id uuid NOT NULL REFERENCES contacts (id) ON DELETE CASCADE, amount numeric);
CREATE TABLE calls (id integer, contact_id uuid REFERENCES contacts (id) ON DELETE SET NULL);
CREATE TABLE leads (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contact_id uuid DEFAULT '01900000-0000-7000-8000-000000000106' REFERENCES contacts (id) ON DELETE SET DEFAULT);
CREATE TABLE contracts (id integer PRIMARY KEY, party uuid REFERENCES contacts (id) ON DELETE RESTRICT);
CREATE TABLE "Orders" (
    id integer PRIMARY KEY,
    "contactId" uuid REFERENCES contacts (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE tags (contact_id uuid REFERENCES contacts (id), tag text, UNIQUE (contact_id, tag));
CREATE TABLE "App Data"."Visit ""Log""" (
    "who is it" uuid CONSTRAINT "it's who" REFERENCES contacts (id) ON DELETE CASCADE, at timestamptz);
CREATE TABLE tenancies (
    id integer PRIMARY KEY, contact uuid, tenant integer,
    FOREIGN KEY (contact, tenant) REFERENCES contacts (id, tenant) ON UPDATE CASCADE ON DELETE CASCADE);
CREATE TABLE clicks (id integer, contact_id uuid REFERENCES contacts (id) ON DELETE CASCADE, at date, PRIMARY KEY (id, at))
    PARTITION BY RANGE (at);
CREATE TABLE clicks_old PARTITION OF clicks FOR VALUES FROM (MINVALUE) TO ('2025-01-01');
CREATE TABLE clicks_new PARTITION OF clicks FOR VALUES FROM ('2025-01-01') TO (MAXVALUE);
CREATE TABLE loyalty (contact_id uuid PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE, points integer);
-- No key says that it is one.
CREATE TABLE phone_book (contact_id uuid, page integer);

CREATE VIEW people AS SELECT id, contact FROM (
    SELECT row_number() OVER (ORDER BY id) AS id, id AS contact FROM contacts WHERE name LIKE '% %') AS named;
INSERT INTO invoices SELECT id, contact, 10.10 FROM people;
INSERT INTO calls SELECT 1, contact FROM people UNION ALL SELECT 1, contact FROM people UNION ALL SELECT 2, contact FROM people;
INSERT INTO leads (contact_id) SELECT contact FROM people;
INSERT INTO contracts SELECT * FROM people;
INSERT INTO "Orders" SELECT * FROM people;
INSERT INTO tags SELECT contact, 'tag ' || id FROM people;
INSERT INTO "App Data"."Visit ""Log""" SELECT contact, 'infinity' FROM people;
INSERT INTO tenancies SELECT id, contact, 1 FROM people;
INSERT INTO clicks SELECT id, contact, CASE id % 2 WHEN 0 THEN date '2024-01-01' ELSE date '2025-06-01' END FROM people;
INSERT INTO loyalty SELECT id, 100 FROM contacts WHERE name = 'Carla Prova';
INSERT INTO phone_book SELECT contact, id FROM people;

-- To the others.
CREATE TABLE sessions (id integer PRIMARY KEY, user_id uuid REFERENCES users (id) ON DELETE CASCADE);
CREATE TABLE attachments (id integer PRIMARY KEY, message_id uuid REFERENCES messages (id) ON DELETE CASCADE);
CREATE TABLE pins (note_id uuid REFERENCES notes (id) ON DELETE CASCADE);
CREATE TABLE webhooks (integration_id uuid REFERENCES integrations (id) ON DELETE CASCADE,
    channel channel REFERENCES integrations (channel) ON DELETE SET NULL);
CREATE TABLE assignment_reasons (assignment_id uuid REFERENCES assignments (id) ON DELETE CASCADE, reason text);
CREATE TABLE devices (presence_id uuid REFERENCES presence (id) ON DELETE CASCADE, device text);
CREATE TABLE presence_notes (user_id uuid REFERENCES presence (user_id) ON DELETE SET NULL, note text);
CREATE TABLE audit_comments (
    audit_id uuid, audit_at timestamptz, comment text,
    FOREIGN KEY (audit_id, audit_at) REFERENCES audit_logs (id, created_at) ON DELETE CASCADE);
CREATE TABLE job_runs (id integer, job_id uuid REFERENCES scheduled_jobs (id) ON DELETE CASCADE);
CREATE TABLE job_results (id integer PRIMARY KEY, job_id uuid REFERENCES scheduled_jobs (id) ON DELETE SET NULL);
CREATE TABLE campaigns (template_id uuid REFERENCES templates (id) ON DELETE RESTRICT);
CREATE TABLE identity_checks (identity_id uuid REFERENCES contact_identities (id) ON DELETE CASCADE, passed boolean);
CREATE TABLE merge_reviews (merge_id uuid REFERENCES contact_merges (id) ON DELETE CASCADE);

INSERT INTO sessions SELECT row_number() OVER (), id FROM users;
INSERT INTO attachments SELECT row_number() OVER (), id FROM messages;
INSERT INTO pins SELECT id FROM notes;
INSERT INTO webhooks SELECT id, channel FROM integrations;
-- The seeded ones alone: one that another row refers to doesn't go in a merge.
INSERT INTO assignment_reasons SELECT id, 'asked for' FROM assignments WHERE id::text LIKE '01900000-%';
INSERT INTO devices SELECT id, 'phone' FROM presence;
INSERT INTO presence_notes SELECT user_id, 'in a call' FROM presence;
INSERT INTO audit_comments SELECT id, created_at, 'seen' FROM audit_logs WHERE details = '{"n": 1.10}' ORDER BY created_at LIMIT 3;
INSERT INTO job_runs SELECT 1, '11111111-1111-4111-8111-22222222a001'::uuid;
INSERT INTO job_results SELECT 1, '11111111-1111-4111-8111-22222222a002'::uuid;
INSERT INTO campaigns SELECT id FROM templates;
INSERT INTO identity_checks SELECT id, true FROM contact_identities;

CREATE TABLE "App Data".commands (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tag text);

-- Every change of the inbox's tables goes into a log of its own.
CREATE TABLE "App Data".changes (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source text, kind text, before jsonb, after jsonb);
CREATE FUNCTION "App Data".log_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "App Data".changes (source, kind, before, after)
    VALUES (TG_TABLE_NAME, TG_OP,
        CASE WHEN TG_OP <> 'INSERT' THEN pg_catalog.to_jsonb(OLD) END, CASE WHEN TG_OP <> 'DELETE' THEN pg_catalog.to_jsonb(NEW) END);
    RETURN NULL;
END
$$;
DO $$
DECLARE
    relation name;
BEGIN
    FOREACH relation IN ARRAY ARRAY['users', 'contacts', 'messages', 'notes', 'integrations', 'assignments', 'presence',
        'audit_logs', 'scheduled_jobs', 'templates', 'contact_identities'] LOOP
        EXECUTE format('CREATE TRIGGER "log of changes" AFTER INSERT OR UPDATE OR DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION "App Data".log_change()', relation);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', relation);
        EXECUTE format('CREATE POLICY "only of the app" ON %I USING (current_setting(''app.tenant'', true) = ''1'')', relation);
    END LOOP;
END
$$;

-- What reads one month of the audit log.
DO $$
DECLARE
    months name[] := ARRAY(
        SELECT c.relname FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
        WHERE inhparent = 'audit_logs'::regclass AND c.relname < to_char(now() - interval '4 months', '"audit_logs_"YYYY_MM')
        ORDER BY 1);
BEGIN
    EXECUTE format('CREATE VIEW "App Data"."one month" AS SELECT * FROM %I', months[1]);
    EXECUTE format('CREATE MATERIALIZED VIEW "App Data"."another month" AS SELECT action, count(*) FROM %I GROUP BY 1', months[2]);
END
$$;
