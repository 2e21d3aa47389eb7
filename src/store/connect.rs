//! Opening a connection, with the session set up as every command expects it.

mod clients;
mod described;
mod unopened;

use std::path::Path;
use std::sync::Arc;

use diesel::connection::{CacheSize, Connection, SimpleConnection};
use diesel::prelude::*;

use super::conninfo::Conninfo;
use super::handshake::establish;
use super::holder::Holder;
use super::instrumentation::instrument;
use super::liveness::{self, SecondConnection, Waiting, Watch, Whose};
use super::lock::Key;
use super::recognition::{self, Server};
use super::session_settings::{self, MARK, NO_SCHEMA, Settings};
use super::statements::{names, quote_identifier};
use crate::domain::connection_url::{self, USUAL_SCHEMA};
use crate::domain::profile::Pooler;
use crate::error::{self, Condition, Failure};

/// How a session is to be set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// `inboxctl db migrate`: seen in pg_stat_activity.
    pub application_name: String,
    /// For one statement, in milliseconds; 0 is no limit.
    pub statement_timeout_ms: u64,
    /// For one lock, in milliseconds; 0 is no limit.
    pub lock_timeout_ms: u64,
    /// PGHOST and friends name the host: don't choose one.
    pub libpq_names_host: bool,
    /// Port to look for a socket of, where none is given.
    pub default_port: String,
    /// PGCONNECT_TIMEOUT is set: don't choose one.
    pub libpq_has_timeout: bool,
    /// PGOPTIONS: what the operator wants of each session.
    pub pgoptions: String,
    /// The schema of the inbox, whatever the URL says.
    pub schema: Option<String>,
    /// How the pooler that the URL leads to shares its sessions, as far as the operator says.
    pub pooler: Option<Pooler>,
}

/// Where a connection leads. Can be opened again (for a watcher), and printed.
#[derive(Clone)]
pub struct Target {
    info: Conninfo,
    options: Options,
    /// The schema of the inbox.
    schema: String,
    /// A pooler stands between, and gives each transaction another session.
    is_pooled: bool,
    unknown_parameters: Vec<String>,
}

/// An open session.
pub struct Db {
    pub conn: PgConnection,
    /// A pooler stands between: session state (locks, settings) doesn't hold
    /// from one transaction to the next.
    pub pooled: bool,
    pub target: Target,
    pub server: Server,
    /// Has the locks of the command where the session can't.
    pub(super) holder: Option<Holder>,
    pub(super) watch: Option<Watch>,
}

/// A host that is dead is known after about two minutes, whatever the system's own patience.
const KEEP_ALIVE: [(&str, &str); 4] = [
    ("keepalives_idle", "60"),
    ("keepalives_interval", "15"),
    ("keepalives_count", "4"),
    ("tcp_user_timeout", "120000"),
];

/// The same of a client, for the server: its locks go, though its host is gone and says nothing.
const END_WITH_THE_CLIENT: [(&str, &str); 3] = [
    ("tcp_keepalives_idle", "60"),
    ("tcp_keepalives_interval", "15"),
    ("tcp_keepalives_count", "4"),
];

impl Target {
    /// # Errors
    /// Usage: the string can't be read. Never quotes it.
    pub fn parse(url: &str, options: Options) -> Result<Target, Failure> {
        let (mut info, url) = Conninfo::parse(url)?;
        let schema = options.schema.clone().or(url.schema);
        let schema = schema.unwrap_or_else(|| USUAL_SCHEMA.to_owned());
        recognition::require_name(&schema)?;
        if connection_url::is_of_the_server(&schema) {
            return Err(Failure::refused(format!("no inbox can be in the schema {schema}"))
                .why("the server keeps schemas of that name for itself")
                .hint("name the schema of the inbox with --schema or in the URL, ?schema=...; without it, it is public"));
        }
        let names_host = ["host", "hostaddr", "service"].iter().any(|key| info.get(key).is_some());
        if !names_host && !options.libpq_names_host {
            let port = info.get("port").unwrap_or(&options.default_port).to_owned();
            if let Some(folder) = socket_folder(&port) {
                info.set("host", folder);
            }
        }
        if !options.libpq_has_timeout {
            info.set_default("connect_timeout", "10");
        }
        for (keyword, value) in KEEP_ALIVE {
            info.set_default(keyword, value);
        }
        info.set("application_name", options.application_name.clone());
        info.set("client_encoding", "UTF8");
        if info.get("options").is_none() && !options.pgoptions.is_empty() {
            info.set("options", options.pgoptions.clone());
        }
        let is_pooled = match options.pooler {
            Some(pooler) => pooler == Pooler::Transaction,
            None => url.is_pooled,
        };
        Ok(Target { info, options, schema, is_pooled, unknown_parameters: url.unknown })
    }

