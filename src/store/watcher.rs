//! Watching from a second session what the first one waits for.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::connect::Target;
use super::sessions::{self, Session};

/// A statement that takes this long may be waiting for somebody.
const PATIENCE: Duration = Duration::from_millis(300);

/// Looks, while it lives, at who blocks one backend. Needed because the blocked
/// session itself can't ask, and after the timeout nobody blocks it any more.
pub struct Watcher {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
    last: Arc<Mutex<Vec<Session>>>,
}

/// Who is watched.
#[derive(Debug, Clone)]
pub enum Watched {
    Backend(i32),
    /// Every session of this role with this application_name.
    Application(String),
}

impl Watcher {
    /// `report` hears of each new set of blockers, once.
    pub fn start(
        target: Target,
        watched: Watched,
        report: impl Fn(&[Session]) + Send + 'static,
    ) -> Watcher {
        let (stop, stopped) = mpsc::channel::<()>();
        let last = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&last);
        let thread = thread::spawn(move || {
            let mut db = None;
            while stopped.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                // Without a connection to spare there is nothing to say.
                if db.is_none() {
                    db = target.open().ok();
                }
                let Some(db) = &mut db else { return };
                let blockers = match &watched {
                    Watched::Backend(pid) => sessions::blocking(&mut db.conn, *pid),
                    Watched::Application(name) => {
                        sessions::blocking_application(&mut db.conn, name)
                    }
                };
                let Ok(blockers) = blockers else { return };
                let mut last = shared.lock().unwrap_or_else(PoisonError::into_inner);
                let pids =
                    |sessions: &[Session]| sessions.iter().map(|s| s.pid).collect::<Vec<_>>();
                if !blockers.is_empty() && pids(&blockers) != pids(&last) {
                    report(&blockers);
                    *last = blockers;
                }
            }
        });
        Watcher { stop: Some(stop), thread: Some(thread), last }
    }

    /// The blockers that were seen last, none if there were none.
    pub fn last_seen(&self) -> Vec<Session> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A watcher that panicked has nothing more to say.
            let _ = thread.join();
        }
    }
}
