//! The triggers of the application, fired in the copy by a role that is nobody: whoever wrote them
//! could do with the operator's rights what the operator can.

use std::time::Duration;

use super::reading::Reading;
use crate::commands::db::scratch;
use crate::context::Context;
use crate::domain::adopt::stands::{Kind, Stand};
use crate::store::adopt::rehearse::{self, Fired, Rehearsed};
use crate::store::adopt::strangers;
use crate::store::connect::Db;
use crate::store::fingerprint::Fingerprint;
use crate::store::guest::Guest;
use crate::store::{login_roles, server, tx};

/// Longer than they fire.
const ROLE_LIVES: Duration = Duration::from_secs(24 * 60 * 60);

/// # Errors
/// The connection is gone, or the role that was made can't be dropped.
pub(super) fn fire(
    ctx: &Context,
    db: &mut Db,
    reading: &Reading,
    moved: &[&Stand],
) -> anyhow::Result<Rehearsed> {
    let ours = Fingerprint::embedded()?.catalog;
    let ours: Vec<&str> = ours.tables.iter().map(|table| table.name.as_str()).collect();
    let moved: Vec<&str> = moved
        .iter()
        .filter(|stand| stand.kind == Kind::Trigger)
        .filter_map(|stand| reading.mapping.of(stand.table.as_deref()?))
        .map(|table| table.model.table)
        .collect();
    let tables = tx::read(db, |conn| Ok(rehearse::tables(conn, &moved, &ours)?))?;
    if tables.is_empty() {
        return Ok(Rehearsed::default());
    }
    match guest(ctx, db)? {
        Some(guest) => as_guest(db, guest, &tables),
        None => as_owner(db, tables),
    }
}

/// `None` where there can't be one, or it can't log in.
fn guest(ctx: &Context, db: &mut Db) -> anyhow::Result<Option<Guest>> {
    if !login_roles::is_allowed(&mut db.conn)? {
        return Ok(None);
    }
    let random: [u8; 24] = ctx.random()?;
    let password: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    let until = server::now(&mut db.conn)? + ROLE_LIVES;
    let made = Guest::make(scratch::admin(ctx)?, &db.target, &password, until, ctx.random()?);
    let guest = match made {
        Ok(guest) => guest,
        Err(error) => {
            tracing::info!(%error, "no role could be made for the triggers");
            return Ok(None);
        }
    };
    match guest.login.open() {
        Ok(_) => Ok(Some(guest)),
        Err(failure) => {
            tracing::info!(why = failure.why, "the role made for the triggers can't log in");
            guest.leave(db).map(|()| None)
        }
    }
}

fn as_guest(db: &mut Db, guest: Guest, tables: &[Fired]) -> anyhow::Result<Rehearsed> {
    tx::once(db, |conn| Ok(guest.lend_tables(conn)?))?;
    let done = guest.login.open().map_err(anyhow::Error::from).and_then(|mut login| {
        tx::rolled_back(&mut login, |conn| Ok(rehearse::fire(conn, tables)?))
    });
    guest.leave(db)?;
    done
}

/// Only where nothing of another role would run: neither what fires, nor a condition, a default, a check
/// or an index expression, nor those of a table whose rows go along.
fn as_owner(db: &mut Db, tables: Vec<Fired>) -> anyhow::Result<Rehearsed> {
    let strange = tx::read(db, |conn| Ok(strangers::called(conn, true)?))?;
    let why_not = |table: &Fired| strange.iter().find(|one| one.relation == table.relation);
    let (others, own): (Vec<Fired>, Vec<Fired>) =
        tables.into_iter().partition(|table| why_not(table).is_some());
    let mut done = tx::rolled_back(db, |conn| Ok(rehearse::fire(conn, &own)?))?;
    done.untried.extend(others.iter().filter_map(|table| {
        let called = why_not(table)?.shown();
        Some(format!(
            "{}: another role's code would run ({called}), and a role to run it can't be made or log in here",
            table.shown
        ))
    }));
    Ok(done)
}
