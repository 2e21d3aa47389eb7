//! Making a database for the time of a command, and sweeping away what killed ones left.

use crate::context::Context;
use crate::error::Failure;
use crate::store::connect::Db;
use crate::store::scratch::{self, Scratch};

/// Makes one, called after `base`: like `model` if that is there, else in UTF-8.
///
/// # Errors
/// A pooler stands between, or the server refuses.
pub fn create(
    ctx: &Context,
    mut admin: Db,
    base: &str,
    model: Option<&str>,
) -> anyhow::Result<Scratch> {
    if admin.pooled {
        return Err(Failure::refused("this needs a connection of its own")
            .why("it makes a database, which a session lock keeps from being swept away")
            .hint("name the database server itself in DATABASE_URL, not the pooler")
            .into());
    }
    for name in scratch::sweep(&mut admin.conn)? {
        ctx.ui.status(format!("dropped {name}, which a command left behind that was killed"));
    }
    Ok(Scratch::create(admin, base, model, ctx.random()?)?)
}
