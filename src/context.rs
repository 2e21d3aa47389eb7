//! What a command runs in: configuration, output, connections, signals.

mod access;
pub mod itself;
pub mod keyring;
pub mod place;
mod policies;
mod standby;
mod turns;
mod url_command;

use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use crate::config::{Config, Source};
use crate::domain::connection_url;
use crate::domain::schema_diff::identifier;
use crate::error::{Condition, Failure, Kind};
use crate::local::{self, Cluster};
use crate::store::connect::{Db, Options, Target};
use crate::store::server;
use crate::store::sessions::Session;
use crate::ui::{Ui, human, signals};

/// The database that --local uses on the private server.
pub const LOCAL_DATABASE: &str = "inbox";

/// Long enough for any single statement of a command that has no limit of its own.
const STATEMENT_TIMEOUT_MS: u64 = 10 * 60 * 1000;
const LOCK_TIMEOUT_MS: u64 = 5_000;

pub struct Context {
    pub config: Config,
    pub ui: Ui,
    /// `db migrate`.
    command: String,
    /// The keyring's, once it was typed.
    passphrase: OnceLock<SecretString>,
    /// What the command for the URL printed.
    url: OnceLock<SecretString>,
    /// The parameters of the URL were spoken of.
    warned: OnceLock<()>,
}

impl Context {
    pub fn new(config: Config, ui: Ui, command: &str) -> Context {
        Context {
            config,
            ui,
            command: command.to_owned(),
            passphrase: OnceLock::new(),
            url: OnceLock::new(),
            warned: OnceLock::new(),
        }
    }

    /// Opens a connection to the database that the operator named, in the schema of the inbox.
    ///
    /// # Errors
    /// None was named, or it can't be reached. Refused: another engine, no such schema, or no
    /// right to use it.
    pub fn connect(&self) -> anyhow::Result<Db> {
        let db = self.connect_anywhere()?;
        db.require_schema()?;
        Ok(db)
    }

    /// As [`Context::connect`], for what needs no inbox.
    ///
    /// # Errors
    /// As for [`Context::connect`], but for the schema.
    pub fn connect_anywhere(&self) -> anyhow::Result<Db> {
        let db = self.open()?;
        db.server.require_postgresql()?;
        Ok(db)
    }

    /// Opens a connection, whatever is at its other end.
    ///
    /// # Errors
    /// None was named, or it can't be reached.
    pub fn open(&self) -> anyhow::Result<Db> {
        let target = self.target()?;
        tracing::info!(place = target.describe(), "connecting");
        match target.open() {
            Err(failure) if self.is_new_local_database(&failure) => {
                self.create_local_database(&target, LOCAL_DATABASE)?;
                Ok(target.open()?)
            }
            opened => Ok(opened?),
        }
    }

    /// Where [`Context::connect`] would connect to. Starts the private server
    /// under --local.
    ///
    /// # Errors
    /// None was named, the URL can't be read, or the server doesn't start.
    pub fn target(&self) -> anyhow::Result<Target> {
        let url = match &self.config.source {
            Source::Url { url, found_in } => {
                let direct = self.config.direct_url.as_ref();
                let (url, found_in) = direct
                    .filter(|_| connection_url::leads_to_prisma(url.expose_secret()))
                    .map_or((url, found_in), |(url, found_in)| (url, found_in));
                return self.parse(url, found_in);
            }
            Source::Command { command, found_in } => {
                return self.parse(self.url_of_command(command)?, found_in);
            }
            Source::Libpq => String::new(),
            Source::Local => self.start_local()?.url(LOCAL_DATABASE),
            Source::Unset => {
                let failure = no_database();
                return Err(self.config.missing(failure, &["--env-file", "--config"]).into());
            }
        };
        Ok(Target::parse(&url, self.options())?)
    }

    /// Where a URL leads to, without its secrets.
    ///
    /// # Errors
    /// It can't be read.
    pub fn describe(&self, url: &str) -> Result<String, Failure> {
        Ok(Target::parse(url, self.options())?.describe())
    }

    fn parse(&self, url: &SecretString, found_in: &str) -> anyhow::Result<Target> {
        let parsed = Target::parse(url.expose_secret(), self.options());
        let target = parsed.map_err(|failure| match failure.why.clone() {
            Some(why) => failure.why(format!("{why} (it comes from {found_in})")),
            None => failure,
        })?;
        self.warn_of_parameters(&target, found_in);
        Ok(target)
    }

    /// Sees to it that nobody else shares the session: where a pooler stands between, DIRECT_URL
    /// takes its place.
    ///
    /// # Errors
    /// Refused: there is none, or it leads to another database.
    pub fn need_session(&self, db: &mut Db, what: &str) -> anyhow::Result<()> {
        if !db.pooled {
            return Ok(());
        }
        let Some((url, found_in)) = &self.config.direct_url else {
            return Err(Failure::refused(format!("{what} needs a connection of its own"))
                .why("a connection pooler stands between, and gives the session to others too")
                .hint("put the URL of the database server itself into DIRECT_URL")
                .into());
        };
        // Whichever of the two says it: it is the same inbox.
        let schema = db.target.schema().to_owned();
        let mut direct = self.parse(url, found_in)?.with_schema(schema).open()?;
        let names =
            [server::database_name(&mut db.conn)?, server::database_name(&mut direct.conn)?];
        if direct.pooled || names[0] != names[1] {
            let why = if direct.pooled {
                String::from("it leads through a pooler too")
            } else {
                format!("it leads to the database {}, DATABASE_URL to {}", names[1], names[0])
            };
            return Err(Failure::refused(format!("{what} can't use DIRECT_URL"))
                .why(why)
                .hint("name the same database on the server itself")
                .into());
        }
        *db = direct;
        Ok(())
    }

