//! Whether the server still works on what it was asked.
//!
//! A peer that goes on acknowledging but forwards nothing more defeats the keep-alives and the
//! time-outs of TCP: whoever waits for an answer waits for ever. So a thread asks over a second
//! connection whether the server is still at work. If it isn't, or can't be asked either, the first
//! connection is shut down: what waits for it fails as with any connection that was lost.

use std::cell::RefCell;
use std::net::Shutdown;
use std::os::fd::{BorrowedFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use std::{fs, io};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};

use crate::error::{self, Condition};

/// An answer that takes this long may be lost.
const PATIENCE: Duration = Duration::from_secs(10);
/// What the server sent before it fell idle may be on its way for so long.
const BETWEEN_ASKS: Duration = Duration::from_secs(20);
/// For opening the second connection and asking.
const ANSWER: Duration = Duration::from_secs(20);
const TICK: Duration = Duration::from_millis(500);
/// Times in a row that the server must be found idle, or can't be asked.
const DOUBTS: u32 = 2;
/// Times in a row that it must be found sending, while nothing arrives: a slow line looks like it.
const DELIVERIES: u32 = 15;

/// What a connection waits for, if for anything.
#[derive(Debug, Default)]
pub struct Waiting(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// When the statement began, or the last part of its answer came.
    since: Option<Instant>,
    whose: Whose,
}

/// The backends that are asked about.
#[derive(Debug, Clone, Default)]
pub struct Whose {
    /// None behind a pooler, where it is another one with each transaction: then all of ours count.
    pub pid: Option<i32>,
    /// All of the database that is asked in, which nobody else uses; one that was at work a moment
    /// ago is: many short statements leave it idle between them.
    pub all_here: bool,
    /// When the server that was connected to had started: another one can't tell.
    pub started: Option<String>,
}

thread_local! {
    /// Whom this thread asked last.
    static LAST: RefCell<Option<Arc<Waiting>>> = const { RefCell::new(None) };
}

impl Waiting {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A statement was sent.
    pub fn begin(self: &Arc<Self>) {
        self.arrives();
        LAST.set(Some(Arc::clone(self)));
    }

    /// A part of an answer came.
    pub fn arrives(&self) {
        self.state().since = Some(Instant::now());
    }

    pub fn end(&self) {
        self.state().since = None;
    }

    pub fn know(&self, whose: Whose) {
        self.state().whose = whose;
    }

    fn since(&self) -> Option<Instant> {
        self.state().since
    }
}

/// The rest of an answer, which is read after the statement has begun to answer.
pub struct Rest(Option<Arc<Waiting>>);

impl Rest {
    /// Of what this thread asked last.
    pub fn begin() -> Rest {
        let rest = Rest(LAST.with_borrow(Clone::clone));
        rest.arrives();
        rest
    }

    /// A part of it came.
    pub fn arrives(&self) {
        if let Some(waiting) = &self.0 {
            waiting.arrives();
        }
    }
}

impl Drop for Rest {
    fn drop(&mut self) {
        if let Some(waiting) = &self.0 {
            waiting.end();
        }
    }
}

/// How a second connection is opened, to ask about the first.
pub trait SecondConnection: Send + Sync {
    /// # Errors
    /// What stood in the way.
    fn open(&self) -> Result<PgConnection, Condition>;

    /// Which all sessions of this command have.
    fn application_name(&self) -> &str;
}

/// Asks as long as it lives.
pub struct Watch {
    _stop: Sender<()>,
}

impl Watch {
    /// `give_up` is called once, when nothing more is to be waited for.
    pub fn start(
        second: Arc<dyn SecondConnection>,
        waiting: Arc<Waiting>,
        give_up: impl FnOnce() + Send + 'static,
    ) -> Watch {
        let (stop, stopped) = mpsc::channel::<()>();
        thread::spawn(move || {
            let mut doubt = Doubt::default();
            while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                let Some(since) = waiting.since() else { continue };
                if doubt.is_due(since) && doubt.grows(since, ask(&second, &waiting)) {
                    tracing::warn!(?doubt, "the server no longer answers");
                    error::note_silence();
                    give_up();
                    return;
                }
            }
        });
        Watch { _stop: stop }
    }
}

