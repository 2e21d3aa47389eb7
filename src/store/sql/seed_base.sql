-- The base profile. Every row has a fixed id and is inserted only where it is
-- missing, so that a second run adds nothing and never overwrites what people
-- changed. A user is found by id or by e-mail: either may be somebody's change,
-- or somebody else's row. A contact that was merged into another one stays away, and
-- what would point to it with it. One INSERT a table: the caller counts the rows.

INSERT INTO users (id, email, name, role) VALUES
    ('01900000-0000-7000-8000-000000000001', 'viewer@inbox.example', 'Vera Viewer', 'VIEWER'),
    ('01900000-0000-7000-8000-000000000002', 'editor@inbox.example', 'Emil Editor', 'EDITOR'),
    ('01900000-0000-7000-8000-000000000003', 'admin@inbox.example', 'Ada Admin', 'ADMIN')
ON CONFLICT DO NOTHING;

INSERT INTO contacts (id, name, phone, email, social_handles, metadata, created_at, updated_at)
SELECT id::uuid, name, phone, email, handles::jsonb, metadata::jsonb,
       now() - age::interval, now() - age::interval
FROM (VALUES
    ('01900000-0000-7000-8000-000000000101', 'Amara Okafor', '+14155550101', 'amara.okafor@mail.example',
     '{"twitter": "@amaraok"}', '{"city": "Oakland", "language": "en"}', '40 days'),
    ('01900000-0000-7000-8000-000000000102', 'José Hernández Ruiz', '+34600550102', 'jose.hernandez@mail.example',
     '{}', '{"city": "Sevilla", "language": "es"}', '35 days'),
    ('01900000-0000-7000-8000-000000000103', 'Linh Nguyễn', '+84905550103', NULL,
     '{"facebook": "linh.nguyen"}', '{"city": "Đà Nẵng", "language": "vi"}', '30 days'),
    ('01900000-0000-7000-8000-000000000104', 'Jürgen Weiß', NULL, 'j.weiss@werkstatt.example',
     '{"linkedin": "juergen-weiss"}', '{"company": "Werkstatt Weiß", "language": "de"}', '25 days'),
    ('01900000-0000-7000-8000-000000000105', 'Sofia Rossi', '+393335550105', 'sofia.rossi@mail.example',
     '{"instagram": "sofia.rossi"}', '{"city": "Torino", "language": "it"}', '20 days'),
    ('01900000-0000-7000-8000-000000000106', '佐藤 美咲', '+819055500106', 'misaki.sato@mail.example',
     '{}', '{"city": "京都", "language": "ja"}', '15 days'),
    ('01900000-0000-7000-8000-000000000107', 'Amara  Okafor', '(415) 555-0101', NULL,
     '{"whatsapp": "amara"}', '{"language": "en"}', '3 days')
) AS rows (id, name, phone, email, handles, metadata, age)
WHERE NOT EXISTS (SELECT FROM merged_contacts m WHERE m.contact_id = rows.id::uuid)
ON CONFLICT DO NOTHING;

-- A conversation on every channel: a question, and but for the last an answer.
INSERT INTO messages (id, contact_id, channel, direction, content, status, thread_id,
                      sent_at, read_at, external_id, user_id, created_at, updated_at)
SELECT pg_catalog.format('01900000-0000-7000-8000-000000000%s', n)::uuid,
       pg_catalog.format('01900000-0000-7000-8000-000000000%s', contact)::uuid,
       channel::channel, direction::message_direction, content, status::message_status,
       pg_catalog.format('01900000-0000-7000-8000-0000000009%s', thread),
       now() - age::interval,
       CASE WHEN status = 'READ' THEN now() - age::interval + interval '5 minutes' END,
       'seed-' || n::text,
       CASE WHEN direction = 'OUTBOUND'
           THEN (SELECT id FROM users
        WHERE id = ('01900000-0000-7000-8000-00000000000' || 2::text)::uuid
           OR lower(email) = (ARRAY['viewer', 'editor', 'admin'])[2] || '@inbox.example' LIMIT 1) END,
       now() - age::interval, now() - age::interval
