//! What of the application's stands between a statement and its rows: triggers and rules that can
//! swallow a change, and policies that hide rows.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel::sql_types::{Array, BigInt, Bool, SmallInt, Text};
use uuid::Uuid;

use super::foreign_keys::{ForeignKey, OnDelete};
use super::statements::{quote_identifier, truth};
use crate::error::{self, Condition, Failure, Kind};
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// What a statement does to rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    Insert,
    Delete,
    Update,
}

impl Event {
    pub const ALL: [Event; 3] = [Event::Insert, Event::Delete, Event::Update];

    fn deed(self) -> &'static str {
        match self {
            Event::Insert => "inserted",
            Event::Delete => "deleted",
            Event::Update => "updated",
        }
    }

    /// Its bit in pg_trigger.tgtype, and its number in pg_rewrite.ev_type.
    pub(super) fn numbers(self) -> (i16, &'static str) {
        match self {
            Event::Insert => (4, "3"),
            Event::Delete => (8, "4"),
            Event::Update => (16, "2"),
        }
    }
}

/// `: trigger keep may do that`, for the end of a sentence about rows of a table that didn't
/// become what was meant; empty where nothing is to blame.
pub fn with(conn: &mut PgConnection, table: &str, event: Event) -> QueryResult<String> {
    blame(conn, table, event, true)
}

/// As [`with`], of what happens once the rows are changed.
pub fn after(conn: &mut PgConnection, table: &str, event: Event) -> QueryResult<String> {
    blame(conn, table, event, false)
}

fn blame(conn: &mut PgConnection, table: &str, event: Event, before: bool) -> QueryResult<String> {
    let names = names(conn, table, event, before)?;
    Ok(if names.is_empty() { String::new() } else { format!(": {} may do that", names.join(", ")) })
}

/// `trigger keep`, `rule hard`: what acts before rows of a table are changed, or after.
pub fn names(
    conn: &mut PgConnection,
    table: &str,
    event: Event,
    before: bool,
) -> QueryResult<Vec<String>> {
    let (bit, number) = event.numbers();
    diesel::sql_query(concat!(
        include_str!("sql/own_triggers.sql"),
        ", ",
        include_str!("sql/named.sql"),
        include_str!("sql/interference.sql")
    ))
    .bind::<Array<Text>, _>(vec![table])
    .bind::<SmallInt, _>(bit)
    .bind::<Text, _>(number)
    .bind::<Bool, _>(before)
    .scalars::<Text, _>(conn)
}

/// As [`names`], whether before or after.
pub fn acting(conn: &mut PgConnection, table: &str, event: Event) -> QueryResult<Vec<String>> {
    let mut found = names(conn, table, event, true)?;
    found.extend(names(conn, table, event, false)?);
    Ok(found)
}

/// That a statement did to as many rows of a table as was meant.
///
/// # Errors
/// It did to fewer: a trigger or a rule swallowed the others. The transaction must be rolled back.
pub fn none_swallowed(
    conn: &mut PgConnection,
    table: &str,
    event: Event,
    (meant, done): (usize, usize),
) -> QueryResult<()> {
    if done == meant {
        return Ok(());
    }
    let by = with(conn, table, event)?;
    let deed = event.deed();
    Err(surprise(table, format!("{done} of {meant} rows were {deed}{by}"), deed).into())
}

/// That rows of a table were not `deed`, by the doing of the application's: nobody could know that
/// beforehand, whatever it is that was done to them.
pub(super) fn surprise(table: &str, why: String, deed: &str) -> Failure {
    Failure::failed(format!("rows of {table} were not {deed}; that was rolled back"))
        .why(why)
        .hint(format!("let inboxctl through there, or leave rows of {table} to the application"))
}

/// That rows which were deleted, known by their id, are not there again.
///
/// # Errors
/// They are: a trigger put them back. The transaction must be rolled back.
pub fn none_again(conn: &mut PgConnection, table: &str, ids: &[Uuid]) -> QueryResult<()> {
    let name = quote_identifier(table);
    let rows =
        diesel::sql_query(format!("SELECT count(*) AS rows FROM {name} WHERE id = ANY ($1)"))
            .bind::<Array<SqlUuid>, _>(ids)
            .scalar::<BigInt, i64>(conn)?;
    if rows == 0 {
        return Ok(());
    }
    let by = after(conn, table, Event::Delete)?;
    let why = format!("{rows} of {} rows were put back at once{by}", ids.len());
    Err(surprise(table, why, Event::Delete.deed()).into())
}

/// What the server says against a statement, as the reason why `what`: a constraint or a right is
/// one that can be known. What would be the same for every other row, or may pass, stays what it is.
pub fn refusal(what: String, error: DieselError) -> anyhow::Error {
    use Condition::{Other, PermissionDenied, RowSecurity, UndefinedPart, UndefinedTable};
    let known = match (&error, Condition::of_error(&error)) {
        // Of the application's functions, too: ours were looked at before.
        (
            DieselError::DatabaseError(..),
            Some(Other | PermissionDenied | RowSecurity | UndefinedPart | UndefinedTable),
        ) => error,
        _ => return error.into(),
    };
    let error = anyhow::Error::from(known);
    let kind = if error::is_known_reason(&error) { Kind::Refused } else { Kind::Failed };
    let Failure { why, hint, .. } = error::explain(&error);
    let why = error::broken_constraint(&error).or(why);
    Failure { kind, what, why, hint: hint.filter(|_| kind == Kind::Refused) }.into()
}

