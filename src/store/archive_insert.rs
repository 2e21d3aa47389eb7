//! Lines of an archive on their way back into their table: as many of them as the server takes, and
//! why not the others.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::{Array, BigInt, Text};

use super::archive_return::Target;
use super::interference::{self, Event};
use super::statements::quote_identifier;
use super::tx;
use crate::error::Condition;
use crate::store::scalar::ScalarQuery;

/// What came of lines that were to come back.
#[derive(Debug, Default)]
pub struct Returned {
    pub rows: u64,
    /// How many the server took, and don't stand there all the same: among those of the next.
    pub swallowed: u64,
    /// How many didn't, and why.
    pub refused: Vec<(String, u64)>,
    /// Columns, the table that they pointed at, and how many rows of it are gone.
    pub emptied: Vec<(String, u64)>,
    /// Columns that hold something else than was archived, in how many rows.
    pub altered: Vec<(String, u64)>,
}

impl Target {
    /// Inserts lines whose rows aren't there, as many of them as the server takes.
    pub fn insert(&self, conn: &mut PgConnection, lines: &[&str]) -> QueryResult<Returned> {
        let mut returned = Returned::default();
        if lines.is_empty() {
            return Ok(returned);
        }
        let emptied = self.emptied(conn, lines)?;
        let mut taken = Taken { all: self.beside(lines), ..Taken::default() };
        self.insert_what_goes(conn, lines, &mut taken)?;
        // One may point at another that came after it.
        while !taken.refused.is_empty() && !taken.lines.is_empty() {
            let refused = std::mem::take(&mut taken.refused);
            let again: Vec<&str> = refused.iter().map(|(line, _)| *line).collect();
            self.insert_what_goes(conn, &again, &mut taken)?;
            if taken.refused.len() == again.len() {
                break;
            }
        }
        for (_, why) in taken.refused {
            count(&mut returned.refused, why, 1);
        }
        let (states, meant) = (self.states(conn, &taken.lines)?, taken.lines.len() as u64);
        returned.rows = match self.has_key() {
            true => states.iter().filter(|state| state.is_there).count() as u64,
            false => taken.rows.min(meant),
        };
        let swallowed = meant - returned.rows;
        returned.swallowed = swallowed;
        if swallowed > 0 {
            let by = interference::with(conn, &self.layout.relation, Event::Insert)?;
            let by = match by.is_empty() {
                true => interference::after(conn, &self.layout.relation, Event::Insert)?,
                false => by,
            };
            count(
                &mut returned.refused,
                format!("they don't stand there after the INSERT{by}"),
                swallowed,
            );
        }
        returned.emptied = match returned.refused.is_empty() {
            true => emptied,
            false => self.emptied(conn, &taken.lines)?,
        };
        returned.altered = self.altered(conn, &taken.lines, &states, swallowed)?;
        Ok(returned)
    }

    /// Gives rows that are there, and were emptied by a policy, what the lines hold; how many. `emptied`
    /// are its columns, each with what it was emptied to.
    pub fn refill(
        &self,
        conn: &mut PgConnection,
        lines: &[&str],
        emptied: &[(&str, &str)],
    ) -> QueryResult<u64> {
        let part = |one: &dyn Fn(&str, &str) -> String, between: &str| {
            let parts: Vec<String> = emptied.iter().map(|(name, value)| one(name, value)).collect();
            parts.join(between)
        };
        let set = part(&|name, _| format!("{name} = a.{name}"), ", ");
        let is_emptied = part(&|name, value| format!("t.{name} = {value}"), " AND ");
        let holds = part(&|name, value| format!("a.{name} <> {value}"), " OR ");
        conn.batch_execute("SET LOCAL inboxctl.keep_updated_at = 'on'")?;
        let rows = diesel::sql_query(format!(
            "UPDATE {} t SET {set} FROM {} WHERE {} AND {is_emptied} AND ({holds})",
            self.layout.relation,
            self.archived(),
            self.same_key("t")
        ))
        .bind::<Array<Text>, _>(lines)
        .bind::<Array<Text>, _>(self.beside(lines))
        .execute(conn)?;
        Ok(rows as u64)
    }

