//! Carrying out merges that have been decided: what refers to the contacts that go moves to their
//! survivors, and everything that is needed to take it back is recorded.

use std::collections::HashMap;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::{Array, Jsonb, Nullable, Text};
use uuid::Uuid;

use super::contact_moves::{self, ByHeir};
use super::contact_reference::Gone;
use super::contact_references::References;
use super::contact_returns::id_of;
use super::interference::{self, Event};
use super::json::DbJson;
use super::lock::{self, Key};
use super::merge_recording::{self, Record};
use super::merges::Decided;
use super::survivors;
use crate::domain::consent::Consent;
use crate::domain::merge_plan::Identity;
use crate::domain::raw_json::RawJson;
use crate::domain::vocabulary::IdentityKind;
use crate::error::Failure;

type SqlUuid = diesel::sql_types::Uuid;

/// What every merge does to tables of the inbox; to others as they refer to its contacts.
pub const NEEDED: [(&str, &[&str]); 4] = [
    ("contacts", &["SELECT", "UPDATE", "DELETE"]),
    ("contact_merges", &["SELECT", "INSERT"]),
    ("merged_contacts", &["SELECT", "INSERT", "DELETE"]),
    ("audit_logs", &["INSERT"]),
];

/// Beside it what some merges do.
pub fn needed(
    adds_identities: bool,
    removes_assignments: bool,
) -> Vec<(&'static str, &'static [&'static str])> {
    let mut needed = NEEDED.to_vec();
    needed.extend(adds_identities.then_some(("contact_identities", &["SELECT", "INSERT"][..])));
    needed.extend(removes_assignments.then_some(("assignments", &["DELETE"][..])));
    needed
}

/// How every transaction works that merges or takes merges back. Rows that move from one contact
/// to another are not edited: see set_updated_at(). Plans that the session made while tables were
/// still empty, those of the foreign keys too, would read them from end to end ever after: hence no
/// sequential scans, and no compiling of what they would cost. All rows are seen, or the server
/// refuses. What can be deferred looks at rows when all of them have moved.
///
/// # Errors
/// Busy: a contact is being erased; or the server refuses.
pub fn prepare(conn: &mut PgConnection) -> anyhow::Result<()> {
    if !lock::try_share_for_transaction(conn, Key::Erasing)? {
        return Err(Failure::busy("nothing was changed")
            .why("a contact is being erased, and nothing is merged meanwhile")
            .hint("try again later")
            .into());
    }
    Ok(conn.batch_execute(
        "SET LOCAL inboxctl.keep_updated_at = 'on'; SET LOCAL enable_seqscan = off; \
         SET LOCAL row_security = off; SET CONSTRAINTS ALL DEFERRED",
    )?)
}

/// A merge that was carried out.
#[derive(Debug, Default)]
pub struct Merged {
    /// Of each merge, in their order.
    pub ids: Vec<Uuid>,
    /// Rows that moved, by reference.
    pub moved: Vec<(String, i64)>,
    /// Assignments that went, because a contact has one.
    pub removed: usize,
    /// The survivors' rows as they are afterwards.
    pub survivors: Vec<RawJson>,
    /// Contacts that went.
    gone: usize,
    /// Identities that came to survivors.
    added: usize,
    /// Updates of rows that moved, by table.
    updates: HashMap<String, i64>,
}

impl Merged {
    /// How many rows of a table the merges themselves deleted; those of our records come again.
    pub(super) fn deleted(&self, table: &str) -> i64 {
        match table {
            "contacts" => self.gone as i64,
            "assignments" => self.removed as i64,
            _ => 0,
        }
    }

    /// How many rows of a table they inserted that didn't stand there before: of the log, all that came.
    pub(super) fn inserted(&self, table: &str) -> i64 {
        match table {
            "contact_identities" => self.added as i64,
            "contact_merges" => self.ids.len() as i64,
            "audit_logs" => i64::MAX,
            _ => 0,
        }
    }

    /// How many rows of a table that refers to contacts they updated.
    pub(super) fn updated(&self, table: &str) -> i64 {
        self.updates.get(table).copied().unwrap_or_default()
    }
}

/// Carries out merges that have no contact in common, in a transaction that is [prepared](prepare)
/// and has locked their contacts.
///
/// # Errors
/// Refused: a row can't move, or a trigger or a rule of the application's did something else. The
/// transaction has to be rolled back then.
pub fn merge(
    conn: &mut PgConnection,
    merges: &[Decided],
    references: &References,
    actor: &str,
    _consent: &Consent,
) -> anyhow::Result<Merged> {
    let mut merged = Merged::default();
    if merges.is_empty() {
        return Ok(merged);
    }
    references.require_own_code()?;
    references.keep(conn)?;
    let pairs = merges.iter().map(|merge| &merge.plan);
    let pairs = pairs.flat_map(|plan| plan.merged.iter().map(|gone| (*gone, plan.survivor)));
    let (contacts, heirs) = pairs.unzip();
    let gone = Gone { contacts, heirs };
    let removed = remove_assignments(conn, references, &gone)?;
    let moves = contact_moves::move_all(conn, references, &gone)?;
    let added = add_identities(conn, merges)?;
    // Before the survivors get their values: the application may let each stand in one row only.
    delete(conn, references, &gone)?;
    let after = survivors::update(conn, merges, references)?;
    let rows = [&moves.moved, &moves.followed, &removed, &added];
    let records = merges.iter().map(|merge| Record::new(merge, &after, rows));
    let records: Vec<Record> = records.collect::<Option<_>>().ok_or(DieselError::NotFound)?;
    let ids = merge_recording::record(conn, &records, &gone, actor)?;
    // What is deferred is said here, and not at the end of a transaction that nobody looks at.
    conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE").map_err(|error| {
        interference::refusal(String::from("a constraint stands in the way"), error)
    })?;
    if references.may_act {
        interference::none_again(conn, "contacts", &gone.contacts)?;
    }
    for merge in merges {
        merged.ids.push(*ids.get(&merge.plan.survivor).ok_or(DieselError::NotFound)?);
    }
    merged.gone = gone.contacts.len();
    merged.removed = ids_of(&removed).len();
    merged.added = added.values().flatten().map(|ids| ids.elements().len()).sum();
    merged.moved = moves.counts;
    merged.updates = moves.updates;
    merged.survivors = after.into_values().collect();
    Ok(merged)
}

