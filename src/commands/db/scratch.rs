//! Making a database for the time of a command, and sweeping away what killed ones left.

use crate::context::Context;
use crate::error::Failure;
use crate::store::connect::Db;
use crate::store::scratch::{self, Scratch};
use crate::store::statements::quote_identifier;

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
    ctx.need_session(&mut admin, "a database for the time of a command")?;
    if !scratch::is_allowed(&mut admin.conn)? {
        let role = quote_identifier(&admin.server.role);
        return Err(Failure::refused("the role may not create databases")
            .why("this restores or replays into a database of its own")
            .hint(format!("have an administrator run: ALTER ROLE {role} CREATEDB"))
            .into());
    }
    for name in scratch::sweep(&mut admin.conn)? {
        ctx.ui.status(format!("dropped {name}, which a command left behind that was killed"));
    }
    Ok(Scratch::create(admin, base, model, ctx.random()?)?)
}