FROM (VALUES
    (201, 101, 'SMS', 'INBOUND', 'Hi, is my order on its way?', 'READ', '01', '6 days'),
    (202, 101, 'SMS', 'OUTBOUND', 'It left our warehouse this morning.', 'DELIVERED', '01', '5 days 23 hours'),
    (203, 102, 'WHATSAPP', 'INBOUND', '¿Puedo cambiar la cita del jueves?', 'READ', '02', '5 days'),
    (204, 102, 'WHATSAPP', 'OUTBOUND', 'Claro, ¿le viene bien el viernes a las 10?', 'READ', '02', '4 days 20 hours'),
    (205, 104, 'EMAIL', 'INBOUND', 'Bitte senden Sie mir die Rechnung noch einmal.', 'READ', '03', '4 days'),
    (206, 104, 'EMAIL', 'OUTBOUND', 'Gern, sie liegt dieser Nachricht bei.', 'SENT', '03', '3 days 22 hours'),
    (207, 101, 'TWITTER', 'INBOUND', 'Your shop page shows an error', 'READ', '04', '3 days'),
    (208, 101, 'TWITTER', 'OUTBOUND', 'Thank you for telling us, it is mended.', 'DELIVERED', '04', '2 days 23 hours'),
    (209, 103, 'FACEBOOK', 'INBOUND', 'Cửa hàng mở cửa đến mấy giờ?', 'READ', '05', '2 days'),
    (210, 103, 'FACEBOOK', 'OUTBOUND', 'Chúng tôi mở cửa đến 18 giờ.', 'FAILED', '05', '1 day 22 hours'),
    (211, 105, 'INSTAGRAM', 'INBOUND', 'Avete questo modello in blu?', 'READ', '06', '1 day'),
    (212, 105, 'INSTAGRAM', 'OUTBOUND', 'Sì, arriva la prossima settimana.', 'READ', '06', '22 hours'),
    (213, 104, 'LINKEDIN', 'INBOUND', 'Can we talk about a larger order?', 'RECEIVED', '07', '2 hours')
) AS rows (n, contact, channel, direction, content, status, thread, age)
ON CONFLICT DO NOTHING;

INSERT INTO notes (id, contact_id, user_id, content, type)
SELECT pg_catalog.format('01900000-0000-7000-8000-000000000%s', n)::uuid,
       pg_catalog.format('01900000-0000-7000-8000-000000000%s', contact)::uuid,
       (SELECT id FROM users
        WHERE id = ('01900000-0000-7000-8000-00000000000' || author::text)::uuid
           OR lower(email) = (ARRAY['viewer', 'editor', 'admin'])[author] || '@inbox.example' LIMIT 1), content, type::note_type
FROM (VALUES
    (301, 101, 2, 'Prefers text messages.', 'PUBLIC'),
    (302, 102, 2, 'Asked for Friday mornings.', 'PUBLIC'),
    (303, 104, 3, 'Large order possible: call before Monday.', 'PRIVATE')
) AS rows (n, contact, author, content, type)
WHERE EXISTS (SELECT FROM contacts WHERE id = pg_catalog.format('01900000-0000-7000-8000-000000000%s', contact)::uuid)
ON CONFLICT DO NOTHING;

INSERT INTO integrations (id, channel)
SELECT pg_catalog.format('01900000-0000-7000-8000-00000000040%s', n)::uuid, channel
FROM pg_catalog.unnest(pg_catalog.enum_range(NULL::channel)) WITH ORDINALITY AS rows (channel, n)
ON CONFLICT DO NOTHING;

INSERT INTO assignments (id, user_id, contact_id)
SELECT pg_catalog.format('01900000-0000-7000-8000-000000000%s', n)::uuid,
       (SELECT id FROM users
        WHERE id = ('01900000-0000-7000-8000-00000000000' || assignee::text)::uuid
           OR lower(email) = (ARRAY['viewer', 'editor', 'admin'])[assignee] || '@inbox.example' LIMIT 1),
       pg_catalog.format('01900000-0000-7000-8000-000000000%s', contact)::uuid
FROM (VALUES
    (501, 101, 2),
    (502, 104, 3)
) AS rows (n, contact, assignee)
WHERE EXISTS (SELECT FROM contacts WHERE id = pg_catalog.format('01900000-0000-7000-8000-000000000%s', contact)::uuid)
ON CONFLICT DO NOTHING;