    /// The whole of them, or else each half by itself: one that is refused keeps no other back.
    fn insert_what_goes<'a>(
        &self,
        conn: &mut PgConnection,
        lines: &[&'a str],
        taken: &mut Taken<'a>,
    ) -> QueryResult<()> {
        let names: Vec<String> =
            self.columns.iter().map(|(column, _)| quote_identifier(&column.name)).collect();
        let values: Vec<String> = names.iter().map(|name| format!("a.{name}")).collect();
        let inserted = tx::attempt(conn, |conn| {
            let rows = diesel::sql_query(format!(
                "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {} ORDER BY a.\"@number\"",
                self.layout.relation,
                names.join(", "),
                values.join(", "),
                self.archived()
            ))
            .bind::<Array<Text>, _>(lines)
            .bind::<Array<Text>, _>(taken.all)
            .execute(conn)?;
            if self.checks_at_once {
                conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
            }
            Ok(rows as u64)
        });
        match (inserted, lines) {
            (Ok(rows), _) => {
                taken.rows += rows;
                taken.lines.extend(lines);
            }
            (Err(error), [line]) => taken.refused.push((*line, refusal(error)?)),
            (Err(error), _) => {
                refusal(error)?;
                let (first, second) = lines.split_at(lines.len() / 2);
                self.insert_what_goes(conn, first, taken)?;
                self.insert_what_goes(conn, second, taken)?;
            }
        }
        Ok(())
    }

    /// How many of the lines point at rows that have gone, by key.
    fn emptied(&self, conn: &mut PgConnection, lines: &[&str]) -> QueryResult<Vec<(String, u64)>> {
        let mut emptied = Vec::new();
        for key in &self.keys {
            let sql = format!(
                "SELECT count(*) AS rows FROM {} WHERE {}",
                self.records(),
                key.is_gone(&self.layout)
            );
            let rows = diesel::sql_query(sql)
                .bind::<Array<Text>, _>(lines)
                .bind::<Array<Text>, _>(self.beside(lines))
                .scalar::<BigInt, i64>(conn)?;
            if rows > 0 {
                emptied.push((key.name(), rows.unsigned_abs()));
            }
        }
        Ok(emptied)
    }
}

/// Lines that the server took or refused.
#[derive(Default)]
struct Taken<'a> {
    all: &'a [&'a str],
    rows: u64,
    lines: Vec<&'a str>,
    refused: Vec<(&'a str, String)>,
}

/// Adds to the count of one reason.
pub fn count<W: PartialEq>(counts: &mut Vec<(W, u64)>, why: W, rows: u64) {
    match counts.iter_mut().find(|(known, _)| *known == why) {
        Some((_, sum)) => *sum += rows,
        None => counts.push((why, rows)),
    }
}

/// Why a row is refused.
///
/// # Errors
/// It is no matter of that row.
pub(super) fn refusal(error: DieselError) -> QueryResult<String> {
    use DatabaseErrorKind::{
        CheckViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation,
    };
    let DieselError::DatabaseError(kind, info) = &error else { return Err(error) };
    let constraint =
        info.constraint_name().map_or(String::new(), |name| format!(" (constraint {name})"));
    Ok(match kind {
        UniqueViolation => format!("other rows have the same values{constraint}"),
        ForeignKeyViolation => format!("what they point at is gone{constraint}"),
        // Without a name it is no check, but a partition that isn't there.
        CheckViolation if !constraint.is_empty() => format!("a check refuses them{constraint}"),
        NotNullViolation => {
            format!("the column {} may not be empty", info.column_name().unwrap_or_default())
        }
        _ if *kind == CheckViolation || Condition::of_error(&error) == Some(Condition::Other) => {
            let message = info.message().lines().next().unwrap_or_default();
            format!("the server refuses them: {message}{constraint}")
        }
        _ => return Err(error),
    })
}
