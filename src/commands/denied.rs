//! What the server denied, told with the GRANT that mends it.

use crate::context::Context;
use crate::error::{self, Failure};
use crate::store::connect::Db;
use crate::store::{lacking, tx};

/// An error of a right that is lacking, with the statement that gives it; any other as it is.
pub fn explain(ctx: &Context, error: anyhow::Error) -> anyhow::Error {
    if !error::is_denied(&error) {
        return error;
    }
    match ctx.connect_anywhere() {
        Ok(mut db) => explain_on(&mut db, error),
        Err(_) => error,
    }
}

/// The same, on a connection whose transaction has ended.
pub fn explain_on(db: &mut Db, error: anyhow::Error) -> anyhow::Error {
    match mending(db, &error) {
        Some(hint) => error::explain(&error).hint(hint).into(),
        None => error,
    }
}

/// The hint that gives what was lacking; `None` if nothing was, or if that can't be told.
pub fn mending(db: &mut Db, error: &anyhow::Error) -> Option<String> {
    if !error::is_denied(error) {
        return None;
    }
    let statement = error::denied_statement();
    let message = error::explain(error).why.unwrap_or_default();
    let grant = tx::read(db, |conn| Ok(lacking::grant(conn, &statement, &message)?)).ok()??;
    Some(have_run(&grant))
}

/// Where a right would be one to delete, or to vouch, without a trace: none is given for it.
pub const BY_WHO_MAY: &str = "have its owner run this command, or a member of inbox_admin, once the owner \
                              ran `inboxctl db access grant-roles`";

/// What an administrator is to do.
pub fn have_run(grant: &str) -> String {
    format!("have its owner run: {grant}")
}

/// Refuses before any work what this role has no right to.
///
/// # Errors
/// Refused, with the GRANT.
pub fn require(db: &mut Db, what: &str, wanted: &[(&str, &[&str])]) -> anyhow::Result<()> {
    let grants = tx::read(db, |conn| Ok(lacking::grants(conn, wanted)?))?;
    refuse_without(db, what, &grants)
}

/// As [`require`], of tables as SQL writes them.
///
/// # Errors
/// Refused, with the GRANT.
pub fn require_on(db: &mut Db, what: &str, wanted: &[(&str, &[&str])]) -> anyhow::Result<()> {
    let grants = tx::read(db, |conn| Ok(lacking::grants_on(conn, wanted)?))?;
    refuse_without(db, what, &grants)
}

/// As [`require`], where what is lacking is known.
///
/// # Errors
/// Refused, with the GRANT.
pub fn refuse_without(db: &Db, what: &str, grants: &[String]) -> anyhow::Result<()> {
    if grants.is_empty() {
        return Ok(());
    }
    Err(Failure::refused(format!("the role {} may not {what}", db.server.role))
        .why("it lacks rights on the tables that are changed; nothing was changed")
        .hint(have_run(&grants.join("; ")))
        .into())
}
