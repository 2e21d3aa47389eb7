//! `db adopt`: the inbox takes the place of the application's database, which stays under another
//! name. Nothing is written between the snapshot and the swap.

use std::time::{Duration, Instant};

use super::credentials::Decrypt;
use super::done::Done;
use super::into::IntoView;
use super::own_code;
use super::reading::{self, Decisions};
use super::rows::Manner;
use super::trial;
use super::work::{self, Snapshot};
use crate::commands::db::backup::fresh::Fresh;
use crate::commands::db::scratch;
use crate::context::{Context, describe_session};
use crate::domain::backup::name;
use crate::domain::consent::Consent;
use crate::domain::environment::Environment;
use crate::error::{Failure, Outcome};
use crate::store::adopt::hold::{self, Sequence};
use crate::store::connect::Db;
use crate::store::scratch as scratch_store;
use crate::store::{backups, databases, server, sessions, tx};
use crate::ui::{human, millis};

pub(super) struct Flags<'a> {
    pub confirm_db: Option<&'a str>,
    pub allow_production: bool,
    pub lock_wait: Duration,
    pub decrypt_with: Option<&'a str>,
}

/// # Errors
/// Refused: undecided, no consent, or not its owner. Busy: a lock is not to be had.
pub(super) fn run(
    ctx: &Context,
    decisions: &Decisions<'_>,
    flags: &Flags<'_>,
) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let decrypt = Decrypt::with(ctx, flags.decrypt_with)?;
    let mut db = ctx.connect()?;
    ctx.need_session(&mut db, "the swap of two databases")?;
    let Some(reading) = reading::read(ctx, &mut db, decisions)? else {
        return Ok(Outcome::Done);
    };
    work::require_decided(&reading, decisions.path)?;
    scratch::require(&mut db)?;
    scratch::require_owner(&mut db)?;
    require_seen(&mut db, &reading.database)?;
    tx::read(&mut db, |conn| own_code::require(conn, None, decisions.trust_functions))?;
    require_endable(ctx, &mut db, &reading.database)?;
    // Before anybody waits.
    trial::require(ctx, &mut db, decisions, &reading)?;
    let live = reading.database;
    let former = name::database(&live, "before", server::now(&mut db.conn)?);
    let consent = ask(ctx, &mut db, flags, &live, &former)?;
    // From here on a signal must not end the process with the database closed.
    if let Some(signal) = ctx.interrupted() {
        return Err(Failure::interrupted(signal).into());
    }
    let mut fresh = Fresh::create(ctx, &live, &live)?;
    let (done, closed) = work_and_close(
        ctx,
        &mut db,
        &mut fresh,
        (decisions, decrypt.as_ref()),
        flags,
        &live,
        &consent,
    )?;
    // Its own session would be in the way of the new name; nobody else gets in.
    drop(db);
    swap(ctx, &mut fresh, &live, &former, &consent)?;
    closed.keep();
    let mut view = IntoView::new(&live, done, start);
    view.former = Some(former);
    ctx.ui.show(&view)?;
    view.done.outcome()
}

/// Nothing may be written unseen while the copy is made, large objects included.
fn require_seen(db: &mut Db, live: &str) -> anyhow::Result<()> {
    let is_there = tx::read(db, |conn| Ok(hold::has_large_objects(conn)?))?;
    if !is_there || db.server.is_superuser {
        return Ok(());
    }
    Err(Failure::refused(format!("will not replace the database {live}"))
        .why("it has large objects, and only a superuser sees whether somebody writes to them meanwhile")
        .hint("adopt as a superuser, or into another database with --into NAME while nothing writes")
        .into())
}

/// So often sessions that can't be ended are looked for.
const LOOKS: u32 = 40;

/// The name can't be given to another while somebody is connected.
fn require_endable(ctx: &Context, db: &mut Db, live: &str) -> anyhow::Result<()> {
    let mut beyond = Vec::new();
    // One that ends by itself, such as a monitor's, is in nobody's way.
    for _ in 0..LOOKS {
        beyond = tx::read(db, |conn| Ok(sessions::beyond_reach(conn)?))?;
        if beyond.is_empty() {
            return Ok(());
        }
        ctx.pause(Duration::from_millis(50))?;
    }
    let shown: Vec<String> = beyond.iter().map(describe_session).collect();
    Err(Failure::refused(format!("will not replace the database {live}"))
        .why(format!("the role may not end the sessions of others: {}", human::listed(&shown, 5)))
        .hint(
            "end them first, or adopt as a superuser; a member of pg_signal_backend may end those \
             of ordinary roles",
        )
        .into())
}

