//! Partitions of `audit_logs`: those of the next months are made, and what fell
//! into the DEFAULT one moves to where it belongs.

use super::args::EngineArgs;
use super::split::{self, Split};
use super::survey::Part;
use super::throttle::{Budget, LOCK_TIMEOUT};
use super::view::RunView;
use crate::context::{Context, describe_session};
use crate::domain::retention::partition::MONTHS_AHEAD;
use crate::error::Failure;
use crate::store::audit::{self, Actor};
use crate::store::connect::Db;
use crate::store::partitions::{self, MOVED_AT_ONCE, Month, Place, Stray};
use crate::store::{foreign_keys, retention_partitions, server, sessions, tx};
use crate::ui::{human, millis};

/// Months of few rows that are moved out of the DEFAULT partition in one run.
const SMALL_MONTHS: usize = 24;

/// A month a transaction, those with many rows in one for all: none holds its locks for longer
/// than the lock timeout. What can't be done in that time is told and left as it was.
///
/// # Errors
/// The server refuses.
pub(super) fn partitions(
    budget: Budget<'_>,
    db: &mut Db,
    actor: &Actor,
    args: &EngineArgs,
    view: &mut RunView,
) -> anyhow::Result<()> {
    if let Err(error) = split::clear(budget.ctx, db) {
        view.warn(
            budget.ctx,
            format!("what a run left that didn't end is still there: {}", reason(&error)),
        );
    }
    let (now, strays) = tx::read(db, |conn| Ok((server::now(conn)?, partitions::strays(conn)?)))?;
    let (few, many): (Vec<Stray>, Vec<Stray>) =
        strays.into_iter().partition(|stray| stray.rows <= MOVED_AT_ONCE);
    let ahead = (0..=MONTHS_AHEAD).map(|months| Month::of(now).plus(months));
    let is_stray = |month: &Month| few.iter().chain(&many).any(|stray| stray.month == *month);
    let ahead = ahead.filter(|month| !is_stray(month)).map(|month| Stray { month, rows: 0 });
    for stray in ahead.chain(few.iter().copied().take(SMALL_MONTHS)) {
        if budget.ctx.interrupted().is_some() {
            return Ok(());
        }
        let ensured = tx::write(db, |conn| {
            partitions::bound_locks(conn, LOCK_TIMEOUT)?;
            let ensured = partitions::ensure(conn, stray.month, stray.month)?;
            if !ensured.made.is_empty() {
                audit::record(conn, actor, &split::creation(&ensured.made, stray.rows))?;
            }
            Ok(ensured)
        });
        let made = ensured.map(|ensured| {
            ensured.warnings().for_each(|warning| view.warn(budget.ctx, warning));
            ensured.made
        });
        tell(budget.ctx, view, &[stray], made);
    }
    let many = splittable(budget.ctx, db, many, view)?;
    if !many.is_empty() {
        let made = Split::new(budget, args, actor, &many).run(db, view);
        tell(budget.ctx, view, &many, made);
    }
    Ok(())
}

/// Of the months with many rows those that can have a partition; of the others it is told why not.
fn splittable(
    ctx: &Context,
    db: &mut Db,
    many: Vec<Stray>,
    view: &mut RunView,
) -> anyhow::Result<Vec<Stray>> {
    if many.is_empty() {
        return Ok(many);
    }
    let (places, keys) = tx::read(db, |conn| {
        let partitions = partitions::list(conn)?;
        let places = many.iter().map(|stray| partitions::place(conn, &partitions, stray.month));
        let places: Vec<Place> = places.collect::<Result<_, _>>()?;
        Ok((places, foreign_keys::pointing_at(conn, "audit_logs")?))
    })?;
    let mut fit = Vec::new();
    for (stray, place) in many.into_iter().zip(places) {
        let why = match (place, keys.first()) {
            (Place::InPart(why) | Place::Taken(why), _) => why,
            (_, Some(key)) => format!(
                "{} points at the audit log (constraint {}), and the server empties no table that is pointed at",
                key.label, key.constraint_name
            ),
            _ => {
                fit.push(stray);
                continue;
            }
        };
        let rows = human::plural(stray.rows, "row", "rows");
        view.warn(
            ctx,
            format!(
                "no partition was made for {}, {rows} of it stay in the DEFAULT one: {why}",
                stray.month.label()
            ),
        );
    }
    Ok(fit)
}

