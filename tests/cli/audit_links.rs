//! Links of closed days: they stand or nothing is done, do no more than their kind, and are of days.

use crate::access_roles::Members;
use crate::audit_close::{close, verify, with_days};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::support::{Binary, eventually};

const DAY: &str = "(now() - interval '20 days')::date";

/// Closing would otherwise never end, and a prune leave no trace.
#[test]
fn a_link_that_something_takes_away_stops_what_writes_it() {
    let function = |body: &str| {
        format!("CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {body} END'; ")
    };
    for (name, way) in [
        ("rule act", String::from("CREATE RULE act AS ON INSERT TO audit_days DO INSTEAD NOTHING")),
        (
            "trigger act",
            function("RETURN NULL;")
                + "CREATE TRIGGER act BEFORE INSERT ON audit_days FOR EACH ROW EXECUTE FUNCTION act()",
        ),
        (
            "trigger act",
            function("DELETE FROM audit_days WHERE number = NEW.number; RETURN NULL;")
                + "CREATE TRIGGER act AFTER INSERT ON audit_days FOR EACH ROW EXECUTE FUNCTION act()",
        ),
        (
            "trigger act",
            function("DELETE FROM audit_days WHERE number = NEW.number; RETURN NULL;")
                + "CREATE CONSTRAINT TRIGGER act AFTER INSERT ON audit_days DEFERRABLE INITIALLY DEFERRED \
                   FOR EACH ROW EXECUTE FUNCTION act()",
        ),
        (
            "trigger act",
            function("NEW.actor := ''ceo''; RETURN NEW;")
                + "CREATE TRIGGER act BEFORE INSERT ON audit_days FOR EACH ROW EXECUTE FUNCTION act()",
        ),
    ] {
        let database = with_days();
        database.execute(&way);
        let old = "(SELECT count(*) FROM audit_logs WHERE created_at < now() - interval '30 days')";
        let before = database.value(old);
        let prune = ["audit", "prune", "--older-than", "30d", "--yes"];
        // Neither of days that are yet to be closed.
        let ran = Binary::on(&database).run(prune).expect_code(1);
        assert!(ran.stderr.contains("would not tell of it"), "{way}: {ran}");
        let ran = close(&database);
        assert!(![0, 3].contains(&ran.code), "{way}: {ran}");
        assert!(
            ran.stderr.contains("does not stay in audit_days") && ran.stderr.contains(name),
            "{ran}"
        );
        database.execute(
            "DROP RULE IF EXISTS act ON audit_days; DROP TRIGGER IF EXISTS act ON audit_days",
        );
        close(&database).expect_code(0);
        // Nothing goes of a day whose link doesn't stay.
        database.execute(way.rsplit_once("; ").map_or(way.as_str(), |(_, trigger)| trigger));
        let ran = Binary::on(&database).run(prune);
        assert!(![0, 3].contains(&ran.code), "{way}: {ran}");
        assert_eq!(database.value(old), before, "{way}");
    }
}

/// By the name of a prune nothing else is done.
#[test]
fn a_change_that_was_begun_covers_no_other_one() {
    let database = with_days();
    close(&database).expect_code(0);
    let begun = "EXISTS (SELECT FROM audit_days b WHERE kind = 'before' AND NOT EXISTS ( \
        SELECT FROM audit_days l WHERE l.day = b.day AND l.link > b.link))";
    database.execute(&format!(
        "SELECT delete_audit_entries('{{}}', ARRAY[{DAY}::timestamptz], '{{}}', now() - interval '8 days', \
             '{{}}', '{{}}', '{{}}', 'x')"
    ));
    assert_eq!(database.value(begun), "false");
    verify(&database, &[]).expect_code(0);
    let of_day = format!("created_at >= {DAY} AND created_at < {DAY} + 1");
    for (change, says) in [
        (format!("UPDATE audit_logs SET actor = 'y' WHERE {of_day}"), "can't change entries"),
        (
            format!(
                "INSERT INTO audit_logs (actor, action, resource, created_at, recorded_at) \
                 VALUES ('x', 'x', 'x', {DAY}, now() - interval '1 day')"
            ),
            "can't add entries",
        ),
    ] {
        let victim = database.copy();
        victim.execute(&format!(
            "SELECT begin_audit_change(ARRAY[{DAY}::timestamptz], '{{\"change\": \"prune\"}}', 'x'); {change}"
        ));
        let found = verify(&victim, &[]).expect_code(3);
        assert!(found.stdout.contains("nobody is working on it"), "{found}");
        let seen = Binary::on(&victim).run(["doctor", "--only", "audit-trail"]);
        assert!(seen.stdout.contains("begun and not ended"), "{seen}");
        close(&victim).expect_code(0);
        let found = verify(&victim, &[]).expect_code(3);
        assert!(found.stdout.contains(says), "{found}");
    }
    // Before it has ended, too.
    for (kind, change, says) in [
        (
            "prune",
            format!("UPDATE audit_logs SET actor = 'y' WHERE {of_day}"),
            "entries were changed",
        ),
        ("restore", format!("DELETE FROM audit_logs WHERE {of_day}"), "entries were removed"),
    ] {
        let victim = database.copy();
        victim.execute(&format!(
            "SELECT begin_audit_change(ARRAY[{DAY}::timestamptz], '{{\"change\": \"{kind}\"}}', 'x'); {change}"
        ));
        let found = verify(&victim, &[]).expect_code(3);
        assert!(found.stdout.contains(says), "{kind} {found}");
    }
}