INSERT INTO presence (id, user_id, contact_id, status, last_seen)
SELECT pg_catalog.format('01900000-0000-7000-8000-000000000%s', n)::uuid,
       (SELECT id FROM users
        WHERE id = ('01900000-0000-7000-8000-00000000000' || who::text)::uuid
           OR lower(email) = (ARRAY['viewer', 'editor', 'admin'])[who] || '@inbox.example' LIMIT 1),
       (SELECT id FROM contacts WHERE id = ('01900000-0000-7000-8000-000000000' || contact::text)::uuid),
       rows.status::presence_status, now() - age::interval
FROM (VALUES
    (601, 1, NULL, 'OFFLINE', '3 days'),
    (602, 2, 101, 'ONLINE', '1 minute'),
    (603, 3, NULL, 'AWAY', '40 minutes')
) AS rows (n, who, contact, status, age)
ON CONFLICT DO NOTHING;

INSERT INTO scheduled_jobs (id, type, payload, scheduled_at, status, attempts, last_error,
                            finished_at, created_at, updated_at)
SELECT pg_catalog.format('01900000-0000-7000-8000-000000000%s', n)::uuid, type, payload::jsonb,
       now() + due::interval, status::job_status, attempts, error,
       now() + finished::interval,
       now() + least(due::interval, interval '0'), now() + coalesce(finished, '0')::interval
FROM (VALUES
    (701, 'send_message', '{"message": "reminder"}', '2 hours', 'PENDING', 0, NULL, NULL),
    (702, 'sync_channel', '{"channel": "EMAIL"}', '-1 minute', 'RUNNING', 1, NULL, NULL),
    (703, 'sync_channel', '{"channel": "SMS"}', '-1 day', 'COMPLETED', 1, NULL, '-1 day'),
    (704, 'send_message', '{"message": "survey"}', '-12 days', 'FAILED', 5,
     'the provider answered 503 five times', '-12 days'),
    (705, 'send_message', '{"message": "newsletter"}', '-2 days', 'CANCELLED', 0, NULL, '-2 days')
) AS rows (n, type, payload, due, status, attempts, error, finished)
ON CONFLICT DO NOTHING;

INSERT INTO templates (id, name, content, variables, channel, category)
SELECT pg_catalog.format('01900000-0000-7000-8000-000000000%s', n)::uuid, name, content,
       variables::text[], channel::channel, category
FROM (VALUES
    (801, 'welcome', 'Hello {{name}}, thank you for writing to us. How can we help?',
     '{name}', NULL, 'greeting'),
    (802, 'out-of-office', 'Hello {{name}}, we are back on {{date}} and will answer then.',
     '{name,date}', 'EMAIL', 'greeting'),
    (803, 'order-shipped', 'Your order {{order}} is on its way: {{link}}',
     '{order,link}', 'SMS', 'orders'),
    (804, 'appointment', 'See you on {{date}} at {{time}}. Write CHANGE to move it.',
     '{date,time}', 'WHATSAPP', 'appointments')
) AS rows (n, name, content, variables, channel, category)
ON CONFLICT DO NOTHING;

-- The key holds the time as well, so ON CONFLICT can't tell that a row is there. The ids are read
-- as a range, for which the server looks into the index of each month.
INSERT INTO audit_logs (id, user_id, actor, action, resource, resource_id, created_at)
SELECT pg_catalog.format('01900000-0000-7000-8000-000000000%s', n)::uuid,
       (SELECT id FROM users
        WHERE id = ('01900000-0000-7000-8000-00000000000' || author::text)::uuid
           OR lower(email) = (ARRAY['viewer', 'editor', 'admin'])[author] || '@inbox.example' LIMIT 1),
       rows.actor, rows.action,
       rows.resource, pg_catalog.format('01900000-0000-7000-8000-000000000%s', target),
       now() - age::interval
FROM (VALUES
    (901, 3, 'admin@inbox.example', 'user.create', 'users', '002', '40 days'),
    (902, 2, 'editor@inbox.example', 'contact.create', 'contacts', '101', '40 days'),
    (903, 2, 'editor@inbox.example', 'message.send', 'messages', '202', '6 days'),
    (904, 3, 'admin@inbox.example', 'assignment.create', 'assignments', '502', '4 days')
) AS rows (n, author, actor, action, resource, target, age)
WHERE pg_catalog.format('01900000-0000-7000-8000-000000000%s', n)::uuid <> ALL (ARRAY(
    SELECT id FROM audit_logs
    WHERE id BETWEEN '01900000-0000-7000-8000-000000000900' AND '01900000-0000-7000-8000-0000000009ff'));
