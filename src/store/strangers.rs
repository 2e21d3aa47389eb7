//! Code of other roles: what a table calls runs with the rights of whoever writes to it, and, where its
//! rows are turned into JSON, of whoever reads it.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Integer, Oid, Text};

use super::connect::Db;
use super::interference::Event;
use super::tx;
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;

/// What is done to rows while it could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runs {
    /// They are read whole, as JSON, which a type may have a cast for.
    Read,
    /// They are written, too, in these ways.
    Written(&'static [Event]),
}

impl Runs {
    /// As pg_trigger.tgtype has it.
    fn bits(self) -> i32 {
        match self {
            Runs::Read => 0,
            Runs::Written(events) => events.iter().map(|one| i32::from(one.numbers().0)).sum(),
        }
    }
}

/// How rows come back: one that was emptied, or differs, is filled again.
pub const COMING: [Event; 2] = [Event::Insert, Event::Update];

/// The code of other roles that would run with our rights, by table as SQL writes it:
/// `trigger t of app.orders, a table of eve (app.fire())`.
///
/// # Errors
/// The server refuses.
pub fn of_tables<'a>(
    conn: &mut PgConnection,
    tables: &[&'a str],
    runs: Runs,
) -> QueryResult<HashMap<&'a str, Vec<String>>> {
    #[derive(QueryableByName)]
    struct Called {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Text)]
        code: String,
    }
    let called: Vec<Called> = diesel::sql_query(concat!(
        "WITH RECURSIVE ",
        include_str!("sql/named.sql"),
        include_str!("sql/own_side.sql"),
        include_str!("sql/strangers.sql")
    ))
    .bind::<Array<Text>, _>(tables)
    .bind::<Bool, _>(runs != Runs::Read)
    .bind::<Integer, _>(runs.bits())
    .load(conn)?;
    let mut found: HashMap<&str, Vec<String>> = HashMap::new();
    for Called { name, code } in called {
        if let Some(table) = tables.iter().find(|table| **table == name) {
            found.entry(table).or_default().push(code);
        }
    }
    Ok(found)
}

/// Tables that were looked at, and what is there that could run; none where all is trusted.
#[derive(Debug, Default)]
pub struct OwnCode {
    tables: Vec<String>,
    with_partitions: Vec<u32>,
    mark: String,
}

/// # Errors
/// Refused: code of another role would run where rows of these tables are written so; `what` wasn't done.
pub fn judge(
    db: &mut Db,
    tables: &[&str],
    events: &'static [Event],
    what: &str,
) -> anyhow::Result<OwnCode> {
    tx::read(db, |conn| {
        let found = of_tables(conn, tables, Runs::Written(events))?;
        let mut code: Vec<String> = found.into_values().flatten().collect();
        code.sort();
        require_none(what, &code)?;
        let with_partitions = with_partitions(conn, tables)?;
        let mark = mark(conn, &with_partitions)?;
        Ok(OwnCode {
            tables: tables.iter().map(|one| (*one).to_owned()).collect(),
            with_partitions,
            mark,
        })
    })
}

impl OwnCode {
    /// Keeps all as it was, until the end of the transaction.
    ///
    /// # Errors
    /// Refused: something came or went. Or a lock isn't granted in time.
    pub fn hold(&self, conn: &mut PgConnection) -> anyhow::Result<()> {
        if self.tables.is_empty() {
            return Ok(());
        }
        let tables: Vec<&str> = self.tables.iter().map(String::as_str).collect();
        keep(conn, &tables)?;
        require_same(conn, &self.with_partitions, &self.mark)
    }
}

/// # Errors
/// Refused: something that could run, a key or a column came or went since this was the mark.
pub(super) fn require_same(
    conn: &mut PgConnection,
    tables: &[u32],
    was: &str,
) -> anyhow::Result<()> {
    match mark(conn, tables)? == was {
        true => Ok(()),
        false => Err(Failure::refused("nothing was changed")
            .why("a foreign key, a column or a trigger came or went meanwhile")
            .hint("run it again")
            .into()),
    }
}

/// Changes with every foreign key, column and trigger that comes or goes.
pub(super) fn mark(conn: &mut PgConnection, tables: &[u32]) -> QueryResult<String> {
    diesel::sql_query(include_str!("sql/acting_mark.sql"))
        .bind::<Array<Oid>, _>(tables)
        .scalar::<Text, _>(conn)
}

/// The tables, as SQL writes them, with their partitions, by their oids.
pub(super) fn with_partitions(conn: &mut PgConnection, tables: &[&str]) -> QueryResult<Vec<u32>> {
    diesel::sql_query(concat!(
        "WITH ",
        include_str!("sql/named.sql"),
        include_str!("sql/with_partitions.sql")
    ))
    .bind::<Array<Text>, _>(tables)
    .scalars::<Oid, _>(conn)
}

/// Until the end of the transaction no stranger gives these tables a trigger, a rule or a check: the lock
/// that a change of a row takes anyway, but before anything is judged, on those of which one may. Those
/// on which this role has no right as a whole can't be locked, and are left out.
pub(super) fn keep(conn: &mut PgConnection, tables: &[&str]) -> QueryResult<()> {
    let tables = diesel::sql_query(concat!(
        "WITH ",
        include_str!("sql/named.sql"),
        include_str!("sql/own_side.sql"),
        "SELECT named.written FROM named JOIN pg_class c ON c.oid = named.id \
         WHERE c.relkind IN ('r', 'p') \
           AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'::text) \
           AND EXISTS ( \
               SELECT FROM tables t JOIN pg_class part ON part.oid = t.id \
               WHERE t.written = named.written AND (NOT t.is_trusted OR EXISTS ( \
                   SELECT FROM aclexplode(part.relacl) AS a \
                   WHERE a.privilege_type = 'TRIGGER'::text \
                     AND a.grantee NOT IN (SELECT oid FROM trusted)))) \
         ORDER BY 1"
    ))
    .bind::<Array<Text>, _>(tables)
    .scalars::<Text, String>(conn)?;
    match tables.is_empty() {
        true => Ok(()),
        false => {
            let lock = format!("LOCK TABLE {} IN ROW EXCLUSIVE MODE", tables.join(", "));
            diesel::sql_query(lock).execute(conn).map(drop)
        }
    }
}

/// So many are named.
const NAMED: usize = 3;

/// # Errors
/// Refused: there is some; `what` wasn't done.
pub fn require_none(what: &str, code: &[String]) -> Result<(), Failure> {
    match code.is_empty() {
        true => Ok(()),
        false => Err(refused(what.to_owned(), code)),
    }
}

/// The refusal to let `code` run: `what` wasn't done.
pub fn refused(what: String, code: &[String]) -> Failure {
    let named = code.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    let more = match code.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    Failure::refused(what)
        .why(format!("code of another role would run with your own rights: {named}{more}"))
        .hint(
            "look at what it does, then say --trust-functions; or do it as a role that may no more \
             than its owner",
        )
}
