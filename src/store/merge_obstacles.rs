//! What is known to stand in the way of merges, from looking alone: one look for all of them.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use uuid::Uuid;

use super::contact_moves;
use super::contact_reference::{Gone, Reference};
use super::contact_references::References;
use super::contact_returns::id_of;
use super::foreign_keys::OnUpdate;
use super::interference;
use super::merging;
use super::statements::quote_identifier;
use crate::domain::raw_json::RawJson;
use crate::error::Failure;

type SqlUuid = diesel::sql_types::Uuid;

/// The first obstacle of each merge that has one, by survivor.
#[derive(Default)]
pub struct Obstacles(HashMap<Uuid, Failure>);

/// Looks for them. `is_done`: by this role, if it comes to that.
///
/// # Errors
/// The server refuses.
pub fn find(
    conn: &mut PgConnection,
    references: &References,
    gone: &Gone,
    is_done: bool,
) -> QueryResult<Obstacles> {
    let mut found = Obstacles::default();
    for (reference, has_rows) in contact_moves::with_rows(conn, references, gone)? {
        let rows = reference.rows_of(GONE);
        match contact_moves::may_move(reference, has_rows, is_done) {
            // Nobody knows to whom they refer.
            Err(failure) if !reference.can_select => {
                gone.heirs.iter().for_each(|heir| found.add(*heir, || failure.clone()));
            }
            Err(failure) => found.look(conn, gone, &rows, |_| failure.clone())?,
            Ok(false) => {}
            Ok(true) => found.of_rows(conn, references, reference, gone)?,
        }
    }
    found.of_assignments(conn, references, gone)?;
    Ok(found)
}

/// The contacts that go.
const GONE: &str = "unnest($1, $2) AS gone (contact, heir)";

impl Obstacles {
    /// Why the merge into this contact would be refused.
    pub fn of(&mut self, survivor: Uuid) -> Option<Failure> {
        self.0.remove(&survivor)
    }

    fn add(&mut self, survivor: Uuid, failure: impl FnOnce() -> Failure) {
        self.0.entry(survivor).or_insert_with(failure);
    }

    /// Adds one for each survivor `gone.heir` of these rows, of which it has so many.
    fn look(
        &mut self,
        conn: &mut PgConnection,
        gone: &Gone,
        from: &str,
        failure: impl Fn(i64) -> Failure,
    ) -> QueryResult<()> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = SqlUuid)]
            heir: Uuid,
            #[diesel(sql_type = BigInt)]
            rows: i64,
        }
        let query = format!("SELECT gone.heir, count(*) AS rows FROM {from} GROUP BY gone.heir");
        let found: Vec<Row> = diesel::sql_query(query)
            .bind::<Array<SqlUuid>, _>(&gone.contacts)
            .bind::<Array<SqlUuid>, _>(&gone.heirs)
            .load(conn)?;
        found.into_iter().for_each(|row| self.add(row.heir, || failure(row.rows)));
        Ok(())
    }

    /// In the rows of a table that can move.
    fn of_rows(
        &mut self,
        conn: &mut PgConnection,
        references: &References,
        reference: &Reference,
        gone: &Gone,
    ) -> QueryResult<()> {
        for follower in references.followers_of(reference) {
            if follower.way != OnUpdate::Cascade {
                let rows = follower.rows_of(reference, GONE);
                self.look(conn, gone, &rows, |rows| follower.refusal(reference, rows))?;
            }
        }
        // Rows for which the survivor has no value that they could refer to; an id it has.
        if reference.columns.len() > 1 || reference.id_column().is_none() {
            let values = reference.values("h", "t", "g");
            let empty: Vec<String> =
                values.iter().map(|value| format!("{value} IS NULL")).collect();
            let misfits = format!(
                "{} JOIN contacts h ON h.id = gone.heir WHERE {}",
                reference.rows_of(GONE),
                empty.join(" OR ")
            );
            self.look(conn, gone, &misfits, |_| {
                reference.cannot_move().why(contact_moves::NO_VALUE)
            })?;
        }
        // Of ours each contact has one, and the surplus goes.
        if reference.table != "assignments" {
            self.of_unique_keys(conn, reference, gone)?;
        }
        Ok(())
    }

    /// In what refers to assignments that would go, because a contact has one.
    fn of_assignments(
        &mut self,
        conn: &mut PgConnection,
        references: &References,
        gone: &Gone,
    ) -> QueryResult<()> {
        if references.to_assignments.is_empty() {
            return Ok(());
        }
        let surplus = merging::surplus_assignments(conn, references, gone)?;
        let ids = |(heir, rows): (&Uuid, &Vec<RawJson>)| {
            let rows = rows.iter().flat_map(RawJson::elements);
            rows.filter_map(|row| Some((id_of(&row)?, *heir))).collect::<Vec<_>>()
        };
        let (contacts, heirs) = surplus.iter().flat_map(ids).unzip();
        let surplus = Gone { contacts, heirs };
        for key in &references.to_assignments {
            if interference::is_seen_to_by_the_server(conn, key)? {
                continue;
            }
            let rows = format!(
                "{GONE} JOIN assignments parent ON parent.id = gone.contact JOIN {} child ON {}",
                key.relation,
                key.points("child", "parent")
            );
            self.look(conn, &surplus, &rows, |rows| {
                interference::dependents(key, "assignments", rows)
            })?;
        }
        Ok(())
    }

    /// In rows that would be the second of their unique key.
    fn of_unique_keys(
        &mut self,
        conn: &mut PgConnection,
        reference: &Reference,
        gone: &Gone,
    ) -> QueryResult<()> {
        #[derive(QueryableByName)]
        struct Key {
            #[diesel(sql_type = Text)]
            name: String,
            #[diesel(sql_type = Array<Text>)]
            columns: Vec<String>,
            #[diesel(sql_type = Array<Text>)]
            operators: Vec<String>,
        }
        let keys: Vec<Key> = diesel::sql_query(concat!(
            "WITH ",
            include_str!("sql/named.sql"),
            include_str!("sql/unique_keys.sql")
        ))
        .bind::<Array<Text>, _>(vec![&reference.table])
        .bind::<Array<Text>, _>(&reference.columns)
        .load(conn)?;
        for Key { name, columns, operators } in keys {
            let pairs = columns.iter().zip(&operators);
            let others = pairs.filter(|(column, _)| !reference.columns.contains(column));
            let same = others.map(|(column, operator)| {
                let column = quote_identifier(column);
                format!(" AND t.{column} {operator} o.{column}")
            });
            let twins = format!(
                "{} JOIN ( \
                     SELECT contact, heir FROM {GONE} UNION SELECT heir, heir FROM {GONE}) AS members \
                     ON members.heir = gone.heir \
                 JOIN contacts m ON m.id = members.contact JOIN {} o ON {} \
                 WHERE NOT (t.tableoid = o.tableoid AND t.ctid = o.ctid){}",
                reference.rows_of(GONE),
                reference.relation(),
                reference.matches("o", "m"),
                same.collect::<String>()
            );
            let table = &reference.table;
            let why = format!(
                "constraint {name} of {table} stands in the way: the survivor has such a row"
            );
            self.look(conn, gone, &twins, |_| reference.cannot_move().why(&why))?;
        }
        Ok(())
    }
}