    /// Parameters of the URL that say nothing to libpq or to us.
    pub fn unknown_parameters(&self) -> &[String] {
        &self.unknown_parameters
    }

    /// The schema that the inbox is in.
    pub fn schema(&self) -> &str {
        &self.schema
    }

    /// The same place, another schema.
    pub fn with_schema(&self, schema: String) -> Target {
        Target { schema, ..self.clone() }
    }

    /// The same server, another database.
    pub fn with_database(&self, name: &str) -> Target {
        let mut target = self.clone();
        target.info.set("dbname", name);
        target
    }

    /// The same place as another role.
    pub fn with_login(&self, user: &str, password: &str) -> Target {
        let mut target = self.clone();
        target.info.set("user", user);
        target.info.set("password", password);
        target
    }

    /// By which other sessions know ours, and those of the client programs that we start.
    pub fn application_name(&self) -> &str {
        &self.options.application_name
    }

    /// A session for any purpose. Without the schema of the inbox its path names nobody's tables.
    ///
    /// # Errors
    /// What libpq says, classified, with a hint; the password never in it.
    pub fn open(&self) -> Result<Db, Failure> {
        let waiting = Arc::new(Waiting::default());
        let (conn, socket) = liveness::with_socket(|| self.establish());
        let mut conn = conn.map_err(|message| self.failure(&message))?;
        instrument(&mut conn, Some(Arc::clone(&waiting)));
        let watch = socket.map(|socket| {
            let give_up = move || liveness::shut_down(&socket);
            Watch::start(Arc::new(self.clone()), Arc::clone(&waiting), give_up)
        });
        let server = recognition::recognise(&mut conn, &self.schema, &self.search_path()).map_err(
            |error| match Condition::of_error(&error) {
                Some(Condition::ConnectionLost) => error::connection_lost(&error.to_string()),
                _ => self.failure(&error.to_string()),
            },
        )?;
        if !server.is_ours {
            unopened::require_transactions(&mut conn)?;
            // Diesel says UTC to every session, and this one is somebody else's afterwards. Each
            // transaction says it for itself.
            conn.batch_execute("RESET TimeZone")
                .map_err(|error| self.failure(&error.to_string()))?;
        }
        let pid = server.is_ours.then_some(server.backend_pid);
        waiting.know(Whose { pid, started: Some(server.started.clone()), ..Whose::default() });
        let (target, pooled) = (self.clone(), !server.is_ours);
        Ok(Db { conn, pooled, target, server, holder: None, watch })
    }

    /// The time zone of a session to which nobody says one: the server's or the database's. `None`
    /// where this role, or this client, has one of its own, which hides that.
    ///
    /// # Errors
    /// As for [`Target::open`].
    pub fn usual_time_zone(&self) -> Result<Option<String>, Failure> {
        let mut conn = establish(&self.info).map_err(|message| self.failure(&message))?;
        conn.set_prepared_statement_cache_size(CacheSize::Disabled);
        // What it was before Diesel said UTC.
        conn.batch_execute("RESET TimeZone")
            .and_then(|()| {
                names(
                    &mut conn,
                    "SELECT setting AS name FROM pg_catalog.pg_settings \
                     WHERE name OPERATOR(pg_catalog.=) 'TimeZone' \
                         AND source OPERATOR(pg_catalog.<>) ALL ('{user,database user,client}'::text[])",
                )
            })
            .map(|zones| zones.into_iter().next())
            .map_err(|error| self.failure(&error.to_string()))
    }

    fn establish(&self) -> Result<PgConnection, String> {
        let mut settings = self.settings().with(MARK, "on").with("search_path", NO_SCHEMA);
        for (name, value) in END_WITH_THE_CLIENT {
            settings = settings.with(name, value);
        }
        let conn = if self.is_pooled {
            establish(&self.info)
        } else if self.options.pooler == Some(Pooler::Session) {
            // It hands on no settings of a startup packet, and keeps what a session sets.
            establish(&self.info).and_then(|mut conn| {
                let set = conn.batch_execute(&settings.for_a_session());
                set.map(|()| conn).map_err(|error| error.to_string())
            })
        } else {
            // Settings travel in the startup packet: no round trip, and there before the first
            // statement.
            establish(&with_settings(&self.info, &settings)).or_else(|message| {
                // PgBouncer and others hand on no settings of a startup packet.
                match Condition::of_text(error::reason(&message)) {
                    Condition::OptionsRefused => establish(&self.info),
                    _ => Err(message),
                }
            })
        };
        conn.map(|mut conn| {
            // Behind PgBouncer in transaction mode a cached statement name may
            // belong to another session's statement.
            conn.set_prepared_statement_cache_size(CacheSize::Disabled);
            instrument(&mut conn, None);
            conn
        })
    }

