//! `audit verify`: every attack is found, and nothing that is lawful.

use std::fs;
use std::process::Command;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::access_roles::Members;
use crate::audit_close::{close, verify, with_days};
use crate::support::backups::Folder;
use crate::support::{Binary, Database};

/// The third entry of twelve days ago.
const ONE: &str = "(SELECT id FROM audit_logs WHERE created_at::date = (now() - interval '12 days')::date ORDER BY id LIMIT 1)";
const DAY: &str = "(now() - interval '12 days')::date";

/// What somebody who owns the database, or is a superuser, may do.
fn attacks() -> Vec<(&'static str, String)> {
    let rewrite = "DO $$ DECLARE one record; BEGIN \
        CREATE TEMP TABLE old AS SELECT * FROM audit_days; TRUNCATE audit_days; \
        FOR one IN SELECT * FROM old ORDER BY number LOOP \
            PERFORM audit_day_link(one.day, one.kind, s.entries, s.digest, s.entries, one.details, one.actor, one.snapshot) \
            FROM audit_day_state(one.day, NULL, NULL) s; \
        END LOOP; DROP TABLE old; END $$";
    vec![
        ("change", format!("UPDATE audit_logs SET actor = 'y' WHERE id = {ONE}")),
        ("change what the server saw", format!("UPDATE audit_logs SET recorded_by = 'y' WHERE id = {ONE}")),
        ("delete", format!("DELETE FROM audit_logs WHERE id = {ONE}")),
        ("insert", format!("INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('x', 'x', 'x', {DAY})")),
        ("back-date", "UPDATE audit_logs SET created_at = now() - interval '12 days' WHERE id = (SELECT id FROM audit_logs ORDER BY created_at DESC LIMIT 1)".to_owned()),
        ("move to another month", format!("UPDATE audit_logs SET created_at = created_at - interval '1 month' WHERE id = {ONE}")),
        ("swap two", format!(
            "UPDATE audit_logs t SET resource_id = o.resource_id, details = o.details FROM audit_logs o \
             WHERE t.created_at::date = {DAY} AND o.created_at::date = {DAY} AND t.id <> o.id \
                 AND t.id IN (SELECT id FROM audit_logs WHERE created_at::date = {DAY} ORDER BY id LIMIT 2) \
                 AND o.id IN (SELECT id FROM audit_logs WHERE created_at::date = {DAY} ORDER BY id LIMIT 2)"
        )),
        ("empty a day", format!("DELETE FROM audit_logs WHERE created_at::date = {DAY}")),
        ("change before a prune", format!(
            "UPDATE audit_logs SET actor = 'y' WHERE id = {ONE}; \
             SELECT delete_audit_entries(array_agg(id), array_agg(created_at), array_agg(xmin::text), now() - interval '8 days', \
                 '{{}}', '{{}}', '{{}}', 'x') FROM audit_logs WHERE created_at::date = {DAY} AND id <> {ONE}; \
             SELECT end_audit_prune('x')"
        )),
        ("change a link", format!("UPDATE audit_days SET entries = entries - 1 WHERE day = {DAY}")),
        ("drop a link", format!("DELETE FROM audit_days WHERE day = {DAY}")),
        ("drop the newest link and its entries", "DELETE FROM audit_logs WHERE created_at >= (SELECT max(day) FROM audit_days); \
             DELETE FROM audit_days WHERE number = (SELECT max(number) FROM audit_days)".to_owned()),
        ("write all anew", format!("UPDATE audit_logs SET actor = 'y' WHERE id = {ONE}; {rewrite}")),
        ("empty the chains", "TRUNCATE audit_days".to_owned()),
        ("drop the chains", "DROP TABLE audit_days CASCADE".to_owned()),
    ]
}

/// Nothing within the database tells of these.
const ONLY_AGAINST: [&str; 3] =
    ["drop the newest link and its entries", "write all anew", "empty the chains"];

