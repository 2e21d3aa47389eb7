//! What a merge will do, and what is known to stand in its way, from looking alone.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{Array, Text};

use super::contact_hanging::{self, Hanging};
use super::contact_moves;
use super::contact_reference::{Gone, Reference};
use super::contact_references::References;
use super::interference::{self, Event};
use super::merge_obstacles;
use super::merging;
use super::statements::{quote_identifier, quote_literal};
use crate::domain::merge_plan::MergePlan;
use crate::store::scalar::ScalarQuery;

#[derive(Debug)]
pub struct Foresight {
    pub hanging: Vec<Hanging>,
    /// Assignments that will go, because a contact has one.
    pub removed: usize,
    /// Columns that the survivor won't take, for it would come above itself.
    pub circles: Vec<String>,
    /// As [`unforeseen`] says it.
    pub unknown: Vec<String>,
}

/// `is_done`: by this role, if it comes to that.
///
/// # Errors
/// Refused: what the merge would be refused for.
pub fn foresee(
    conn: &mut PgConnection,
    plan: &MergePlan,
    references: &References,
    is_done: bool,
) -> anyhow::Result<Foresight> {
    references.require_own_code()?;
    let gone =
        Gone { contacts: plan.merged.clone(), heirs: vec![plan.survivor; plan.merged.len()] };
    if let Some(failure) =
        merge_obstacles::find(conn, references, &gone, is_done)?.of(plan.survivor)
    {
        return Err(failure.into());
    }
    let surplus = merging::ids_of(&merging::surplus_assignments(conn, references, &gone)?);
    interference::refuse_dependents(conn, "assignments", &references.to_assignments, &surplus)?;
    let acts = Acts {
        adds_identities: !plan.identities.is_empty(),
        removes_assignments: !surplus.is_empty(),
    };
    Ok(Foresight {
        hanging: contact_hanging::all(conn, references, &gone)?,
        removed: surplus.len(),
        circles: circles(conn, plan, references)?,
        unknown: unforeseen(conn, references, &gone, is_done, acts)?,
    })
}

/// What merges do beside what all do.
#[derive(Debug, Clone, Copy)]
pub struct Acts {
    pub adds_identities: bool,
    pub removes_assignments: bool,
}

/// What only the merges themselves can tell whether it lets them through: `trigger keep of contacts`.
///
/// # Errors
/// The server refuses.
pub fn unforeseen(
    conn: &mut PgConnection,
    references: &References,
    gone: &Gone,
    is_done: bool,
    acts: Acts,
) -> anyhow::Result<Vec<String>> {
    let mut unknown = Unknown::default();
    for reference in &contact_moves::movable(conn, references, gone, is_done)? {
        for follower in references.followers_of(reference) {
            if follower.count(conn, reference, &gone.contacts)? > 0 {
                unknown.add(conn, &follower.reference.table, &[Event::Update])?;
            }
        }
        unknown.judges(conn, reference)?;
        unknown.add(conn, &reference.table, &[Event::Update])?;
    }
    unknown.add(conn, "contacts", &[Event::Delete, Event::Update])?;
    if acts.removes_assignments {
        unknown.add(conn, "assignments", &[Event::Delete])?;
    }
    if acts.adds_identities {
        unknown.add(conn, "contact_identities", &[Event::Insert])?;
    }
    for table in ["contact_merges", "merged_contacts", "audit_logs"] {
        unknown.add(conn, table, &[Event::Insert])?;
    }
    let unread = references.all.iter().filter(|one| !one.can_select);
    let unread = unread.map(|one| format!("rows of {}, which this role may not read", one.table));
    unknown.0.extend(unread);
    Ok(unknown.0.into_iter().collect())
}

#[derive(Default)]
struct Unknown(BTreeSet<String>);

impl Unknown {
    /// What of the application's acts when rows of a table are changed.
    fn add(&mut self, conn: &mut PgConnection, table: &str, events: &[Event]) -> QueryResult<()> {
        for event in events {
            for is_before in [true, false] {
                let names = interference::names(conn, table, *event, is_before)?;
                self.0.extend(names.iter().map(|name| format!("{name} of {table}")));
            }
        }
        Ok(())
    }

    /// What judges the columns of a reference.
    fn judges(&mut self, conn: &mut PgConnection, reference: &Reference) -> QueryResult<()> {
        let names = diesel::sql_query(concat!(
            "WITH ",
            include_str!("sql/named.sql"),
            include_str!("sql/unforeseen.sql")
        ))
        .bind::<Array<Text>, _>(vec![&reference.table])
        .bind::<Array<Text>, _>(&reference.columns)
        .scalars::<Text, String>(conn)?;
        self.0.extend(names.iter().map(|name| format!("{name} of {}", reference.table)));
        Ok(())
    }
}

/// Of the columns that are to be filled those by which contacts refer to contacts, where the value
/// is below the survivor itself.
fn circles(
    conn: &mut PgConnection,
    plan: &MergePlan,
    references: &References,
) -> QueryResult<Vec<String>> {
    let own = references.all.iter().filter(|one| one.is_own());
    let own: Vec<&Vec<String>> = own.map(|one| &one.columns).collect();
    let members =
        Gone { contacts: [&[plan.survivor], plan.merged.as_slice()].concat(), heirs: Vec::new() };
    let mut circles = Vec::new();
    for filled in plan.filled.iter().filter(|one| own.contains(&&vec![one.column.clone()])) {
        let column = quote_identifier(&filled.column);
        let query = format!(
            "WITH RECURSIVE above (id) AS ( \
                 SELECT {}::uuid WHERE pg_catalog.cardinality($2) = 0 \
                 UNION SELECT c.{column} FROM above JOIN contacts c ON c.id = above.id) \
             SELECT count(*) AS rows FROM above WHERE id = ANY ($1)",
            quote_literal(&filled.value.plain())
        );
        if members.count(conn, &query)? > 0 {
            circles.push(filled.column.clone());
        }
    }
    Ok(circles)
}
