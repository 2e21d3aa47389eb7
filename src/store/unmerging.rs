//! Taking a merge back, row by row as its record says.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::dsl::now;
use diesel::prelude::*;
use diesel::sql_types::Text;
use uuid::Uuid;

use super::contact_reference::Reference;
use super::contact_references::References;
use super::contact_returns::{self, Entry};
use super::foreign_keys;
use super::interference::{self, Event};
use super::merge_record::{Recorded, Rows};
use super::row_shape::RowShape;
use super::schema::{contact_identities as identities, contact_merges, merged_contacts};
use crate::domain::consent::Consent;
use crate::domain::raw_json::RawJson;
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// Rows of a table that come back, and those that stay with the survivor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returning {
    pub reference: String,
    pub back: i64,
    pub stay: i64,
    /// Recorded, and somewhere else by now.
    pub elsewhere: i64,
    /// Rows that a trigger made as the contacts came back.
    pub made: i64,
}

/// Rows that something of the application's changed as they came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Altered {
    pub table: String,
    pub rows: i64,
    pub columns: Vec<String>,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Undone {
    pub rows: Vec<Returning>,
    pub altered: Vec<Altered>,
}

/// What is done to tables of the inbox each time; to others as rows of theirs come back.
pub const NEEDED: [(&str, &[&str]); 4] = [
    ("contacts", &["SELECT", "INSERT", "UPDATE"]),
    ("contact_merges", &["SELECT", "UPDATE"]),
    ("merged_contacts", &["SELECT", "DELETE"]),
    ("audit_logs", &["INSERT"]),
];

/// The statements that give this role the rights that it lacks on what comes back.
pub fn lacking(merge: &Recorded, references: &References) -> anyhow::Result<BTreeSet<String>> {
    let rows = merge.rows()?;
    let by = rows.moved.iter().filter_map(|entry| entry.references(references)).flatten();
    let denied = by.filter(|one| !(one.can_select && one.can_update));
    Ok(denied.map(|one| one.grant.clone()).collect())
}

/// Code of other roles that would run where its rows come back.
pub fn strange(merge: &Recorded, references: &References) -> anyhow::Result<Vec<String>> {
    let rows = merge.rows()?;
    let entries = rows.moved.iter().chain(&rows.followed);
    let by = entries.filter_map(|entry| entry.references(references)).flatten();
    let mut strange: Vec<String> = by.flat_map(|one| one.strange.clone()).collect();
    strange.dedup();
    Ok(strange)
}

/// What has changed since the merge, one line each; empty if it can be taken back without a trace.
/// And what comes back then, and what stays.
///
/// # Errors
/// The record can't be read.
pub fn check(
    conn: &mut PgConnection,
    merge: &Recorded,
    references: &References,
) -> anyhow::Result<(Vec<String>, Vec<Returning>)> {
    let mut conflicts = diesel::sql_query(include_str!("sql/unmerge_conflicts.sql"))
        .bind::<SqlUuid, _>(merge.id)
        .scalars::<Text, String>(conn)?;
    let changed = merge.changed_since().into_iter();
    conflicts.extend(changed.map(|name| format!("the survivor's {name} was changed since")));
    let rows = merge.rows()?;
    let mut backs = Vec::with_capacity(rows.moved.len());
    for entry in &rows.moved {
        let (back, conflict) = check_entry(conn, merge, references, entry)?;
        conflicts.extend(conflict);
        backs.push(back);
    }
    backs.extend(following(conn, merge, references, &rows)?);
    let returning = match conflicts.is_empty() {
        true => tally(conn, merge, references, &rows, &backs, false)?,
        false => Vec::new(),
    };
    Ok((conflicts, returning))
}

/// How many rows of each entry follow others back.
fn following(
    conn: &mut PgConnection,
    merge: &Recorded,
    references: &References,
    rows: &Rows,
) -> QueryResult<Vec<i64>> {
    let entries = rows.followed.iter();
    entries
        .map(|entry| contact_returns::matching(conn, entry, references, merge.survivor_id))
        .collect()
}

/// How many rows of an entry come back, and what stands in their way.
fn check_entry(
    conn: &mut PgConnection,
    merge: &Recorded,
    references: &References,
    entry: &Entry,
) -> QueryResult<(i64, Option<String>)> {
    let label = entry.label();
    let Some(by) = entry.references(references) else {
        return Ok((
            0,
            Some(format!(
                "{label} is no reference to contacts any more (if it is, without a key: [merge] references in inboxctl.toml)"
            )),
        ));
    };
    if entry.is_out_of_date(&by[0].shape) {
        let conflict = format!("columns of {} were renamed or replaced since", entry.table);
        return Ok((0, Some(conflict)));
    }
    let back = contact_returns::matching(conn, entry, references, merge.survivor_id)?;
    let lost = entry.meant() - back;
    // Who has opened another conversation since stays there.
    if lost == 0 || entry.table == PRESENCE {
        return Ok((back, None));
    }
    let verb = if lost == 1 { "is" } else { "are" };
    let how = if entry.key.is_empty() { "gone, changed" } else { "gone" };
    Ok((back, Some(format!("{lost} of {} {verb} {how} or moved on since", entry.table))))
}

