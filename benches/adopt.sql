-- A database as an application on Prisma keeps it: ids of text (cuids), camelCase, times without a zone,
-- types in PascalCase. $MESSAGES stands for their number; everything else is in proportion to it.
CREATE TYPE "UserRole" AS ENUM ('VIEWER', 'EDITOR', 'ADMIN');
CREATE TYPE "Channel" AS ENUM ('SMS', 'WHATSAPP', 'EMAIL', 'TWITTER', 'FACEBOOK', 'INSTAGRAM', 'LINKEDIN');
CREATE TYPE "MessageDirection" AS ENUM ('INBOUND', 'OUTBOUND');
CREATE TYPE "MessageStatus" AS ENUM ('PENDING', 'SCHEDULED', 'SENT', 'DELIVERED', 'READ', 'FAILED');
CREATE TYPE "NoteType" AS ENUM ('PUBLIC', 'PRIVATE');
CREATE TYPE "JobStatus" AS ENUM ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED');

CREATE FUNCTION pg_temp.base36(number bigint, digits int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(substr('0123456789abcdefghijklmnopqrstuvwxyz', 1 + ((number / (36::numeric ^ place)::bigint) % 36)::int, 1), '' ORDER BY place DESC)
    FROM generate_series(0, digits - 1) AS place $$;
-- c, the milliseconds in 8 digits, a counter in 4, the machine in 4, 8 by chance; the same for the same row.
CREATE FUNCTION pg_temp.cuid(kind text, made timestamp, n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT 'c' || pg_temp.base36((extract(epoch FROM made) * 1000)::bigint, 8) || pg_temp.base36(n % 1679616, 4)
        || 'h0st' || substr(md5(kind || n), 1, 8) $$;

CREATE TABLE users (id text PRIMARY KEY, email text NOT NULL, name text, role "UserRole" NOT NULL DEFAULT 'VIEWER',
    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE contacts (id text PRIMARY KEY, name text, phone text, email text, "socialHandles" jsonb, metadata jsonb,
    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE messages (id text PRIMARY KEY, "contactId" text NOT NULL, "userId" text, channel "Channel" NOT NULL,
    direction "MessageDirection" NOT NULL, content text NOT NULL, status "MessageStatus" NOT NULL DEFAULT 'PENDING',
    "threadId" text, "externalId" text, metadata jsonb, "scheduledAt" timestamp(3), "sentAt" timestamp(3), "readAt" timestamp(3),
    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE notes (id text PRIMARY KEY, "contactId" text NOT NULL, "userId" text NOT NULL, content text NOT NULL,
    type "NoteType" NOT NULL DEFAULT 'PUBLIC', "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE audit_logs (id text PRIMARY KEY, "userId" text, action text NOT NULL, resource text NOT NULL, "resourceId" text,
    details jsonb, "ipAddress" text, "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE scheduled_jobs (id text PRIMARY KEY, type text NOT NULL, payload jsonb NOT NULL, "scheduledAt" timestamp(3) NOT NULL,
    status "JobStatus" NOT NULL DEFAULT 'PENDING', attempts int NOT NULL DEFAULT 0, error text,
    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE "Invoice" (id serial PRIMARY KEY, "contactId" text NOT NULL, amount numeric(10, 2) NOT NULL);

INSERT INTO users SELECT pg_temp.cuid('u', made, n), 'user' || n || '@example.com', 'User ' || n, 'EDITOR', made, made
    FROM generate_series(1, 6) AS n, LATERAL (SELECT timestamp '2025-09-01 08:00' + n * interval '1 hour') AS t (made);
INSERT INTO contacts SELECT pg_temp.cuid('c', made, n), 'Contact ' || n, '+1415' || lpad(n::text, 7, '0'), 'contact' || n || '@example.com',
    CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN 'null'::jsonb ELSE jsonb_build_object('twitter', '@contact' || n) END,
    CASE n % 4 WHEN 0 THEN NULL ELSE jsonb_build_object('city', 'Town ' || n % 40, 'tags', jsonb_build_array('lead')) END, made, made
    FROM generate_series(1, $MESSAGES / 4) AS n, LATERAL (SELECT timestamp '2025-09-02' + n * interval '1 minute') AS t (made);
CREATE TEMP TABLE c AS SELECT row_number() OVER (ORDER BY "createdAt") AS n, id FROM contacts;
CREATE TEMP TABLE u AS SELECT row_number() OVER (ORDER BY "createdAt") AS n, id FROM users;
ANALYZE c;
INSERT INTO messages SELECT pg_temp.cuid('m', made, g.n), c.id, CASE WHEN outbound THEN u.id END,
    (ARRAY['SMS','WHATSAPP','EMAIL','TWITTER','FACEBOOK','INSTAGRAM','LINKEDIN'])[1 + g.n % 7]::"Channel",
    CASE WHEN outbound THEN 'OUTBOUND' ELSE 'INBOUND' END::"MessageDirection", 'message number ' || g.n || ' about the order and when it comes',
    CASE WHEN g.n % 50 = 0 THEN 'FAILED' WHEN g.n % 37 = 0 THEN 'PENDING' WHEN outbound THEN 'SENT' WHEN g.n % 3 = 0 THEN 'READ' ELSE 'DELIVERED' END::"MessageStatus",
    CASE g.n % 3 WHEN 0 THEN NULL WHEN 1 THEN c.id ELSE 'thread_' || md5(c.id) END, CASE WHEN outbound THEN 'SM' || md5(g.n::text) END,
    CASE g.n % 4 WHEN 0 THEN NULL WHEN 1 THEN '[]'::jsonb ELSE '{"mediaUrls": ["https://media.example/x.jpg"]}' END,
    NULL, CASE WHEN outbound THEN made END, CASE WHEN g.n % 3 = 0 THEN made + interval '1 hour' END, made, made
    FROM (SELECT n, n % 2 = 0 AS outbound, timestamp '2025-09-03' + n * interval '30 seconds' AS made FROM generate_series(1, $MESSAGES) AS n) AS g
    JOIN c ON c.n = 1 + (g.n * 7) % ($MESSAGES / 4) JOIN u ON u.n = 1 + g.n % 6;
INSERT INTO notes SELECT pg_temp.cuid('n', made, c.n), c.id, u.id, 'note on ' || c.n, 'PUBLIC', made, made
    FROM c JOIN u ON u.n = 1 + c.n % 6, LATERAL (SELECT timestamp '2025-10-01' + c.n * interval '1 minute') AS t (made) WHERE c.n % 2 = 0;
INSERT INTO audit_logs SELECT pg_temp.cuid('a', made, g.n), CASE WHEN g.n % 10 > 0 THEN u.id END, (ARRAY['CREATE','UPDATE','DELETE','LOGIN'])[1 + g.n % 4],
    'contact', c.id, CASE g.n % 3 WHEN 0 THEN NULL WHEN 1 THEN '["name","phone"]'::jsonb ELSE '{"field":"name"}' END, '10.0.0.' || g.n % 250, made
    FROM (SELECT n, timestamp '2025-09-03' + n * interval '45 seconds' AS made FROM generate_series(1, $MESSAGES * 2 / 3) AS n) AS g
    JOIN c ON c.n = 1 + (g.n * 3) % ($MESSAGES / 4) JOIN u ON u.n = 1 + g.n % 6;
INSERT INTO scheduled_jobs SELECT pg_temp.cuid('j', made, c.n), 'follow_up', jsonb_build_object('contactId', c.id), made + interval '1 day', 'COMPLETED', 1, NULL, made, made
    FROM c, LATERAL (SELECT timestamp '2025-10-01' + c.n * interval '1 minute') AS t (made) WHERE c.n % 5 = 0;
INSERT INTO "Invoice" ("contactId", amount) SELECT c.id, c.n % 1000 FROM c WHERE c.n % 10 = 0;

CREATE UNIQUE INDEX users_email_key ON users (email);
CREATE INDEX contacts_phone_idx ON contacts (phone);
CREATE INDEX contacts_email_idx ON contacts (email);
CREATE INDEX "contacts_createdAt_idx" ON contacts ("createdAt");
CREATE INDEX "messages_contactId_createdAt_idx" ON messages ("contactId", "createdAt");
CREATE INDEX "messages_threadId_idx" ON messages ("threadId");
CREATE INDEX messages_channel_idx ON messages (channel);
CREATE INDEX messages_status_idx ON messages (status);
CREATE INDEX "messages_scheduledAt_idx" ON messages ("scheduledAt");
CREATE INDEX "notes_contactId_createdAt_idx" ON notes ("contactId", "createdAt");
CREATE INDEX "notes_userId_idx" ON notes ("userId");
CREATE INDEX "audit_logs_userId_createdAt_idx" ON audit_logs ("userId", "createdAt");
CREATE INDEX audit_logs_action_idx ON audit_logs (action);
CREATE INDEX "audit_logs_resource_resourceId_idx" ON audit_logs (resource, "resourceId");
CREATE INDEX "audit_logs_createdAt_idx" ON audit_logs ("createdAt");
CREATE INDEX "scheduled_jobs_status_scheduledAt_idx" ON scheduled_jobs (status, "scheduledAt");
CREATE INDEX scheduled_jobs_type_idx ON scheduled_jobs (type);
CREATE INDEX "Invoice_contactId_idx" ON "Invoice" ("contactId");
ALTER TABLE messages ADD CONSTRAINT "messages_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES contacts ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE messages ADD CONSTRAINT "messages_userId_fkey" FOREIGN KEY ("userId") REFERENCES users ON UPDATE CASCADE ON DELETE SET NULL;
ALTER TABLE notes ADD CONSTRAINT "notes_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES contacts ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE notes ADD CONSTRAINT "notes_userId_fkey" FOREIGN KEY ("userId") REFERENCES users ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE audit_logs ADD CONSTRAINT "audit_logs_userId_fkey" FOREIGN KEY ("userId") REFERENCES users ON UPDATE CASCADE ON DELETE SET NULL;
ALTER TABLE "Invoice" ADD CONSTRAINT "Invoice_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES contacts ON UPDATE CASCADE ON DELETE CASCADE;
