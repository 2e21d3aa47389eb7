//! `db check` and `db wait` on servers that answer.

use crate::assert_ran;
use crate::support::{Binary, Database, Pooler, migrations};

#[test]
fn says_what_is_there() {
    let database = Database::migrated();
    let json = Binary::on(&database).run(["db", "check", "--format", "json"]).expect_code(0).json();
    let checks = json["checks"].as_array().unwrap();
    let names: Vec<&str> = checks.iter().map(|check| check["check"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "connection",
            "round trip",
            "server",
            "encryption",
            "role",
            "rights",
            "limits",
            "row security",
            "messages",
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
            !["connection", "server", "role ", "clock"].iter().any(|name| line.starts_with(name))
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

#[test]
fn what_the_role_may_not_is_told_with_the_way_out() {
    let database = Database::migrated();
    let role = format!("{}_app", database.name);
    database.execute(&format!(
        "CREATE ROLE {role} CONNECTION LIMIT 2; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}; \
         ALTER ROLE {role} SET idle_session_timeout = '7min'; \
         ALTER TABLE contacts ENABLE ROW LEVEL SECURITY; \
         ALTER ROLE {role} LOGIN"
    ));
    let url = database.url().replace("user=inbox", &format!("user={role}"));
    let app = || Binary::new().env("DATABASE_URL", &url);
    let check = app().run(["db", "check", "--format", "json"]).json();
    let said = |name: &str| {
        let checks = check["checks"].as_array().unwrap();
        let found = checks.iter().find(|check| check["check"] == name).unwrap();
        found["detail"].as_str().unwrap().to_owned()
    };
    let rights = said("rights");
    for grant in ["GRANT CREATE ON SCHEMA", "CREATEDB", "CREATEROLE"] {
        assert!(rights.contains(grant), "{rights}");
    }
    assert!(said("limits").contains("2 connections"), "{check}");
    assert!(said("limits").contains("idle_session_timeout"), "{check}");
    assert!(said("row security").contains("contacts"), "{check}");
    assert!(said("row security").contains("connect as the owner"), "{check}");
    assert!(rights.contains("db backup fails: this role doesn't see all of"), "{rights}");
    database.execute("ALTER TABLE contacts FORCE ROW LEVEL SECURITY");
    let forced = app().run(["db", "check"]);
    assert!(forced.stdout.contains("owners are bound too"), "{forced}");
    // What was applied and isn't seen is not pending.
    database.execute("ALTER TABLE inboxctl_migrations ENABLE ROW LEVEL SECURITY");
    let status = app().run(["db", "status"]).expect_code(4);
    assert!(status.stderr.contains("hides rows of inboxctl_migrations"), "{status}");
    // And each command says so before it begins.
    let empty = Database::empty();
    let url = empty.url().replace("user=inbox", &format!("user={role}"));
    let migrate = Binary::new().env("DATABASE_URL", url).run(["db", "migrate"]).expect_code(4);
    let grant = format!("GRANT CREATE ON SCHEMA \"public\" TO \"{role}\"");
    assert!(migrate.stderr.contains(&grant), "{migrate}");
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn a_database_that_is_not_in_utf8_is_refused_before_the_first_migration() {
    let database = Database::empty();
    let name = format!("{}_latin", database.name);
    database.execute(&format!(
        "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"
    ));
    let url = database.url().replace(&database.name, &name);
    let ran = Binary::new().env("DATABASE_URL", url).run(["db", "migrate"]).expect_code(4);
    assert!(ran.stderr.contains("LATIN1") && ran.stderr.contains("UTF8"), "{ran}");
    database.execute(&format!("DROP DATABASE {name} WITH (FORCE)"));
}
