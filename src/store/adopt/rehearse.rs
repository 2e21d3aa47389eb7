//! In the copy: every trigger of the application fires once, and what it did is taken back.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::{Array, Text};

use super::expression::ROW;
use crate::error::Condition;
use crate::store::statements;
use crate::store::tx;

/// A table with triggers of the application.
#[derive(Debug, QueryableByName)]
pub struct Fired {
    /// With its schema, quoted.
    #[diesel(sql_type = Text)]
    pub relation: String,
    #[diesel(sql_type = Text)]
    pub shown: String,
    /// Columns that an update may give, and those that an insert may, with a value for each.
    #[diesel(sql_type = Array<Text>)]
    changed: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    given: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    made: Vec<String>,
}

/// What came of it: `delete from Invoice: column "x" does not exist`.
#[derive(Debug, Default)]
pub struct Rehearsed {
    pub failing: Vec<String>,
    /// What could not be tried.
    pub untried: Vec<String>,
}

/// `moved` are tables of ours that triggers of the application moved to, among all of `ours`.
///
/// # Errors
/// The server refuses.
pub fn tables(conn: &mut PgConnection, moved: &[&str], ours: &[&str]) -> QueryResult<Vec<Fired>> {
    diesel::sql_query(include_str!("../sql/adopt_triggers.sql"))
        .bind::<Array<Text>, _>(moved)
        .bind::<Array<Text>, _>(ours)
        .load(conn)
}

/// By the role of `conn`. Run it in a transaction that is rolled back.
///
/// # Errors
/// The connection is gone.
pub fn fire(conn: &mut PgConnection, tables: &[Fired]) -> QueryResult<Rehearsed> {
    // One that waits for somebody would wait for ever.
    statements::run(conn, "SET LOCAL statement_timeout = '30s'")?;
    statements::run(conn, "SET CONSTRAINTS ALL IMMEDIATE")?;
    let mut done = Rehearsed::default();
    for table in tables {
        taken_back(conn, |conn| table.fire(conn, &mut done))?;
    }
    Ok(done)
}

impl Fired {
    fn fire(&self, conn: &mut PgConnection, done: &mut Rehearsed) -> QueryResult<()> {
        let Fired { relation, shown, changed, given, made, .. } = self;
        let one = format!(
            "({ROW}.tableoid, {ROW}.ctid) IN (SELECT o.tableoid, o.ctid FROM {relation} AS o LIMIT 1)"
        );
        let delete = format!("DELETE FROM {relation} AS {ROW} WHERE {one}");
        let given = given.join(", ");
        let into = format!("INSERT INTO {relation} ({given}) OVERRIDING SYSTEM VALUE");
        let is_there = format!("SELECT EXISTS (SELECT FROM {relation}) AS truth");
        let inserted = match tx::attempt(conn, |conn| statements::truth(conn, &is_there)) {
            Ok(true) => {
                let again = format!(
                    "WITH gone AS ({delete} RETURNING {ROW}.*) {into} SELECT {given} FROM gone"
                );
                taken_back(conn, |conn| statements::run(conn, &again))
            }
            // The others need a row.
            Ok(false) => {
                let first = format!("{into} VALUES ({})", made.join(", "));
                tx::attempt(conn, |conn| statements::run(conn, &first))
            }
            Err(error) => Err(error),
        };
        done.tell("insert into", shown, inserted)?;
        if !changed.is_empty() {
            let same: Vec<String> =
                changed.iter().map(|name| format!("{name} = {ROW}.{name}")).collect();
            let update = format!("UPDATE {relation} AS {ROW} SET {} WHERE {one}", same.join(", "));
            let updated = taken_back(conn, |conn| statements::run(conn, &update));
            done.tell("update of", shown, updated)?;
        }
        let deleted = taken_back(conn, |conn| statements::run(conn, &delete));
        done.tell("delete from", shown, deleted)
    }
}

fn taken_back(
    conn: &mut PgConnection,
    work: impl FnOnce(&mut PgConnection) -> QueryResult<()>,
) -> QueryResult<()> {
    let tried = tx::attempt(conn, |conn| {
        work(conn)?;
        Err::<(), _>(Error::RollbackTransaction)
    });
    match tried {
        Err(Error::RollbackTransaction) => Ok(()),
        tried => tried,
    }
}

impl Rehearsed {
    /// What a key, a check or a right forbids says nothing of a trigger.
    fn tell(&mut self, event: &str, table: &str, tried: QueryResult<()>) -> QueryResult<()> {
        use Condition::{ConnectionLost, PermissionDenied, RowSecurity, StatementTimeout};
        let Err(error) = tried else { return Ok(()) };
        let told = format!("{event} {table}: {error}");
        match (Condition::of_error(&error), &error) {
            (Some(ConnectionLost), _) => return Err(error),
            (Some(PermissionDenied | RowSecurity | StatementTimeout), _)
            | (
                _,
                Error::DatabaseError(
                    DatabaseErrorKind::ForeignKeyViolation
                    | DatabaseErrorKind::UniqueViolation
                    | DatabaseErrorKind::CheckViolation
                    | DatabaseErrorKind::NotNullViolation,
                    _,
                ),
            ) => self.untried.push(told),
            _ => self.failing.push(told),
        }
        Ok(())
    }
}
