-- What `prisma migrate` makes of schema.prisma, but for one model that was dropped since; with rows.
CREATE TYPE "Role" AS ENUM ('VIEWER', 'EDITOR', 'ADMIN');
CREATE TYPE "Channel" AS ENUM ('SMS', 'WHATSAPP', 'EMAIL');
CREATE TYPE "Direction" AS ENUM ('INBOUND', 'OUTBOUND');
CREATE TYPE "MessageStatus" AS ENUM ('PENDING', 'SCHEDULED', 'SENT', 'DELIVERED', 'READ', 'FAILED');
CREATE TYPE "JobStatus" AS ENUM ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED');
CREATE TYPE "NoteType" AS ENUM ('PUBLIC', 'PRIVATE');

CREATE TABLE users (
    id text PRIMARY KEY, email text NOT NULL, name text, role "Role" NOT NULL DEFAULT 'VIEWER', "avatarUrl" text,
    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp(3) NOT NULL);
CREATE UNIQUE INDEX users_email_key ON users (email);
CREATE TABLE contacts (
    id text PRIMARY KEY, name text, phone text, email text, "socialHandles" jsonb, metadata jsonb,
    company text NOT NULL DEFAULT 'none', "ownerId" text REFERENCES users ON DELETE SET NULL ON UPDATE CASCADE,
    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp(3) NOT NULL);
