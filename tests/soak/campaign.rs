//! The campaigns: what is disturbed, and how.

use std::thread;
use std::time::{Duration, Instant};

use super::Random;
use super::inspection;
use super::support::backups::Folder;
use super::support::black_hole::{self, Silent};
use super::support::{Binary, Database, Ran, Running, TestKeyring, crash, eventually};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Campaign {
    Kill,
    Cut,
    Crash,
    Pair,
}

impl Campaign {
    pub(crate) const ALL: [Campaign; 4] =
        [Campaign::Kill, Campaign::Cut, Campaign::Crash, Campaign::Pair];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Campaign::Kill => "kills",
            Campaign::Cut => "cuts",
            Campaign::Crash => "crashes",
            Campaign::Pair => "pairs",
        }
    }
}

/// Each kind of command that changes something. `{archive}`, `{backup}`, `{out}` and `{db}` are filled
/// in.
const COMMANDS: [&str; 18] = [
    "contacts dedupe --yes",
    "contacts merge 01900000-0000-7000-8000-000000000101 01900000-0000-7000-8000-000000000107 --yes",
    "audit prune --older-than 30d --yes --max-rows 999999 --batch-size 100 --archive {archive}",
    "jobs cleanup --older-than 1d --yes --max-rows 999999 --archive {archive}",
    "db backup --out {out}",
    "db backup verify {backup} --level 3",
    "db restore {backup} --confirm-db {db}",
    "db restore {backup} --into {db}_copy",
    "db access grant-roles --yes",
    "db migrate",
    "jobs retry --failed --yes",
    "presence sweep --older-than 0d --yes",
    "retention holds add --action session.login --reason soak",
    "keys stage",
    ROTATE,
    "table-sizes --snapshot",
    RESET,
    ROLLBACK,
];

/// Takes all rows away, and what runs beside it finds no table.
const RESET: &str = "db reset --confirm-db {db} --force";
/// Takes tables and columns away that have no row that is counted, until the next migrate.
const ROLLBACK: &str = "db rollback --to create_maintenance --yes";

/// Of a credential that was sealed under the key before.
const ROTATE: &str = "integrations rotate-keys";
const SMS: &str = r#"{"account_sid": "AC0123456789abcdef0123456789abcdef", "auth_token": "soak"}"#;

/// Done, trouble found, refused (a name that is taken meanwhile, say), busy.
const CALM: [i32; 4] = [0, 3, 4, 75];

/// Two contacts that are one already are none to merge; beside one that takes tables away, and after
/// it, they may be missing.
fn is_calm(ran: &Ran, takes: bool) -> bool {
    let is_one = ["was merged into", "there is no contact"];
    let is_missing = takes && ran.code == 1 && !ran.stderr.contains("panicked");
    CALM.contains(&ran.code)
        || is_missing
        || ran.code == 2 && is_one.iter().any(|said| ran.stderr.contains(said))
}

/// A server that was filled once.
pub(crate) struct Scene {
    model: Database,
    /// By its clock.
    began: String,
    backup: String,
    _backups: Folder,
}

pub(crate) struct Round {
    pub(crate) what: String,
    pub(crate) met: bool,
    pub(crate) lost: Vec<String>,
    pub(crate) left: Vec<String>,
}

/// Of one round.
struct Place<'a> {
    scene: &'a Scene,
    database: Database,
    archives: Folder,
    out: Folder,
    keyring: TestKeyring,
}

impl Scene {
    pub(crate) fn new() -> Scene {
        let (model, backups) = (Database::migrated(), Folder::new());
        Binary::on(&model).run(["db", "seed"]).expect_code(0);
        Binary::on(&model).run(["db", "seed", "--profile", "small"]).expect_code(0);
        model.add_months("date_trunc('month', now() AT TIME ZONE 'UTC') - interval '4 years'", 4);
        model.execute(
            "INSERT INTO audit_logs (actor, action, resource, created_at) \
             SELECT 'x', 'session.login', 'sessions', now() - interval '4 years' + n * interval '1 hour' \
             FROM generate_series(1, 3000) AS n",
        );
        let backup = backups.back_up(&model, "inbox.dump");
        let began = model.value("now()");
        Scene { model, began, backup, _backups: backups }
    }

