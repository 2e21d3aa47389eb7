//! A database with an application in it: tables, triggers, policies, columns and a log of its own,
//! and an owner who may do nothing else. Every command of the tree runs on it, and no row of the
//! application is lost, changed or unmentioned.

mod checks;
pub(crate) mod commands;

use std::collections::BTreeSet;
use std::fs;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use inboxctl::archive;
use serde_json::value::RawValue;

use self::checks::Application;
use self::commands::{CHANGING, LEFT_OUT, READING};
use crate::support::backups::Folder;
use crate::support::database::{add_months, value};
use crate::support::overloads::Stranger;
use crate::support::{Binary, Contents, Database, Ran, TestKeyring, say, with_user};

const POLICIES: &str = r#"
[[retention.policy]]
name = "audit"
table = "audit_logs"
older_than = "20d"
max_rows = 100_000

[[retention.policy]]
name = "failed jobs"
table = "scheduled_jobs"
status = "failed"
older_than = "7d"

[[retention.policy]]
name = "presence"
table = "presence"
older_than = "1ms"

[[nightly.step]]
run = "presence sweep --older-than 0d"
"#;

/// The words of a command line, and the query that finds what to put there.
const WORDS: [(&str, &str); 9] = [
    ("{ana}", "'ffffffff-1111-4111-8111-111111111111'"),
    ("{anas-other}", "'11111111-1111-4111-8111-111111111111'"),
    ("{amara}", "'01900000-0000-7000-8000-000000000101'"),
    ("{job}", "'11111111-1111-4111-8111-22222222a001'"),
    ("{failed}", "'01900000-0000-7000-8000-000000000704'"),
    ("{waiting}", "'11111111-1111-4111-8111-22222222a003'"),
    (
        "{merge}",
        "(SELECT id FROM contact_merges WHERE undone_at IS NULL ORDER BY merged_at DESC LIMIT 1)",
    ),
    ("{hold}", "(SELECT id FROM retention_holds WHERE released_at IS NULL)"),
    ("{database}", "current_database()"),
];

/// The folder for archives, in that of the scene.
const ARCHIVES: &str = "archives";

struct Scene {
    database: Database,
    owner: String,
    /// Where the inbox is.
    schema: &'static str,
    application: Application,
    keyring: TestKeyring,
    folder: Folder,
    /// What every table held before the next command.
    before: Contents,
}

impl Scene {
    fn new(schema: &'static str) -> Scene {
        let database = Database::empty();
        let (name, owner) = (&database.name, format!("{} o'wner \"x\"", database.name));
        let quoted = owner.replace('"', "\"\"");
        database.execute(&format!(
            "CREATE ROLE \"{quoted}\" LOGIN; ALTER DATABASE {name} OWNER TO \"{quoted}\";
             CREATE SCHEMA IF NOT EXISTS \"{schema}\" AUTHORIZATION \"{quoted}\""
        ));
        let keyring = TestKeyring::generated();
        let folder = Folder::new();
        fs::create_dir(folder.path().join(ARCHIVES)).expect("a folder for archives");
        fs::write(folder.path().join("inboxctl.toml"), POLICIES).expect("the policies");
        let application = Application::default();
        let before = Contents::default();
        let mut scene = Scene { database, owner, schema, application, keyring, folder, before };
        scene.done("db migrate");
        let months = "date_trunc('month', now() AT TIME ZONE 'UTC') - interval '6 months'";
        scene.execute_as_owner(&add_months(months, 6));
        scene.done("db seed");
        let ours = scene.contents();
        scene.execute_as_owner(include_str!("columns.sql"));
        scene.execute_as_owner(include_str!("application.sql"));
        execute(&mut scene.connect(), include_str!("administrator.sql"));
        scene.speak_german();
        scene.application = Application::read(&mut scene.connect(), &ours);
        scene.before = scene.contents();
        scene
    }

    /// What the server says is German, where it can be.
    fn speak_german(&self) {
        let set = format!("ALTER DATABASE {} SET lc_messages = 'de_DE.UTF-8'", self.database.name);
        if self.database.connect().batch_execute(&set).is_err() {
            say("the scene speaks English: the server has no locale de_DE.UTF-8");
        }
    }

    fn owners_url(&self) -> String {
        with_user(&self.database.url(), &encoded(&self.owner))
    }

