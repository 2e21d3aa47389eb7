//! Before anything is decided for good: whether what there is can be made into an inbox. What the
//! rehearsal would do is done to a database that has the tables without their rows, and is dropped.

use diesel::PgConnection;

use super::done::stopped;
use super::reading::{Decisions, Reading};
use super::rows::Manner;
use super::work::{self, Snapshot};
use crate::backup::tools;
use crate::commands::db::backup::fresh::Fresh;
use crate::commands::db::scratch;
use crate::context::Context;
use crate::domain::backup::version;
use crate::error::{self, Failure, Kind};
use crate::store::adopt::hold;
use crate::store::connect::Db;
use crate::store::{backups, databases, interference, server, tx};
use crate::ui::human;

/// So many tables are named.
const NAMED: usize = 6;

/// What came of it.
pub(super) enum Tried<'a> {
    /// In this, which goes with it.
    Works(Box<Fresh<'a>>),
    /// What would stop the rehearsal.
    Stops(Failure),
    /// Why it couldn't be tried.
    Not(Failure),
}

/// # Errors
/// A signal came, or the server is busy or gone.
pub(super) fn run<'a>(
    ctx: &'a Context,
    db: &mut Db,
    decisions: &Decisions<'_>,
    reading: &Reading,
) -> anyhow::Result<Tried<'a>> {
    let fresh = match room(ctx, db, reading) {
        Ok(fresh) => fresh,
        Err(error) => return Ok(Tried::Not(told(error)?)),
    };
    match made(ctx, db, decisions, reading, &fresh) {
        Ok(()) => Ok(Tried::Works(Box::new(fresh))),
        Err(error) => Ok(Tried::Stops(told(work::lost_or_dropped(ctx, db, error))?)),
    }
}

/// As [`run`], for who goes on only if it works, and takes the place of the database then.
///
/// # Errors
/// It doesn't, wasn't tried, or the role can't do what the swap asks for.
pub(super) fn require(
    ctx: &Context,
    db: &mut Db,
    decisions: &Decisions<'_>,
    reading: &Reading,
) -> anyhow::Result<()> {
    let unheld = tx::read(db, |conn| Ok(hold::not_to_be_held(conn)?))?;
    if !unheld.is_empty() {
        return Err(Failure::refused(format!(
            "will not replace the database {}",
            reading.database
        ))
        .why(format!(
            "the role may not keep those out who write to {}",
            human::listed(&unheld, NAMED)
        ))
        .hint(
            "adopt as the owner of all tables or as a superuser, or into another database with \
                 --into NAME while nothing writes",
        )
        .into());
    }
    match run(ctx, db, decisions, reading)? {
        Tried::Works(mut fresh) => {
            let name = fresh.scratch.name.clone();
            tx::once(&mut fresh.scratch.admin, |conn| {
                Ok(databases::copy_properties(conn, &reading.database, &name)?)
            })
            .map_err(|error| {
                stopped(&error, "what is set for the database can't be set by this role")
            })
        }
        Tried::Stops(failure) | Tried::Not(failure) => Err(failure.into()),
    }
}

/// What says nothing of the database that is to be adopted ends the command.
fn told(error: anyhow::Error) -> anyhow::Result<Failure> {
    let failure = error::explain(&error);
    match failure.kind {
        Kind::Failed | Kind::Usage | Kind::NotFound | Kind::Refused => Ok(failure),
        Kind::Declined | Kind::Busy | Kind::Interrupted | Kind::Terminated => Err(error),
    }
}

fn room<'a>(ctx: &'a Context, db: &mut Db, reading: &Reading) -> anyhow::Result<Fresh<'a>> {
    ctx.need_session(db, "a copy of the database")?;
    scratch::require_for(db, "what can follow is tried in a database of its own")?;
    let major = version::major(&tx::read(db, |conn| Ok(server::facts(conn)?))?.version);
    for program in ["pg_dump", "pg_restore"] {
        tools::find(program, ctx.config.pg_bin.as_deref(), major)?;
    }
    Fresh::create(ctx, &reading.database, &reading.database)
}

fn made(
    ctx: &Context,
    db: &mut Db,
    decisions: &Decisions<'_>,
    reading: &Reading,
    fresh: &Fresh<'_>,
) -> anyhow::Result<()> {
    let progress = ctx.ui.spinner("trying it without the rows");
    let (from, started) = (db.target.clone(), db.server.started.clone());
    let target = &fresh.scratch.target;
    tx::read_once(db, |conn| {
        require_readable(conn)?;
        let id = backups::export_snapshot(conn, 60_000)?;
        let snapshot = Snapshot {
            of: &from,
            started: &started,
            id: &id,
            trust_functions: decisions.trust_functions,
            manner: Manner::Trial,
        };
        work::fill(ctx, conn, &snapshot, target, reading)
    })?;
    drop(progress);
    work::convert(ctx, target, reading, decisions.map, None, Manner::Trial)?;
    Ok(())
}

/// What pg_dump would only find out as it comes to the rows.
fn require_readable(conn: &mut PgConnection) -> anyhow::Result<()> {
    let unreadable = hold::unreadable(conn)?;
    if !unreadable.is_empty() {
        return Err(Failure::refused("the role can't read all that is to come along")
            .why(format!("it has no right to read {}", human::listed(&unreadable, NAMED)))
            .hint("adopt as the owner of the database's tables, or as a superuser")
            .into());
    }
    let tables = hold::tables(conn)?;
    let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
    interference::see_all_rows(conn, &tables)
}