#[derive(QueryableByName)]
struct Documents {
    #[diesel(sql_type = SqlUuid)]
    heir: Uuid,
    #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
    documents: RawJson,
}

/// Assignments that are too many, by survivor: a contact has one. The survivor's stays, else the
/// oldest of the others.
pub(super) fn surplus_assignments(
    conn: &mut PgConnection,
    references: &References,
    gone: &Gone,
) -> QueryResult<ByHeir> {
    let Some(assignment) = references.of_table("assignments").first().copied() else {
        return Ok(ByHeir::new());
    };
    let surplus: Vec<Documents> = diesel::sql_query(format!(
        "WITH gone AS (SELECT * FROM unnest($1, $2) AS rows (contact, heir)), \
         members AS (SELECT contact, heir FROM gone UNION SELECT heir, heir FROM gone), \
         ranked AS ( \
             SELECT m.heir, a.id, {} AS document, row_number() OVER ( \
                 PARTITION BY m.heir ORDER BY a.contact_id <> m.heir, a.created_at, a.id) AS place \
             FROM members m JOIN ONLY assignments a ON a.contact_id = m.contact) \
         SELECT heir, pg_catalog.jsonb_agg(document ORDER BY id) AS documents FROM ranked \
         WHERE place > 1 GROUP BY heir",
        assignment.shape.document("a", &assignment.shape.all())
    ))
    .bind::<Array<SqlUuid>, _>(&gone.contacts)
    .bind::<Array<SqlUuid>, _>(&gone.heirs)
    .load(conn)?;
    Ok(surplus.into_iter().map(|row| (row.heir, vec![row.documents])).collect())
}

/// The ids of the rows that are documented.
pub(super) fn ids_of(rows: &ByHeir) -> Vec<Uuid> {
    let documents = rows.values().flatten().flat_map(RawJson::elements);
    documents.filter_map(|document| id_of(&document)).collect()
}