const PRESENCE: &str = "presence";

/// What comes back and what stays, by reference; once it `is_done`, as it is counted then.
fn tally(
    conn: &mut PgConnection,
    merge: &Recorded,
    references: &References,
    rows: &Rows,
    backs: &[i64],
    is_done: bool,
) -> anyhow::Result<Vec<Returning>> {
    let members = merge.members();
    let mut found = Vec::new();
    for reference in references.all.iter().filter(|one| one.can_select) {
        let moved_by = |entry: &Entry| {
            let by = entry.references(references).unwrap_or_default();
            by.iter().any(|one| one.label() == reference.label())
        };
        let entries = rows.moved.iter().chain(&rows.followed);
        let entries = entries.zip(backs).filter(|(entry, _)| moved_by(entry));
        let (back, meant) = entries
            .fold((0, 0), |(back, meant), (entry, came)| (back + came, meant + entry.meant()));
        let whole =
            |table: &str, rows: usize| if reference.table == table { rows as i64 } else { 0 };
        let removed = whole("assignments", rows.removed.assignments.elements().len());
        let mut stay = contact_returns::count(conn, reference, &[merge.survivor_id], &members)?;
        let mut made = 0;
        if !is_done {
            stay -= back + whole("contact_identities", rows.added.contact_identities.len());
        } else if reference.is_foreign_key {
            let all = contact_returns::count(conn, reference, &merge.merged_ids, &members)?;
            made = all - back - removed;
        }
        if made < 0 {
            let by = interference::after(conn, &reference.table, Event::Update)?;
            let why = format!("{} fewer than came back refer to it now{by}", -made);
            return Err(Failure::refused(format!("rows of {} do not stay", reference.label()))
                .why(why)
                .into());
        }
        found.push(Returning {
            reference: reference.label(),
            back: back + removed,
            stay,
            elsewhere: meant - back,
            made,
        });
    }
    for led in references.all.iter().filter(|one| one.can_select) {
        for follower in references.followers_of(led) {
            let Reference { table, columns, .. } = &follower.reference;
            let reference = follower.reference.label();
            let entries = rows.followed.iter();
            let entries = entries.filter(|one| one.table == *table && one.columns == *columns);
            let back: i64 = entries.map(Entry::meant).sum();
            if back > 0 && !found.iter().any(|one| one.reference == reference) {
                let all = follower.count(conn, led, &[merge.survivor_id])?;
                let stay = if is_done { all } else { all - back };
                found.push(Returning { reference, back, stay, elsewhere: 0, made: 0 });
            }
        }
    }
    Ok(found)
}

/// Takes a merge back that has no conflicts, in a transaction that is prepared as for a merge.
///
/// # Errors
/// Something of the application's stands in the way. The transaction has to be rolled back then.
pub fn undo(
    conn: &mut PgConnection,
    merge: &Recorded,
    references: &References,
    actor: &str,
    _consent: &Consent,
) -> anyhow::Result<Undone> {
    references.keep(conn)?;
    let rows = merge.rows()?;
    let contacts = &references.contacts;
    let own = references.all.iter().filter(|one| one.is_own());
    let parents: BTreeSet<&String> = own.flat_map(|one| &one.columns).collect();
    let (survivor, gone) = merge.survivor_and_gone();
    let changed = changed_by_merge(&survivor, &merge.after);
    // First it lets go of what it took from the others, then they come, then what refers to them.
    contact_returns::set(conn, "contacts", contacts, &survivor, |name| {
        changed.contains(name) && !parents.contains(name)
    })?;
    remove_identities(conn, merge, &rows.added.contact_identities)?;
    contact_returns::insert(conn, "contacts", contacts, &gone)?;
    contact_returns::set(conn, "contacts", contacts, &survivor, |name| {
        changed.contains(name) && parents.contains(name)
    })?;
    let mut altered = Vec::new();
    let mut backs = Vec::with_capacity(rows.moved.len());
    let followed = following(conn, merge, references, &rows)?;
    // The last that moved is the first to go back: what led it there is as it was then.
    for entry in rows.moved.iter().rev() {
        let (back, by_trigger) = give_back(conn, merge, references, entry)?;
        backs.push(back);
        altered.extend(by_trigger);
    }
    backs.reverse();
    backs.extend(followed);
    let assignments = rows.removed.assignments.elements();
    let of_assignments = references.of_table("assignments").first().map(|one| one.shape.clone());
    let of_assignments = of_assignments.unwrap_or_default();
    contact_returns::insert(conn, "assignments", &of_assignments, &assignments)?;
    forget(conn, merge, actor)?;
    conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
    altered.extend(settle(conn, "contacts", contacts, &gone)?);
    altered.extend(settle(conn, "assignments", &of_assignments, &assignments)?);
    let (_, columns) = contact_returns::differing(conn, "contacts", contacts, &survivor)?;
    altered.extend(Altered::some("contacts", 1, columns));
    let rows = tally(conn, merge, references, &rows, &backs, true)?;
    Ok(Undone { rows, altered })
}

