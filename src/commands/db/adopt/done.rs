//! What came of `db adopt`, and what stopped it.

use serde::Serialize;

use super::credentials::Sealed;
use crate::error::{self, Failure, Kind, Outcome};
use crate::store::adopt::convert::Converted;
use crate::store::adopt::follow::Followed;

/// What came of it.
#[derive(Debug, Default, Serialize)]
pub(super) struct Done {
    pub tables: Vec<TableDone>,
    /// Foreign keys of the application's own tables that lead to ours.
    pub keys: usize,
    /// References without a key that were followed.
    pub references: Vec<ReferenceDone>,
    /// Credentials that were to be sealed anew.
    pub credentials: Vec<Sealed>,
    /// Triggers of the application that fail when they fire here.
    pub failing_triggers: Vec<String>,
    /// What could not be tried of them, and why.
    pub untried_triggers: Vec<String>,
}

impl Done {
    /// How the command ends: what could not be sealed is said last, when all else is done.
    ///
    /// # Errors
    /// Credentials that were to be sealed are only kept aside.
    pub(super) fn outcome(&self) -> anyhow::Result<Outcome> {
        let kept = self.credentials.iter().filter(|one| one.why_not.is_some());
        let channels: Vec<&str> = kept.map(|one| one.channel.as_str()).collect();
        let Some(first) = channels.first() else { return Ok(Outcome::Done) };
        Err(Failure::failed(format!("the credentials of {} were not sealed", channels.join(", ")))
            .why("all else was adopted; they are kept aside as they were, for the reasons above")
            .hint(format!(
                "`inboxctl integrations set-credentials {first}` stores those of a channel anew"
            ))
            .into())
    }
}

#[derive(Debug, Serialize)]
pub(super) struct TableDone {
    pub table: &'static str,
    /// Of theirs.
    pub rows: i64,
    pub adopted: i64,
    pub left_out: i64,
}

#[derive(Debug, Serialize)]
pub(super) struct ReferenceDone {
    pub column: String,
    pub rows: usize,
    /// Why it still holds the old ids.
    pub why_not: Option<String>,
}

/// What stopped it, with what the server says of it.
pub(super) fn stopped(error: &anyhow::Error, what: &str) -> anyhow::Error {
    let told = error::explain(error);
    // What may pass says nothing of the database.
    if told.kind == Kind::Busy || told.kind.is_interrupt() {
        return told.into();
    }
    if error::own(error).is_some() {
        let why =
            told.why.as_ref().map_or(told.what.clone(), |why| format!("{}: {why}", told.what));
        return Failure { what: what.to_owned(), why: Some(why), ..told }.into();
    }
    let detail =
        error.chain().find_map(|cause| match cause.downcast_ref::<diesel::result::Error>() {
            Some(diesel::result::Error::DatabaseError(_, info)) => {
                info.details().map(str::to_owned)
            }
            _ => None,
        });
    let why = match detail {
        Some(detail) => format!("{error} ({})", crate::ui::human::one_line(&detail, 200)),
        None => error.to_string(),
    };
    Failure::failed(what)
        .why(why)
        .hint(
            "the application's database was only read; decide about it in the map, or fix it there",
        )
        .into()
}

impl From<Converted> for TableDone {
    fn from(one: Converted) -> TableDone {
        let Converted { table, before, after, left_out } = one;
        TableDone { table, rows: before, adopted: after, left_out }
    }
}

impl From<Followed> for ReferenceDone {
    fn from(one: Followed) -> ReferenceDone {
        ReferenceDone { column: one.column, rows: one.rows, why_not: one.why_not }
    }
}
