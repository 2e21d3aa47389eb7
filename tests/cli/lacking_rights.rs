//! Roles of the server with few rights: each command says which one it lacks, and the statement
//! that gives it.

use crate::access::commands::{A, B, COMMANDS, Does};
use crate::access::scene::Scene;
use crate::db_migrate::with_user;
use crate::scene::commands::READING;
use crate::support::Ran;

/// A role that may connect and look into the schema, and nothing else.
struct Role<'a> {
    scene: &'a Scene,
    name: String,
}

impl Role<'_> {
    fn new<'a>(scene: &'a Scene, which: &str) -> Role<'a> {
        let name = format!("{}_{which}", scene.database.name);
        scene
            .database
            .execute(&format!("CREATE ROLE {name} LOGIN; GRANT USAGE ON SCHEMA public TO {name}"));
        Role { scene, name }
    }

    fn run(&self, args: &[&str]) -> Ran {
        let url = with_user(&self.scene.database.url(), &self.name);
        self.scene.binary().env("DATABASE_URL", url).input(crate::integrations::SMS).run(args)
    }

    /// Runs a command, and what its hints say, until it works.
    fn follow(&self, args: &[&str]) {
        let mut given = Vec::new();
        loop {
            let ran = self.run(args);
            if [0, 3].contains(&ran.code) {
                return;
            }
            assert!([1, 4].contains(&ran.code), "{args:?}: {ran}");
            let hint =
                ran.stderr.lines().find(|line| line.starts_with("hint: ")).unwrap_or_default();
            let Some(at) = ["GRANT ", "ALTER ROLE "].iter().find_map(|verb| hint.find(verb)) else {
                panic!("{args:?} names no statement: {ran}")
            };
            let statement = hint[at..].split(", or ").next().unwrap();
            assert!(!given.contains(&statement.to_owned()), "{args:?} names it again: {ran}");
            self.scene.database.execute(statement);
            given.push(statement.to_owned());
        }
    }
}

impl Drop for Role<'_> {
    fn drop(&mut self) {
        let name = &self.name;
        let _ = self.scene.database.try_execute(&format!("DROP OWNED BY {name}; DROP ROLE {name}"));
    }
}

/// What only the owner of the database may, or an administrator of the server; and a night, which tells of its
/// steps.
const OTHERS: [&str; 5] =
    ["audit acknowledge", "audit close", "db access grant-roles", "db restore", "nightly"];

fn changing(part: usize) {
    let all = COMMANDS.iter().filter_map(|(name, does)| match does {
        Does::Changes(_, change) if !OTHERS.contains(name) => Some((*name, *change)),
        _ => None,
    });
    for (_, (name, change)) in all.enumerate().filter(|(at, _)| at % 2 == part) {
        let scene = Scene::new(change.before);
        let role = Role::new(&scene, "few");
        let words = change.args.iter().map(|word| scene.word(word));
        let actor = ["--actor", "admin@inbox.example"];
        let args: Vec<&str> = name.split(' ').chain(words).chain(actor).collect();
        role.follow(&args);
    }
}

#[test]
fn hints_lead_each_change_to_its_end_1() {
    changing(0);
}

#[test]
fn hints_lead_each_change_to_its_end_2() {
    changing(1);
}

#[test]
fn hints_lead_each_look_to_its_end() {
    let scene = Scene::new(&[]);
    let folder = tempfile::tempdir().unwrap();
    let policies = scene.word("{policies}");
    for (at, (line, _)) in READING.iter().enumerate() {
        let line = line.replace("{folder}/inboxctl.toml", policies);
        let line = line.replace("{ana}", A).replace("{folder}", folder.path().to_str().unwrap());
        // Another role may not make databases, whatever it is granted.
        if line.contains('{') || line.contains("verify") {
            continue;
        }
        let role = Role::new(&scene, &format!("few_{at}"));
        let args: Vec<&str> = line.split(' ').collect();
        role.follow(&args);
    }
}

#[test]
fn a_role_that_may_only_read_is_told_so() {
    let scene = Scene::new(&[]);
    let role = Role::new(&scene, "viewer");
    let name = &role.name;
    let untouched = scene.state();
    let check = |name: &str| {
        let ran = role.run(&["db", "check", "--format", "json"]).expect_code(0).json();
        let found = ran["checks"].as_array().unwrap().iter().find(|check| check["check"] == name);
        let found = found.unwrap().clone();
        (found["status"].as_str().unwrap().to_owned(), found["detail"].as_str().unwrap().to_owned())
    };
    // Without any right it is unknown whether there is an inbox.
    scene.database.execute(&format!("REVOKE USAGE ON SCHEMA public FROM {name}, PUBLIC"));
    let ran = role.run(&["db", "check", "--format", "json"]).expect_code(3).json();
    let checks = ran["checks"].as_array().unwrap().iter();
    let failed: Vec<_> = checks.filter(|check| check["status"] == "fail").collect();
    assert_eq!(failed.len(), 1, "{ran}");
    assert!(failed[0]["detail"].as_str().unwrap().contains("GRANT USAGE ON SCHEMA"), "{ran}");
    scene.database.execute(&format!("GRANT USAGE ON SCHEMA public TO {name}, PUBLIC"));
    // Without a right to read who made the tables: unknown, with the right that is lacking.
    let (status, detail) = check("migrations");
    assert_eq!(status, "unknown");
    assert!(detail.contains("GRANT SELECT ON inboxctl_migrations TO"), "{detail}");
    assert!(check("rights").1.contains("what reads there fails without GRANT SELECT ON"));

    scene.database.execute(&format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}"));
    assert_eq!(check("migrations").0, "ok");
    let (status, detail) = check("rights");
    assert_eq!(status, "warn");
    assert!(detail.contains("every change fails without GRANT DELETE, INSERT"), "{detail}");
    let refused = role.run(&["contacts", "dedupe", "--yes"]).expect_code(4);
    assert!(refused.stderr.contains("GRANT DELETE, UPDATE ON contacts TO"), "{refused}");
    role.run(&["contacts", "dedupe", "--dry-run"]).expect_code(0);
    role.run(&["contacts", "merge", A, B, "--dry-run"]).expect_code(0);
    // What a dump can't read is named as a whole.
    let backup = role.run(&["db", "backup", "--out", "x.dump"]).expect_code(1);
    let sequences = "GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO";
    assert!(backup.stderr.contains(sequences), "{backup}");

    scene.database.execute(&format!(
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO {name}; \
         ALTER ROLE {name} SET default_transaction_read_only = on"
    ));
    let (status, detail) = check("mode");
    assert_eq!(status, "warn");
    assert!(detail.contains("every change fails") && detail.contains("RESET"), "{detail}");
    let refused = role.run(&["contacts", "dedupe", "--yes"]).expect_code(4);
    assert!(refused.stderr.contains("default_transaction_read_only"), "{refused}");
    role.run(&["contacts", "merge", A, B, "--dry-run"]).expect_code(0);
    assert!(scene.state() == untouched);
}