    /// Once, however often the place is asked for.
    fn warn_of_parameters(&self, target: &Target, found_in: &str) {
        let unknown = target.unknown_parameters();
        if !unknown.is_empty() && self.warned.set(()).is_ok() {
            self.ui.warn(format!(
                "parameters of the database URL without a meaning here: {} ({found_in})",
                unknown.join(", ")
            ));
        }
    }

    /// The same for a database of the private server by name.
    ///
    /// # Errors
    /// The server doesn't start.
    pub fn local_target(&self, database: &str) -> anyhow::Result<Target> {
        Ok(Target::parse(&self.start_local()?.url(database), self.options())?)
    }

    fn options(&self) -> Options {
        Options {
            application_name: format!("inboxctl {}", self.command).trim_end().to_owned(),
            statement_timeout_ms: STATEMENT_TIMEOUT_MS,
            lock_timeout_ms: LOCK_TIMEOUT_MS,
            libpq_names_host: self.config.libpq_names_host,
            default_port: self.config.default_port.clone(),
            libpq_has_timeout: self.config.libpq_has_timeout,
            pgoptions: self.config.pgoptions.clone(),
            schema: self.config.schema.clone(),
            pooler: self.config.profile.as_ref().and_then(|(_, profile)| profile.pooler),
        }
    }

    /// The private server of this machine, running or not.
    ///
    /// # Errors
    /// No server programs, or no place for its data.
    pub fn cluster(&self) -> Result<Cluster, Failure> {
        Cluster::user_default(self.config.data_dir.as_deref(), self.config.pg_bin.as_deref())
            .map_err(|error| local_failure(&error))
    }

    /// The private server of this machine, running.
    ///
    /// # Errors
    /// As for [`Context::cluster`], and when it doesn't start.
    pub fn start_local(&self) -> Result<Cluster, Failure> {
        let cluster = self.cluster()?;
        cluster
            .ensure_running(&mut |step| {
                self.ui.status(match step {
                    local::Step::Waiting => {
                        "waiting for another command to start the private server"
                    }
                    local::Step::Creating => "creating the private PostgreSQL server",
                    local::Step::Starting => "starting the private PostgreSQL server",
                    local::Step::Restarting => {
                        "restarting the private PostgreSQL server: its programs were updated"
                    }
                    local::Step::Outdated => {
                        "the private PostgreSQL server runs programs that were updated since: \
                         it is restarted once nobody is connected"
                    }
                });
            })
            .map_err(|error| local_failure(&error))?;
        Ok(cluster)
    }

    fn is_new_local_database(&self, failure: &Failure) -> bool {
        matches!(self.config.source, Source::Local)
            && failure.why.as_deref().map(Condition::of_text) == Some(Condition::NoSuchDatabase)
    }

    /// # Errors
    /// The server refuses.
    pub fn create_local_database(&self, target: &Target, name: &str) -> anyhow::Result<()> {
        let mut db = target.with_database("postgres").open()?;
        match server::create_database(&mut db.conn, name) {
            // Another command was faster: just as well.
            Err(_) if target.with_database(name).open().is_ok() => Ok(()),
            created => Ok(created?),
        }
    }

    /// The signal that asked to stop, if one did. From the first call on,
    /// SIGINT and SIGTERM no longer end the process by themselves; a second one
    /// does, at once.
    pub fn interrupted(&self) -> Option<u8> {
        signals::caught()
    }

    /// Sleeps, unless interrupted.
    ///
    /// # Errors
    /// Interrupted.
    pub fn pause(&self, duration: Duration) -> Result<(), Failure> {
        let end = Instant::now() + duration;
        loop {
            if let Some(signal) = self.interrupted() {
                return Err(Failure::interrupted(signal));
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            thread::sleep(left.min(Duration::from_millis(20)));
        }
    }

    /// The time, for what no database has a part in.
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Bytes that nobody can foretell, from the operating system.
    ///
    /// # Errors
    /// It has none to give.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], Failure> {
        let mut bytes = [0; N];
        getrandom::fill(&mut bytes).map_err(|error| {
            Failure::failed("the system gives no random numbers").why(error.to_string())
        })?;
        Ok(bytes)
    }
}

/// `pid 4711 (ana, psql, 5 min): UPDATE contacts ...`
pub fn describe_session(session: &Session) -> String {
    let mut about = Vec::new();
    about.extend(session.user.as_deref().map(identifier::shown));
    about.extend(session.application.as_deref().map(|name| human::one_line(name, 60)));
    about.extend(session.state.clone().filter(|state| state != "active"));
    if let Some(age) = session.age_seconds.and_then(|age| u64::try_from(age).ok()) {
        about.push(human::age(Duration::from_secs(age)));
    }
    let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
    let query = session.query.as_deref().map(|query| format!(": {}", human::one_line(query, 60)));
    format!("pid {}{about}{}", session.pid, query.unwrap_or_default())
}

fn no_database() -> Failure {
    Failure::usage("no database was named")
        .why("DATABASE_URL is set neither in the environment nor in .env.local, .env or inboxctl.toml")
        .hint(
            "export DATABASE_URL=postgres://user:password@host:5432/database, \
             or use --local for a private server on this machine",
        )
}

/// A failure of the private server, as ours.
pub fn local_failure(error: &local::LocalError) -> Failure {
    let kind = if error.is_busy() { Kind::Busy } else { Kind::Failed };
    Failure { kind, what: error.to_string(), why: error.why(), hint: error.hint() }
}
