//! A seeded database in which a command has something to do.

use std::fs;

use super::commands::{A, B, Before, Change};
use crate::support::backups::Folder;
use crate::support::{Binary, Database, Ran, TestKeyring};

const POLICIES: &str = r#"
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

pub(crate) struct Scene {
    pub database: Database,
    keyring: TestKeyring,
    folder: Folder,
    words: Vec<(&'static str, String)>,
}

impl Scene {
    pub(crate) fn new(before: &[Before]) -> Scene {
        let scene = Scene {
            database: Database::migrated(),
            keyring: TestKeyring::generated(),
            folder: Folder::new(),
            words: Vec::new(),
        };
        scene.system(&["db", "seed"]);
        scene.database.execute(
            "INSERT INTO users (email, name, role, deactivated_at)
             VALUES ('gone@inbox.example', 'Gone', 'ADMIN', now())",
        );
        let mut scene = before.iter().fold(scene, Scene::prepared);
        let policies = scene.folder.file("inboxctl.toml");
        fs::write(&policies, POLICIES).expect("the policies");
        let contacts = scene.folder.file("contacts.csv");
        fs::write(&contacts, format!("id,name\n{A},Amara N. Okafor\n,Nobody Yet\n"))
            .expect("contacts");
        scene.words.push(("{contacts}", contacts));
        scene.words.extend([("{db}", scene.database.name.clone()), ("{policies}", policies)]);
        scene
    }

    fn prepared(mut self, before: &Before) -> Scene {
        match before {
            Before::Merged => {
                let ran = self.system(&["contacts", "merge", A, B, "--yes", "--format", "json"]);
                self.words.push(("{merge}", id(&ran)));
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
            Before::WithoutLedger => {
                self.database.execute("DROP TABLE __diesel_schema_migrations, inboxctl_migrations")
            }
            Before::BackedUp => {
                let backup = self.folder.back_up(&self.database, "inbox.dump");
                self.words.push(("{backup}", backup));
            }
            Before::Archived => {
                let folder = self.folder.file("");
                self.system(&["jobs", "cleanup", "--yes", "--archive", &folder]);
                let names = self.folder.names().into_iter();
                let mut manifests = names.filter(|name| name.ends_with(".manifest.json"));
                let manifest = manifests.next().expect("an archive");
                self.words.push(("{manifest}", self.folder.file(&manifest)));
            }
            Before::LateEntry => {
                let day = self.database.value("(now() - interval '9 days')::date");
                for code in [0, 3] {
                    self.database.execute(&format!(
                        "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('x', 'x', 'x', '{day}Z')"
                    ));
                    self.binary().run(["audit", "close"]).expect_code(code);
                }
                self.words.push(("{day}", day));
            }
            Before::Held => {
                let action = ["--action", "contact.merge", "--reason", "a case"];
                let add = ["retention", "holds", "add", "--format", "json"];
                self.words.push(("{hold}", id(&self.system(&[&add[..], &action].concat()))));
            }
        }
        self
    }

    pub(crate) fn binary(&self) -> Binary {
        self.keyring.on(&self.database)
    }

    pub(crate) fn system(&self, args: &[&str]) -> Ran {
        self.binary().run(args).expect_code(0)
    }

    /// What stands for `{merge}` and the like; any other word stands for itself.
    pub(crate) fn word<'a>(&'a self, word: &'a str) -> &'a str {
        let filled = self.words.iter().find(|(name, _)| *name == word);
        filled.map_or(word, |(_, text)| text)
    }

    /// Runs the command, as somebody or as nobody.
    pub(crate) fn run(&self, name: &str, change: Change, actor: Option<&str>) -> Ran {
        self.run_with(name, change.args, actor)
    }

    /// The same without consent, or with another flag for it.
    pub(crate) fn run_without_yes(
        &self,
        name: &str,
        change: Change,
        more: &[&str],
        actor: &str,
    ) -> Ran {
        let args = change.args.iter().copied().filter(|arg| *arg != "--yes");
        let args: Vec<&str> = args.chain(more.iter().copied()).collect();
        self.run_with(name, &args, Some(actor))
    }

    fn run_with(&self, name: &str, args: &[&str], actor: Option<&str>) -> Ran {
        let mut line: Vec<String> = name.split(' ').map(str::to_owned).collect();
        line.extend(args.iter().map(|&arg| self.word(arg).to_owned()));
        line.extend(actor.iter().flat_map(|email| ["--actor".to_owned(), (*email).to_owned()]));
        self.binary().input(crate::integrations::SMS).run(line)
    }

    pub(crate) fn require_actor(&self) {
        self.system(&["db", "access", "require-actor", "on", "--actor", "admin@inbox.example"]);
    }

    /// Every row of every table, and the databases that a restore makes.
    pub(crate) fn state(&self) -> Vec<String> {
        let list = |query: &str| {
            let text = self.database.value(&format!("(SELECT string_agg({query})"));
            text.split('\n').map(str::to_owned).collect::<Vec<String>>()
        };
        let tables = list(
            "quote_ident(relname), E'\\n' ORDER BY relname) FROM pg_class \
             WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') \
             AND NOT relispartition",
        );
        let rows = tables.iter().map(|table| {
            format!(
                "SELECT '{table} ' || coalesce(string_agg(t::text, '|' ORDER BY t::text), '') AS state \
                 FROM {table} t"
            )
        });
        let rows = rows.collect::<Vec<String>>().join(" UNION ALL ");
        let mut state = list(&format!("md5(state), E'\\n' ORDER BY state) FROM ({rows}) AS rows"));
        state.extend(self.relatives());
        state
    }

    /// Databases that were made of this one.
    fn relatives(&self) -> Vec<String> {
        let names = self.database.value(&format!(
            "(SELECT string_agg(datname, ',') FROM pg_database \
              WHERE starts_with(datname, '{}_'))",
            self.database.name
        ));
        names.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        for name in self.relatives() {
            drop(Database { name });
        }
    }
}

fn id(ran: &Ran) -> String {
    ran.json()["id"].as_str().expect("an id").to_owned()
}
