//! The medium profile after some years of work, and commands on a copy of it.

use std::sync::OnceLock;

use crate::support::plans::{PlanServer, Planned, Seen};
use crate::support::screen::Screen;
use crate::support::{Binary, Ran, TestKeyring, binary};

/// What a profile has little of, and time brings: jobs that are done, merges, runs at night.
const YEARS: &str = "
    INSERT INTO scheduled_jobs (id, type, scheduled_at, status, finished_at, created_at, updated_at)
    SELECT gen_random_uuid(), 'sync', at, 'COMPLETED', at, at, at
    FROM generate_series(1, 60000) n, LATERAL (SELECT now() - n * interval '10 min') AS t (at);
    INSERT INTO maintenance_runs (command, table_name, actor, cutoff, eligible, held, deleted, outcome, started_at)
    SELECT 'audit prune', 'audit_logs', 'os:cron', at - interval '90 days', 100, 0, 100, 'DONE', at
    FROM generate_series(1, 3000) n, LATERAL (SELECT now() - n * interval '1 day') AS t (at);
    INSERT INTO table_size_snapshots
    SELECT now() - n * interval '1 day', 'table' || t, 100000, 1000
    FROM generate_series(1, 300) n, generate_series(1, 20) t;
    INSERT INTO distinct_contacts (low_id, high_id, actor)
    SELECT id, next, 'x'
    FROM (SELECT id, lead(id) OVER (ORDER BY id) FROM contacts ORDER BY id LIMIT 3000) AS c (id, next)
    WHERE next IS NOT NULL;
    INSERT INTO retention_holds (kind, value, reason, actor, released_at, released_by)
    SELECT 'resource', 'contacts/' || n, 'x', 'x', now(), 'x' FROM generate_series(1, 3000) n;
    INSERT INTO retention_holds (kind, value, reason, actor)
    VALUES ('action', 'contact.delete', 'x', 'x');
    INSERT INTO contacts (name, phone, email)
    SELECT name, '+4930901' || n, 'twin' || n || '@example.org'
    FROM generate_series(100, 120) n, (VALUES ('Wilhelmina Quist'), ('Quist, Wilhelmina')) AS c (name)";

/// Stands for the folder of a scene in its arguments, which are split at blanks.
const FOLDER: &str = "{folder}";

/// The words of a command line, and the query that finds what to put there.
const WORDS: [(&str, &str); 15] = [
    ("{contact}", "SELECT contact_id FROM messages GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"),
    ("{message}", "SELECT left(max(id::text), 35) FROM messages"),
    ("{email}", "SELECT min(email) FROM contacts"),
    ("{phone}", "SELECT min(phone) FROM contacts WHERE phone LIKE '+%'"),
    ("{handle}", "SELECT 'nobody.has.it'"),
    ("{thread}", "SELECT thread_id FROM messages WHERE thread_id IS NOT NULL LIMIT 1"),
    ("{user}", "SELECT 'editor@inbox.example'"),
    ("{job}", "SELECT id FROM scheduled_jobs WHERE status = 'FAILED' LIMIT 1"),
    ("{waiting}", "SELECT id FROM scheduled_jobs WHERE status = 'PENDING' LIMIT 1"),
    ("{merge}", "SELECT max(id::text) FROM contact_merges"),
    ("{survivor}", "SELECT survivor_id FROM contact_merges LIMIT 1"),
    ("{one}", "SELECT min(id::text) FROM contacts"),
    ("{other}", "SELECT max(id::text) FROM contacts"),
    ("{hold}", "SELECT id FROM retention_holds WHERE released_at IS NULL"),
    ("{name}", "SELECT 'Anna Schmidt'"),
];

const POLICIES: &str = r#"
[[retention.policy]]
name = "audit"
table = "audit_logs"
older_than = "180d"
max_rows = 1_000_000

[[retention.policy]]
name = "logins"
table = "audit_logs"
actions = ["session.login"]
older_than = "30d"
max_rows = 1_000_000

[[retention.policy]]
name = "failed jobs"
table = "scheduled_jobs"
status = "failed"
older_than = "7d"

[[retention.policy]]
name = "presence"
table = "presence"
older_than = "1d"

[[retention.policy]]
name = "texts"
table = "messages"
then = "redact"
older_than = "300d"
max_rows = 1_000_000

[[retention.policy]]
name = "threads"
table = "messages"
then = "delete"
whole_threads = true
older_than = "330d"
max_rows = 1_000_000

