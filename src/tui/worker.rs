//! The connection in the background: it answers one question at a time, the newest, and connects
//! again when it was lost. What nobody waits for any more is taken back on the server.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::data::Question;
use super::reading;
use super::state::{Event, Ticket};
use crate::error;
use crate::store::cancel::Cancel;
use crate::store::connect::{Db, Target};

/// For one statement: whoever looks doesn't wait longer, and stands in nobody's way.
const STATEMENT_TIMEOUT_MS: u64 = 20_000;
const LOCK_TIMEOUT_MS: u64 = 1_000;
/// Between two tries to connect.
const SHORTEST_REST: Duration = Duration::from_millis(300);
const LONGEST_REST: Duration = Duration::from_secs(5);
/// What ends within this is not worth a second connection to stop it.
const ABOUT_TO_END: Duration = Duration::from_millis(30);
/// To end politely; then it is left behind.
const FAREWELL: Duration = Duration::from_millis(500);

pub(super) struct Worker {
    questions: Option<Sender<Asked>>,
    shared: Arc<Shared>,
    ended: Receiver<()>,
}

type Asked = (Ticket, Question);

#[derive(Default)]
struct Shared(Mutex<AtWork>);

#[derive(Default)]
struct AtWork {
    /// What is being answered.
    ticket: Option<Ticket>,
    /// Whom to tell that it is not wanted; none while there is no connection, or behind a pooler.
    cancel: Option<Cancel>,
    /// For the last one that the server is told to stop; once is enough.
    stopping: Ticket,
    /// How often it was told and nothing was stopped yet: it may stop another one than was meant.
    told: u32,
    /// Nobody waits for this one and those before it.
    forgotten: Ticket,
}

impl Worker {
    pub(super) fn start(db: Db, events: Sender<Event>) -> Worker {
        let (questions, asked) = mpsc::channel();
        let (farewell, ended) = mpsc::channel();
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        thread::spawn(move || {
            Line { target: db.target.clone(), db: Some(db), events, shared: theirs }.work(&asked);
            let _ = farewell.send(());
        });
        Worker { questions: Some(questions), shared, ended }
    }

    /// Asks this, and takes back what was asked before.
    pub(super) fn ask(&self, ticket: Ticket, question: Question) {
        self.forget_before(ticket);
        if let Some(questions) = &self.questions {
            // A worker that ended has told why.
            let _ = questions.send((ticket, question));
        }
    }

    /// Takes back whatever was asked.
    pub(super) fn forget(&self, last: Ticket) {
        self.forget_before(last + 1);
    }

    /// In a thread of its own: reaching the server may take its time. By then it may be at another
    /// question, which is asked again.
    fn forget_before(&self, ticket: Ticket) {
        let mut at_work = self.shared.lock();
        at_work.forgotten = ticket - 1;
        let is_news = |asked: &Ticket| *asked < ticket && *asked > at_work.stopping;
        let Some(asked) = at_work.ticket.filter(is_news) else { return };
        at_work.stopping = asked;
        let shared = Arc::clone(&self.shared);
        drop(at_work);
        thread::spawn(move || {
            thread::sleep(ABOUT_TO_END);
            let mut at_work = shared.lock();
            let Some(cancel) = at_work.cancel.clone().filter(|_| at_work.ticket == Some(asked))
            else {
                return;
            };
            at_work.told += 1;
            drop(at_work);
            cancel.send();
        });
    }

    pub(super) fn end(mut self) {
        self.forget(Ticket::MAX - 1);
        self.questions = None;
        let _ = self.ended.recv_timeout(FAREWELL);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, AtWork> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Line {
    target: Target,
    db: Option<Db>,
    events: Sender<Event>,
    shared: Arc<Shared>,
}

impl Line {
    fn work(&mut self, asked: &Receiver<Asked>) {
        if let Some(db) = &mut self.db {
            let _ = db.set_timeouts(STATEMENT_TIMEOUT_MS, LOCK_TIMEOUT_MS);
            self.shared.lock().cancel = Cancel::of(db);
        }
        while let Ok(first) = asked.recv() {
            let mut next = Some(first);
            while let Some(question) = next.take() {
                let newest = asked.try_iter().last().unwrap_or(question);
                next = match self.answer(&newest, asked) {
                    Next::Answered => None,
                    Next::Ask(question) => Some(question),
                    Next::End => return,
                };
            }
        }
    }

    fn answer(&mut self, (ticket, question): &Asked, asked: &Receiver<Asked>) -> Next {
        let again = || Next::Ask((*ticket, question.clone()));
        let Some(db) = &mut self.db else {
            return self.connect((*ticket, question.clone()), asked);
        };
        self.shared.lock().ticket = Some(*ticket);
        let is_wanted = || self.shared.lock().forgotten < *ticket;
        let answer = reading::answer(db, question, &is_wanted);
        let (was_told, is_forgotten) = {
            let mut at_work = self.shared.lock();
            at_work.ticket = None;
            let was_told = answer.is_err() && at_work.told > 0;
            at_work.told -= u32::from(was_told);
            (was_told, at_work.forgotten >= *ticket)
        };
        if let Some(newer) = asked.try_iter().last() {
            return Next::Ask(newer);
        }
        let event = match answer {
            Err(error) if error::is_connection_lost(&error) => {
                self.db = None;
                self.shared.lock().cancel = None;
                let _ = self.events.send(Event::Lost(error::explain(&error)));
                return again();
            }
            Err(_) | Ok(_) if is_forgotten => return Next::Answered,
            // It was stopped in the place of another one.
            Err(_) if was_told => return again(),
            answer => Event::Answered(*ticket, answer.map_err(|error| error::explain(&error))),
        };
        match self.events.send(event) {
            Ok(()) => Next::Answered,
            Err(_) => Next::End,
        }
    }

    /// Tries until it succeeds; what is asked meanwhile takes the place of what was.
    fn connect(&mut self, mut wanted: Asked, asked: &Receiver<Asked>) -> Next {
        let mut rest = SHORTEST_REST;
        loop {
            let opened = self.target.open().and_then(|mut db| {
                db.require_schema()?;
                db.set_timeouts(STATEMENT_TIMEOUT_MS, LOCK_TIMEOUT_MS)
                    .map_err(|error| error::explain(&error.into()))?;
                Ok(db)
            });
            match opened {
                Ok(db) => {
                    self.shared.lock().cancel = Cancel::of(&db);
                    self.db = Some(db);
                    let _ = self.events.send(Event::Connected);
                    return Next::Ask(wanted);
                }
                Err(failure) => {
                    if self.events.send(Event::Lost(failure)).is_err() {
                        return Next::End;
                    }
                }
            }
            match asked.recv_timeout(rest) {
                Ok(newer) => wanted = newer,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Next::End,
            }
            rest = (rest * 2).min(LONGEST_REST);
        }
    }
}

enum Next {
    Answered,
    Ask(Asked),
    End,
}
