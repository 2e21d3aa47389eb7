-- A helpdesk as an application with an ORM keeps it: camelCase columns, ids of text, times without
-- a zone, types in PascalCase, and tables of its own beside. `{}` in a value stays.
CREATE TYPE "Role" AS ENUM ('VIEWER', 'EDITOR', 'ADMIN');
CREATE TYPE "Channel" AS ENUM ('SMS', 'WHATSAPP', 'EMAIL', 'VOICE');
CREATE TYPE "Direction" AS ENUM ('INBOUND', 'OUTBOUND');
CREATE TYPE "MessageStatus" AS ENUM ('PENDING', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'DRAFT');
CREATE TYPE "JobStatus" AS ENUM ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED');

CREATE TABLE users (
    id text PRIMARY KEY, email text NOT NULL, name text, role "Role" NOT NULL DEFAULT 'VIEWER', "avatarUrl" text,
    "createdAt" timestamp(3) NOT NULL DEFAULT now(), "updatedAt" timestamp(3) NOT NULL);
CREATE UNIQUE INDEX users_email_key ON users (email);
CREATE TABLE contacts (
    id text PRIMARY KEY, name text, phone text, email text, "socialHandles" jsonb, metadata jsonb,
    "ownerId" text REFERENCES users ON DELETE SET NULL, company text NOT NULL DEFAULT 'none',
    "createdAt" timestamp(3) NOT NULL DEFAULT now(), "updatedAt" timestamp(3) NOT NULL);
CREATE INDEX "contacts_company_idx" ON contacts (company);
CREATE TABLE messages (
    id text PRIMARY KEY, "contactId" text NOT NULL REFERENCES contacts ON DELETE CASCADE,
    "senderId" text REFERENCES users ON DELETE SET NULL, channel "Channel" NOT NULL, direction "Direction" NOT NULL,
    body text NOT NULL, status "MessageStatus" NOT NULL DEFAULT 'PENDING', "threadId" text, "externalId" text UNIQUE,
    metadata jsonb, "scheduledFor" timestamp(3), "sentAt" timestamp(3), "readAt" timestamp(3),
    "createdAt" timestamp(3) NOT NULL DEFAULT now(), "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE notes (
    id text PRIMARY KEY, "contactId" text NOT NULL REFERENCES contacts ON DELETE CASCADE,
    "authorId" text REFERENCES users ON DELETE SET NULL, content text NOT NULL, "isPrivate" boolean NOT NULL DEFAULT false,
    "createdAt" timestamp(3) NOT NULL DEFAULT now(), "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE integrations (
    id text PRIMARY KEY, channel "Channel" NOT NULL UNIQUE, config jsonb, "isActive" boolean NOT NULL DEFAULT true,
    credentials jsonb, "createdAt" timestamp(3) NOT NULL, "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE user_presence (
    id text PRIMARY KEY, "userId" text NOT NULL REFERENCES users ON DELETE CASCADE, "contactId" text, status text NOT NULL,
    "lastSeen" timestamp(3) NOT NULL);
CREATE TABLE audit_logs (
    id text PRIMARY KEY, "userId" text REFERENCES users ON DELETE SET NULL, action text NOT NULL, resource text NOT NULL,
    "resourceId" text, details jsonb, "ipAddress" text, "createdAt" timestamp(3) NOT NULL);
CREATE TABLE scheduled_jobs (
    id text PRIMARY KEY, type text NOT NULL, payload jsonb NOT NULL, "scheduledAt" timestamp(3) NOT NULL,
    status "JobStatus" NOT NULL, attempts int NOT NULL DEFAULT 0, error text,
    "createdAt" timestamp(3) NOT NULL, "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE message_templates (
    id text PRIMARY KEY, name text NOT NULL, content text NOT NULL, variables jsonb, channel "Channel", category text,
    "isActive" boolean NOT NULL DEFAULT true, "createdAt" timestamp(3) NOT NULL, "updatedAt" timestamp(3) NOT NULL);

-- The application's own.
CREATE TABLE "Invoice" (
    id serial PRIMARY KEY, "contactId" text NOT NULL REFERENCES contacts ON DELETE CASCADE ON UPDATE CASCADE,
    "createdBy" text REFERENCES users ON DELETE SET NULL, "messageId" text, amount numeric(10, 2) NOT NULL,
    channel "Channel");
CREATE INDEX "Invoice_contactId_idx" ON "Invoice" ("contactId");
COMMENT ON TABLE "Invoice" IS 'what is owed';
CREATE VIEW owed AS SELECT "contactId", sum(amount) AS amount FROM "Invoice" GROUP BY 1;
CREATE VIEW owed_much AS SELECT * FROM owed WHERE amount > 10;
CREATE VIEW waiting AS SELECT m.id, c.name FROM messages m JOIN contacts c ON c.id = m."contactId" WHERE m.status = 'PENDING';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.company := lower(NEW.company); RETURN NEW; END';
CREATE TRIGGER contacts_touch BEFORE UPDATE ON contacts FOR EACH ROW EXECUTE FUNCTION touch();
CREATE SCHEMA billing;
CREATE TABLE billing.refunds (id int PRIMARY KEY, contact text REFERENCES public.contacts ON DELETE SET NULL);

