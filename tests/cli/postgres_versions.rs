//! What is made for PostgreSQL 15 on the other versions: their catalogues, statistics and client
//! programs differ. The packages hold a server without client programs and contrib modules.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::OnceLock;

use diesel::connection::SimpleConnection;
use inboxctl::local::{Binaries, Client};

use crate::premade;
use crate::support::backups::Folder;
use crate::support::npm::{self, Packages};
use crate::support::overloads::Stranger;
use crate::support::{Contents, OwnServer, Ran, fresh_root, skip, watch};

const NAME: &str = "postgres-versions";
const DATABASE: &str = "postgres";

struct Server {
    major: u32,
    server: OwnServer,
    folder: Folder,
    _watchdog: Child,
}

impl Server {
    /// None, said aloud, where its programs can't be had or don't run.
    fn start(major: u32) -> Option<Server> {
        static PACKAGES: OnceLock<Option<Packages>> = OnceLock::new();
        let packages = PACKAGES.get_or_init(|| npm::packages(NAME)).as_ref()?;
        let root = fresh_root();
        let programs = root.join("programs");
        // Before the first file: whatever happens, the folder goes.
        let mut watchdog = watch(&root, &root);
        fs::create_dir_all(&root).unwrap();
        fs::set_permissions(&root, fs::Permissions::from_mode(0o711)).unwrap();
        let package = packages.folder.join(format!("node_modules/postgres-{major}"));
        unpack(&package.join("native"), &programs);
        let server = match Binaries::find(Some(&programs.join("bin"))) {
            Ok(binaries) => {
                assert_eq!(binaries.major, major);
                OwnServer::of(binaries, root, &[])
            }
            Err(error) => {
                skip(NAME, &format!("the programs of {major} don't run: {error}"));
                drop(watchdog.stdin.take());
                let _ = watchdog.wait();
                return None;
            }
        };
        Some(Server { major, server, folder: Folder::new(), _watchdog: watchdog })
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.server.binary(DATABASE).run(args)
    }

    fn done(&self, args: &[&str]) -> Ran {
        self.run(args).expect_code(0)
    }

    fn contents(&self) -> Contents {
        Contents::read(&mut self.server.connect(DATABASE))
    }
}

/// To where the server's ordinary user gets, with the links that a package can't hold.
fn unpack(native: &Path, programs: &Path) {
    npm::output(Command::new("cp").arg("-r").args([native, programs])).expect("a copy");
    let links = fs::read(native.join("pg-symlinks.json")).expect("the list of links");
    let links: Vec<serde_json::Value> = serde_json::from_slice(&links).expect("JSON");
    for link in &links {
        let place = |key: &str| {
            let path = link[key].as_str().and_then(|path| path.strip_prefix("native/"));
            PathBuf::from(path.expect("a path in it"))
        };
        let source = place("source");
        let _ = symlink(source.file_name().unwrap(), programs.join(place("target")));
    }
    let bin = fs::read_dir(programs.join("bin")).expect("its programs");
    for program in bin {
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(program.expect("an entry").path(), mode).expect("its mode");
    }
}

#[test]
fn an_inbox_lives_on_postgresql_13() {
    live_on(13);
}

#[test]
fn an_inbox_lives_on_postgresql_14() {
    live_on(14);
}

#[test]
fn an_inbox_lives_on_postgresql_16() {
    live_on(16);
}

#[test]
fn an_inbox_lives_on_postgresql_17() {
    live_on(17);
}

#[test]
fn an_inbox_lives_on_postgresql_18() {
    live_on(18);
}

#[test]
fn what_a_stranger_made_first_is_refused_by_postgresql_18() {
    let Some(server) = Server::start(18) else { return };
    premade::are_refused_on(&server.server);
}

/// The newest version, whose functions are the most.
#[test]
fn nobody_is_called_on_postgresql_18() {
    nobody_is_called_on(18);
}

/// The oldest, whose own functions in SQL are looked up when they are called.
#[test]
fn nobody_is_called_on_postgresql_13() {
    nobody_is_called_on(13);
}

fn nobody_is_called_on(major: u32) {
    let Some(server) = Server::start(major) else { return };
    let url = server.server.url(DATABASE);
    let stranger = Stranger::of(&url, DATABASE, "public", Some(server.server.log_file()));
    stranger.overload();
    server.done(&["db", "migrate"]);
    stranger.overload();
    server.done(&["db", "seed", "--profile", "small"]);
    every_list_works(&server);
    a_merge_is_taken_back(&server);
    what_is_pruned_comes_back(&server);
    server.done(&["db", "verify"]);
    stranger.expect_nothing("a command");
}

fn live_on(major: u32) {
    let Some(server) = Server::start(major) else { return };
    the_schema_is_sound(&server);
    every_list_works(&server);
    a_merge_is_taken_back(&server);
    what_is_pruned_comes_back(&server);
    back_up(&server);
    what_a_trigger_guards_stays(&server);
    the_schema_goes_and_comes(&server);
}

fn the_schema_is_sound(server: &Server) {
    server.done(&["db", "migrate"]);
    for how in [&["--privileges"][..], &["--fingerprint"]] {
        let ran = server.done(&[&["db", "drift"], how].concat());
        assert!(ran.stdout.contains("No drift"), "{ran}");
        assert_eq!(ran.stderr, "", "{how:?}: it was replayed where it could be");
    }
    server.done(&["db", "check", "--ci"]);
    server.done(&["db", "seed", "--profile", "small"]);
    server.done(&["db", "verify"]);
    let doctor = server.run(&["doctor", "--format", "json"]);
    assert!([0, 3].contains(&doctor.code), "{doctor}");
    doctor.json();
}

