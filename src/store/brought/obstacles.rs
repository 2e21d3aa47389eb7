//! What keeps rows of a backup out of the live database, whatever they point at.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text};
use uuid::Uuid;

use super::backed_up::{BackedUp, Part};
use super::columns::Belonging;
use super::coming::Coming;
use super::reasons::{Why, place, places};
use super::target::Back;
use crate::store::scalar::ScalarQuery;
use crate::store::statements::quote_identifier;

/// Why lines don't come back, by their places.
type Reasons = BTreeMap<usize, Why>;

/// Rows that are not brought back whatever they hold: the table of ours, what a record `r` of it is
/// then, and why.
const KEPT_OUT: [(&str, &str, &str); 3] = [
    (
        "contacts",
        "EXISTS (SELECT FROM merged_contacts m WHERE m.contact_id = r.id::uuid)",
        "they were merged into other contacts; `inboxctl contacts unmerge` takes a merge back",
    ),
    (
        "merged_contacts",
        "EXISTS (SELECT FROM contacts c WHERE c.id = r.contact_id::uuid)",
        "the contacts that they forward are there by themselves",
    ),
    (
        "merged_contacts",
        "EXISTS (SELECT FROM contact_merges m WHERE m.id = r.merge_id::uuid AND m.undone_at IS NOT NULL)",
        "their merges were taken back",
    ),
];

impl Back {
    /// Only rows of these contacts are meant: `live` says whose rows of the live database are.
    pub fn belongs_to(&mut self, ids: &[Uuid], live: &[BackedUp]) {
        let same = live.iter().find(|one| one.relation == self.relation());
        self.belonging = same.map(|one| Belonging { parts: one.parts.clone(), ids: ids.to_vec() });
    }

    /// The places of lines whose rows are there, and belong to other contacts alone.
    pub(super) fn of_others(
        &self,
        conn: &mut PgConnection,
        lines: &[&str],
    ) -> QueryResult<BTreeSet<usize>> {
        let Some(belonging) = self.belonging.as_ref().filter(|_| self.target.has_key()) else {
            return Ok(BTreeSet::new());
        };
        let mut find = |is_own: bool| -> QueryResult<BTreeSet<usize>> {
            let mut found = BTreeSet::new();
            for Part { from, alias, condition } in &belonging.parts {
                let rows = diesel::sql_query(format!(
                    "SELECT a.\"@number\" - 1 AS place FROM {} JOIN {from} {alias} ON {} WHERE {condition}",
                    self.target.archived(),
                    self.target.same_key(alias)
                ))
                .bind::<Array<Text>, _>(lines)
                .bind::<Array<Text>, _>(&[] as &[&str])
                .bind::<Array<diesel::sql_types::Uuid>, _>(&belonging.ids)
                .bind::<Bool, _>(is_own)
                .scalars::<BigInt, i64>(conn)?;
                found.extend(rows.into_iter().filter_map(place));
            }
            Ok(found)
        };
        let (theirs, own) = (find(false)?, find(true)?);
        Ok(theirs.difference(&own).copied().collect())
    }

    /// Lines that would take a row from another contact, or hang on one that it has.
    pub(super) fn of_another(
        &self,
        conn: &mut PgConnection,
        lines: &[&str],
        of_others: &BTreeSet<usize>,
        coming: &Coming,
    ) -> QueryResult<Reasons> {
        let theirs = Why::known("they belong to other contacts now");
        let mut found: Reasons = of_others.iter().map(|at| (*at, theirs.clone())).collect();
        for key in &self.keys {
            let mut beside: Vec<&str> =
                coming.of_others(&key.parent).iter().map(String::as_str).collect();
            if key.is_own {
                beside.extend(of_others.iter().map(|at| lines[*at]));
            }
            if beside.is_empty() {
                continue;
            }
            let is_beside = key.is_beside(&self.target.layout);
            let from = format!("{} WHERE {is_beside}", self.target.records());
            for place in places(conn, "l.number", &from, lines, &beside)? {
                let why =
                    format!("they hang on rows of {} that belong to other contacts now", key.label);
                found.entry(place).or_insert_with(|| Why::known(why));
            }
        }
        Ok(found)
    }

    /// Lines that are not brought back where they are missing.
    pub(super) fn kept_out(&self, conn: &mut PgConnection, lines: &[&str]) -> QueryResult<Reasons> {
        let mut found = Reasons::new();
        let own = KEPT_OUT.iter().filter(|(table, ..)| self.knows_merges && *table == self.label());
        for (_, condition, why) in own {
            let from = format!("{} WHERE {condition}", self.target.records());
            for place in places(conn, "l.number", &from, lines, &[])? {
                found.entry(place).or_insert_with(|| Why::known(*why));
            }
        }
        self.taken(conn, lines, "true", &mut found)?;
        Ok(found)
    }

    /// Lines that can't overwrite what stands.
    pub(super) fn stuck(&self, conn: &mut PgConnection, lines: &[&str]) -> QueryResult<Reasons> {
        let mut found = Reasons::new();
        if !self.target.has_key() {
            return Ok(found);
        }
        for one in self.followed.iter() {
            let settable = one.columns.iter().filter(|name| self.settable.contains(name));
            let changes = settable.map(|name| {
                let name = quote_identifier(name);
                format!("a.{name}::text IS DISTINCT FROM t.{name}::text")
            });
            let changes: Vec<String> = changes.collect();
            if changes.is_empty() {
                continue;
            }
            let from = format!(
                "{} JOIN {} t ON {} WHERE {}",
                self.target.archived(),
                self.relation(),
                self.target.same_key("t"),
                changes.join(" OR ")
            );
            for place in places(conn, "a.\"@number\"", &from, lines, &[])? {
                let why = format!(
                    "{} would change along (constraint {})",
                    one.label, one.constraint_name
                );
                found.entry(place).or_insert_with(|| Why::known(why));
            }
        }
        // What is overwritten at the same time makes room.
        let others = format!(
            "NOT EXISTS (SELECT FROM {} WHERE {})",
            self.target.archived(),
            self.target.same_key("t")
        );
        self.taken(conn, lines, &others, &mut found)?;
        Ok(found)
    }

    /// Lines whose unique values a row `t` has, of which `others` is true.
    fn taken(
        &self,
        conn: &mut PgConnection,
        lines: &[&str],
        others: &str,
        found: &mut Reasons,
    ) -> QueryResult<()> {
        for unique in &self.uniques {
            let taken = unique.is_taken(self.relation(), others);
            let from = format!("{} WHERE {taken}", self.target.archived());
            for place in places(conn, "a.\"@number\"", &from, lines, &[])? {
                let why = format!("other rows have the same values (constraint {})", unique.name);
                found.entry(place).or_insert_with(|| Why::failure(why));
            }
        }
        Ok(())
    }
}