fn ask(
    ctx: &Context,
    db: &mut Db,
    flags: &Flags<'_>,
    live: &str,
    former: &str,
) -> anyhow::Result<Consent> {
    let refused = |why: &str, hint: &str| {
        Err(Failure::refused(format!("will not replace the database {live}"))
            .why(why)
            .hint(hint)
            .into())
    };
    if live == "postgres" {
        return refused(
            "it is the one that other databases are managed from",
            "adopt it into another with --into NAME",
        );
    }
    let environment = tx::read(db, |conn| Ok(ctx.environment(conn)?))?;
    if environment == Environment::Production && !flags.allow_production {
        return refused(
            "it may be a production database",
            "rehearse with --into NAME and look; to replace it, say --allow-production",
        );
    }
    let others = tx::read(db, |conn| Ok(sessions::others(conn)?))?;
    if !others.is_empty() {
        let shown: Vec<String> = others.iter().map(describe_session).collect();
        ctx.ui.status(format!("connected: {}", human::listed(&shown, 5)));
    }
    let place = ctx.place(db)?;
    let what = format!(
        "make an inbox of the database {live}, keeping what is there as {former}: \
         writers wait meanwhile, and all its sessions are ended"
    );
    Ok(ctx.ui.consent_by_name(
        &what,
        Some(&place),
        live,
        "--confirm-db",
        flags.confirm_db,
        &|| ctx.interrupted(),
    )?)
}

/// Copies and converts while writers wait; then closes the database before it lets go of it.
fn work_and_close<'a>(
    ctx: &'a Context,
    db: &mut Db,
    fresh: &mut Fresh<'_>,
    (decisions, decrypt): (&Decisions<'_>, Option<&Decrypt<'_>>),
    flags: &Flags<'_>,
    live: &str,
    consent: &Consent,
) -> anyhow::Result<(Done, Closed<'a>)> {
    let (from, started) = (db.target.clone(), db.server.started.clone());
    let is_superuser = db.server.is_superuser;
    let target = fresh.scratch.target.clone();
    let tables = tx::read(db, |conn| Ok(hold::tables(conn)?))?;
    let wait_ms = millis(flags.lock_wait).clamp(1, i32::MAX.unsigned_abs().into());
    let worked = tx::read_once(db, |conn| {
        hold::hold(conn, &tables, wait_ms)?;
        if hold::tables(conn)? != tables {
            return Err(Failure::busy("tables were made or dropped meanwhile")
                .hint("nothing was changed; run it again")
                .into());
        }
        ctx.ui.status("writers wait from here on");
        let made = hold::made(conn, is_superuser)?;
        let id = backups::export_snapshot(conn, wait_ms)?;
        let snapshot = Snapshot {
            of: &from,
            started: &started,
            id: &id,
            trust_functions: decisions.trust_functions,
            manner: Manner::InPlace,
        };
        let reading = reading::read_all(conn, &from, decisions)?;
        work::require_decided(&reading, decisions.path)?;
        work::fill(ctx, conn, &snapshot, &target, &reading)?;
        // Writers wait: what the application's triggers do is the rehearsal's to try.
        let done = work::convert(ctx, &target, &reading, decisions.map, decrypt, Manner::InPlace)?;
        if let Some(signal) = ctx.interrupted() {
            return Err(Failure::interrupted(signal).into());
        }
        // Sees what came after the snapshot, when nobody else gets in any more.
        let mut witness = ctx.connect()?;
        let closed = Closed::close(ctx, live, consent)?;
        let own = [sessions::own_pid(conn)?, sessions::own_pid(&mut witness.conn)?];
        end_sessions(ctx, &mut fresh.scratch.admin, own, live, consent)?;
        if hold::made(&mut witness.conn, is_superuser)? != made {
            return Err(Failure::busy("something was made, changed or dropped meanwhile")
                .why("a table, view, function, type or large object that the copy doesn't have")
                .hint("nothing was replaced; stop what migrates the application, and run it again")
                .into());
        }
        let sequences = hold::sequences(conn)?;
        keep_pace(&target, &sequences)?;
        Ok((done, closed))
    });
    worked.map_err(|error| work::lost_or_dropped(ctx, db, error))
}

fn keep_pace(target: &crate::store::connect::Target, sequences: &[Sequence]) -> anyhow::Result<()> {
    let mut db = target.open()?;
    tx::once(&mut db, |conn| Ok(hold::set_sequences(conn, sequences)?))
}

/// How often those are told to end that are slow to.
const ATTEMPTS: u32 = 100;

