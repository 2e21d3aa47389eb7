//! What was recorded of a merge, as it is read to take the merge back: a row of `contact_merges`.

use diesel::prelude::*;
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::contact_references::References;
use super::contact_returns::{Entry, id_of};
use super::json::DbJson;
use super::merges;
use super::schema::{contact_merges, merged_contacts};
use crate::domain::raw_json::RawJson;
use crate::error::Failure;

/// A merge that is to be taken back, with its survivor.
#[derive(Debug, Clone)]
pub struct Recorded {
    pub id: Uuid,
    pub survivor_id: Uuid,
    pub merged_ids: Vec<Uuid>,
    pub is_undone: bool,
    pub merged_at: Timestamp,
    /// The rows of all its contacts as they were.
    contacts: Vec<RawJson>,
    /// The survivor's row as the merge left it, and as it is; none if that is gone.
    pub(super) after: RawJson,
    now: Option<RawJson>,
    moved: RawJson,
}

/// What `moved` holds.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Rows {
    pub moved: Vec<Entry>,
    /// What the server moved along with those: it moves them back, too.
    pub followed: Vec<Entry>,
    pub removed: Assignments,
    pub added: Identities,
}

#[derive(Default, Deserialize)]
pub(super) struct Assignments {
    pub assignments: RawJson,
}

#[derive(Default, Deserialize)]
pub(super) struct Identities {
    pub contact_identities: Vec<Uuid>,
}

/// The merge that took a contact away, if one did and wasn't taken back.
pub fn of_contact(conn: &mut PgConnection, contact: Uuid) -> QueryResult<Option<Uuid>> {
    let of_contact = merged_contacts::table.find(contact);
    of_contact.select(merged_contacts::merge_id).get_result(conn).optional()
}

/// Reads a merge and its survivor, and locks both unless it is for a plan; `None` if there is no
/// such merge.
pub fn find(
    conn: &mut PgConnection,
    id: Uuid,
    references: &References,
    is_locked: bool,
) -> QueryResult<Option<Recorded>> {
    #[derive(Queryable, Selectable)]
    #[diesel(table_name = contact_merges)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Row {
        survivor_id: Uuid,
        merged_ids: Vec<Uuid>,
        #[diesel(select_expression = contact_merges::undone_at.is_not_null())]
        is_undone: bool,
        #[diesel(deserialize_as = jiff_diesel::Timestamp)]
        merged_at: Timestamp,
        #[diesel(deserialize_as = DbJson)]
        before: RawJson,
        #[diesel(deserialize_as = DbJson)]
        after: RawJson,
        #[diesel(deserialize_as = DbJson)]
        moved: RawJson,
    }
    let merge = contact_merges::table.find(id).select(Row::as_select());
    let found = match is_locked {
        true => merge.for_update().get_result(conn),
        false => merge.get_result(conn),
    };
    let Some(row) = found.optional()? else { return Ok(None) };
    let read = if is_locked { merges::lock } else { merges::look };
    let now = read(conn, &[row.survivor_id], &references.contacts)?;
    Ok(Some(Recorded {
        id,
        survivor_id: row.survivor_id,
        merged_ids: row.merged_ids,
        is_undone: row.is_undone,
        merged_at: row.merged_at,
        contacts: row.before.member("contacts").map(|rows| rows.elements()).unwrap_or_default(),
        after: row.after,
        now: now.into_iter().next().map(|locked| locked.row),
        moved: row.moved,
    }))
}

impl Recorded {
    /// Retention or an erasure took what it held of the contacts.
    pub fn is_emptied(&self) -> bool {
        self.contacts.is_empty()
    }

    pub(super) fn rows(&self) -> anyhow::Result<Rows> {
        serde_json::from_str(self.moved.text()).map_err(|error| {
            Failure::failed(format!("the record of merge {} can't be read", self.id))
                .why(error.to_string())
                .into()
        })
    }

    /// The survivor's row as it was, and those of the contacts that come back.
    pub(super) fn survivor_and_gone(&self) -> (Vec<RawJson>, Vec<RawJson>) {
        let is_survivor = |row: &RawJson| id_of(row) == Some(self.survivor_id);
        self.contacts.iter().cloned().partition(is_survivor)
    }

    /// The names of the contacts that come back.
    pub fn names(&self) -> Vec<String> {
        let text = |row: &RawJson, key| row.member(key)?.as_string();
        let (_, gone) = self.survivor_and_gone();
        gone.iter().filter_map(|row| text(row, "name").or_else(|| text(row, "id"))).collect()
    }

    pub(super) fn members(&self) -> Vec<Uuid> {
        self.merged_ids.iter().copied().chain([self.survivor_id]).collect()
    }

    /// The survivor's columns that hold something else than the merge left there. A column that was
    /// added since is none, and `updated_at` is one only where nothing else changed.
    pub(super) fn changed_since(&self) -> Vec<String> {
        let after = self.after.members();
        let now = self.now.as_ref().map(RawJson::members).unwrap_or_default().into_iter();
        let differs = |(key, value): &(String, RawJson)| {
            after.iter().any(|(name, left)| name == key && left != value)
        };
        let mut changed: Vec<String> = now.filter(differs).map(|(key, _)| key).collect();
        if changed.len() > 1 {
            changed.retain(|name| name != "updated_at");
        }
        changed
    }
}