#[test]
fn every_attack_of_the_owner_and_of_superusers_is_found() {
    let database = with_days();
    let folder = Folder::new();
    let heads = folder.file("heads.jsonl");
    let args = ["audit", "close"];
    Binary::on(&database).env("INBOXCTL_AUDIT_HEAD_FILE", &heads).run(args).expect_code(0);
    verify(&database, &["--against", &heads]).expect_code(0);
    let day = database.value(DAY);
    // As if the copy had been the database all the while.
    let of_victim = |victim: &Database| {
        let kept = fs::read_to_string(&heads).unwrap();
        let file = folder.file("of_victim-heads.jsonl");
        fs::write(&file, kept.replace(&database.name, &victim.name)).unwrap();
        file
    };
    for (attack, sql) in attacks() {
        // Owner and superuser are one here; the path of neither knows a way around.
        let victim = database.copy();
        let heads = of_victim(&victim);
        victim.execute(&sql);
        let found = verify(&victim, &["--against", &heads]).expect_code(3);
        let only_against = ONLY_AGAINST.contains(&attack);
        let (entries, links) = (found.stdout.contains(&day), found.stdout.contains("heads.jsonl"));
        assert!(
            if only_against || attack == "drop the chains" { links } else { entries },
            "{attack}: {found}"
        );
        if only_against {
            verify(&victim, &[]).expect_code(0);
        }
    }
    // An old chain is played again, with entries that fit it.
    let victim = database.copy();
    victim.execute(
        "DELETE FROM audit_logs WHERE created_at >= now() - interval '9 days'; \
         DELETE FROM audit_days WHERE day >= (now() - interval '9 days')::date",
    );
    let found = verify(&victim, &["--against", &of_victim(&victim)]).expect_code(3);
    assert!(found.stdout.contains("links were taken away"), "{found}");
}

/// What was known of it is told under the name that it had.
#[test]
fn a_renamed_database_doesnt_lose_its_closed_days_unseen() {
    let (database, folder) = (with_days(), Folder::new());
    let heads = folder.file("heads.jsonl");
    let close = ["audit", "close"];
    Binary::on(&database).env("INBOXCTL_AUDIT_HEAD_FILE", &heads).run(close).expect_code(0);
    let victim = database.copy();
    victim.execute("DROP TABLE audit_days CASCADE");
    // The other one is there: then it knows nothing of this one.
    verify(&victim, &["--against", &heads]).expect_code(1);
    let gone = format!("{}_gone", database.name);
    let kept = fs::read_to_string(&heads).unwrap();
    fs::write(&heads, kept.replace(&database.name, &gone)).unwrap();
    let found = verify(&victim, &["--against", &heads]).expect_code(3);
    assert!(found.stdout.contains("the table audit_days is gone"), "{found}");
    assert!(found.stdout.contains(&gone), "{found}");
}

#[test]
fn what_another_database_kept_is_named_and_judges_nothing() {
    let (database, other) = (with_days(), with_days());
    let folder = Folder::new();
    let close = |database: &Database, heads: &str| {
        Binary::on(database).env("INBOXCTL_AUDIT_HEAD_FILE", heads).run(["audit", "close"])
    };
    let (heads, others) = (folder.file("heads.jsonl"), folder.file("others.jsonl"));
    close(&database, &heads).expect_code(0);
    other.execute("DELETE FROM audit_logs WHERE created_at < now() - interval '9 days'");
    close(&other, &others).expect_code(0);
    let backup = folder.back_up(&other, "other.dump");
    let manifest = format!("{backup}.manifest.json");
    let findings = |args: &[&str]| {
        let found = verify(&database, args).expect_code(3).json();
        let findings = found["findings"].as_array().expect("a list").clone();
        findings.iter().map(|one| one["what"].as_str().expect("a text").to_owned()).collect()
    };
    let of_other =
        format!(" is of the database {}, and these links are not that one's", other.name);
    for args in [["--against", &others], ["--against", &manifest], ["--backup", &backup]] {
        let found: Vec<String> = findings(&args);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(&of_other), "{args:?}: {found:?}");
    }
    // A copy has the links of the one that it was made of: those it is judged by.
    let copy = database.copy();
    verify(&copy, &["--against", &heads]).expect_code(0);
    // What is torn, or somebody's note, is no head.
    let text = fs::read_to_string(&heads).unwrap();
    fs::write(&heads, format!("{text}\nrotated by ana\n{}", &text[..text.len() / 2])).unwrap();
    let found: Vec<String> = findings(&["--against", &heads]);
    let of_line =
        |line: u8| format!("{heads}, line {line}, is no head: nothing was compared with it");
    assert_eq!(found, [of_line(3), of_line(4)]);
    fs::write(&heads, "rotated by ana\n").unwrap();
    verify(&database, &["--against", &heads]).expect_code(2);
}

