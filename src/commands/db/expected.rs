//! The schema that the migrations make: replayed, or from the fingerprint.

use diesel::PgConnection;
use diesel::result::Error as DieselError;
use serde::Serialize;

use super::applied;
use crate::context::Context;
use crate::domain::history::State;
use crate::domain::schema_diff::{self, Catalog, Difference, Obstacles, Options};
use crate::error::{Condition, Failure};
use crate::store::connect::Db;
use crate::store::fingerprint::Fingerprint;
use crate::store::migrations::{self, Embedded, MIGRATIONS};
use crate::store::{catalog_snapshot, scratch, server, tx};

/// How it was found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Replay,
    Fingerprint,
}

pub struct Expected {
    pub catalog: Catalog,
    pub source: Source,
}

/// The migrations that were applied to a database; all of them where none is
/// recorded, for then somebody else made the tables.
///
/// # Errors
/// The server refuses.
pub fn applied(db: &mut Db) -> anyhow::Result<Vec<&'static Embedded>> {
    let entries = applied::history(db)?;
    let is_applied = |state| matches!(state, State::Applied | State::Unverified | State::Edited);
    let applied: Vec<&Embedded> = entries
        .iter()
        .filter(|entry| is_applied(entry.state))
        .filter_map(|entry| Embedded::find(&entry.version))
        .collect();
    Ok(if applied.is_empty() { MIGRATIONS.iter().collect() } else { applied })
}

/// What `list` makes: replayed where the role may, else from the fingerprint.
///
/// # Errors
/// A migration fails, or the fingerprint is of other migrations.
pub fn schema(
    ctx: &Context,
    db: &mut Db,
    list: &[&'static Embedded],
    by_fingerprint: bool,
) -> anyhow::Result<Expected> {
    if !by_fingerprint {
        let may_write = db.require_writes().is_ok();
        if may_write && db.is_direct() && tx::read(db, |conn| Ok(scratch::is_allowed(conn)?))? {
            match replay(ctx, db, list) {
                Ok(catalog) => return Ok(Expected { catalog, source: Source::Replay }),
                Err(error) if is_forbidden(&error) => {
                    tracing::info!(%error, "the role may not replay the migrations");
                }
                Err(error) => return Err(error),
            }
        }
        ctx.ui.status("comparing with the fingerprint: the migrations can't be replayed here");
    }
    let fingerprint = Fingerprint::embedded()?;
    if !fingerprint.is_of(list.iter().copied()) {
        return Err(Failure::failed("the fingerprint is not of the migrations that were applied")
            .why(format!(
                "it tells of {} migrations, and {} of this binary's were applied",
                fingerprint.migrations.len(),
                list.len()
            ))
            .hint("run `inboxctl db migrate`, or let the role create databases for a replay")
            .into());
    }
    Ok(Expected { catalog: fingerprint.catalog, source: Source::Fingerprint })
}

/// Whether it is a matter of the role's privileges, or of how it is set.
fn is_forbidden(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<DieselError>());
    use Condition::{PermissionDenied, ReadOnly};
    causes.any(|cause| matches!(Condition::of_error(cause), Some(PermissionDenied | ReadOnly)))
}

fn replay(ctx: &Context, db: &Db, list: &[&'static Embedded]) -> anyhow::Result<Catalog> {
    let mut admin = db.target.open()?;
    let base = server::database_name(&mut admin.conn)?;
    let scratch = super::scratch::create(ctx, admin, &base, None)?;
    let mut copy = scratch.open_with_schema()?;
    tx::write(&mut copy, |conn| Ok(migrations::setup(conn)?))?;
    for migration in list {
        if let Some(signal) = ctx.interrupted() {
            return Err(Failure::interrupted(signal).into());
        }
        if migration.transactional {
            tx::write(&mut copy, |conn| migrations::apply(conn, migration))?;
        } else {
            migrations::apply(&mut copy.conn, migration)?;
        }
    }
    read(&mut copy)
}

/// What our code needs and doesn't find as it is: missing, renamed or of another type, though every
/// migration was applied.
///
/// # Errors
/// The server refuses.
pub fn lacking(db: &mut Db, found: &Catalog) -> anyhow::Result<Vec<String>> {
    let fingerprint = Fingerprint::embedded()?;
    if !fingerprint.is_of(applied(db)?) {
        return Ok(Vec::new());
    }
    let options = Options { privileges: false, obstacles: &Obstacles::default() };
    let differences = schema_diff::compare(&fingerprint.catalog, found, options).differences;
    Ok(differences.iter().filter(|one| one.is_vital()).map(Difference::title).collect())
}

/// The schema of a database as it is.
///
/// # Errors
/// The server refuses.
pub fn read(db: &mut Db) -> anyhow::Result<Catalog> {
    tx::read(db, |conn: &mut PgConnection| catalog_snapshot::read(conn))
}