[[retention.policy]]
name = "notes"
table = "notes"
older_than = "300d"
max_rows = 1_000_000

[[retention.policy]]
name = "contacts"
table = "contacts"
archive = "."
older_than = "300d"
max_rows = 1_000_000

[[retention.policy]]
name = "merges"
table = "contact_merges"
older_than = "90d"
max_rows = 1_000_000
"#;

const CONTACTS: &str = "name,email\nNobody Yet,nobody@yet.example\nNobody Else,else@yet.example\n";

/// The server and, in its database `medium`, what every scene is a copy of: made once.
pub(super) fn template() -> Option<&'static PlanServer> {
    static TEMPLATE: OnceLock<Option<PlanServer>> = OnceLock::new();
    let made = TEMPLATE.get_or_init(|| {
        let plans = PlanServer::start()?;
        plans.server.execute("postgres", "CREATE DATABASE medium");
        let run = |args: &[&str]| plans.server.binary("medium").run(args).expect_code(0);
        run(&["db", "migrate"]);
        run(&["db", "seed", "--profile", "medium"]);
        run(&["contacts", "dedupe", "--yes", "--max-merges", "20000"]);
        plans.server.execute("medium", YEARS);
        // On its own: VACUUM runs in no transaction. It sets the visibility map, as autovacuum
        // does in time.
        plans.server.execute("medium", "VACUUM ANALYZE");
        Some(plans)
    });
    made.as_ref()
}

/// A copy with a keyring, policies and a folder for files.
pub(super) struct Scene {
    server: &'static PlanServer,
    pub database: Planned<'static>,
    keyring: TestKeyring,
    folder: tempfile::TempDir,
    words: Vec<(&'static str, String)>,
}

impl Scene {
    pub(super) fn new(server: &'static PlanServer, name: &str) -> Scene {
        let database = server.copy("medium", name);
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("inboxctl.toml"), POLICIES).expect("the policies");
        std::fs::write(folder.path().join("new.csv"), CONTACTS).expect("contacts");
        let value = |query: &str| server.server.value(name, &format!("({query})"));
        let mut words: Vec<(&str, String)> =
            WORDS.iter().map(|(word, query)| (*word, value(query))).collect();
        words.push((FOLDER, folder.path().to_str().expect("UTF-8").to_owned()));
        let scene = Scene { server, database, keyring: TestKeyring::generated(), folder, words };
        let set = ["integrations", "set-credentials", "SMS"];
        scene.binary().input(crate::integrations::SMS).run(set).expect_code(0);
        scene
    }

    fn binary(&self) -> Binary {
        let binary = self.server.server.binary(&self.database.name);
        binary.env("INBOXCTL_KEYRING_FILE", self.keyring.path())
    }

    /// Runs a command line, whose words are filled in, and looks at what it did.
    pub(super) fn run(&self, line: &str) -> Seen {
        let args: Vec<String> = line.split(' ').map(|word| self.filled(word)).collect();
        self.database.watch(|| self.binary().input(crate::integrations::SMS).run(args))
    }

    /// Walks through the full screen, and looks at what it did.
    pub(super) fn walk(&self, walk: impl FnOnce(&mut Screen)) -> Seen {
        self.database.watch(|| {
            let mut command = std::process::Command::new(binary());
            let url = self.server.server.url(&self.database.name);
            command.arg("ui").env("DATABASE_URL", url).env("TERM", "xterm-256color");
            let mut screen = Screen::start(command, 120, 40);
            screen.expect("Doctor: ");
            walk(&mut screen);
            screen.press("\x03");
            let code = screen.end().expect("it ends by itself");
            Ran { stdout: String::new(), stderr: String::new(), code }
        })
    }

    /// What a word of a command line stands for.
    pub(super) fn filled(&self, word: &str) -> String {
        if word == "{manifest}" {
            return self.manifest();
        }
        self.words.iter().fold(word.to_owned(), |text, (name, value)| text.replace(name, value))
    }

    /// Of the first archive that a command before this one wrote.
    fn manifest(&self) -> String {
        let files = std::fs::read_dir(self.folder.path()).expect("the folder");
        let mut paths = files.map(|file| file.expect("a file").path());
        let found = paths.find(|path| path.to_string_lossy().ends_with(".manifest.json"));
        found.expect("an archive").to_str().expect("UTF-8").to_owned()
    }
}