    /// The server puts pg_catalog before it by itself. Temporary objects come last, or somebody's
    /// would hide ours.
    fn search_path(&self) -> String {
        format!("{}, pg_temp", quote_identifier(&self.schema))
    }

    fn settings(&self) -> Settings {
        Settings::pinned()
            .with("statement_timeout", self.options.statement_timeout_ms)
            .with("lock_timeout", self.options.lock_timeout_ms)
    }

    fn failure(&self, message: &str) -> Failure {
        let message = self.info.redact(message);
        let why = error::reason(&message);
        let condition = match Condition::of_text(why) {
            // In whatever language it says so.
            Condition::Other | Condition::ClosedEarly if self.info.is_answered_with_not_yet() => {
                Condition::NotReady
            }
            known => known,
        };
        unopened::explain(condition, why, &self.describe())
    }
}

impl Db {
    /// # Errors
    /// Refused: the schema of the inbox isn't there, or the role may not use it.
    pub fn require_schema(&self) -> Result<(), Failure> {
        self.server.require_schema(&self.target.schema)
    }

    /// Whether no pooler stands between: only the server itself leads to other databases.
    pub fn is_direct(&self) -> bool {
        !self.pooled && self.target.options.pooler.is_none()
    }

    /// # Errors
    /// Refused: a replica, or settings that forbid it.
    pub fn require_writes(&mut self) -> anyhow::Result<()> {
        self.server.require_writes(&mut self.conn)
    }

    /// The locks that each transaction takes for itself too, once it is sure that they are still held:
    /// none where the session has them.
    ///
    /// # Errors
    /// Busy: they are gone, and somebody else may work by now.
    pub fn held(&self) -> Result<&[Key], Failure> {
        let Some(holder) = &self.holder else { return Ok(&[]) };
        let why = match holder.is_there() {
            Ok(true) => return Ok(holder.keys()),
            Ok(false) => String::from("the transaction that held it is another one by now"),
            Err(error) => format!("the transaction that held it was ended: {error}"),
        };
        Err(error::lock_lost(&why))
    }

    /// Other timeouts from here on; milliseconds, 0 is no limit.
    ///
    /// # Errors
    /// The connection is gone.
    pub fn set_timeouts(
        &mut self,
        statement_timeout_ms: u64,
        lock_timeout_ms: u64,
    ) -> QueryResult<()> {
        self.target.options.statement_timeout_ms = statement_timeout_ms;
        self.target.options.lock_timeout_ms = lock_timeout_ms;
        if self.pooled {
            return Ok(());
        }
        self.conn.batch_execute(&format!(
            "SET statement_timeout = {statement_timeout_ms}; SET lock_timeout = {lock_timeout_ms}"
        ))
    }

    /// What each transaction sets first. Behind a pooler the session's settings belong to
    /// somebody else, so each transaction brings its own.
    pub(super) fn transaction_settings(&self) -> Option<String> {
        if !self.pooled {
            return None;
        }
        let path = if self.server.may_use { self.target.search_path() } else { NO_SCHEMA.into() };
        let mut settings = self.target.settings().with("search_path", path);
        if self.server.is_superuser {
            settings = settings.with("lc_messages", "C").with("session_replication_role", "origin");
        }
        if self.server.prefers_own_tablespace {
            settings = settings.with("default_tablespace", "");
        }
        let usual = session_settings::usual_for_a_transaction(self.server.version_num);
        Some(format!("{usual}{}", settings.for_a_transaction()))
    }
}

/// A session that nobody watches, for qualified names.
impl SecondConnection for Target {
    fn open(&self) -> Result<PgConnection, Condition> {
        self.establish().map_err(|message| Condition::of_text(error::reason(&message)))
    }

    fn application_name(&self) -> &str {
        Target::application_name(self)
    }
}

fn with_settings(info: &Conninfo, settings: &Settings) -> Conninfo {
    let mut info = info.clone();
    let options = settings.startup_options(info.get("options").unwrap_or_default());
    info.set("options", options);
    info
}

/// The libpq that is linked in looks for sockets in /tmp; distributions keep
/// them elsewhere.
fn socket_folder(port: &str) -> Option<&'static str> {
    const FOLDERS: [&str; 3] = ["/var/run/postgresql", "/run/postgresql", "/tmp"];
    let socket = format!(".s.PGSQL.{port}");
    FOLDERS
        .into_iter()
        .find(|folder| Path::new(folder).join(&socket).exists())
        .or_else(|| FOLDERS.into_iter().find(|folder| Path::new(folder).is_dir()))
}
