//! One night: its steps, the entries that tell of them, and its lock.

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::history::{self, Mark};
use super::view::{NightView, StepView};
use crate::commands::own_process;
use crate::context::Context;
use crate::domain::audit_action::Action;
use crate::domain::nightly::{self, History, Kind, Outcome, Step, Told};
use crate::error;
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::{lock, server, tx};
use crate::ui::human;

/// A server that restarts is back by then.
const RESTART: Duration = Duration::from_secs(30);
const SECOND: Duration = Duration::from_secs(1);

/// A step, and whether its command takes --yes and didn't get it.
pub(super) struct Line<'a> {
    pub step: &'a Step,
    pub lacks_yes: bool,
}

/// What every step of this night may ask for.
struct Night<'a> {
    ctx: &'a Context,
    db: Db,
    /// The session has the night's lock, as long as it lives.
    is_held: bool,
    actor: &'a Actor,
    id: Uuid,
    history: History,
    before: Vec<(Kind, Outcome)>,
    backup: Option<String>,
}

/// Runs the steps. `db` holds the night's lock.
///
/// # Errors
/// The audit log can't be read, or doesn't take the entry that begins it: then no step has run.
pub(super) fn run(
    ctx: &Context,
    mut db: Db,
    actor: &Actor,
    history: History,
    lines: &[Line<'_>],
) -> anyhow::Result<NightView> {
    let began = Instant::now();
    let now = server::now(&mut db.conn)?;
    let unended = history.unended(now).cloned();
    let (id, resumed_from) = match &unended {
        Some(night) => (night.id, Some(night.began_at)),
        None => (Uuid::now_v7(), None),
    };
    let (before, backup) = (Vec::new(), None);
    let mut night = Night { ctx, db, is_held: true, actor, id, history, before, backup };
    let mark = Mark { night: id, steps: file_lines(lines) };
    if unended.is_none() {
        night.tell(Action::NightlyBegin, None, &mark)?;
    }
    let mut views = Vec::new();
    for line in lines {
        views.push(night.step(line));
    }
    let outcome = nightly::worst(views.iter().map(|view: &StepView| view.outcome));
    if outcome != Outcome::Interrupted {
        night.tell_or_warn(Action::NightlyEnd, None, &mark);
    }
    Ok(NightView {
        night: id,
        resumed_from,
        began_at: now,
        duration_ms: millis(began.elapsed()),
        outcome,
        steps: views,
    })
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl Night<'_> {
    fn step(&mut self, line: &Line<'_>) -> StepView {
        let step = line.step;
        let (kind, view) = (step.kind(), StepView::new(step));
        let ended = self.history.ended_in(self.id, step).cloned();
        // A backup that is gone was none.
        let is_there =
            |told: &Told| told.backup.as_ref().is_none_or(|path| Path::new(path).exists());
        let view = match ended.filter(is_there) {
            Some(told) => {
                self.backup = told.backup.clone().or(self.backup.take());
                view.ended_before(told)
            }
            None if self.ctx.interrupted().is_some() => {
                view.without(Outcome::Interrupted, "it was not begun")
            }
            None => match nightly::obstacle(kind, &self.before) {
                Some(why) => view.without(Outcome::Skipped, why),
                None => self.run(line, view),
            },
        };
        self.before.push((kind, view.outcome));
        view
    }

    fn run(&mut self, line: &Line<'_>, mut view: StepView) -> StepView {
        let step = line.step;
        let last = self.history.last_done(step, self.ctx.now());
        let filled = step.filled(self.backup.as_deref(), last);
        let mut words = match filled {
            Ok(words) => words,
            Err(why) => return view.without(Outcome::Skipped, why),
        };
        if line.lacks_yes {
            words.push(String::from("--yes"));
        }
        if let Err(why) = self.stay_alone() {
            return view.without(Outcome::Busy, why);
        }
        view.command = shown(&words);
        self.ctx.ui.status(format!("{}: {}", step.name(), view.command));
        let began = Instant::now();
        // Rows are compared with it later: by the clock that they were written by.
        let began_at = server::now(&mut self.db.conn).unwrap_or_else(|_| self.ctx.now());
        let ended = own_process::run(self.ctx, &words, step.budget);
        view.began_at = Some(began_at);
        view.duration_ms = millis(began.elapsed());
        match ended {
            Ok(ended) => self.read(step, &mut view, &ended),
            Err(error) => {
                view = view.without(Outcome::Failed, format!("it can't be started: {error}"))
            }
        }
        if step.kind() == Kind::Backup && view.outcome == Outcome::Done {
            self.backup = view.backup.clone().or(self.backup.take());
        }
        let told = Told {
            night: self.id,
            step: step.name().to_owned(),
            run: step.run.clone(),
            outcome: view.outcome,
            exit_code: view.exit_code,
            began_at,
            backup: view.backup.clone(),
        };
        self.tell_or_warn(Action::NightlyStep, Some(step.name()), &told);
        view
    }

    /// What the step's process said, and how it ended.
    fn read(&self, step: &Step, view: &mut StepView, ended: &own_process::Ended) {
        let is_interrupted = self.ctx.interrupted().is_some();
        view.outcome = Outcome::of_exit(ended.code, ended.is_out_of_time, is_interrupted);
        view.exit_code = ended.code;
        let document = ended.document();
        if step.kind() == Kind::Backup {
            let path = document.as_ref().and_then(|text| {
                serde_json::from_str::<Value>(text.get()).ok()?.get("path")?.as_str().map(absolute)
            });
            view.backup = path;
        }
        view.result = document;
        view.hear(ended.heard());
        if view.outcome == Outcome::OutOfTime {
            let budget = step.budget.map(human::duration).unwrap_or_default();
            view.why = Some(format!("its budget of {budget} is used up"));
        }
        if view.why.is_none() {
            view.why = match (view.outcome, ended.code) {
                (Outcome::Trouble, _) => Some(format!("see `{}`", view.command)),
                (_, None) => Some(String::from("a signal ended it")),
                _ => None,
            };
        }
    }

    /// Sees to it that the lock is still held. A server that restarts is waited for a while; without
    /// a database each step says so itself.
    fn stay_alone(&mut self) -> Result<(), String> {
        let mut is_alive = server::now(&mut self.db.conn).is_ok();
        if is_alive && self.is_held && self.db.held().is_ok() {
            return Ok(());
        }
        self.is_held = false;
        let end = Instant::now() + RESTART;
        while !is_alive {
            match self.ctx.connect() {
                Ok(db) => (self.db, is_alive) = (db, true),
                Err(_) if Instant::now() < end && self.ctx.pause(SECOND).is_ok() => {}
                Err(_) => return Ok(()),
            }
        }
        let held = self.ctx.hold(&mut self.db, lock::Key::Nightly, Duration::ZERO);
        self.is_held = held.is_ok();
        held.map_err(|error| error::explain(&error).what)
    }

    fn tell<D: Serialize>(
        &mut self,
        action: Action,
        step: Option<&str>,
        details: &D,
    ) -> anyhow::Result<()> {
        let change = Change { action, resource_id: step, details };
        tx::write(&mut self.db, |conn| Ok(audit::record(conn, self.actor, &change)?))
    }

    /// The step has run, whether or not the entry is written: the next night may run it again.
    fn tell_or_warn<D: Serialize>(&mut self, action: Action, step: Option<&str>, details: &D) {
        // A step may have taken longer than the connection lasts.
        let told = match self.stay_alone() {
            Ok(()) => self.tell(action, step, details).map_err(|error| error::explain(&error).what),
            Err(why) => Err(why),
        };
        if let Err(why) = told {
            let about = step.unwrap_or("the night's end");
            self.ctx.ui.warn(format!("the audit log has no entry of {about}: {why}"));
        }
    }
}

/// A command line as it is typed.
pub(super) fn shown(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| human::shell_word(word)).collect();
    format!("inboxctl {}", words.join(" "))
}

fn file_lines(lines: &[Line<'_>]) -> Vec<String> {
    lines.iter().map(|line| line.step.run.clone()).collect()
}

/// From another folder it is found, too.
fn absolute(path: &str) -> String {
    let found = std::path::absolute(path).map(|path| path.to_string_lossy().into_owned());
    found.unwrap_or_else(|_| path.to_owned())
}

/// When a step of a night that is planned was last done, and whether it begins.
pub(super) fn history(db: &mut Db, lines: &[Line<'_>]) -> anyhow::Result<(History, Timestamp)> {
    let now = server::now(&mut db.conn)?;
    Ok((history::read(db, now, &file_lines(lines))?, now))
}