#[test]
fn the_group_roles_only_add_and_what_they_back_date_is_found() {
    let members = Members::new();
    let database = &members.database;
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) \
         SELECT 'x', 'x', 'x', now() - n * interval '1 day' FROM generate_series(3, 20) AS n",
    );
    close(database).expect_code(0);
    for group in ["inbox_viewer", "inbox_editor", "inbox_admin"] {
        let mut conn = PgConnection::establish(&members.url(group)).unwrap();
        for sql in [
            "UPDATE audit_logs SET actor = 'y'",
            "DELETE FROM audit_logs",
            "TRUNCATE audit_logs",
            "INSERT INTO audit_logs (actor, action, resource, recorded_by) VALUES ('x', 'x', 'x', 'ceo')",
            "INSERT INTO audit_logs (actor, action, resource, recorded_at) VALUES ('x', 'x', 'x', now())",
            "INSERT INTO audit_logs (actor, action, resource, recorded_from) VALUES ('x', 'x', 'x', NULL)",
            "DELETE FROM audit_days",
            "UPDATE audit_days SET actor = 'y'",
            "SELECT audit_day_link('2020-01-01', 'close', 0, '', 0, '{}', 'x', '1:1:')",
            "SELECT begin_audit_change(ARRAY[now() - interval '12 days'], '{}', 'x')",
            "SELECT end_audit_days_of('audit_logs_default', '{}', 'x')",
        ] {
            let said = conn.batch_execute(sql).expect_err(sql).to_string();
            assert!(
                said.contains("permission denied") || said.contains("must be owner"),
                "{group}: {sql}: {said}"
            );
        }
    }
    verify(database, &[]).expect_code(0);
    for group in ["inbox_editor", "inbox_admin"] {
        let mut conn = PgConnection::establish(&members.url(group)).unwrap();
        // As any application writes.
        conn.batch_execute(
            "INSERT INTO audit_logs (actor, action, resource) VALUES ('ceo', 'plain', 'x'); \
             INSERT INTO audit_logs VALUES (uuid_v7(), NULL, 'ceo', 'plain', 'x')",
        )
        .unwrap();
        let seen =
            "(SELECT string_agg(DISTINCT recorded_by, ' ') FROM audit_logs WHERE action = 'plain')";
        assert_eq!(database.value(seen), members.login(group));
        database.execute("DELETE FROM audit_logs WHERE action = 'plain'");
    }
    let mut conn = PgConnection::establish(&members.url("inbox_editor")).unwrap();
    conn.batch_execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) \
         VALUES ('ceo', 'x', 'x', now() - interval '12 days')",
    )
    .unwrap();
    let found = verify(database, &[]).expect_code(3);
    assert!(found.stdout.contains("1 entry was added"), "{found}");
}

fn prune(database: &Database, args: &[&str]) {
    let prune = ["audit", "prune", "--yes", "--max-rows", "999", "--batch-size", "3"];
    Binary::on(database).run([&prune, args].concat()).expect_code(0);
}

#[test]
fn nothing_that_is_lawful_is_a_finding() {
    let database = with_days();
    let folder = Folder::new();
    let heads = folder.file("heads.jsonl");
    let archive = folder.file("archive");
    fs::create_dir(&archive).unwrap();
    let well = |database: &Database, archived: u64| {
        let all = ["--archive", &archive, "--against", &heads];
        let args = if archived == 0 { &all[2..] } else { &all[..] };
        let found = verify(database, args).expect_code(0);
        assert!(found.json()["archived"].as_u64().unwrap() >= archived, "{found}");
    };
    let args = ["audit", "close"];
    Binary::on(&database).env("INBOXCTL_AUDIT_HEAD_FILE", &heads).run(args).expect_code(0);
    well(&database, 0);
    // Filters, holds, row by row, and whole months; with an archive and without.
    database.execute(
        "INSERT INTO retention_holds (kind, value, reason, actor) VALUES ('resource', 'messages/190', 'x', 'x')",
    );
    prune(&database, &["--action", "message.1", "--older-than", "30d"]);
    well(&database, 0);
    prune(&database, &["--older-than", "20d", "--archive", &archive]);
    well(&database, 80);
    database.execute("DELETE FROM retention_holds");
    prune(&database, &["--older-than", "15d"]);
    well(&database, 70);
    // A backup, and its restore.
    let file = folder.back_up(&database, "inbox.dump");
    let restore = ["db", "restore", &file, "--confirm-db", &database.name, "--format", "json"];
    let ran = Binary::on(&database).run(restore).expect_code(0);
    drop(Database { name: ran.json()["former"].as_str().unwrap().to_owned() });
    well(&database, 70);
    let manifest = format!("{file}.manifest.json");
    verify(&database, &["--against", &manifest]).expect_code(0);
    // An archive comes back.
    for name in fs::read_dir(&archive).unwrap().map(|one| one.unwrap().path()) {
        if name.to_str().unwrap().ends_with(".manifest.json") {
            Binary::on(&database)
                .run(["retention", "restore", name.to_str().unwrap(), "--yes"])
                .expect_code(0);
        }
    }
    let found = verify(&database, &["--archive", &archive, "--against", &heads]).expect_code(0);
    assert!(found.json()["changes"]["restore"].as_u64().unwrap() > 3, "{found}");
    // Somebody who changes what came back is found, and the entry is named.
    let victim = database.copy();
    let id = victim.value("(SELECT id FROM audit_logs ORDER BY created_at LIMIT 1)");
    victim.execute(&format!("UPDATE audit_logs SET actor = 'y' WHERE id = '{id}'"));
    let found = verify(&victim, &["--archive", &archive]).expect_code(3);
    assert!(found.stdout.contains(&format!("{id} changed")), "{found}");
    // A person is erased, by the owner.
    database.execute(&format!(
        "SELECT begin_audit_change(ARRAY[{DAY}::timestamptz], '{{\"change\": \"redact\", \"contact\": \"gone\"}}', 'x'); \
         UPDATE audit_logs SET actor = 'erased' WHERE created_at::date = {DAY}; SELECT end_audit_prune('x')"
    ));
    let found = verify(&database, &["--archive", &archive, "--against", &heads]).expect_code(0);
    assert_eq!(found.json()["changes"]["redact"], 1, "{found}");
    // Months leave the DEFAULT partition.
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) SELECT 'x', 'x', 'x', '2019-02-03Z' FROM generate_series(1, 9)",
    );
    close(&database).expect_code(3);
    let before = verify(&database, &[]).expect_code(3).json()["findings"].clone();
    prune(&database, &["--older-than", "36500d"]);
    assert_eq!(database.value("to_regclass('audit_logs_2019_02')"), "audit_logs_2019_02");
    assert_eq!(verify(&database, &[]).expect_code(3).json()["findings"], before);
}