/// The line of a program that we started, which would wait for ever for a server that fell silent.
pub struct Line {
    waiting: Arc<Waiting>,
    silent: Arc<AtomicBool>,
    progress: AtomicU64,
    _watch: Watch,
}

impl Line {
    pub fn watch(second: Arc<dyn SecondConnection>, whose: Whose) -> Line {
        let (waiting, silent) = (Arc::new(Waiting::default()), Arc::new(AtomicBool::new(false)));
        waiting.know(whose);
        waiting.arrives();
        let fell = Arc::clone(&silent);
        let give_up = move || fell.store(true, Ordering::Relaxed);
        let watch = Watch::start(second, Arc::clone(&waiting), give_up);
        Line { waiting, silent, progress: AtomicU64::new(0), _watch: watch }
    }

    /// `progress` is whatever changes while the program is at work: bytes that it wrote, or was
    /// given, and what it computed; `None` where it waits for something else than its server.
    pub fn is_silent(&self, progress: Option<u64>) -> bool {
        let last = self.progress.swap(progress.unwrap_or(u64::MAX), Ordering::Relaxed);
        match progress {
            None => self.waiting.end(),
            Some(progress) if progress != last => self.waiting.arrives(),
            Some(_) => {}
        }
        self.was_silent()
    }

    pub fn was_silent(&self) -> bool {
        self.silent.load(Ordering::Relaxed)
    }
}

/// What the second connection found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Working,
    /// It sends an answer, and nobody takes it.
    Sending,
    Idle,
    Unreachable,
    /// It has no connection left, or another server answered.
    Unknown,
}

#[derive(Debug, Default)]
struct Doubt {
    since: Option<Instant>,
    asked: Option<Instant>,
    idle: u32,
    sending: u32,
}

impl Doubt {
    fn is_due(&self, since: Instant) -> bool {
        let last = self.asked.filter(|_| self.since == Some(since));
        last.map_or_else(|| since.elapsed() >= PATIENCE, |asked| asked.elapsed() >= BETWEEN_ASKS)
    }

    /// Whether it is certain now.
    fn grows(&mut self, since: Instant, found: Found) -> bool {
        if self.since != Some(since) {
            *self = Doubt { since: Some(since), ..Doubt::default() };
        }
        self.asked = Some(Instant::now());
        self.idle = match found {
            Found::Idle | Found::Unreachable => self.idle + 1,
            Found::Working | Found::Sending | Found::Unknown => 0,
        };
        self.sending = if found == Found::Sending { self.sending + 1 } else { 0 };
        self.idle >= DOUBTS || self.sending >= DELIVERIES
    }
}

/// In a thread of its own, which is left behind if this connection falls silent too.
fn ask(second: &Arc<dyn SecondConnection>, waiting: &Waiting) -> Found {
    let (second, whose) = (Arc::clone(second), waiting.state().whose.clone());
    let (answer, answered) = mpsc::channel();
    thread::spawn(move || answer.send(found(second.as_ref(), &whose)));
    let found = answered.recv_timeout(ANSWER).unwrap_or(Found::Unreachable);
    tracing::info!(?found, "asked whether the server still works on a statement");
    found
}

fn found(second: &dyn SecondConnection, whose: &Whose) -> Found {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        is_another: bool,
        #[diesel(sql_type = BigInt)]
        working: i64,
        #[diesel(sql_type = BigInt)]
        sending: i64,
    }
    let mut conn = match second.open() {
        Ok(conn) => conn,
        Err(condition) => {
            use Condition::{ClosedEarly, Other, UnknownHost, Unreachable};
            return match condition {
                ClosedEarly | Other | UnknownHost | Unreachable => Found::Unreachable,
                _ => Found::Unknown,
            };
        }
    };
    let row = diesel::sql_query(include_str!("sql/liveness.sql"))
        .bind::<Nullable<Integer>, _>(whose.pid)
        .bind::<Text, _>(second.application_name())
        .bind::<Nullable<Text>, _>(whose.started.as_deref())
        .bind::<Bool, _>(whose.all_here)
        .get_result(&mut conn);
    match row {
        Ok(Row { is_another: true, .. }) => Found::Unknown,
        Ok(Row { working: 1.., .. }) => Found::Working,
        Ok(Row { sending: 1.., .. }) => Found::Sending,
        Ok(_) => Found::Idle,
        Err(error) if Condition::of_error(&error) == Some(Condition::ConnectionLost) => {
            Found::Unreachable
        }
        Err(_) => Found::Unknown,
    }
}