CREATE INDEX contacts_company_idx ON contacts (company);
CREATE TABLE messages (
    id text PRIMARY KEY, "contactId" text NOT NULL REFERENCES contacts ON DELETE CASCADE ON UPDATE CASCADE,
    "authorId" text REFERENCES users ON DELETE SET NULL ON UPDATE CASCADE, channel "Channel" NOT NULL,
    direction "Direction" NOT NULL, content text NOT NULL, status "MessageStatus" NOT NULL DEFAULT 'PENDING',
    "threadId" text, "externalId" text, metadata jsonb, "scheduledAt" timestamp(3), "sentAt" timestamp(3),
    "readAt" timestamp(3), "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp(3) NOT NULL);
CREATE UNIQUE INDEX "messages_externalId_key" ON messages ("externalId");
CREATE TABLE notes (
    id text PRIMARY KEY, "contactId" text NOT NULL REFERENCES contacts ON DELETE CASCADE ON UPDATE CASCADE,
    "userId" text NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE, content text NOT NULL,
    type "NoteType" NOT NULL DEFAULT 'PUBLIC', "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE integrations (
    id text PRIMARY KEY, channel "Channel" NOT NULL UNIQUE, config jsonb, credentials jsonb,
    "isActive" boolean NOT NULL DEFAULT false, "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE assignments (
    id text PRIMARY KEY, "contactId" text NOT NULL UNIQUE REFERENCES contacts ON DELETE CASCADE ON UPDATE CASCADE,
    "userId" text NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE user_presence (
    id text PRIMARY KEY, "userId" text NOT NULL UNIQUE REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    online boolean NOT NULL DEFAULT false, "lastSeen" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE audit_logs (
    id text PRIMARY KEY, "userId" text REFERENCES users ON DELETE SET NULL ON UPDATE CASCADE, action text NOT NULL,
    resource text NOT NULL, "resourceId" text, details jsonb, "ipAddress" text,
    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE scheduled_jobs (
    id text PRIMARY KEY, type text NOT NULL, payload jsonb NOT NULL, "scheduledAt" timestamp(3) NOT NULL,
    status "JobStatus" NOT NULL DEFAULT 'PENDING', attempts integer NOT NULL DEFAULT 0, error text,
    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE message_templates (
    id text PRIMARY KEY, name text NOT NULL, content text NOT NULL, variables jsonb, channel "Channel",
    "isActive" boolean NOT NULL DEFAULT true, "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE "Invoice" (
    id serial PRIMARY KEY, "contactId" text NOT NULL REFERENCES contacts ON DELETE CASCADE ON UPDATE CASCADE,
    channel "Channel" NOT NULL DEFAULT 'EMAIL', amount numeric(10, 2) NOT NULL,
    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE INDEX "Invoice_contactId_idx" ON "Invoice" ("contactId" DESC);
CREATE TABLE "Tag" (id text PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE "_ContactToTag" (
    "A" text NOT NULL REFERENCES contacts ON DELETE CASCADE ON UPDATE CASCADE,
    "B" text NOT NULL REFERENCES "Tag" ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "_ContactToTag_AB_pkey" PRIMARY KEY ("A", "B"));
CREATE VIEW owed AS SELECT "contactId", sum(amount) AS amount FROM "Invoice" GROUP BY 1;

CREATE FUNCTION pg_temp.id(kind text, n bigint) RETURNS text LANGUAGE sql AS $$ SELECT 'c' || substr(md5(kind || n), 1, 24) $$;
INSERT INTO users SELECT pg_temp.id('u', n), 'u' || n || '@x.example', CASE WHEN n > 1 THEN 'User ' || n END, 'EDITOR', NULL, '2026-01-01', '2026-01-01'
    FROM generate_series(1, 4) n;
INSERT INTO contacts SELECT pg_temp.id('c', n), 'Contact ' || n, '+1415555' || lpad(n::text, 4, '0'), 'c' || n || '@x.example',
    CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN 'null' ELSE '["@x"]' END::jsonb, CASE n % 2 WHEN 0 THEN '{"vip": true}'::jsonb END, 'ACME',
    pg_temp.id('u', 1 + n % 4), '2026-03-01', '2026-04-01' FROM generate_series(1, 30) n;
INSERT INTO messages SELECT pg_temp.id('m', n), pg_temp.id('c', 1 + n % 30), CASE WHEN n % 2 = 0 THEN pg_temp.id('u', 1 + n % 4) END,
    (ARRAY['SMS', 'WHATSAPP', 'EMAIL'])[1 + n % 3]::"Channel", CASE n % 2 WHEN 0 THEN 'OUTBOUND' ELSE 'INBOUND' END::"Direction", 'body ' || n,
    (ARRAY['PENDING', 'SENT', 'DELIVERED', 'READ', 'FAILED'])[1 + n % 5]::"MessageStatus", 'SM-thread-' || n % 7, 'SM' || n,
    CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN '[1]'::jsonb ELSE '{"a": null}' END, NULL, NULL, NULL, '2026-05-01', '2026-05-01' FROM generate_series(1, 120) n;
INSERT INTO notes SELECT pg_temp.id('n', n), pg_temp.id('c', n), pg_temp.id('u', 1 + n % 4), 'note ' || n, 'PRIVATE', '2026-05-02', '2026-05-02'
    FROM generate_series(1, 20) n;
INSERT INTO integrations VALUES (pg_temp.id('i', 1), 'SMS', NULL, '{"token": "of theirs"}', true, '2026-01-01', '2026-01-01');
INSERT INTO assignments SELECT pg_temp.id('a', n), pg_temp.id('c', n), pg_temp.id('u', 2), '2026-05-02', '2026-05-02' FROM generate_series(1, 10) n;
INSERT INTO user_presence SELECT pg_temp.id('p', n), pg_temp.id('u', n), n = 1, '2026-05-02' FROM generate_series(1, 3) n;
INSERT INTO audit_logs SELECT pg_temp.id('l', n), CASE WHEN n % 2 = 0 THEN pg_temp.id('u', 1) END, 'UPDATE', 'contact', pg_temp.id('c', n),
    CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN '["name"]'::jsonb ELSE '{"field": "name"}' END, '10.0.0.1', timestamp '2026-04-01' + n * interval '1 day'
    FROM generate_series(1, 30) n;
INSERT INTO scheduled_jobs SELECT pg_temp.id('j', n), 'send', '{"n": 1}', '2026-06-01', (ARRAY['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED'])[1 + n % 4]::"JobStatus",
    0, NULL, '2026-05-30', '2026-05-30' FROM generate_series(1, 12) n;
INSERT INTO message_templates SELECT pg_temp.id('t', n), 'template ' || n, 'Hi {{name}}', CASE n % 2 WHEN 0 THEN '["name", "city"]'::jsonb END, 'SMS', true, '2026-01-01', '2026-01-01'
    FROM generate_series(1, 4) n;
INSERT INTO "Invoice" ("contactId", amount) SELECT pg_temp.id('c', n), n FROM generate_series(1, 15) n;
INSERT INTO "Tag" VALUES ('vip', 'VIP');
INSERT INTO "_ContactToTag" SELECT pg_temp.id('c', n), 'vip' FROM generate_series(1, 5) n;