/// Partitions are made by whoever owns the log; who doesn't is told what that one has to do.
///
/// # Errors
/// The server refuses.
pub fn left_to_the_owner(ctx: &Context, db: &mut Db, view: &mut RunView) -> anyhow::Result<()> {
    let (owner, strays, lacking) = tx::read(db, |conn| {
        let strays = partitions::strays(conn)?;
        let (now, partitions) = (server::now(conn)?, partitions::list(conn)?);
        let ahead = (0..=MONTHS_AHEAD).map(|months| Month::of(now).plus(months));
        let mut lacking = Vec::new();
        for month in ahead {
            if partitions::place(conn, &partitions, month)? == Place::Free {
                lacking.push(month.label());
            }
        }
        Ok((retention_partitions::owner(conn, "audit_logs")?, strays, lacking))
    })?;
    let mut left = Vec::new();
    if !lacking.is_empty() {
        left.push(format!("there is no partition for {}", lacking.join(", ")));
    }
    if !strays.is_empty() {
        let rows = strays.iter().map(|stray| stray.rows).sum();
        left.push(format!("the DEFAULT one has {}", human::plural(rows, "row", "rows")));
    }
    if !left.is_empty() {
        view.warn(
            ctx,
            format!(
                "{}: partitions are made by the owner of the log; have {owner} run \
                 `inboxctl audit prune --older-than 36500d --yes`, which deletes nothing",
                left.join(", and ")
            ),
        );
    }
    Ok(())
}

fn tell(ctx: &Context, view: &mut RunView, strays: &[Stray], made: anyhow::Result<Vec<String>>) {
    let rows = strays.iter().map(|stray| stray.rows).sum();
    match made {
        Ok(made) => view.made(made, rows),
        Err(error) => {
            let months: Vec<String> = strays.iter().map(|stray| stray.month.label()).collect();
            view.warn(
                ctx,
                format!(
                    "no partition was made for {}, {} of it stay in the DEFAULT one: {}",
                    months.join(", "),
                    human::plural(rows, "row", "rows"),
                    reason(&error),
                ),
            );
        }
    }
}

fn reason(error: &anyhow::Error) -> String {
    let Failure { what, why, .. } = crate::error::explain(error);
    format!("{} ({what})", why.unwrap_or_default())
}

/// # Errors
/// The server refuses.
pub fn warn_of_old_snapshots(ctx: &Context, db: &mut Db, view: &mut RunView) -> anyhow::Result<()> {
    for session in tx::read(db, |conn| Ok(sessions::with_old_snapshot(conn)?))? {
        view.warn(
            ctx,
            format!(
                "the space of deleted rows can't be reused while {} keeps its old snapshot",
                describe_session(&session)
            ),
        );
    }
    Ok(())
}

/// # Errors
/// The server refuses.
pub fn vacuum(
    ctx: &Context,
    db: &mut Db,
    parts: &[Part],
    view: &mut RunView,
) -> anyhow::Result<()> {
    // VACUUM waits for nobody long, but a large table takes its time.
    db.set_timeouts(0, millis(LOCK_TIMEOUT))?;
    let mut done: Vec<&str> = Vec::new();
    for part in parts {
        let relation = &part.slice.relation;
        if ctx.interrupted().is_some() {
            break;
        }
        if view.is_touched(&relation.name) && !done.contains(&relation.name.as_str()) {
            ctx.ui.status(format!("vacuuming {}", relation.name));
            if !retention_partitions::vacuum(&mut db.conn, relation)? {
                view.warn(
                    ctx,
                    format!(
                        "{} is left to autovacuum: only its owner may vacuum it",
                        relation.name
                    ),
                );
                continue;
            }
            done.push(&relation.name);
        }
    }
    view.vacuumed = done.iter().map(|name| (*name).to_owned()).collect();
    Ok(())
}
