//! Values that an inbox takes otherwise than they were meant: each is kept, or told in the plan.

use crate::db_adopt_kinds::{adopted, pascal};
use crate::support::Binary;

#[test]
fn a_time_of_the_log_that_no_month_is_for_makes_none() {
    let database = pascal(
        r#"CREATE TABLE "AuditLog" (id text PRIMARY KEY, action text NOT NULL, resource text NOT NULL, "createdAt" timestamptz NOT NULL);
           INSERT INTO "AuditLog" SELECT 'a' || n, 'x', 'y', t FROM unnest(ARRAY['0001-01-01 00:00:00+00', 'infinity', '-infinity',
               '4000-01-01 00:00:00+00 BC', '9999-12-31 23:59:59+00', '20000-01-01 00:00:00+00', '1970-01-01 00:00:00+00',
               '2024-05-05 00:00:00+00', '2026-01-31 23:59:59+00']::timestamptz[]) WITH ORDINALITY AS l (t, n)"#,
    );
    let inbox = adopted(&database, &[]);
    assert_eq!(inbox.value("(SELECT count(*) FROM audit_logs WHERE action = 'x')"), "9");
    assert_eq!(inbox.value("(SELECT count(*) FROM audit_logs_default)"), "7");
    assert_eq!(
        inbox.value("concat_ws(' ', to_regclass('audit_logs_2024_05'), to_regclass('audit_logs_2026_01'), to_regclass('audit_logs_2025_01'))"),
        "audit_logs_2024_05 audit_logs_2026_01"
    );
    let months: u32 = inbox
        .value("(SELECT count(*) FROM pg_inherits WHERE inhparent = 'audit_logs'::regclass)")
        .parse()
        .unwrap();
    assert!(months < 30, "{months}");
}

#[test]
fn variables_that_are_more_than_names_are_told() {
    let database = pascal(
        r#"CREATE TABLE "Template" (id text PRIMARY KEY, name text NOT NULL, content text NOT NULL, channel text NOT NULL DEFAULT 'sms', variables jsonb);
           INSERT INTO "Template" VALUES ('t1', 'a', 'x', 'sms', '{"city": "Berlin"}'), ('t2', 'b', 'x', 'sms', '["city"]'),
               ('t3', 'c', 'x', 'sms', '{}'), ('t4', 'd', 'x', 'sms', '[{"name": "city", "default": "Rome"}]'), ('t5', 'e', 'x', 'sms', NULL)"#,
    );
    let plan = Binary::on(&database).run(["db", "adopt", "--plan"]).expect_code(0);
    assert!(
        plan.stdout.contains("variables: 2 with more than names: the names alone are kept"),
        "{plan}"
    );
    let inbox = adopted(&database, &[]);
    assert_eq!(
        inbox.value("(SELECT string_agg(variables::text, ' ' ORDER BY name) FROM templates)"),
        "{city} {city} {} {city} {}"
    );
}
