//! Who may change what: each command that changes something, as each role.

pub(crate) mod commands;
pub(crate) mod scene;

use clap::Command;
use inboxctl::domain::access::{Right, Role};

use self::commands::{A, B, Before, COMMANDS, Change, Does};
use self::scene::Scene;
use crate::assert_ran;
use crate::support::{Binary, Database, Ran};

/// Every command that has no commands below it, sorted.
pub(crate) fn leaves() -> Vec<String> {
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
        Does::Reads => None,
    });
    for (_, (name, right, change)) in all.enumerate().filter(|(at, _)| at % PARTS == part) {
        try_as_everybody(name, right, change);
    }
}

const PARTS: usize = 4;

fn try_as_everybody(name: &str, right: Right, change: Change) {
    let mut scene = Scene::new(change.before);
    try_without_consent(&scene, name, change);
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

/// A viewer may look at what would happen, and isn't asked for consent only to be refused then.
fn try_without_consent(scene: &Scene, name: &str, change: Change) {
    let viewer = "viewer@inbox.example";
    let untouched = scene.state();
    if has_dry_run(name) {
        let ran = scene.run_without_yes(name, change, &["--dry-run"], viewer);
        assert!([0, 3].contains(&ran.code), "{name} --dry-run as {viewer}: {ran}");
    }
    let ran = scene.run_without_yes(name, change, &[], viewer);
    expect_refused(&ran, name, viewer);
    assert!(ran.stderr.contains(viewer), "{name}: {ran}");
    assert!(scene.state() == untouched, "{name} without consent changed something");
}

pub(crate) fn has_dry_run(name: &str) -> bool {
    let tree = inboxctl::cli::tree();
    let command = name.split(' ').fold(&tree, |command, word| {
        command.find_subcommand(word).unwrap_or_else(|| panic!("there is no {name}"))
    });
    command.get_arguments().any(|arg| arg.get_long() == Some("dry-run"))
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
fn a_restore_beside_the_live_database_asks_that_one() {
    let scene = Scene::new(&[Before::BackedUp]);
    // The backup is from before, and would let everybody.
    scene.require_actor();
    let copy = format!("{}_copy", scene.database.name);
    let restore = ["db", "restore", scene.word("{backup}"), "--into", &copy];
    let untouched = scene.state();
    expect_refused(&scene.binary().run(restore), "db restore --into", "the system's user");
    let run = |email: &str| scene.binary().run([&restore[..], &["--actor", email]].concat());
    expect_refused(&run("viewer@inbox.example"), "db restore --into", "viewer");
    assert!(scene.state() == untouched, "something was made");
    run("admin@inbox.example").expect_code(0);
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
