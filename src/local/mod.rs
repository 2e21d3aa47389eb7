//! The private PostgreSQL that `--local`, `demo`, `local` and the tests run on.
//!
//! What belongs here: finding the server's programs, making one data folder, starting, stopping,
//! watching and removing the one server of that folder. What doesn't: SQL (the caller connects
//! with [`Cluster::url`]), printing (the caller gets [`Step`]s) and reading our configuration
//! (the caller passes it in). Depends on std and processes only.
//!
//! ```text
//! <root>/lock                    held while anything is made, started, stopped or removed
//! <root>/socket/                 0700; elsewhere if its path would be too long for a socket
//! <root>/<major>/data/           0700; what initdb made
//! <root>/<major>/settings.conf   ours; includes data/postgresql.conf, written at every start
//! <root>/<major>/log             what the server says
//! ```
//!
//! As root, everything but `data` and `socket` stays root's, so that nothing that root writes or
//! opens can be turned into a link by the user that the server runs as.

#![deny(clippy::disallowed_macros)]

mod binaries;
mod clients;
mod create;
mod destroy;
pub mod environment;
mod error;
mod layout;
mod lock;
mod postmaster;
mod server_user;
mod settings;
mod start;
mod status;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::path::{Path, PathBuf};

pub use binaries::Binaries;
pub use clients::Client;
pub use destroy::Destroyed;
pub use error::LocalError;
pub use status::{State, Status};

use layout::Layout;
use server_user::ServerUser;

/// The name of the only role that initdb makes.
pub const SUPERUSER: &str = "inbox";
/// Names the socket, unless the settings of [`Cluster::at`] have another; no TCP port is opened.
const DEFAULT_PORT: u16 = 5432;
/// `cluster_name` of every server started here: how a connection recognises that it talks to the
/// private one.
pub const CLUSTER_NAME: &str = "inboxctl-local";

/// What [`Cluster::ensure_running`] is about to do, for the caller to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Another command holds the lock: it creates, starts or stops the same server.
    Waiting,
    Creating,
    Starting,
    /// The server runs programs that a package update has replaced, and nobody uses it.
    Restarting,
    /// The same, but somebody does.
    Outdated,
}

/// What [`Cluster::ensure_running`] found or did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Started {
    Created,
    Started,
    AlreadyRunning,
}

/// How sessions end when the server stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shutdown {
    /// Sessions are cut, open transactions roll back, everything is flushed.
    Fast,
    /// Everything ends at once; the next start recovers from the log.
    Immediate,
}

#[derive(Debug, Clone)]
enum Source {
    Given(Binaries),
    /// Looked for when they are needed: a running server, `stop` and `destroy` need none.
    Search(Option<PathBuf>),
}

/// One root folder and the server in it. Holds no process and no lock: any number of them may
/// name the same folder.
#[derive(Debug, Clone)]
pub struct Cluster {
    layout: Layout,
    source: Source,
    settings: Vec<(String, String)>,
}

impl Cluster {
    /// The one of this user: `data_dir`/postgres if given, else the system's place for a user's
    /// data. `pg_bin` is the folder of the server's programs, if the operator named one.
    pub fn user_default(
        data_dir: Option<&Path>,
        pg_bin: Option<&Path>,
    ) -> Result<Cluster, LocalError> {
        let root = layout::default_root(data_dir, server_user::effective_uid())?;
        Ok(Cluster {
            layout: Layout::new(&root, DEFAULT_PORT),
            source: Source::Search(pg_bin.map(Path::to_path_buf)),
            settings: Vec::new(),
        })
    }

    /// One in exactly `root`, with `settings` on top of ours.
    pub fn at(root: PathBuf, binaries: Binaries, settings: Vec<(String, String)>) -> Cluster {
        let named = settings.iter().find(|(name, _)| name == "port");
        let port = named.and_then(|(_, value)| value.parse().ok()).unwrap_or(DEFAULT_PORT);
        Cluster { layout: Layout::new(&root, port), source: Source::Given(binaries), settings }
    }

    pub fn root(&self) -> &Path {
        &self.layout.root
    }

    pub fn socket_dir(&self) -> PathBuf {
        self.layout.socket_dir()
    }

    pub fn port(&self) -> u16 {
        self.layout.port
    }

