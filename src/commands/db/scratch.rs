//! Making a database for the time of a command, and sweeping away what killed ones left.

use crate::context::Context;
use crate::error::Failure;
use crate::store::connect::Db;
use crate::store::scratch::{self, Scratch};
use crate::store::statements::quote_identifier;
use crate::store::{server, tx};

/// A session outside the database of the command, where there is such a place.
///
/// # Errors
/// The server can't be reached.
pub(super) fn admin(ctx: &Context) -> anyhow::Result<Db> {
    let target = ctx.target()?;
    Ok(target.with_database("postgres").open().or_else(|_| target.open())?)
}

/// A session outside the database of the command, which takes no connections.
///
/// # Errors
/// The server can't be reached, or has no other database that the role may connect to.
pub(super) fn admin_beside(ctx: &Context) -> anyhow::Result<Db> {
    let target = ctx.target()?;
    Ok(target
        .with_database("postgres")
        .open()
        .or_else(|_| target.with_database("template1").open())?)
}

/// Says before any work that the role may make none.
///
/// # Errors
/// Refused, with what an administrator must run.
pub(super) fn require(db: &mut Db) -> anyhow::Result<()> {
    require_for(db, "this restores or replays into a database of its own")
}

/// As [`require`], with what it is for.
///
/// # Errors
/// Refused.
pub(super) fn require_for(db: &mut Db, why: &str) -> anyhow::Result<()> {
    let (allowed, facts) =
        tx::read(db, |conn| Ok((scratch::is_allowed(conn)?, server::facts(conn)?)))?;
    if allowed {
        return Ok(());
    }
    Err(match facts.is_replica {
        true => Failure::refused("a replica makes no database")
            .why(why)
            .hint("name the primary server in DATABASE_URL"),
        false => {
            let role = quote_identifier(&facts.role);
            Failure::refused("the role may not create databases")
                .why(why)
                .hint(format!("have an administrator run: ALTER ROLE {role} CREATEDB"))
        }
    }
    .into())
}

/// Says before any work that the live database can't be given another name.
///
/// # Errors
/// Refused, with what an administrator must run.
pub(super) fn require_owner(db: &mut Db) -> anyhow::Result<()> {
    let facts = tx::read(db, |conn| Ok(server::facts(conn)?))?;
    if facts.is_owner {
        return Ok(());
    }
    let (role, database) = (quote_identifier(&facts.role), quote_identifier(&facts.database));
    Err(Failure::refused(format!("{role} may not replace the database {database}"))
        .why("only its owner may give it another name")
        .hint(format!(
            "an administrator must run: ALTER DATABASE {database} OWNER TO {role}; \
             or restore beside it with --into NAME"
        ))
        .into())
}

/// Makes one, called after `base`: like `model` if that is there, else in UTF-8.
///
/// # Errors
/// A pooler stands between, or the server refuses.
pub(super) fn create(
    ctx: &Context,
    mut admin: Db,
    base: &str,
    model: Option<&str>,
) -> anyhow::Result<Scratch> {
    ctx.need_session(&mut admin, "a database for the time of a command")?;
    require(&mut admin)?;
    for name in scratch::sweep(&mut admin.conn)? {
        ctx.ui.status(format!("dropped {name}, which a command left behind that was killed"));
    }
    Ok(Scratch::create(admin, base, model, ctx.random()?)?)
}
