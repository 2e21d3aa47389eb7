//! Where a hint leads to `db migrate`, which mends nothing in a database of another program, nor where
//! no migration is pending: what to do instead.

use super::{applied, whose};
use crate::context::Context;
use crate::domain::history::Entry;
use crate::domain::origin::Origin;
use crate::error::{self, Failure, Kind};
use crate::store::connect::Db;

/// The command that is not the way there.
const MIGRATE: &str = "inboxctl db migrate";

/// The way out where something is missing, though no migration is pending that would make it.
pub(crate) fn instead_of_nothing_pending(db: &mut Db, hint: &str) -> Option<&'static str> {
    const DRIFT: &str = "something of ours was dropped or renamed: `inboxctl db drift` says what, \
                         and `inboxctl db drift --sql` prints the SQL that fixes it";
    let is_pending = |entry: &Entry| !entry.state.is_applied();
    let mut pends = || Some(applied::history(db).ok()?.iter().any(is_pending));
    (hint == error::LACKS && pends() == Some(false)).then_some(DRIFT)
}

/// What a database of another program is, for a hint or a remedy that leads to
/// `db migrate`; `None` for every other hint and every other database.
pub(crate) fn instead_of_migrating(db: &mut Db, hint: &str) -> Option<Failure> {
    if !hint.contains(MIGRATE) || hint.contains("--beside") {
        return None;
    }
    match whose::origin(db).ok()? {
        Origin::Foreign(foreign) => whose::refusal(db, &foreign).ok(),
        Origin::Ours => whose::unrecorded(db).ok()?,
        Origin::Empty => whose::no_room(db).ok()?,
    }
}

/// An error whose hint would lead to `db migrate`, told as what it is where the
/// database is another program's.
pub fn explain(ctx: &Context, error: anyhow::Error) -> anyhow::Error {
    let failure = error::explain(&error);
    if !matches!(failure.kind, Kind::Failed | Kind::Refused) {
        return error;
    }
    let Some(hint) = failure.hint.as_deref().filter(|hint| hint.contains(MIGRATE)) else {
        return error;
    };
    let Ok(mut db) = ctx.connect() else { return error };
    if let Some(foreign) = instead_of_migrating(&mut db, hint) {
        return foreign.into();
    }
    match instead_of_nothing_pending(&mut db, hint) {
        Some(hint) => failure.hint(hint).into(),
        None => error,
    }
}