/// One at a time opens a socket: which one it was is seen by what is new.
static OPENING: Mutex<()> = Mutex::new(());

/// Runs `open`, and returns with its result the socket that it left open, as a second descriptor;
/// none where that can't be told. Diesel keeps libpq's to itself.
pub(super) fn with_socket<T>(open: impl FnOnce() -> T) -> (T, Option<UnixStream>) {
    let guard = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
    let before = sockets().unwrap_or_default();
    let opened = open();
    let after = sockets().unwrap_or_default();
    drop(guard);
    let mut new = after.into_iter().filter(|one| !before.contains(one));
    let socket = match (new.next(), new.next()) {
        (Some((fd, _)), None) => duplicate(fd).ok(),
        _ => None,
    };
    (opened, socket)
}

/// The open sockets, with what tells them apart.
fn sockets() -> io::Result<Vec<(RawFd, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc/self/fd")? {
        let path = entry?.path();
        let number = path.file_name().and_then(|name| name.to_str()?.parse().ok());
        // The folder's own descriptor is gone by now.
        let Ok(leads_to) = fs::read_link(&path) else { continue };
        let name = leads_to.to_string_lossy().into_owned();
        if let Some(number) = number.filter(|_| name.starts_with("socket:")) {
            found.push((number, name));
        }
    }
    Ok(found)
}

/// As a stream of any kind: only [`UnixStream::shutdown`] is used of it.
fn duplicate(fd: RawFd) -> io::Result<UnixStream> {
    // SAFETY: it was open a moment ago and belongs to the connection that was just opened, which
    // nobody else has yet; if it weren't, duplicating it would fail.
    let borrowed = unsafe { BorrowedFd::borrow_raw(fd) };
    borrowed.try_clone_to_owned().map(|owned: OwnedFd| UnixStream::from(owned))
}

/// Ends what reads from the socket or writes to it.
pub(super) fn shut_down(socket: &UnixStream) {
    // It may have ended by itself.
    let _ = socket.shutdown(Shutdown::Both);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certain_after(found: &[Found]) -> bool {
        let since = Instant::now();
        let mut doubt = Doubt::default();
        found.iter().any(|found| doubt.grows(since, *found))
    }

    #[test]
    fn one_doubt_is_none() {
        use Found::{Idle, Sending, Unknown, Unreachable, Working};
        assert!(!certain_after(&[Idle, Working, Idle, Unknown, Unreachable, Sending]));
        assert!(certain_after(&[Working, Idle, Unreachable]));
        assert!(!certain_after(&[Sending; 14]));
        assert!(certain_after(&[Sending; 15]));
        // Another statement is another matter.
        let mut doubt = Doubt::default();
        let first = Instant::now();
        assert!(!doubt.grows(first, Idle));
        assert!(!doubt.grows(first + Duration::from_secs(1), Idle));
    }

    #[test]
    fn a_socket_that_was_shut_down_ends_its_reader() {
        let (mut pair, socket) = with_socket(|| UnixStream::pair().unwrap());
        assert!(socket.is_none(), "two are new");
        drop(pair.1);
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (stream, socket) = with_socket(|| std::net::TcpStream::connect(address).unwrap());
        let reader = thread::spawn(move || io::Read::read(&mut &stream, &mut [0; 1]).unwrap());
        shut_down(&socket.expect("one is new"));
        assert_eq!(reader.join().unwrap(), 0);
        assert_eq!(io::Read::read(&mut pair.0, &mut [0; 1]).unwrap(), 0, "another is untouched");
    }
}