#[test]
fn a_prune_whose_archive_was_forged_is_found() {
    let database = with_days();
    close(&database).expect_code(0);
    let folder = Folder::new();
    let archive = folder.file("archive");
    fs::create_dir(&archive).unwrap();
    prune(&database, &["--older-than", "36d", "--archive", &archive]);
    verify(&database, &["--archive", &archive]).expect_code(0);
    // Whoever owns the database claims that a day was pruned into it.
    database.execute(&format!(
        "SELECT begin_audit_change(ARRAY[{DAY}::timestamptz], (SELECT details FROM audit_days WHERE details ? 'archive' LIMIT 1), 'x'); \
         DELETE FROM audit_logs WHERE id = {ONE}; SELECT end_audit_prune('x')"
    ));
    verify(&database, &[]).expect_code(0);
    let found = verify(&database, &["--archive", &archive]).expect_code(3);
    assert!(found.stdout.contains("not what it was before the prune"), "{found}");
}

/// The page of the format has a program of its own, which knows nothing of this one.
#[test]
fn the_documented_program_finds_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let page = include_str!("../../docs/audit.md");
    let block = |language: &str| {
        let (_, rest) = page.split_once(&format!("```{language}\n")).unwrap();
        rest.split_once("```").unwrap().0
    };
    fs::write(folder.path().join("verify.py"), block("python")).unwrap();
    fs::write(
        folder.path().join("run.sh"),
        format!("set -e\n{}", block("sh").replace("psql -AtXc", "psql -AtX \"$URL\" -c")),
    )
    .unwrap();
    let psql = inboxctl::local::Binaries::find(None)
        .unwrap()
        .tool("psql")
        .expect("psql comes with the server");
    let path = format!("{}:{}", psql.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let run = |database: &Database| {
        let (connection, ran) = (database.url(), Command::new("sh"));
        let mut ran = ran;
        ran.arg("run.sh").current_dir(folder.path()).env("PATH", &path).env("URL", connection);
        let output = ran.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("not found"), "python3 is needed for this test: {said}");
        (String::from_utf8_lossy(&output.stdout).into_owned(), said)
    };
    let database = with_days();
    close(&database).expect_code(0);
    prune(&database, &["--older-than", "30d", "--action", "message.2"]);
    let found = verify(&database, &[]).expect_code(0).json();
    let head = found["head"]["sha256"].as_str().unwrap().to_owned();
    assert_eq!(run(&database), (format!("head {head}\n"), String::new()));
    for (attack, sql) in attacks() {
        if ONLY_AGAINST.contains(&attack) || attack.starts_with("drop") {
            continue;
        }
        let victim = database.copy();
        victim.execute(&sql);
        let (told, said) = run(&victim);
        assert!(said.contains(&victim.value(DAY)), "{attack}: {told}{said}");
    }
}