/// All but our own, one of which holds the tables.
fn end_sessions(
    ctx: &Context,
    admin: &mut Db,
    own: [i32; 2],
    live: &str,
    consent: &Consent,
) -> anyhow::Result<()> {
    for _ in 0..ATTEMPTS {
        let mut others = sessions::of_database(&mut admin.conn, live)?;
        others.retain(|session| !own.contains(&session.pid));
        if others.is_empty() {
            return Ok(());
        }
        sessions::terminate(&mut admin.conn, &others, consent)?;
        ctx.pause(Duration::from_millis(50))?;
    }
    Err(in_use(live, "its sessions don't end"))
}

fn in_use(live: &str, why: &str) -> anyhow::Error {
    Failure::busy(format!("the database {live} is in use"))
        .why(why)
        .hint("nothing was replaced; stop the application and run it again")
        .into()
}

fn swap(
    ctx: &Context,
    fresh: &mut Fresh<'_>,
    live: &str,
    former: &str,
    consent: &Consent,
) -> anyhow::Result<()> {
    let name = fresh.scratch.name.clone();
    let mut error = None;
    for _ in 0..ATTEMPTS {
        // Our own session may take a moment to be gone.
        let swapped = tx::once(&mut fresh.scratch.admin, |conn| {
            databases::copy_properties(conn, live, &name)?;
            databases::swap(conn, live, &name, former, consent)?;
            Ok(databases::reopen(conn, former)?)
        });
        match swapped {
            Ok(()) => {
                fresh.scratch.release();
                return Ok(());
            }
            Err(found) if !databases::is_in_use(&found) => return Err(found),
            Err(found) => error = Some(found),
        }
        ctx.pause(Duration::from_millis(50))?;
    }
    Err(in_use(live, &error.map(|error| error.to_string()).unwrap_or_default()))
}

/// The database takes no connections until this goes.
struct Closed<'a> {
    ctx: &'a Context,
    name: String,
    is_ours: bool,
}

impl<'a> Closed<'a> {
    fn close(ctx: &'a Context, name: &str, consent: &Consent) -> anyhow::Result<Closed<'a>> {
        let mut admin = scratch::admin(ctx)?;
        tx::once(&mut admin, |conn| Ok(databases::close(conn, name, consent)?))?;
        Ok(Closed { ctx, name: name.to_owned(), is_ours: true })
    }

    /// It was swapped: the name is another database's now.
    fn keep(mut self) {
        self.is_ours = false;
    }
}

impl Drop for Closed<'_> {
    fn drop(&mut self) {
        if self.is_ours
            && let Err(error) = open(self.ctx, &self.name)
        {
            self.ctx.ui.warn(format!(
                "the database {} takes no connections: {error}; `inboxctl db adopt --abort` opens it",
                self.name
            ));
        }
    }
}

fn open(ctx: &Context, name: &str) -> anyhow::Result<()> {
    let mut admin = scratch::admin(ctx)?;
    tx::once(&mut admin, |conn| Ok(databases::reopen(conn, name)?))
}

/// `db adopt --abort`: opens what a killed run had closed, and drops what it had made.
///
/// # Errors
/// There is no such database, or the role is not its owner.
pub(super) fn abort(ctx: &Context) -> anyhow::Result<Outcome> {
    let target = ctx.target()?;
    let Some(name) = target.database().map(str::to_owned) else {
        return Err(Failure::usage("the URL names no database")
            .hint("name the one to open in DATABASE_URL")
            .into());
    };
    let mut admin = scratch::admin_beside(ctx)?;
    let is_open = databases::is_open(&mut admin.conn, &name)?;
    let said = match is_open {
        None => {
            return Err(Failure::failed(format!("there is no database {name}"))
                .hint("correct the name in DATABASE_URL")
                .into());
        }
        Some(true) => format!("The database {name} takes connections; there was nothing to open."),
        Some(false) => {
            tx::once(&mut admin, |conn| Ok(databases::reopen(conn, &name)?))?;
            format!("The database {name} takes connections again.")
        }
    };
    // The server may take a moment to see that the one who was killed is gone.
    for _ in 0..ATTEMPTS {
        for dropped in scratch_store::sweep(&mut admin.conn)? {
            ctx.ui
                .status(format!("dropped {dropped}, which a command left behind that was killed"));
        }
        if scratch_store::left(&mut admin.conn, &name)?.is_empty() {
            break;
        }
        ctx.pause(Duration::from_millis(50))?;
    }
    ctx.ui.show(&Aborted { database: name, opened: is_open == Some(false), said })?;
    Ok(Outcome::Done)
}

#[derive(Debug, serde::Serialize)]
struct Aborted {
    database: String,
    opened: bool,
    #[serde(skip)]
    said: String,
}

impl crate::ui::Tabular for Aborted {
    fn blocks(&self) -> Vec<crate::ui::Block> {
        vec![crate::ui::Block::Text(self.said.clone())]
    }
}