CREATE FUNCTION pg_temp.id(kind text, n bigint) RETURNS text LANGUAGE sql AS $$ SELECT 'c' || substr(md5(kind || n), 1, 24) $$;
INSERT INTO users SELECT pg_temp.id('u', n), CASE n WHEN 5 THEN 'U1@x.example' ELSE 'u' || n || '@x.example' END,
    CASE WHEN n % 2 = 0 THEN 'User ' || n END, CASE n WHEN 1 THEN 'ADMIN' ELSE 'VIEWER' END::"Role", 'https://x.example/' || n,
    timestamp '2026-01-01' + n * interval '1 day 0.001 seconds', '2026-02-01' FROM generate_series(1, 5) n;
INSERT INTO contacts SELECT pg_temp.id('c', n), 'Contact ' || n, '+1415555' || lpad(n::text, 4, '0'), 'c' || n || '@x.example',
    CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN 'null' WHEN 2 THEN '[{"network": "twitter", "handle": "@x"}]' ELSE '{"twitter": "@y"}' END::jsonb,
    CASE n % 3 WHEN 0 THEN NULL ELSE '{"n": 12345678901234567890.10}'::jsonb END,
    CASE WHEN n % 2 = 0 THEN pg_temp.id('u', 1 + n % 5) END, 'Company ' || n % 7,
    timestamp '2026-03-01 00:00:00.123' + n * interval '1 hour', '2026-04-01' FROM generate_series(1, 60) n;
INSERT INTO messages SELECT pg_temp.id('m', n), pg_temp.id('c', 1 + n % 60), CASE WHEN n % 2 = 0 THEN pg_temp.id('u', 1 + n % 5) END,
    (ARRAY['SMS', 'WHATSAPP', 'EMAIL', 'VOICE'])[1 + n % 4]::"Channel", CASE n % 2 WHEN 0 THEN 'OUTBOUND' ELSE 'INBOUND' END::"Direction",
    'body ' || n || E' with ''quotes'' and \\ too', (ARRAY['PENDING', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'DRAFT'])[1 + n % 6]::"MessageStatus",
    CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN pg_temp.id('c', 1 + n % 60) ELSE 'thread-' || n END, CASE WHEN n % 2 = 0 THEN 'SM' || n END,
    CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN '[]'::jsonb ELSE jsonb_build_object('replyTo', pg_temp.id('m', n - 1)) END,
    NULL, '2026-05-01 10:00:00.999', NULL, timestamp '2026-05-01 10:00:00.5' + n * interval '1 minute', '2026-06-01'
    FROM generate_series(1, 240) n;
INSERT INTO notes SELECT pg_temp.id('n', n), pg_temp.id('c', n), CASE WHEN n > 3 THEN pg_temp.id('u', 1 + n % 5) END, 'note ' || n, n % 2 = 0,
    '2026-05-02', '2026-05-02' FROM generate_series(1, 30) n;
INSERT INTO integrations SELECT pg_temp.id('i', n), c::"Channel", CASE WHEN n = 1 THEN '{"webhookUrl": "https://x.example"}'::jsonb END, n = 1,
    CASE WHEN n < 3 THEN '{"token": "s3cret-of-theirs"}'::jsonb END, '2026-01-01', '2026-01-01'
    FROM unnest(ARRAY['SMS', 'EMAIL', 'WHATSAPP']) WITH ORDINALITY AS x (c, n);
INSERT INTO user_presence SELECT pg_temp.id('p', n), pg_temp.id('u', 1 + n % 5), CASE WHEN n < 3 THEN pg_temp.id('c', n) END,
    CASE n % 2 WHEN 0 THEN 'online' ELSE 'OFFLINE' END, timestamp '2026-06-01' + n * interval '1 hour' FROM generate_series(1, 8) n;
INSERT INTO audit_logs SELECT pg_temp.id('a', n), CASE WHEN n % 3 > 0 THEN pg_temp.id('u', 1 + n % 5) END, 'UPDATE', 'contact', pg_temp.id('c', 1 + n % 60),
    CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN '["name"]'::jsonb ELSE jsonb_build_object('contactId', pg_temp.id('c', n)) END,
    CASE WHEN n % 2 = 0 THEN '10.0.0.' || n END, timestamp '2025-11-20' + n * interval '2 days' FROM generate_series(1, 50) n;
INSERT INTO scheduled_jobs SELECT pg_temp.id('j', n), 'send', CASE WHEN n % 2 = 0 THEN '[]'::jsonb ELSE jsonb_build_object('messageId', pg_temp.id('m', n)) END,
    '2026-06-01', (ARRAY['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED'])[1 + n % 4]::"JobStatus", n, CASE WHEN n % 4 = 3 THEN 'no route' END,
    '2026-05-30', '2026-05-31' FROM generate_series(1, 12) n;
INSERT INTO message_templates SELECT pg_temp.id('t', n), 'template ' || n, 'Hi {{name}}', CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN '["name", "city"]'
    WHEN 2 THEN '[{"name": "name"}]' ELSE '{"name": "string"}' END::jsonb, 'SMS', 'general', true, '2026-01-01', '2026-01-01' FROM generate_series(1, 4) n;
INSERT INTO "Invoice" ("contactId", "createdBy", "messageId", amount, channel)
    SELECT pg_temp.id('c', n), pg_temp.id('u', 1 + n % 5), pg_temp.id('m', n), n, 'SMS' FROM generate_series(1, 40) n;
INSERT INTO billing.refunds SELECT n, pg_temp.id('c', n) FROM generate_series(1, 5) n;