    fn execute_as_owner(&self, sql: &str) {
        let mut conn = PgConnection::establish(&self.owners_url()).expect("the owner's connection");
        execute(&mut conn, &format!("SET search_path = \"{}\"", self.schema));
        execute(&mut conn, sql);
    }

    /// As an administrator.
    fn connect(&self) -> PgConnection {
        let mut conn = self.database.connect();
        execute(&mut conn, &format!("SET search_path = \"{}\"", self.schema));
        conn
    }

    fn contents(&self) -> Contents {
        Contents::read(&mut self.connect())
    }

    fn binary(&self) -> Binary {
        Binary::new()
            .env("DATABASE_URL", format!("{}&schema={}", self.owners_url(), encoded(self.schema)))
            .env("INBOXCTL_KEYRING_FILE", self.keyring.path())
            .input(crate::integrations::SMS)
    }

    fn run(&self, line: &str) -> Ran {
        let args: Vec<String> = line.split(' ').map(|word| self.filled(word)).collect();
        self.binary().run(args)
    }

    fn done(&self, line: &str) -> Ran {
        self.run(line).expect_code(0)
    }

    fn filled(&self, word: &str) -> String {
        let found = WORDS.iter().find(|(name, _)| *name == word);
        match word {
            "{inbox}" => self.schema.to_owned(),
            "{entries}" => self.manifest("audit_logs"),
            "{jobs}" => self.manifest("scheduled_jobs"),
            "{staged}" => self.keyring.read().entries().last().expect("a key").key.id().to_string(),
            "{retired}" => self.keyring.read().entries()[0].key.id().to_string(),
            _ => found.map_or_else(
                || word.replace("{folder}", self.folder.path().to_str().expect("UTF-8")),
                |(_, query)| value(&mut self.connect(), query),
            ),
        }
    }

    /// Of the first archive of a table.
    fn manifest(&self, table: &str) -> String {
        let archives = archive::list(&self.folder.path().join(ARCHIVES)).expect("the archives");
        let paths = archives.into_iter().filter_map(|entry| entry.manifest);
        let names = paths.map(|path| path.to_str().expect("UTF-8").to_owned());
        let mut of_table = names.filter(|name| name.contains(&format!("/{table}-")));
        of_table.next().unwrap_or_else(|| format!("no archive of {table}"))
    }

    /// Runs a line and says what is wrong with what it did.
    fn try_line(&mut self, line: &str, codes: &[i32], changes: bool) -> Vec<String> {
        let ran = self.run(line);
        let mut wrong = Vec::new();
        if !codes.contains(&ran.code) || ran.stderr.contains("panicked") {
            wrong.push(format!("exit code {}, not one of {codes:?}", ran.code));
        }
        if line.contains("--format json") && !ran.stdout.is_empty() {
            // Values may be deeper than a parser of documents goes.
            let parsed: Result<&RawValue, _> = serde_json::from_str(&ran.stdout);
            wrong.extend(parsed.err().map(|error| format!("no JSON: {error}")));
        }
        let after = self.contents();
        let before = std::mem::replace(&mut self.before, after);
        let after = &self.before;
        if (!changes || ran.code == 4) && before != *after {
            wrong.push(String::from("it changed something"));
        }
        let said = format!("{}{}", ran.stdout, ran.stderr);
        wrong.extend(self.application.offences(
            &before,
            after,
            &said,
            &self.folder.path().join(ARCHIVES),
        ));
        if !wrong.is_empty() {
            // The lists are long.
            wrong.push(ran.to_string().lines().take(40).collect::<Vec<&str>>().join("\n"));
        }
        wrong.into_iter().map(|what| format!("{line}: {what}")).collect()
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        let name = &self.database.name;
        let owner = self.owner.replace('"', "\"\"");
        // A test that fails shall say why it failed, not that this did.
        let _ = self.database.connect().batch_execute(&format!(
            "ALTER DATABASE {name} OWNER TO CURRENT_USER; DROP OWNED BY \"{owner}\" CASCADE; DROP ROLE \"{owner}\""
        ));
    }
}

