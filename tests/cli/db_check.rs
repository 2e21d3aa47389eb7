//! `db check` and `db wait` on servers that answer.

use crate::assert_ran;
use crate::support::{Binary, Database, Pooler, migrations};

#[test]
fn says_what_is_there() {
    let database = Database::migrated();
    let json = Binary::on(&database).run(["db", "check", "--format", "json"]).expect_code(0).json();
    let checks = json["checks"].as_array().unwrap();
    let names: Vec<&str> = checks.iter().map(|check| check["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "connection",
            "round trip",
            "server",
            "encryption",
            "role",
            "database",
            "schema",
            "clock",
            "pooler",
            "mode",
            "extensions",
            "migrations"
        ]
    );
    assert!(checks.iter().all(|check| check["status"] != "fail"), "{json}");
}

#[test]
fn reads_well() {
    let database = Database::migrated();
    let mut ran = Binary::on(&database).run(["db", "check"]);
    // Which server it is differs from machine to machine.
    ran.stdout = ran
        .stdout
        .lines()
        .filter(|line| {
            !["connection", "server", "role", "clock"].iter().any(|name| line.starts_with(name))
        })
        .collect::<Vec<_>>()
        .join("\n");
    assert_ran!(ran);
}

#[test]
fn pending_migrations_are_trouble() {
    let database = Database::empty();
    let ran = Binary::on(&database).run(["db", "check"]).expect_code(3);
    let all = format!("{} pending or in trouble", migrations());
    assert!(ran.stdout.contains(&all), "{ran}");
}

#[test]
fn wait_returns_at_once_when_it_is_there() {
    let database = Database::empty();
    assert_ran!(Binary::on(&database).run(["db", "wait", "--timeout", "5s"]));
}

#[test]
fn a_pooler_in_between_is_seen() {
    let database = Database::migrated();
    let Some(pooler) = Pooler::start(&database) else { return };
    let on_pooler = || Binary::new().env("DATABASE_URL", pooler.url(&database));
    let check = on_pooler().run(["db", "check"]).expect_code(0);
    assert!(check.stdout.contains("in between"), "{check}");
    // Reading and seeding need no session; the schema lock does.
    on_pooler().run(["db", "status", "--check"]).expect_code(0);
    on_pooler().run(["db", "seed"]).expect_code(0);
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "7");
    let refused = on_pooler().run(["db", "migrate"]).expect_code(4);
    assert!(refused.stderr.contains("pooler"), "{refused}");
}
