//! What a run had to leave out: the rest runs all the same, and the exit code tells of it.

use serde::Serialize;

use crate::commands::denied;
use crate::error::{self, Condition, Failure, Kind, explain};

/// A part, or a whole policy, that something unforeseen kept from its work.
#[derive(Debug, Clone, Serialize)]
pub struct LeftOut {
    pub name: String,
    pub why: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    #[serde(skip)]
    kind: Kind,
}

impl LeftOut {
    pub fn new(name: &str, failure: Failure) -> LeftOut {
        let Failure { kind, what, why, hint } = failure;
        let why = why.map_or(what.clone(), |why| format!("{what}: {why}"));
        LeftOut { name: name.to_owned(), why, hint, kind }
    }

    /// # Errors
    /// The error itself, where nothing else can go on either: it is no matter of this part.
    pub fn of(name: &str, error: anyhow::Error) -> anyhow::Result<LeftOut> {
        let failure = explain(&error);
        match failure.kind.is_interrupt() || error::is_connection_lost(&error) {
            true => Err(error),
            false => Ok(LeftOut::new(name, failure)),
        }
    }
}

/// How a run that left something out ends, once the rest is done; `None` if nothing was.
pub fn failure<'a>(left_out: impl IntoIterator<Item = &'a LeftOut>) -> Option<Failure> {
    let left_out: Vec<&LeftOut> = left_out.into_iter().collect();
    let first = left_out.first()?;
    let names: Vec<&str> = left_out.iter().map(|one| one.name.as_str()).collect();
    let verb = if names.len() == 1 { "was" } else { "were" };
    let is_busy = left_out.iter().all(|one| one.kind == Kind::Busy);
    let kind = if is_busy { Kind::Busy } else { Kind::Failed };
    let what = format!("{} {verb} left out; the rest was done", names.join(", "));
    let why = match left_out[..] {
        [_] => first.why.clone(),
        _ => {
            let reasons = left_out.iter().map(|one| format!("{}: {}", one.name, one.why));
            reasons.collect::<Vec<_>>().join("; ")
        }
    };
    let failure = Failure::new(kind, what).why(why);
    let mut hints: Vec<&str> = left_out.iter().filter_map(|one| one.hint.as_deref()).collect();
    hints.dedup();
    // Statements that follow one another are one list.
    let owner = denied::have_run("");
    if hints.first().is_some_and(|first| first.starts_with(&owner)) {
        hints.iter_mut().skip(1).for_each(|hint| *hint = hint.strip_prefix(&owner).unwrap_or(hint));
    }
    Some(if hints.is_empty() { failure } else { failure.hint(hints.join("; ")) })
}

/// Whether somebody held a lock for longer than a run waits.
pub(super) fn is_lock_timeout(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<diesel::result::Error>())
        .any(|error| Condition::of_error(error) == Some(Condition::LockTimeout))
}

/// Whether a row of the application points at what was to go.
pub(super) fn is_pointed_at(error: &anyhow::Error) -> bool {
    use diesel::result::{DatabaseErrorKind, Error};
    matches!(
        error.downcast_ref(),
        Some(Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _))
    )
}