    pub(crate) fn round(&self, campaign: Campaign, random: &mut Random) -> Round {
        let place = Place {
            scene: self,
            database: self.model.copy(),
            archives: Folder::new(),
            out: Folder::new(),
            keyring: TestKeyring::generated(),
        };
        let before = inspection::count(&place.database, &self.began);
        let pick = |random: &mut Random| COMMANDS[random.below(COMMANDS.len() as u64) as usize];
        let (first, second) = (pick(random), pick(random));
        let rotates = first == ROTATE || campaign == Campaign::Pair && second == ROTATE;
        if rotates {
            let sealed = place.keyring.on(&place.database).input(SMS);
            sealed.run(["integrations", "set-credentials", "SMS"]).expect_code(0);
            place.keyring.change_key();
        }
        let commands = match campaign {
            Campaign::Pair => vec![first, second],
            _ => vec![first],
        };
        let takes = commands.iter().any(|one| [RESET, ROLLBACK].contains(one));
        let mut lost = Vec::new();
        let (what, met) = match campaign {
            Campaign::Kill => place.kill(first, random),
            Campaign::Cut => place.cut(first, random, &mut lost),
            Campaign::Crash => place.crash(first, random, &mut lost),
            Campaign::Pair => place.pair(first, second, random, &mut lost),
        };
        let calm = |command: &str, lost: &mut Vec<String>, takes: bool| {
            let ran = place.start(command, &place.database.url()).wait();
            if !is_calm(&ran, takes) {
                lost.push(format!("afterwards, {command}: {ran}"));
            }
        };
        place.settle();
        if commands.contains(&RESET) {
            lost.extend(inspection::half_reset(&place.database, &before));
        }
        // It sweeps what the other left, and goes on where that one stopped.
        for command in &commands {
            calm(command, &mut lost, takes);
        }
        if takes {
            calm("db migrate", &mut lost, false);
            commands.iter().for_each(|command| {
                if ![RESET, ROLLBACK].contains(command) {
                    calm(command, &mut lost, false);
                }
            });
        }
        place.settle();
        if rotates && !commands.contains(&RESET) {
            calm("integrations verify", &mut lost, false);
        }
        lost.extend(match commands.contains(&RESET) {
            true => inspection::unsound(&place.database),
            false => inspection::lost(&place.database, (&self.began, &before), &place.archives),
        });
        let left = inspection::left(&place.database, &[&place.archives, &place.out]);
        place.drop_relatives();
        Round { what, met, lost, left }
    }
}

impl Place<'_> {
    fn start(&self, command: &str, url: &str) -> Running {
        let words = command.split(' ').map(|word| {
            word.replace("{archive}", self.archives.path().to_str().expect("UTF-8"))
                .replace("{backup}", &self.scene.backup)
                .replace("{out}", &self.out.file("inbox.dump"))
                .replace("{db}", &self.database.name)
        });
        let words: Vec<String> = words.collect();
        self.keyring.on(&self.database).env("DATABASE_URL", url).start(words)
    }

    fn kill(&self, command: &str, random: &mut Random) -> (String, bool) {
        let mut running = self.start(command, &self.database.url());
        // Most are done within a second; the first moments are the densest.
        let most = [40, 150, 400, 1_200][random.below(4) as usize];
        let after = Duration::from_micros(random.below(most * 1_000));
        thread::sleep(after);
        let met = running.is_running();
        if met {
            running.signal("KILL");
        }
        running.wait();
        (format!("{command} killed after {after:?}"), met)
    }

    fn cut(&self, command: &str, random: &mut Random, lost: &mut Vec<String>) -> (String, bool) {
        let bytes = (300 << random.below(9)) + random.below(3_000) as usize;
        let url = black_hole::url(&self.database, Silent::CutAfter(bytes));
        let start = Instant::now();
        let ran = self.start(command, &url).wait();
        let what = format!("{command} cut off after {bytes} bytes");
        let met = ran.code != 0;
        if ![0, 1, 3, 4, 75].contains(&ran.code) || start.elapsed() > Duration::from_secs(60) {
            lost.push(format!("in {:?}: {ran}", start.elapsed()));
        }
        (what, met)
    }

    /// The server comes back at once; what was at work there fails, and leaves nothing half done.
    fn crash(&self, command: &str, random: &mut Random, lost: &mut Vec<String>) -> (String, bool) {
        let running = self.start(command, &self.database.url());
        let most = [150, 1_200][random.below(2) as usize];
        let after = Duration::from_micros(random.below(most * 1_000));
        thread::sleep(after);
        crash();
        let ran = running.wait();
        let what = format!("{command}, the server crashed after {after:?}");
        if ![0, 1, 3, 4, 75].contains(&ran.code) {
            lost.push(format!("{what}: {ran}"));
        }
        (what, ran.code != 0)
    }

    fn pair(
        &self,
        first: &str,
        second: &str,
        random: &mut Random,
        lost: &mut Vec<String>,
    ) -> (String, bool) {
        let mut one = self.start(first, &self.database.url());
        thread::sleep(Duration::from_millis(random.below(120)));
        let met = one.is_running();
        let other = self.start(second, &self.database.url());
        let takes = [first, second].iter().any(|one| [RESET, ROLLBACK].contains(one));
        for (command, ran) in [(second, other.wait()), (first, one.wait())] {
            if !is_calm(&ran, takes) {
                lost.push(format!("{command}: {ran}"));
            }
        }
        (format!("{first} beside {second}"), met)
    }

    /// Until the server has seen that the client is gone, also where it looks after the databases
    /// that it made, and its pg_restore: what is in use is left to a later run.
    fn settle(&self) {
        eventually("the sessions of a command that is gone end", || {
            self.database.value(
                "(SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() \
                  AND (starts_with(datname, current_database()) OR application_name ~ '^inboxctl [a-z]'))",
            ) == "0"
        });
    }

    /// What a restore keeps or makes by its job.
    fn drop_relatives(&self) {
        let names = self.database.value(&format!(
            "(SELECT string_agg(datname, ',') FROM pg_database WHERE starts_with(datname, '{}_'))",
            self.database.name
        ));
        for name in names.split(',').filter(|name| !name.is_empty()) {
            drop(Database { name: name.to_owned() });
        }
    }
}
