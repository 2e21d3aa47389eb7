//! What the command line, the environment and the files of settings say, read once.
//!
//! Nothing else in inboxctl looks at the environment, but libpq for its PG*
//! variables and the terminal libraries for theirs.

mod env_lines;
mod files;
mod profiles;
mod reader;

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use self::reader::LeftOut;
pub use self::reader::{Given, Profiled, Reading};
use crate::domain::anonymise::Kind;
use crate::domain::claim::Claim;
use crate::domain::environment::Environment;
use crate::domain::profile::Profile;
use crate::domain::retention::policy::Retention;
use crate::domain::setting::{self, Setting};
use crate::error::Failure;

/// What the command line said.
#[derive(Debug, Default)]
pub struct Flags {
    pub database_url: Option<String>,
    pub env_file: Option<PathBuf>,
    pub config: Option<PathBuf>,
    pub profile: Option<String>,
    pub schema: Option<String>,
    pub replica: Option<String>,
    pub local: bool,
    pub actor: Option<String>,
}

impl Flags {
    /// Those that say where to work. Not the URL, which may hold a password: everybody sees the
    /// arguments of a process.
    pub fn of_place(&self) -> Vec<OsString> {
        let file = |file: &Option<PathBuf>| file.clone().map(PathBuf::into_os_string);
        let name = |name: &Option<String>| name.clone().map(OsString::from);
        let valued = [
            ("--env-file", file(&self.env_file)),
            ("--config", file(&self.config)),
            ("--profile", name(&self.profile)),
            ("--schema", name(&self.schema)),
        ];
        let valued = valued.into_iter().filter_map(|(flag, value)| Some([flag.into(), value?]));
        self.local.then(|| "--local".into()).into_iter().chain(valued.flatten()).collect()
    }
}

/// The policies of retention.
#[derive(Debug)]
pub struct Policies {
    pub retention: Retention,
    /// The file that they stand in.
    pub file: PathBuf,
}

/// Which database to connect to.
#[derive(Debug)]
pub enum Source {
    /// A URL (or a libpq connection string), and where it was found.
    Url { url: SecretString, found_in: String },
    /// A command for the shell that prints such a URL, and where it was found.
    Command { command: String, found_in: String },
    /// PGSERVICE or PGDATABASE is set: libpq knows the rest.
    Libpq,
    /// The private server of this machine.
    Local,
    /// Nothing was set. Commands that need no database don't mind.
    Unset,
}

#[derive(Debug)]
pub struct Config {
    pub source: Source,
    /// DIRECT_URL, and where it was found: the server itself, where DATABASE_URL names a pooler.
    pub direct_url: Option<(SecretString, String)>,
    /// A standby, and where it was found.
    pub replica_url: Option<(SecretString, String)>,
    /// The profile in use, by its name.
    pub profile: Option<(String, Profile)>,
    /// The schema of the inbox, if another than the URL's.
    pub schema: Option<String>,
    /// Where backups go, and are looked for, if no flag says so.
    pub backups: PathBuf,
    /// What all the files said.
    pub reading: Reading,
    /// The e-mail of a row in `users`.
    pub actor: Option<String>,
    /// The operating system's name for who runs this.
    pub system_user: String,
    /// Where this runs.
    pub claim: Claim,
    /// INBOXCTL_PG_BIN: where `postgres` and `initdb` are.
    pub pg_bin: Option<PathBuf>,
    /// INBOXCTL_DATA_DIR: where the private server keeps its files.
    pub data_dir: Option<PathBuf>,
    /// Hosts that PGHOST and friends name are left to libpq.
    pub libpq_names_host: bool,
    /// PGPORT, or 5432.
    pub default_port: String,
    /// PGCONNECT_TIMEOUT is set.
    pub libpq_has_timeout: bool,
    /// PGOPTIONS.
    pub pgoptions: String,
    /// INBOXCTL_KEYRING: the keyring itself, and where it was found.
    pub keyring: Option<(SecretString, String)>,
    /// INBOXCTL_KEYRING_FILE, and where it was found.
    pub keyring_file: Option<(PathBuf, String)>,
    /// Where the keyring is if nothing says so; `None` without a home folder.
    pub usual_keyring_file: Option<PathBuf>,
    /// INBOXCTL_PHONE_REGION: two letters.
    pub phone_region: Option<String>,
    /// INBOXCTL_KEYRING_PASSPHRASE.
    pub keyring_passphrase: Option<SecretString>,
    /// Where the head of the audit log's chains goes whenever days are closed.
    pub audit_head_file: Option<PathBuf>,
    /// What it is told to then.
    pub audit_head_command: Option<String>,
    /// The flags that say where to work, for another process of this program.
    pub place_flags: Vec<OsString>,
}