    pub fn superuser(&self) -> &'static str {
        SUPERUSER
    }

    /// What libpq takes to reach `database` as the superuser.
    pub fn url(&self, database: &str) -> String {
        layout::url(&self.socket_dir(), self.port(), database)
    }

    /// The programs that match the data folder, or those that would make a new one.
    pub fn binaries(&self) -> Result<Binaries, LocalError> {
        let candidates = match &self.source {
            Source::Given(binaries) => vec![binaries.clone()],
            Source::Search(named) => Binaries::find_all(named.as_deref())?,
        };
        let majors = self.layout.majors();
        let Some(&newest) = majors.first() else {
            return candidates.into_iter().next().ok_or_else(LocalError::not_installed);
        };
        majors
            .iter()
            .find_map(|major| candidates.iter().find(|found| found.major == *major))
            .cloned()
            .ok_or_else(|| LocalError::WrongMajor {
                data_dir: self.layout.data_dir(newest),
                major: newest,
                found: candidates.iter().map(|found| found.major).collect(),
            })
    }

    /// Makes sure that the server accepts connections, whoever has to make or start it. Safe to
    /// call from any number of threads and processes at once; one of them does the work.
    pub fn ensure_running(&self, progress: &mut dyn FnMut(Step)) -> Result<Started, LocalError> {
        self.check_owner()?;
        if self.is_reachable() {
            return Ok(Started::AlreadyRunning);
        }
        let _lock = self.lock_in_root(progress)?;
        if self.settle(progress)? {
            return Ok(Started::AlreadyRunning);
        }
        let binaries = self.binaries()?;
        let user = ServerUser::choose(&self.layout.data_dir(binaries.major))?;
        user.check_reach(&self.layout.root)?;
        user.check_reach(&binaries.dir)?;
        self.layout.sweep();
        let created = !self.layout.has_data(binaries.major);
        if created {
            progress(Step::Creating);
            create::create(&self.layout, &binaries, &user, &self.settings)?;
        }
        progress(Step::Starting);
        start::start(&self.layout, &binaries, &user, &self.settings)?;
        Ok(if created { Started::Created } else { Started::Started })
    }

    /// Stops the server and waits until it is gone; false if none was running.
    pub fn stop(&self, how: Shutdown) -> Result<bool, LocalError> {
        self.check_owner()?;
        let Some(_lock) = lock::exclusive(&self.layout.lock_file(), &mut || {})? else {
            return Ok(false);
        };
        match self.layout.find_postmaster() {
            Some((_, postmaster)) => postmaster.stop(how).map(|()| true),
            None => Ok(false),
        }
    }

    /// Stops the server and removes everything that was made here; None if there was nothing.
    pub fn destroy(&self) -> Result<Option<Destroyed>, LocalError> {
        self.check_owner()?;
        destroy::destroy(&self.layout)
    }

    pub fn status(&self) -> Result<Status, LocalError> {
        self.check_owner()?;
        Ok(status::status(&self.layout))
    }

    /// The common case of every `--local` command, without a lock or a child process: up, ready,
    /// and its socket there.
    fn is_reachable(&self) -> bool {
        let running = self.layout.find_postmaster();
        running.is_some_and(|(_, server)| server.is_ready() && !server.is_outdated())
            && self.layout.socket().exists()
    }

    /// Waits for a server that somebody else started or is stopping; true if it then accepts
    /// connections. A server whose socket was cleaned away from under it can't be reached by
    /// anybody new, and is stopped; so is one whose programs were replaced, unless it is in use.
    fn settle(&self, progress: &mut dyn FnMut(Step)) -> Result<bool, LocalError> {
        let Some((major, server)) = self.layout.find_postmaster() else { return Ok(false) };
        let ready = start::wait_for_other(&self.layout, major, server.pid)?;
        if !ready {
            return Ok(false);
        }
        let outdated = server.is_outdated();
        if self.layout.socket().exists() && (!outdated || server.has_sessions()) {
            if outdated {
                progress(Step::Outdated);
            }
            return Ok(true);
        }
        if outdated {
            progress(Step::Restarting);
        }
        server.stop(Shutdown::Fast)?;
        Ok(false)
    }

    /// Again whenever somebody removes the root between the two.
    fn lock_in_root(&self, progress: &mut dyn FnMut(Step)) -> Result<File, LocalError> {
        loop {
            self.prepare_root()?;
            let mut waiting = || progress(Step::Waiting);
            if let Some(lock) = lock::exclusive(&self.layout.lock_file(), &mut waiting)? {
                return Ok(lock);
            }
        }
    }

    fn prepare_root(&self) -> Result<(), LocalError> {
        let root = &self.layout.root;
        if !root.exists() {
            if server_user::effective_uid() == 0 {
                ServerUser::choose(root)?.check_reach(root)?;
            }
            layout::make_parents(root)?;
        }
        layout::make_own_dir(root)
    }

    fn check_owner(&self) -> Result<(), LocalError> {
        server_user::check_own(&self.layout.root)
    }
}