impl Altered {
    fn some(table: &str, rows: i64, columns: impl IntoIterator<Item = String>) -> Option<Altered> {
        let columns: Vec<String> = columns.into_iter().collect();
        let table = table.to_owned();
        Some(Altered { table, rows, columns }).filter(|one| !one.columns.is_empty())
    }
}

/// The columns of the survivor that the merge changed.
fn changed_by_merge(survivor: &[RawJson], after: &RawJson) -> BTreeSet<String> {
    let after = after.members();
    let before = survivor.iter().flat_map(RawJson::members);
    before.filter(|member| !after.contains(member)).map(|(key, _)| key).collect()
}

/// Moves the rows of an entry back: how many, and what a trigger made of them.
fn give_back(
    conn: &mut PgConnection,
    merge: &Recorded,
    references: &References,
    entry: &Entry,
) -> anyhow::Result<(i64, Option<Altered>)> {
    // What follows these rows goes back with them, or nothing does.
    let mut followers = Vec::new();
    for led in entry.references(references).unwrap_or_default() {
        for follower in references.followers_of(led) {
            followers.push((led, follower, follower.count(conn, led, &merge.members())?));
        }
    }
    let went = contact_returns::move_back(conn, entry, references, merge.survivor_id)?;
    for (led, follower, rows) in followers {
        let lost = rows - follower.count(conn, led, &merge.members())?;
        if lost > 0 {
            return Err(follower.refusal(led, lost).into());
        }
    }
    let meant = entry.meant();
    if entry.table != PRESENCE && went.rows != meant {
        let by = interference::with(conn, &entry.table, Event::Update)?;
        let why = format!("{} of {meant} rows came back{by}", went.rows);
        return Err(match by.is_empty() {
            true => Failure::refused(format!("rows of {} changed meanwhile", entry.table))
                .why(why)
                .hint("nothing was changed; look again with --dry-run"),
            false => interference::surprise(&entry.table, why, "moved back"),
        }
        .into());
    }
    Ok((went.rows, Altered::some(&entry.table, went.altered, went.columns)))
}

/// Forgets where the contacts lived, and marks the merge.
fn forget(conn: &mut PgConnection, merge: &Recorded, actor: &str) -> QueryResult<()> {
    let remembered = merged_contacts::table.filter(merged_contacts::merge_id.eq(merge.id));
    let forgotten = diesel::delete(remembered).execute(conn)?;
    let meant = merge.merged_ids.len();
    interference::none_swallowed(conn, "merged_contacts", Event::Delete, (meant, forgotten))?;
    let marked = diesel::update(contact_merges::table.find(merge.id))
        .set((contact_merges::undone_at.eq(now), contact_merges::undone_by.eq(actor)))
        .execute(conn)?;
    interference::none_swallowed(conn, "contact_merges", Event::Update, (1, marked))
}

/// Compares rows that came back with what was recorded. What a trigger made of them is set right,
/// for they are no new rows; a time that it insists on is the application's own.
fn settle(
    conn: &mut PgConnection,
    table: &str,
    shape: &RowShape,
    rows: &[RawJson],
) -> anyhow::Result<Option<Altered>> {
    if rows.is_empty() {
        return Ok(None);
    }
    let (differ, columns) = contact_returns::differing(conn, table, shape, rows)?;
    contact_returns::set(conn, table, shape, &differ, |name| columns.contains(name))?;
    let (differ, columns) = contact_returns::differing(conn, table, shape, &differ)?;
    if columns.iter().all(|name| shape.is_time(name)) {
        return Ok(Altered::some(table, differ.len() as i64, columns));
    }
    let columns: Vec<String> = columns.into_iter().collect();
    let by = interference::with(conn, table, Event::Insert)?;
    Err(Failure::refused(format!("rows of {table} do not come back as they were"))
        .why(format!("their {} became something else{by}", columns.join(", ")))
        .hint("nothing was changed; disable that trigger while it is taken back")
        .into())
}

fn remove_identities(
    conn: &mut PgConnection,
    merge: &Recorded,
    ids: &[Uuid],
) -> anyhow::Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let keys = foreign_keys::pointing_at(conn, "contact_identities")?;
    interference::refuse_dependents(conn, "contact_identities", &keys, ids)?;
    let own = identities::table
        .filter(identities::id.eq_any(ids))
        .filter(identities::contact_id.eq(merge.survivor_id));
    let went = diesel::delete(own).execute(conn)?;
    let counts = (ids.len(), went);
    interference::none_swallowed(conn, "contact_identities", Event::Delete, counts)?;
    Ok(interference::none_again(conn, "contact_identities", ids)?)
}