fn every_list_works(server: &Server) {
    for args in [
        &["table-sizes", "--indexes"][..],
        &["stats"],
        &["contacts", "search", "Anna"],
        &["messages", "unread"],
        &["jobs", "stats"],
        &["db", "access", "grant-roles", "--yes"],
        &["db", "access", "show"],
    ] {
        server.done(args);
    }
}

fn a_merge_is_taken_back(server: &Server) {
    let contents = || {
        // The record of the merge, and what the audit log tells of it.
        server.contents().without(&["public.contact_merges", "public.audit_logs"])
    };
    let before = contents();
    let contact = |order: &str| {
        server
            .server
            .value(DATABASE, &format!("(SELECT id FROM contacts ORDER BY id {order} LIMIT 1)"))
    };
    let (one, other) = (contact("ASC"), contact("DESC"));
    let merge = ["contacts", "merge", &one, &other, "--yes", "--format", "json"];
    let merged = server.done(&merge).json();
    assert_ne!(contents(), before);
    server.done(&["contacts", "unmerge", merged["id"].as_str().expect("its id"), "--yes"]);
    assert_eq!(contents(), before);
    server.done(&["contacts", "dedupe", "--dry-run"]);
    server.done(&["contacts", "dedupe", "--yes"]);
}

fn what_is_pruned_comes_back(server: &Server) {
    let rows = || server.contents().rows("public.audit_logs").to_vec();
    let before = rows();
    let archive = server.folder.file("archive");
    fs::create_dir(&archive).expect("a folder for archives");
    let prune = ["audit", "prune", "--older-than", "7d", "--max-rows", "999999"];
    server.done(&[&prune[..], &["--dry-run"]].concat());
    assert_eq!(rows(), before);
    server.done(&[&prune[..], &["--archive", &archive, "--yes"]].concat());
    let lost = |now: &[String]| before.iter().filter(|row| !now.contains(row)).count();
    assert_ne!(lost(&rows()), 0, "nothing was old enough");
    for file in fs::read_dir(&archive).expect("the archives") {
        let path = file.expect("a file").path().to_str().expect("UTF-8").to_owned();
        if path.ends_with(".manifest.json") {
            server.done(&["retention", "restore", &path]);
        }
    }
    assert_eq!(lost(&rows()), 0);
    server.done(&["jobs", "cleanup", "--yes"]);
}

/// By the client programs of this machine where they are new enough; else it is refused.
fn back_up(server: &Server) {
    let file = server.folder.file("inbox.dump");
    let newest = Client::find_all("pg_dump", None).into_iter().map(|client| client.major).max();
    if newest.is_some_and(|major| major >= server.major) {
        let close = "REVOKE CREATE ON SCHEMA public FROM PUBLIC";
        server.server.execute(DATABASE, close);
        server.done(&["db", "backup", "--out", &file]);
        server.done(&["db", "backup", "verify", &file, "--level", "2"]);
        server.done(&["db", "restore", &file, "--into", "beside"]);
        let is_open = "has_schema_privilege('public', 'public', 'CREATE')";
        assert_eq!(server.server.value("beside", is_open), "false", "who may create there");
        server.server.execute(DATABASE, "DROP DATABASE beside");
        return;
    }
    let bin = server.folder.program("pg_dump", Some("12.22"), "exit 7");
    let command = server.server.binary(DATABASE).env("INBOXCTL_PG_BIN", bin);
    let refused = command.run(["db", "backup", "--out", &file]).expect_code(1);
    let major = server.major;
    for part in [
        &format!("pg_dump is too old: version {major} or later is needed"),
        "12.22",
        &format!("hint: install the client programs of PostgreSQL {major}"),
    ] {
        assert!(refused.stderr.contains(part), "{refused}");
    }
}

/// Whoever may prune asks the owner's function, past inboxctl.
fn what_a_trigger_guards_stays(server: &Server) {
    server.server.execute(
        DATABASE,
        "CREATE TABLE audit_logs_2019_02 PARTITION OF audit_logs FOR VALUES FROM ('2019-02-01Z') TO ('2019-03-01Z'); \
         CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; \
         CREATE TRIGGER keep BEFORE DELETE ON audit_logs FOR EACH ROW EXECUTE FUNCTION keep()",
    );
    let drop = "SELECT drop_audit_partition('audit_logs_2019_02', '2019-03-01Z')";
    let refused = server.server.connect(DATABASE).batch_execute(drop).expect_err("it is guarded");
    assert!(refused.to_string().contains("keep looks at its rows"), "{refused}");
    server.server.execute(DATABASE, "DROP FUNCTION keep() CASCADE");
    server.server.execute(DATABASE, drop);
}

fn the_schema_goes_and_comes(server: &Server) {
    for args in [
        &["db", "rollback", "--steps", "3", "--yes"][..],
        &["db", "migrate"],
        &["db", "drift"],
        &["db", "reset", "--confirm-db", DATABASE, "--allow-production"],
    ] {
        server.done(args);
    }
}