/// Nor does a second beginning, and nobody who may not prune makes believe that somebody is at work.
#[test]
fn what_was_begun_is_not_begun_again_and_not_held_by_anybody() {
    let members = Members::new();
    let database = &members.database;
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) \
         SELECT 'x', 'x', 'x', now() - n * interval '1 day' FROM generate_series(3, 30) AS n",
    );
    close(database).expect_code(0);
    let link = |kind: &str| {
        format!(
            "SELECT audit_day_link({DAY}, '{kind}', s.entries, s.digest, 0, '{{\"change\": \"prune\"}}', 'x', '1:1:') \
             FROM audit_day_state({DAY}, NULL, NULL) s; "
        )
    };
    let change = format!("UPDATE audit_logs SET actor = 'y' WHERE created_at::date = {DAY}; ");
    let twice = database.copy();
    twice.execute(&(link("before") + &change + &link("before") + &link("prune")));
    let found = verify(&twice, &[]).expect_code(3);
    assert!(found.stdout.contains("which can't follow before"), "{found}");

    database.execute(
        &(link("before") + &format!("DELETE FROM audit_logs WHERE created_at::date = {DAY}")),
    );
    verify(database, &[]).expect_code(3);
    let mut viewer = PgConnection::establish(&members.url("inbox_viewer")).unwrap();
    viewer.batch_execute("SELECT pg_advisory_lock((x'696e626f78'::bigint << 16) + 6)").unwrap();
    let found = verify(database, &[]).expect_code(3);
    assert!(found.stdout.contains("nobody is working on it"), "{found}");
}

/// A link of a day that never was, or is yet to come, keeps no other from being closed.
#[test]
fn a_link_of_no_day_is_found_and_in_nobodys_way() {
    for day in ["infinity", "5874897-12-31", "tomorrow"] {
        let database = with_days();
        database.execute(&format!(
            "SELECT audit_day_link('{day}', 'close', 0, encode(sha256(''), 'hex'), 0, '{{}}', 'x', '1:1:')"
        ));
        let closed = close(&database).expect_code(0).json();
        assert!(closed["closed"].as_array().unwrap().len() > 30, "{day} {closed}");
        close(&database).expect_code(0);
        let found = verify(&database, &[]).expect_code(3).json();
        let findings = found["findings"].as_array().unwrap();
        assert_eq!(findings.len(), 1, "{day} {found}");
        assert!(findings[0]["what"].as_str().unwrap().contains("hadn't ended"), "{found}");
    }
}

/// Entries of the first centuries and before are of days too, those of no finite time of none.
#[test]
fn old_days_are_closed_archived_and_verified() {
    let database = with_days();
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('x', 'x', 'x', '0044-03-15 12:00Z BC'), \
             ('x', 'x', 'x', '0099-03-15 12:00Z'), ('x', 'x', 'x', '-infinity'), ('x', 'x', 'x', 'infinity')",
    );
    close(&database).expect_code(0);
    let found = verify(&database, &[]).expect_code(0);
    assert!(found.stdout.contains("2 entries of no day"), "{found}");
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().to_str().unwrap();
    let said = verify(&database, &["--archive", archive]).expect_code(0);
    assert!(said.stdout.contains("no archive of audit_logs is in it"), "{said}");
    let prune = ["audit", "prune", "--older-than", "36500d", "--yes", "--archive", archive];
    Binary::on(&database).run(prune).expect_code(0);
    let found = verify(&database, &["--archive", archive]).expect_code(0).json();
    assert_eq!(found["archived"], 2, "{found}");
}