/// A table of which policies hide rows from this role.
#[derive(Debug, QueryableByName)]
pub struct Limited {
    #[diesel(sql_type = Text)]
    pub relation: String,
    /// `by policy tenant`.
    #[diesel(sql_type = Text)]
    pub policies: String,
    #[diesel(sql_type = Text)]
    owner: String,
    #[diesel(sql_type = Bool)]
    is_forced: bool,
}

/// All tables of the database that policies keep rows of, as SQL writes them.
pub fn with_row_security(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    diesel::sql_query(
        "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relrowsecurity ORDER BY relation",
    )
    .scalars::<Text, _>(conn)
}

/// Those of these tables, as SQL writes them.
pub fn limited(conn: &mut PgConnection, tables: &[&str]) -> QueryResult<Vec<Limited>> {
    // Nearly everywhere there is none, and to plan the whole question takes longer than a list does.
    let is_any = diesel::sql_query(concat!(
        "WITH ",
        include_str!("sql/named.sql"),
        "SELECT EXISTS (SELECT FROM named WHERE row_security_active(id)) AS is_any",
    ))
    .bind::<Array<Text>, _>(tables)
    .scalar::<Bool, bool>(conn)?;
    if !is_any {
        return Ok(Vec::new());
    }
    diesel::sql_query(concat!(
        "WITH ",
        include_str!("sql/named.sql"),
        include_str!("sql/row_security.sql")
    ))
    .bind::<Array<Text>, _>(tables)
    .load(conn)
}

/// Refuses to delete rows, known by their id, that others refer to by these keys: those would be deleted or emptied
/// too, or keep them.
///
/// # Errors
/// Refused: there are such rows.
pub fn refuse_dependents(
    conn: &mut PgConnection,
    table: &str,
    keys: &[ForeignKey],
    ids: &[Uuid],
) -> anyhow::Result<()> {
    for key in keys {
        if is_seen_to_by_the_server(conn, key)? {
            continue;
        }
        let rows = diesel::sql_query(format!(
            "SELECT count(*) AS rows FROM {} child JOIN {} parent ON {} WHERE parent.id = ANY ($1)",
            key.relation,
            quote_identifier(table),
            key.points("child", "parent")
        ))
        .bind::<Array<SqlUuid>, _>(ids)
        .scalar::<BigInt, i64>(conn)?;
        if rows > 0 {
            return Err(dependents(key, table, rows).into());
        }
    }
    Ok(())
}

/// What this role can't read, and what lets no row go that it refers to.
pub(super) fn is_seen_to_by_the_server(
    conn: &mut PgConnection,
    key: &ForeignKey,
) -> QueryResult<bool> {
    let can_read = format!(
        "SELECT has_schema_privilege(c.relnamespace, 'USAGE'::text) AND has_table_privilege(c.oid, 'SELECT'::text) \
             AS truth FROM pg_class c WHERE c.oid = {}::oid",
        key.table_oid
    );
    Ok(key.on_delete() == OnDelete::Refuse && !truth(conn, &can_read)?)
}

/// That so many rows refer to rows of a table which would go.
pub(super) fn dependents(key: &ForeignKey, table: &str, rows: i64) -> Failure {
    let ForeignKey { relation, constraint_name, .. } = key;
    Failure::refused(format!("a row of {table} has to go and is referred to"))
        .why(match key.on_delete() {
            OnDelete::Refuse => format!("{rows} of {relation} keep it by {constraint_name}"),
            _ => format!("{rows} of {relation} would go or change with it"),
        })
        .hint("have those rows refer to something else first")
}

/// From here on the transaction sees all rows, or the server refuses: what is deleted, merged,
/// counted or judged must not be what a policy leaves over. The tables, as SQL writes them, are
/// asked for beforehand, so that a refusal names the policy.
///
/// # Errors
/// Refused: a policy hides rows of a table from this role. Nothing was changed.
pub fn see_all_rows(conn: &mut PgConnection, tables: &[&str]) -> anyhow::Result<()> {
    conn.batch_execute("SET LOCAL row_security = off")?;
    let first = limited(conn, tables)?.into_iter().next();
    let Some(Limited { relation, policies, owner, is_forced }) = first else { return Ok(()) };
    let way_out = match is_forced {
        true => String::from("connect as a role with BYPASSRLS: the owner is bound by it too"),
        false => format!("connect as the owner, {owner}, or as a role with BYPASSRLS"),
    };
    Err(Failure::refused(format!("row-level security hides rows of {relation} from this role"))
        .why(format!("{policies}; what it hides would be missed, so nothing was changed"))
        .hint(way_out)
        .into())
}
