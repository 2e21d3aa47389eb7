//! Who may change what: each command that changes something, as each role.

use clap::Command;
use inboxctl::domain::access::{Right, Role};

use crate::assert_ran;
use crate::support::{Binary, Database, Ran, TestKeyring};

/// What a command does to the database.
#[derive(Debug, Clone, Copy)]
enum Does {
    /// Reads, or has no database at all.
    Reads,
    /// Changes, but what it takes besides a database would make a scene of its own; it asks
    /// `Context::actor` like the others.
    ChangesElsewhere,
    Changes(Right, Change),
}

/// How to try it: what must be there before, and its arguments after the name.
/// `{db}`, `{merge}` and `{key}` are filled in.
#[derive(Debug, Clone, Copy)]
struct Change {
    before: &'static [Before],
    args: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Merged,
    Credentials,
    Enabled,
    KeyChanged,
    HistoryEdited,
}

const A: &str = "01900000-0000-7000-8000-000000000101";
const B: &str = "01900000-0000-7000-8000-000000000107";

const fn changes(right: Right, before: &'static [Before], args: &'static [&'static str]) -> Does {
    Does::Changes(right, Change { before, args })
}

/// Every command. One that changes something calls `Context::actor` or
/// `Context::schema_actor`, and stands here with its right.
const COMMANDS: &[(&str, Does)] = {
    use Before::{Credentials, Enabled, HistoryEdited, KeyChanged, Merged};
    use Does::{ChangesElsewhere, Reads};
    use Right::{
        Assignments, Contacts, Integrations, Jobs, Keys, Retention, Schema, Settings, Users,
    };
    &[
        ("assignments clear", changes(Assignments, &[], &[A, "--yes"])),
        ("assignments list", Reads),
        ("assignments set", changes(Assignments, &[], &[A, "editor@inbox.example", "--yes"])),
        ("audit export", Reads),
        ("audit list", Reads),
        ("audit prune", changes(Retention, &[], &["--yes"])),
        ("completions", Reads),
        ("contacts dedupe", changes(Contacts, &[], &["--yes"])),
        ("contacts distinct", changes(Contacts, &[], &[A, B])),
        ("contacts merge", changes(Contacts, &[], &[A, B, "--yes"])),
        ("contacts merges", Reads),
        ("contacts search", Reads),
        ("contacts show", Reads),
        ("contacts unmerge", changes(Contacts, &[Merged], &["{merge}", "--yes"])),
        ("db access grant-roles", changes(Settings, &[], &["--yes"])),
        ("db access require-actor", changes(Settings, &[], &["on"])),
        ("db access show", Reads),
        ("db backup verify", Reads),
        ("db backups list", Reads),
        ("db baseline", ChangesElsewhere),
        ("db check", Reads),
        ("db drift", Reads),
        ("db environment set", changes(Schema, &[], &["staging"])),
        ("db generate", Reads),
        ("db lint", Reads),
        ("db migrate", changes(Schema, &[], &[])),
        ("db redo", changes(Schema, &[], &["--yes"])),
        ("db repair", changes(Schema, &[HistoryEdited], &["--yes"])),
        ("db reset", changes(Schema, &[], &["--confirm-db", "{db}"])),
        ("db restore", ChangesElsewhere),
        ("db rollback", changes(Schema, &[], &["--yes"])),
        ("db seed", changes(Schema, &[], &["--profile", "small"])),
        ("db status", Reads),
        ("db verify", Reads),
        ("db wait", Reads),
        ("demo", Reads),
        ("doctor", Reads),
        (
            "integrations clear-credentials",
            changes(Integrations, &[Credentials], &["SMS", "--yes"]),
        ),
        ("integrations disable", changes(Integrations, &[Credentials, Enabled], &["SMS"])),
        ("integrations enable", changes(Integrations, &[Credentials], &["SMS"])),
        ("integrations list", Reads),
        ("integrations rotate-keys", changes(Integrations, &[Credentials, KeyChanged], &[])),
        ("integrations set-config", changes(Integrations, &[], &["SMS", "rate:=5"])),
        ("integrations set-credentials", changes(Integrations, &[], &["SMS"])),
        // Prints the secrets, which is a matter of rights too.
        ("integrations show", changes(Integrations, &[Credentials], &["SMS", "--reveal", "--yes"])),
        ("integrations verify", Reads),
        ("jobs cancel", ChangesElsewhere),
        ("jobs cleanup", changes(Retention, &[], &["--yes"])),
        ("jobs list", Reads),
        ("jobs retry", changes(Jobs, &[], &["--failed", "--yes"])),
        ("jobs show", Reads),
        ("jobs stats", Reads),
        // These change the keyring's file, which the database never sees.
        ("keys generate", Reads),
        ("keys list", Reads),
        ("keys promote", Reads),
        ("keys retire", changes(Keys, &[KeyChanged], &["{key}", "--yes"])),
        ("keys stage", Reads),
        // The private server itself; what is in it has the rights above.
        ("local destroy", Reads),
        ("local psql", Reads),
        ("local start", Reads),
        ("local status", Reads),
        ("local stop", Reads),
        ("local url", Reads),
        ("maintenance log", Reads),
        ("man", Reads),
        ("messages failed", Reads),
        ("messages search", Reads),
        ("messages thread", Reads),
        ("messages unread", Reads),
        ("presence list", Reads),
        ("presence sweep", changes(Retention, &[], &["--older-than", "0d", "--yes"])),
        (
            "retention holds add",
            changes(Retention, &[], &["--action", "contact.merge", "--reason", "a case"]),
        ),
        ("retention holds list", Reads),
        ("retention holds release", ChangesElsewhere),
        ("retention plan", Reads),
        ("retention restore", ChangesElsewhere),
        ("retention run", ChangesElsewhere),
        ("retention verify", Reads),
        ("stats", Reads),
        ("table-sizes", changes(Settings, &[], &["--snapshot"])),
        ("templates check", Reads),
        ("templates list", Reads),
        ("templates show", Reads),
        ("users activate", ChangesElsewhere),
        (
            "users create",
            changes(Users, &[], &["new@inbox.example", "--name", "New", "--role", "VIEWER"]),
        ),
        ("users deactivate", changes(Users, &[], &["viewer@inbox.example", "--yes"])),
        ("users list", Reads),
        ("users rename", changes(Users, &[], &["viewer@inbox.example", "Other", "--yes"])),
        ("users set-role", changes(Users, &[], &["viewer@inbox.example", "EDITOR", "--yes"])),
    ]
};

/// Every command that has no commands below it, sorted.
pub fn leaves() -> Vec<String> {
    let mut found = Vec::new();
    collect_leaves(&inboxctl::cli::tree(), "", &mut found);
    found.sort();
    found
}

fn collect_leaves(command: &Command, path: &str, found: &mut Vec<String>) {
    let mut below = command.get_subcommands().peekable();
    if below.peek().is_none() {
        found.push(path.to_owned());
    }
    for one in below {
        collect_leaves(one, format!("{path} {}", one.get_name()).trim(), found);
    }
}

#[test]
fn every_command_says_what_it_changes() {
    let mut listed: Vec<&str> = COMMANDS.iter().map(|(name, _)| *name).collect();
    listed.sort_unstable();
    assert_eq!(leaves(), listed, "a command is not in COMMANDS, or no more in the tree");
}

/// A seeded database in which a command has something to do.
struct Scene {
    database: Database,
    keyring: TestKeyring,
    words: Vec<(&'static str, String)>,
}

impl Scene {
    fn new(before: &[Before]) -> Scene {
        let scene = Scene {
            database: Database::migrated(),
            keyring: TestKeyring::generated(),
            words: Vec::new(),
        };
        scene.system(&["db", "seed"]);
        // As a migration of its own makes it; the rights must not wait for that.
        scene.database.execute(
            "ALTER TABLE users ADD COLUMN IF NOT EXISTS deactivated_at timestamptz;
             INSERT INTO users (email, name, role, deactivated_at)
             VALUES ('gone@inbox.example', 'Gone', 'ADMIN', now())",
        );
        let mut scene = before.iter().fold(scene, Scene::prepared);
        scene.words.push(("{db}", scene.database.name.clone()));
        scene
    }

    fn prepared(mut self, before: &Before) -> Scene {
        match before {
            Before::Merged => {
                let ran = self.system(&["contacts", "merge", A, B, "--yes", "--format", "json"]);
                let id = ran.json()["id"].as_str().unwrap().to_owned();
                self.words.push(("{merge}", id));
            }
            Before::Credentials => {
                let command = self.binary().input(crate::integrations::SMS);
                command.run(["integrations", "set-credentials", "SMS", "--yes"]).expect_code(0);
            }
            Before::Enabled => drop(self.system(&["integrations", "enable", "SMS"])),
            Before::KeyChanged => self.words.push(("{key}", self.keyring.change_key())),
            Before::HistoryEdited => self
                .database
                .execute("UPDATE inboxctl_migrations SET sha256 = 'x' WHERE name = 'create_notes'"),
        }
        self
    }

    fn binary(&self) -> Binary {
        self.keyring.on(&self.database)
    }

    fn system(&self, args: &[&str]) -> Ran {
        self.binary().run(args).expect_code(0)
    }

    /// Runs the command, as somebody or as nobody.
    fn run(&self, name: &str, change: Change, actor: Option<&str>) -> Ran {
        let mut args: Vec<String> = name.split(' ').map(str::to_owned).collect();
        args.extend(change.args.iter().map(|&arg| {
            let filled = self.words.iter().find(|(word, _)| *word == arg);
            filled.map_or(arg.to_owned(), |(_, text)| text.clone())
        }));
        args.extend(actor.iter().flat_map(|email| ["--actor".to_owned(), (*email).to_owned()]));
        self.binary().input(crate::integrations::SMS).run(args)
    }

    fn require_actor(&self) {
        self.system(&["db", "access", "require-actor", "on", "--actor", "admin@inbox.example"]);
    }

    fn state(&self) -> (Vec<(String, String)>, String, String) {
        let rest = "(SELECT string_agg(s::text, '|' ORDER BY s.key) FROM inboxctl_settings s)";
        let history = "(SELECT string_agg(m::text, '|' ORDER BY m.id) FROM inboxctl_migrations m)";
        (self.database.contents(), self.database.value(rest), self.database.value(history))
    }
}

fn expect_refused(ran: &Ran, name: &str, who: &str) {
    assert_eq!(ran.code, 4, "{name} as {who}: {ran}");
    for part in ["error:", "hint:"] {
        assert!(ran.stderr.contains(part), "{name} as {who}: {ran}");
    }
    assert!(ran.stdout.is_empty(), "{name} as {who}: {ran}");
}

/// A part of the commands, so that the parts run side by side.
fn for_each_change(part: usize) {
    let all = COMMANDS.iter().filter_map(|(name, does)| match does {
        Does::Changes(right, change) => Some((*name, *right, *change)),
        Does::Reads | Does::ChangesElsewhere => None,
    });
    for (_, (name, right, change)) in all.enumerate().filter(|(at, _)| at % PARTS == part) {
        try_as_everybody(name, right, change);
    }
}

const PARTS: usize = 4;

fn try_as_everybody(name: &str, right: Right, change: Change) {
    let mut scene = Scene::new(change.before);
    for (email, role, is_active) in [
        ("viewer@inbox.example", Role::Viewer, true),
        ("Editor@Inbox.example", Role::Editor, true),
        ("gone@inbox.example", Role::Admin, false),
        ("admin@inbox.example", Role::Admin, true),
    ] {
        let untouched = scene.state();
        let ran = scene.run(name, change, Some(email));
        let is_editors =
            matches!(right, Right::Contacts | Right::Jobs | Right::Assignments | Right::Templates);
        let may = is_active && (role == Role::Admin || role == Role::Editor && is_editors);
        if !may {
            expect_refused(&ran, name, email);
            assert!(ran.stderr.contains(&email.to_lowercase()), "{ran}");
            assert!(scene.state() == untouched, "{name} as {email} changed something");
        } else {
            assert_eq!(ran.code, 0, "{name} as {email}: {ran}");
            scene = Scene::new(change.before);
        }
    }
    // Nobody that is known: a mistake, but for who makes the table of users.
    let untouched = scene.state();
    if right != Right::Schema {
        let ran = scene.run(name, change, Some("nobody@inbox.example"));
        assert_eq!(ran.code, 2, "{name}: {ran}");
        assert!(scene.state() == untouched, "{name} as nobody changed something");
    }
    scene.require_actor();
    let untouched = scene.state();
    for actor in [None, Some("nobody@inbox.example"), Some("viewer@inbox.example")] {
        let ran = scene.run(name, change, actor);
        expect_refused(&ran, name, actor.unwrap_or("the system's user"));
        assert!(scene.state() == untouched, "{name} as {actor:?} changed something");
    }
    let ran = scene.run(name, change, Some("admin@inbox.example"));
    assert_eq!(ran.code, 0, "{name} as the administrator, required: {ran}");
}

#[test]
fn each_change_as_each_role_1() {
    for_each_change(0);
}

#[test]
fn each_change_as_each_role_2() {
    for_each_change(1);
}

#[test]
fn each_change_as_each_role_3() {
    for_each_change(2);
}

#[test]
fn each_change_as_each_role_4() {
    for_each_change(3);
}

#[test]
fn refused_in_words() {
    let scene = Scene::new(&[]);
    let merge = ["contacts", "merge", A, B, "--yes", "--actor"];
    let as_somebody = |email: &str| scene.binary().run([&merge[..], &[email]].concat());
    assert_ran!("access_viewer", as_somebody("viewer@inbox.example"));
    assert_ran!("access_deactivated", as_somebody("gone@inbox.example"));
    scene.require_actor();
    assert_ran!("access_required", scene.binary().run(&merge[..5]));
}

#[test]
fn what_only_looks_needs_no_right() {
    let scene = Scene::new(&[Before::Credentials]);
    scene.require_actor();
    let as_viewer = |args: &[&str]| {
        scene.binary().env("INBOXCTL_ACTOR", "viewer@inbox.example").run(args).expect_code(0)
    };
    as_viewer(&["contacts", "merge", A, B, "--dry-run"]);
    as_viewer(&["contacts", "dedupe", "--dry-run"]);
    as_viewer(&["integrations", "show", "SMS"]);
    as_viewer(&["integrations", "rotate-keys", "--dry-run"]);
    as_viewer(&["db", "migrate", "--dry-run"]);
    as_viewer(&["db", "reset", "--dry-run"]);
    as_viewer(&["db", "access", "grant-roles", "--dry-run"]);
    as_viewer(&["db", "access", "show"]);
    // And nobody at all.
    scene.system(&["db", "reset", "--dry-run"]);
}

#[test]
fn nobody_locks_himself_out() {
    let scene = Scene::new(&[]);
    let switch = |state: &str, actor: &[&str]| {
        scene.binary().run([&["db", "access", "require-actor", state], actor].concat())
    };
    assert_ran!("access_require_nobody", switch("on", &[]));
    let admin = ["--actor", "admin@inbox.example"];
    assert_ran!("access_require_on", switch("on", &admin));
    switch("on", &admin).expect_code(0);
    switch("off", &["--actor", "editor@inbox.example"]).expect_code(4);
    switch("off", &[]).expect_code(4);
    let audited = "(SELECT string_agg(actor || ' ' || (details ->> 'to'), ',') \
                    FROM audit_logs WHERE action = 'access.require_actor')";
    assert_eq!(scene.database.value(audited), "admin@inbox.example true");

    // A reset takes the users along; until there is an ADMIN again, all may act.
    let reset = ["db", "reset", "--confirm-db", &scene.database.name];
    scene.binary().run([&reset[..], &admin].concat()).expect_code(0);
    let show = || scene.system(&["db", "access", "show", "--format", "json"]).json();
    assert_eq!((&show()["require_actor"], &show()["in_force"]), (&true.into(), &false.into()));
    scene.system(&["db", "seed"]);
    assert_eq!(show()["in_force"], true);
    switch("off", &[]).expect_code(4);
    switch("off", &admin).expect_code(0);
    scene.system(&["contacts", "merge", A, B, "--yes"]);
}

#[test]
fn in_an_old_database_without_users_the_schema_can_be_made() {
    let database = Database::empty();
    Binary::on(&database)
        .env("INBOXCTL_ACTOR", "admin@inbox.example")
        .run(["db", "migrate"])
        .expect_code(0);
}