fn execute(conn: &mut PgConnection, sql: &str) {
    conn.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// For a URL.
fn encoded(name: &str) -> String {
    name.replace(' ', "%20").replace('\'', "%27").replace('"', "%22")
}

/// The command that a line runs: its words as far as the tree goes.
fn leaf(line: &str) -> String {
    let (mut command, mut words) = (&inboxctl::cli::tree(), Vec::new());
    for word in line.split(' ') {
        let Some(below) = command.find_subcommand(word) else { break };
        command = below;
        words.push(word);
    }
    words.join(" ")
}

/// The line with more flags: before what it runs for others.
fn with_flags(line: &str, flags: &str) -> String {
    match line.split_once(" -- ") {
        Some((own, others)) => format!("{own}{flags} -- {others}"),
        None => format!("{line}{flags}"),
    }
}

/// Every command, in this format.
fn run_every_command(mut scene: Scene, format: &str) {
    let mut offences = Vec::new();
    // A backup closes days of the log, of which none is left then.
    offences.extend(scene.try_line(&format!("audit close{format}"), &[0, 3], true));
    for (line, codes) in READING {
        offences.extend(scene.try_line(&with_flags(line, format), codes, false));
    }
    for (line, codes) in CHANGING {
        if crate::access::has_dry_run(&leaf(line)) {
            let dry = format!("{}{format} --dry-run", line.replace(" --yes", ""));
            offences.extend(scene.try_line(&dry, &[&[0], *codes].concat(), false));
        }
        offences.extend(scene.try_line(&format!("{line}{format}"), codes, true));
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn every_command_leaves_the_application_its_rows() {
    run_every_command(Scene::new("public"), "");
}

/// And none of them calls what somebody else made in the schema.
#[test]
fn in_another_schema_that_is_open_and_in_json_too() {
    let mut scene = Scene::new("In box");
    let stranger = Stranger::on(&scene.database, scene.schema);
    // The log of commands is not the stranger's to write.
    let log = |state: &str| {
        let alter = format!("ALTER EVENT TRIGGER \"log of commands\" {state}");
        scene.database.execute(&alter);
    };
    log("DISABLE");
    stranger.overload();
    log("ENABLE");
    scene.before = scene.contents();
    run_every_command(scene, " --format json");
    stranger.expect_nothing("a command");
}

#[test]
fn a_merge_that_is_taken_back_leaves_no_trace() {
    let scene = Scene::new("public");
    // The record of the merge, what is told of it, and what a run over all contacts learned.
    let records = [
        "public.contact_merges",
        "public.audit_logs",
        "\"App Data\".changes",
        "public.matching_lessons",
    ];
    let contents = || scene.contents().without(&records);
    let before = contents();
    for merge in
        ["contacts merge {ana} {anas-other} --yes", "contacts merge {anas-other} {ana} --yes"]
    {
        scene.done(merge);
        assert_ne!(contents(), before);
        scene.done("contacts unmerge {merge} --yes");
        assert_eq!(contents(), before, "{merge}");
    }
    scene.done("contacts dedupe --yes");
    while !scene.filled("{merge}").is_empty() {
        scene.done("contacts unmerge {merge} --yes");
    }
    assert_eq!(contents(), before);
}

/// Policies that hold for the owner too: what deletes or merges can't see every row.
#[test]
fn behind_policies_nothing_goes() {
    let scene = Scene::new("public");
    scene.execute_as_owner(
        "DO $$ DECLARE relation regclass; BEGIN
            FOR relation IN SELECT DISTINCT polrelid::regclass FROM pg_policy LOOP
                EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', relation);
            END LOOP; END $$",
    );
    let before = scene.contents();
    for line in [
        "contacts merge {ana} {anas-other}",
        "contacts dedupe",
        "jobs cleanup",
        "presence sweep --older-than 0d",
        "audit prune --max-rows 9999",
        "retention run --config {folder}/inboxctl.toml",
    ] {
        for how in ["", " --format json"] {
            let ran = scene.run(&format!("{line} --yes{how}"));
            assert_eq!(ran.code, 4, "{line}: {ran}");
            assert!(
                ran.stderr.contains("only of the app") && ran.stderr.contains("hint"),
                "{line}: {ran}"
            );
        }
    }
    assert_eq!(scene.contents(), before);
}

#[test]
fn every_command_is_tried() {
    let tried: BTreeSet<String> =
        READING.iter().chain(CHANGING).map(|(line, _)| leaf(line)).collect();
    for leaf in crate::access::leaves() {
        let is_left_out = LEFT_OUT
            .iter()
            .any(|(command, _)| format!("{leaf} ").starts_with(&format!("{command} ")));
        assert_ne!(tried.contains(&leaf), is_left_out, "{leaf}: run it here, or say why not");
    }
}