/// Where a URL of the command line was found.
pub const DATABASE_URL_FLAG: &str = "--database-url";
/// Where a standby's URL of the command line was found.
const REPLICA_FLAG: &str = "--replica";
/// Where an actor of the command line was found.
const ACTOR_FLAG: &str = "--actor";
/// Where a value was found that no file has.
const ENVIRONMENT: &str = "the environment";
/// What no child process may inherit.
const SECRET_VARIABLES: [&str; 2] = ["INBOXCTL_KEYRING", "INBOXCTL_KEYRING_PASSPHRASE"];
/// What libpq puts into the startup packet after the settings of our sessions, here and in the
/// programs that are started: values would be written in the operator's style.
const STYLE_VARIABLES: [&str; 3] = ["PGCLIENTENCODING", "PGDATESTYLE", "PGTZ"];

impl Config {
    /// Flags win over the environment, that over `.env.local`, that over `.env`, those over
    /// `inboxctl.toml`.
    pub fn read(flags: &Flags) -> Config {
        let environment = reader::environment();
        // Before the files: a value of theirs may refer to a variable.
        for variable in SECRET_VARIABLES.into_iter().chain(STYLE_VARIABLES) {
            // SAFETY: the configuration is read before the first thread is
            // started, so nobody reads the environment meanwhile.
            unsafe { env::remove_var(variable) };
        }
        let mut reading = Reading::of(flags, environment);
        let profile = reading.use_profile(flags.local);
        let source = source(flags.local, &mut reading);
        let direct_url = url(&mut reading, &setting::DIRECT_URL, &setting::DIRECT_URL_FILE);
        let text = |setting: &Setting| {
            reading.find(setting).map(|given| given.value.expose_secret().to_owned())
        };
        let placed = |setting: &Setting| {
            reading.find(setting).map(|given| (given.value.clone(), given.place.clone()))
        };
        Config {
            source,
            direct_url,
            replica_url: placed(&setting::REPLICA_URL),
            schema: flags.schema.clone().or_else(|| profile.as_ref()?.1.schema.clone()),
            backups: text(&setting::BACKUPS).unwrap_or_else(|| String::from("backups")).into(),
            actor: text(&setting::ACTOR),
            system_user: system_user(),
            claim: Claim {
                uid: rustix::process::getuid().as_raw(),
                host: rustix::system::uname().nodename().to_string_lossy().into_owned(),
            },
            pg_bin: text(&setting::PG_BIN).map(PathBuf::from),
            data_dir: text(&setting::DATA_DIR).map(PathBuf::from),
            libpq_names_host: is_set("PGHOST") || is_set("PGHOSTADDR") || is_set("PGSERVICE"),
            default_port: env::var("PGPORT").unwrap_or_else(|_| String::from("5432")),
            libpq_has_timeout: is_set("PGCONNECT_TIMEOUT"),
            pgoptions: env::var("PGOPTIONS").unwrap_or_default(),
            keyring: placed(&setting::KEYRING),
            keyring_file: placed(&setting::KEYRING_FILE)
                .map(|(path, place)| (path.expose_secret().into(), place)),
            usual_keyring_file: user_folder().map(|folder| folder.join("keyring.json")),
            phone_region: text(&setting::PHONE_REGION),
            audit_head_file: text(&setting::AUDIT_HEAD_FILE).map(PathBuf::from),
            audit_head_command: text(&setting::AUDIT_HEAD_COMMAND),
            keyring_passphrase: placed(&setting::KEYRING_PASSPHRASE).map(|found| found.0),
            place_flags: flags.of_place(),
            profile,
            reading,
        }
    }