/// What a view calls would run as who verifies.
#[test]
fn a_view_in_the_place_of_the_log_is_not_read() {
    for sql in [
        "CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw; \
         CREATE FOREIGN TABLE part () INHERITS (audit_days) SERVER s",
        "CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw; \
         DROP TABLE audit_logs_default; ALTER TABLE audit_logs DROP CONSTRAINT audit_logs_pkey, DROP CONSTRAINT audit_logs_user_id_fkey; \
         CREATE FOREIGN TABLE part PARTITION OF audit_logs DEFAULT SERVER s",
        "CREATE TABLE part () INHERITS (audit_days)",
        "ALTER TABLE audit_logs ALTER resource_id TYPE bpchar",
        "CREATE DOMAIN own AS bigint; ALTER TABLE audit_days ALTER entries TYPE own",
    ] {
        let database = with_days();
        close(&database).expect_code(0);
        database.execute(sql);
        let refused = Binary::on(&database).run(["audit", "verify"]).expect_code(4);
        assert!(refused.stderr.contains("not the tables that days are made of"), "{sql} {refused}");
    }
    for table in ["audit_logs", "audit_days"] {
        let database = with_days();
        close(&database).expect_code(0);
        database.execute(&format!(
            "ALTER TABLE {table} RENAME TO kept; CREATE TABLE called (at int); \
             CREATE FUNCTION act() RETURNS boolean LANGUAGE plpgsql AS \
                 'BEGIN RAISE EXCEPTION ''captured''; END'; \
             CREATE VIEW {table} AS SELECT * FROM kept WHERE act()"
        ));
        for command in [["audit", "verify"], ["audit", "close"]] {
            let ran = Binary::on(&database).run(command);
            assert!(
                ![0, 3].contains(&ran.code) && !ran.stderr.contains("captured"),
                "{table} {ran}"
            );
        }
    }
}

/// What an archived prune that ran out of time left of a day stands in its archive and in the log.
#[test]
fn archives_that_have_the_same_entries_are_followed() {
    let database = with_days();
    close(&database).expect_code(0);
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().to_str().unwrap();
    let prune = |more: &[&str]| {
        let args = ["audit", "prune", "--older-than", "30d", "--yes", "--archive", archive];
        Binary::on(&database).run([&args, more].concat()).expect_code(0)
    };
    prune(&["--batch-size", "1", "--rate", "2", "--max-runtime", "1s"]);
    // Some of them went, and all of them were archived.
    let old = "(SELECT count(*) FROM audit_logs WHERE created_at < now() - interval '30 days')";
    assert!(!["0", "56"].contains(&database.value(old).as_str()), "{}", database.value(old));
    verify(&database, &["--archive", archive]).expect_code(0);
    prune(&[]);
    let found = verify(&database, &["--archive", archive]).expect_code(0);
    assert!(
        !found.stdout.contains("was not given") && !found.stdout.contains("no archive"),
        "{found}"
    );
}

/// Entries that move into a partition of their own while somebody verifies.
#[test]
fn rows_that_move_between_partitions_are_seen_once() {
    let database = with_days();
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) \
         SELECT 'x', 'x', 'x', '2019-02-03Z' FROM generate_series(1, 9)",
    );
    close(&database).expect_code(0);
    let mut moving = database.connect();
    let rows = "BEGIN; LOCK TABLE audit_logs IN ACCESS EXCLUSIVE MODE; CREATE TABLE m (LIKE audit_logs INCLUDING ALL); \
         WITH gone AS (DELETE FROM audit_logs_default WHERE created_at < '2019-03-01Z' RETURNING *) \
             INSERT INTO m SELECT * FROM gone; \
         ALTER TABLE audit_logs ATTACH PARTITION m FOR VALUES FROM ('2019-02-01Z') TO ('2019-03-01Z')";
    moving.batch_execute(rows).unwrap();
    let verifying = Binary::on(&database).start(["audit", "verify"]);
    eventually("it waits", || database.somebody_waits());
    moving.batch_execute("COMMIT").unwrap();
    verifying.wait().expect_code(0);
}

/// The head of the links that a policy shows would be another one.
#[test]
fn links_that_are_hidden_are_not_left_out_of_the_head() {
    let members = Members::new();
    let close = || members.binary("inbox_admin").run(["audit", "close", "--format", "json"]);
    close().expect_code(0);
    members.database.execute("ALTER TABLE audit_days ENABLE ROW LEVEL SECURITY");
    let refused = close().expect_code(4);
    assert!(refused.stderr.contains("hides rows of audit_days"), "{refused}");
}
