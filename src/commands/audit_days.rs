//! Closing days of the audit log, for all that does it: `audit close`, every prune, every backup.

use diesel::PgConnection;

use crate::commands::{audit_head, denied};
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_head::Head;
use crate::domain::audit_trail::Link;
use crate::error::{Failure, LACKS, explain};
use crate::store::audit::Actor;
use crate::store::audit_days::{self, Closed, Late};
use crate::store::connect::Db;
use crate::store::{audit_trail, interference, lock, tx};
use crate::ui::human;

/// Entries after which a transaction ends, with the day in hand.
const ENTRIES_AT_ONCE: u64 = 500_000;
/// Days after which it does.
const DAYS_AT_ONCE: usize = 31;

/// What was closed, and what came to closed days since.
#[derive(Debug, Default)]
pub struct Closing {
    pub days: Vec<Closed>,
    pub late: Vec<Late>,
    pub head: Option<Head>,
    /// Why the head isn't everywhere that the configuration says.
    pub not_kept: Vec<Failure>,
}

impl Closing {
    /// What is to be told of days that aren't what their last link says.
    pub fn warnings(&self) -> Vec<String> {
        let told = self.late.iter().map(|one| {
            let (late, missing) = (one.late.unsigned_abs(), one.missing.unsigned_abs());
            match (missing, one.flagged) {
                (0, true) => {
                    let came = human::plural(late, "entry", "entries");
                    format!("{came} came late into {}, which was closed before: flagged", one.day)
                }
                (0, false) => format!(
                    "{} has {} more than when it was closed, and others were changed: see `inboxctl audit verify`",
                    one.day,
                    human::plural(late, "entry", "entries")
                ),
                _ => format!(
                    "{} has lost {} since it was closed: see `inboxctl audit verify`",
                    one.day,
                    human::plural(missing, "entry", "entries")
                ),
            }
        });
        told.collect()
    }

    /// As [`Self::warnings`], for a command that goes on: with what became of the head.
    pub fn all_warnings(&self) -> Vec<String> {
        let mut warnings = self.warnings();
        warnings.extend(self.not_kept.iter().map(in_one_line));
        warnings
    }
}

/// Closes every day that is due; whoever calls holds the lock of all that deletes by age. What was
/// closed stays closed, however this ends.
///
/// # Errors
/// The server refuses, or hides links from this role: the head would be of the others.
pub fn close(ctx: &Context, db: &mut Db, actor: &Actor) -> anyhow::Result<Closing> {
    tx::read(db, |conn| interference::see_all_rows(conn, &["audit_days"]))?;
    let mut closing = Closing {
        late: tx::write(db, |conn| Ok(audit_days::flag_late(conn, &actor.name)?))?,
        ..Closing::default()
    };
    let spinner = ctx.ui.spinner("closing days of the audit log");
    loop {
        let closed = tx::write(db, |conn| {
            let mut days: Vec<Closed> = Vec::new();
            while let Some(day) = audit_days::close_next(conn, &actor.name)? {
                days.push(day);
                let entries: u64 = days.iter().map(|day| day.entries).sum();
                if entries >= ENTRIES_AT_ONCE || days.len() >= DAYS_AT_ONCE {
                    break;
                }
            }
            Ok(days)
        })?;
        let is_all = closed.is_empty();
        closing.days.extend(closed);
        if is_all || ctx.interrupted().is_some() {
            break;
        }
    }
    drop(spinner);
    closing.head = tx::read(db, |conn| Ok(audit_trail::head(conn)?))?;
    closing.not_kept = closing.head.iter().flat_map(|head| audit_head::keep(ctx, head)).collect();
    Ok(closing)
}

/// # Errors
/// Refused: there are no functions of the log yet, or this role may not run them.
pub fn require_right(db: &mut Db) -> anyhow::Result<()> {
    let (is_there, may_close) = tx::read(db, |conn| {
        let is_there = audit_days::is_there(conn)?;
        if is_there {
            require_tables(conn)?;
        }
        Ok((is_there, audit_days::may_close(conn, true)?))
    })?;
    match (is_there, may_close) {
        (false, _) => Err(not_migrated().into()),
        (true, true) => Ok(()),
        (true, false) => Err(Failure::refused("this role may not write links of the audit log")
            .why("nothing was changed")
            .hint(denied::BY_WHO_MAY)
            .into()),
    }
}

/// Why days were not closed, as a warning of a command that goes on.
pub fn not_closed(error: &anyhow::Error) -> String {
    format!("closing days of the audit log failed: {}", in_one_line(&explain(error)))
}

/// For a warning.
pub fn in_one_line(failure: &Failure) -> String {
    let why = failure.why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
    format!("{}{why}", failure.what)
}

/// The database is older than what closes days.
pub fn not_migrated() -> Failure {
    Failure::failed("the database has no table audit_days").hint(LACKS)
}

/// # Errors
/// Refused: what the log and its links hold could be what a function of somebody says.
pub fn require_tables(conn: &mut PgConnection) -> anyhow::Result<()> {
    let Some(misfit) = audit_days::misfit(conn)? else { return Ok(()) };
    Err(Failure::refused("audit_logs and audit_days are not the tables that days are made of")
        .why(misfit)
        .hint("`inboxctl db drift` says how to make them so")
        .into())
}

/// Flags what came late before something else changes closed days, which would find it there.
///
/// # Errors
/// The server refuses.
pub fn flag_late(ctx: &Context, db: &mut Db, actor: &str) -> anyhow::Result<()> {
    let late = tx::write(db, |conn| match audit_days::may_close(conn, true)? {
        true => Ok(audit_days::flag_late(conn, actor)?),
        false => Ok(Vec::new()),
    })?;
    let closing = Closing { late, ..Closing::default() };
    closing.warnings().iter().for_each(|warning| ctx.ui.warn(warning));
    Ok(())
}

/// Changes that were begun, told apart: those that nobody can be at work on, and the others.
///
/// # Errors
/// The server refuses.
pub fn abandoned(db: &mut Db, begun: Vec<Link>) -> anyhow::Result<(Vec<Link>, Vec<Link>)> {
    let mut at_work = Vec::new();
    for link in &begun {
        // Who is at work on a primary isn't known here.
        let may_be = db.server.is_replica
            || tx::read(db, |conn| Ok(audit_days::may_be_at_work(conn, &link.written_at)?))?;
        if may_be {
            at_work.push(link.number);
        }
    }
    // Who ended it between the two looks was at work.
    let now = tx::read(db, |conn| Ok(audit_trail::last_links(conn)?))?;
    Ok(begun.into_iter().partition(|link| !at_work.contains(&link.number) && now.contains(link)))
}

/// As [`close`], before something else, which goes on however it ends: where this role may, and
/// nobody else is at it. In a session of its own, whose lock ends with it.
pub fn close_beside(ctx: &Context, db: &mut Db) {
    let closed = (|| {
        let may_close = tx::read(db, |conn| Ok(audit_days::may_close(conn, true)?))?;
        if !may_close {
            return Ok(Closing::default());
        }
        let Ok(actor) = ctx.actor(db, Right::Retention) else { return Ok(Closing::default()) };
        let mut own = ctx.connect()?;
        match lock::try_acquire(&mut own.conn, lock::Key::Retention)? {
            true => close(ctx, &mut own, &actor),
            false => Ok(Closing::default()),
        }
    })();
    match closed {
        Ok(closing) => closing.all_warnings().iter().for_each(|warning| ctx.ui.warn(warning)),
        Err(error) => ctx.ui.warn(not_closed(&error)),
    }
}