    /// What another process of this program needs besides its arguments and the environment that it
    /// inherits: what the command line said, and the keys, which no other process is given.
    pub fn given_to_ourselves(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let is_ours = |given: &&Given| {
            [DATABASE_URL_FLAG, REPLICA_FLAG, ACTOR_FLAG, ENVIRONMENT]
                .contains(&given.place.as_str())
        };
        // The first of a kind counts, and of variables the last.
        let given = self.reading.given.iter().filter(is_ours).rev();
        let given = given.map(|given| (given.setting.variable, given.value.expose_secret()));
        // What the environment names isn't used where the command line says another place.
        let unused = self.profile.is_none().then_some((setting::PROFILE.variable, ""));
        given.chain(unused)
    }

    /// Whether the profile says that the database is production, whatever it says itself.
    pub fn is_production(&self) -> bool {
        let environment = self.profile.as_ref().and_then(|(_, profile)| profile.environment);
        environment == Some(Environment::Production)
    }

    /// Patterns of tables that are no part of the schema.
    pub fn ignore(&self) -> Vec<String> {
        self.reading.ignore.clone().unwrap_or_default().0
    }

    /// Columns that name a contact without a foreign key.
    pub fn references(&self) -> Vec<String> {
        self.reading.references.clone().unwrap_or_default().0
    }

    /// What is in columns of the application, for a copy in which nobody is recognisable.
    pub fn anonymise(&self) -> BTreeMap<String, Kind> {
        self.reading.columns.clone().unwrap_or_default().0
    }

    /// Says so where what is missing may stand in a file that is not trusted.
    pub fn missing(&self, failure: Failure, flags: &[&str]) -> Failure {
        let left_out = self.reading.left_out.iter().find(|left| flags.contains(&left.flag));
        let Some(LeftOut { file, why, way_out, .. }) = left_out else { return failure };
        let file = file.display();
        Failure::refused(failure.what)
            .why(format!("{file} is not used: {why}"))
            .hint(way_out.clone())
    }
}

/// `~/.config/inboxctl`.
fn user_folder() -> Option<PathBuf> {
    let folder = |key: &str| env::var_os(key).map(PathBuf::from).filter(|path| path.is_absolute());
    let config = folder("XDG_CONFIG_HOME").or_else(|| Some(folder("HOME")?.join(".config")))?;
    Some(config.join("inboxctl"))
}

/// Where settings lie, the user's before the machine's.
fn usual_folders() -> impl Iterator<Item = PathBuf> {
    user_folder().into_iter().chain([PathBuf::from("/etc/inboxctl")])
}

/// A URL, or the file that DATABASE_URL_FILE names.
fn url(reading: &mut Reading, url: &Setting, url_file: &Setting) -> Option<(SecretString, String)> {
    let given = reading.given.iter().find(|given| [url, url_file].contains(&given.setting))?;
    let (value, place) = (given.value.clone(), given.place.clone());
    if given.setting == url {
        return Some((value, place));
    }
    let path = Path::new(value.expose_secret());
    match files::bounded_text(path) {
        Ok(text) => Some((text.trim().into(), path.display().to_string())),
        Err(failure) => {
            let hint = format!("{} names the file that holds the URL", url_file.variable);
            reading.problems.push(failure.hint(hint));
            None
        }
    }
}

fn source(local: bool, reading: &mut Reading) -> Source {
    if local {
        return Source::Local;
    }
    let is_one = |given: &&Given| setting::leads_to_the_database(given.setting);
    let given = reading.given.iter().find(is_one);
    if let Some(given) = given.filter(|given| given.setting == &setting::DATABASE_URL_COMMAND) {
        let command = given.value.expose_secret().to_owned();
        return Source::Command { command, found_in: given.place.clone() };
    }
    match url(reading, &setting::DATABASE_URL, &setting::DATABASE_URL_FILE) {
        Some((url, found_in)) => Source::Url { url, found_in },
        None if is_set("PGSERVICE") || is_set("PGDATABASE") => Source::Libpq,
        None => Source::Unset,
    }
}

fn is_set(key: &str) -> bool {
    env::var_os(key).is_some_and(|value| !value.is_empty())
}

/// Under sudo the person is SUDO_USER; cron sets LOGNAME, a service or a container may set none.
fn system_user() -> String {
    ["SUDO_USER", "USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|key| env::var(key).ok().filter(|name| !name.is_empty()))
        .unwrap_or_else(|| {
            let uid = rustix::process::getuid().as_raw();
            let users = files::bounded_text(Path::new("/etc/passwd")).unwrap_or_default();
            env_lines::user_named(&users, uid).unwrap_or_else(|| format!("uid:{uid}"))
        })
}