fn remove_assignments(
    conn: &mut PgConnection,
    references: &References,
    gone: &Gone,
) -> anyhow::Result<ByHeir> {
    let surplus = surplus_assignments(conn, references, gone)?;
    let ids = ids_of(&surplus);
    if !ids.is_empty() {
        interference::refuse_dependents(conn, "assignments", &references.to_assignments, &ids)?;
        let went = diesel::sql_query("DELETE FROM ONLY assignments WHERE id = ANY ($1)")
            .bind::<Array<SqlUuid>, _>(&ids)
            .execute(conn)
            .map_err(|error| {
                interference::refusal(String::from("an assignment can't go"), error)
            })?;
        interference::none_swallowed(conn, "assignments", Event::Delete, (ids.len(), went))?;
        if references.may_act {
            interference::none_again(conn, "assignments", &ids)?;
        }
    }
    Ok(surplus)
}

fn add_identities(conn: &mut PgConnection, merges: &[Decided]) -> anyhow::Result<ByHeir> {
    let columns = IdentityColumns::of(merges);
    let meant = columns.owners.len();
    if meant == 0 {
        return Ok(ByHeir::new());
    }
    let rows: Vec<Documents> = diesel::sql_query(
        "WITH added AS ( \
             INSERT INTO contact_identities (contact_id, kind, network, value) \
             SELECT owner, kind::identity_kind, network, value \
             FROM unnest($1, $2, $3, $4) AS rows (owner, kind, network, value) \
             RETURNING contact_id, id) \
         SELECT contact_id AS heir, pg_catalog.jsonb_agg(id ORDER BY id) AS documents FROM added GROUP BY contact_id",
    )
    .bind::<Array<SqlUuid>, _>(columns.owners)
    .bind::<Array<Text>, _>(columns.kinds)
    .bind::<Array<Nullable<Text>>, _>(columns.networks)
    .bind::<Array<Text>, _>(columns.values)
    .load(conn)
    .map_err(|error| {
        interference::refusal(String::from("contact_identities takes no further one"), error)
    })?;
    let went = rows.iter().map(|row| row.documents.elements().len()).sum();
    interference::none_swallowed(conn, "contact_identities", Event::Insert, (meant, went))?;
    Ok(rows.into_iter().map(|row| (row.heir, vec![row.documents])).collect())
}

/// An element an identity that has no place in the row of its survivor.
#[derive(Default)]
struct IdentityColumns<'a> {
    owners: Vec<Uuid>,
    kinds: Vec<&'static str>,
    networks: Vec<Option<&'a str>>,
    values: Vec<&'a str>,
}

impl IdentityColumns<'_> {
    fn of(merges: &[Decided]) -> IdentityColumns<'_> {
        let mut columns = IdentityColumns::default();
        for plan in merges.iter().map(|merge| &merge.plan) {
            for identity in &plan.identities {
                let (kind, network, value) = match identity {
                    Identity::Phone(value) => (IdentityKind::Phone, None, value),
                    Identity::Email(value) => (IdentityKind::Email, None, value),
                    Identity::Handle { network, value } => {
                        (IdentityKind::Handle, Some(network.as_str()), value)
                    }
                };
                columns.owners.push(plan.survivor);
                columns.kinds.push(kind.as_str());
                columns.networks.push(network);
                columns.values.push(value.as_str());
            }
        }
        columns
    }
}

fn delete(conn: &mut PgConnection, references: &References, gone: &Gone) -> anyhow::Result<()> {
    use DatabaseErrorKind::{ForeignKeyViolation, Unknown};
    // A contact that another table holds, one that inherits, is none of these.
    let deleted = diesel::sql_query("DELETE FROM ONLY contacts WHERE id = ANY ($1)")
        .bind::<Array<SqlUuid>, _>(&gone.contacts)
        .execute(conn);
    let went = deleted.map_err(|error| {
        let unread = references.all.iter().find(|one| !one.can_select);
        // The server prepares to change what refers to it even where nothing does.
        let fixed = references.all.iter().filter(|one| !one.is_held());
        let fixed = fixed.filter_map(|one| one.obstacle.as_ref()).next();
        match (&error, unread, fixed) {
            // By a row that this role couldn't read.
            (DieselError::DatabaseError(ForeignKeyViolation, _), Some(one), _) => {
                one.denied("read").into()
            }
            (DieselError::DatabaseError(Unknown, _), _, Some([why, hint])) => {
                Failure::refused("a contact can't go").why(why).hint(hint).into()
            }
            _ => interference::refusal(String::from("a contact can't go"), error),
        }
    })?;
    Ok(interference::none_swallowed(conn, "contacts", Event::Delete, (gone.contacts.len(), went))?)
}
