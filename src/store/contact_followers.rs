//! Rows that point at rows which move, by a column that the move changes: the server passes the
//! change on to them, or empties what they point with.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt};
use uuid::Uuid;

use super::contact_reference::Reference;
use super::foreign_keys::{self, ForeignKey, OnUpdate};
use super::interference;
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// A table whose rows follow those of a reference.
#[derive(Debug, Clone)]
pub(super) struct Follower {
    /// Its columns that change.
    pub reference: Reference,
    /// The keys that lead to it, from the table of the reference that it follows.
    path: Vec<ForeignKey>,
    /// What the server does with them.
    pub way: OnUpdate,
    /// The place of the reference that it follows.
    pub(super) led_by: usize,
}

/// The references, each before those of tables that follow it, and what follows them.
pub(super) fn in_order(
    conn: &mut PgConnection,
    references: Vec<Reference>,
) -> QueryResult<(Vec<Reference>, Vec<Follower>)> {
    let mut left = Vec::with_capacity(references.len());
    for reference in references {
        let mut followers = Vec::new();
        find(conn, &reference, &[], &mut followers)?;
        left.push((reference, followers));
    }
    let (mut ordered, mut followers) = (Vec::new(), Vec::new());
    while !left.is_empty() {
        let follows = |one: &Reference| {
            let leads = |(other, followers): &(Reference, Vec<Follower>)| {
                let is_led = |follower: &Follower| follower.reference.table == one.table;
                other.table != one.table && followers.iter().any(is_led)
            };
            left.iter().any(leads)
        };
        // Those that follow each other in a circle keep their order.
        let next = left.iter().position(|(one, _)| !follows(one)).unwrap_or(0);
        let (reference, own) = left.remove(next);
        let led_by = ordered.len();
        followers.extend(own.into_iter().map(|follower| Follower { led_by, ..follower }));
        ordered.push(reference);
    }
    Ok((ordered, followers))
}

fn find(
    conn: &mut PgConnection,
    led: &Reference,
    path: &[ForeignKey],
    found: &mut Vec<Follower>,
) -> QueryResult<()> {
    for key in foreign_keys::pointing_at_relation(conn, &led.table)? {
        let place = |name: &String| led.columns.iter().position(|column| column == name);
        let pairs = key.columns.iter().zip(&key.referenced);
        let columns =
            pairs.filter_map(|(column, referenced)| Some((column.clone(), place(referenced)?)));
        let columns: Vec<(String, usize)> = columns.collect();
        let is_walked = path.iter().any(|known| known.table_oid == key.table_oid);
        let way = key.on_update();
        // What is looked at when all have moved may have moved, too.
        if columns.is_empty() || is_walked || way == OnUpdate::Refuse && key.is_deferrable {
            continue;
        }
        let reference = led.elsewhere(conn, &key.relation, &columns)?;
        // Rows of one table that refer to one contact move in one statement.
        if reference.is_of(led) {
            continue;
        }
        let path = [path, &[key]].concat();
        if way == OnUpdate::Cascade {
            find(conn, &reference, &path, found)?;
        }
        found.push(Follower { reference, path, way, led_by: 0 });
    }
    Ok(())
}

impl Follower {
    /// The rows `f` that follow rows of `led` which are to move.
    pub(super) fn rows_of(&self, led: &Reference, gone: &str) -> String {
        let mut from = led.rows_of(gone);
        let mut parent = String::from("t");
        for (depth, key) in self.path.iter().enumerate() {
            let is_last = depth + 1 == self.path.len();
            let child = if is_last { String::from("f") } else { format!("f{depth}") };
            from += &format!(" JOIN {} {child} ON {}", key.relation, key.points(&child, &parent));
            parent = child;
        }
        from
    }

    /// How many rows follow rows of `led` that refer to these contacts.
    pub(super) fn count(
        &self,
        conn: &mut PgConnection,
        led: &Reference,
        contacts: &[Uuid],
    ) -> QueryResult<i64> {
        let from = self.rows_of(led, "pg_catalog.unnest($1) AS gone (contact)");
        diesel::sql_query(format!("SELECT count(*) AS rows FROM {from}"))
            .bind::<Array<SqlUuid>, _>(contacts)
            .scalar::<BigInt, _>(conn)
    }

    /// # Errors
    /// Refused: rows follow that would lose what they point with, or that hold theirs back.
    pub(super) fn refuse(
        &self,
        conn: &mut PgConnection,
        led: &Reference,
        contacts: &[Uuid],
    ) -> anyhow::Result<()> {
        if self.way == OnUpdate::Cascade {
            return Ok(());
        }
        match self.count(conn, led, contacts)? {
            0 => Ok(()),
            rows => Err(self.refusal(led, rows).into()),
        }
    }

    /// That so many rows don't follow, or stand in the way.
    pub(super) fn refusal(&self, led: &Reference, rows: i64) -> Failure {
        let (table, columns) = (&self.reference.table, self.reference.columns.join(", "));
        let constraint = self.path.last().map_or("", |key| key.constraint_name.as_str());
        let (why, hint) = match self.way {
            OnUpdate::Reset => (
                format!("{rows} of {table} refer to them, and {constraint} would empty {columns}"),
                "with ON UPDATE CASCADE there they would follow",
            ),
            OnUpdate::Refuse => (
                format!(
                    "{rows} of {table} refer to them, and {constraint} lets them change nothing"
                ),
                "with ON UPDATE CASCADE there they would follow",
            ),
            OnUpdate::Cascade => {
                let why = format!(
                    "{rows} of {table} did not follow those of {}, as {constraint} says: a trigger or a rule keeps them",
                    led.label()
                );
                return interference::surprise(table, why, "moved");
            }
        };
        Failure::refused(format!("rows of {} can't move", led.label())).why(why).hint(hint)
    }
}
