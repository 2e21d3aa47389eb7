//! Columns of envelopes in any table, and their rotation.
//!
//! `integrations.credentials` is one. A migration that adds another says so in
//! the database itself, `COMMENT ON COLUMN tokens.secret IS 'inboxctl:
//! envelopes'`, so that no command line can forget it.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text};

use super::interference::{self, Event};
use super::statements::quote_identifier;
use crate::store::scalar::ScalarQuery;

/// A column of envelopes. Its table has a primary key called `id`.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Column {
    #[diesel(sql_type = Text)]
    pub table: String,
    #[diesel(sql_type = Text)]
    pub column: String,
    /// The type of `id` as SQL writes it; `None` if there is no such column.
    #[diesel(sql_type = Nullable<Text>)]
    pub id_type: Option<String>,
    #[diesel(sql_type = Bool)]
    pub has_channel: bool,
}

/// An envelope and where it stands.
#[derive(Debug, Clone, QueryableByName)]
pub struct Envelope {
    #[diesel(sql_type = Text)]
    pub row_id: String,
    /// Empty where the table has no channel.
    #[diesel(sql_type = Text)]
    pub channel: String,
    #[diesel(sql_type = Text)]
    pub text: String,
}

/// A new text for a row that still holds the old one.
#[derive(Debug, Clone)]
pub struct Replacement {
    pub row_id: String,
    pub old: String,
    pub new: String,
}

/// Every column of envelopes.
pub fn columns(conn: &mut PgConnection) -> QueryResult<Vec<Column>> {
    diesel::sql_query(include_str!("sql/envelope_columns.sql")).load(conn)
}

/// Which rows are meant, by the beginning of the text.
#[derive(Debug, Clone, Copy)]
pub enum Filter<'a> {
    All,
    /// Begins with one of these, each of `PREFIX_CHARACTERS`.
    With(&'a [String]),
    Without(&'a [String]),
}

/// As `domain::vault::text_prefixes` makes them.
pub(super) const PREFIX_CHARACTERS: usize = 18;

impl Filter<'_> {
    fn condition(&self, column: &str) -> String {
        match self {
            // The parameter is there in every case, so that there is one query.
            Filter::All => String::from("$1::text[] IS NOT NULL"),
            Filter::With(_) => format!("left({column}::text, {PREFIX_CHARACTERS}) = ANY ($1)"),
            Filter::Without(_) => format!("left({column}::text, {PREFIX_CHARACTERS}) <> ALL ($1)"),
        }
    }

    fn prefixes(&self) -> &[String] {
        match self {
            Filter::All => &[],
            Filter::With(prefixes) | Filter::Without(prefixes) => prefixes,
        }
    }
}

pub fn count(conn: &mut PgConnection, column: &Column, filter: Filter<'_>) -> QueryResult<u64> {
    let name = quote_identifier(&column.column);
    let rows = diesel::sql_query(format!(
        "SELECT count(*) AS rows FROM {table} WHERE {name} IS NOT NULL AND {condition}",
        table = quote_identifier(&column.table),
        condition = filter.condition(&name),
    ))
    .bind::<Array<Text>, _>(filter.prefixes())
    .scalar::<BigInt, i64>(conn)?;
    Ok(rows.unsigned_abs())
}

/// The next envelopes in the order of `id`, from after `after` on.
pub fn page(
    conn: &mut PgConnection,
    column: &Column,
    filter: Filter<'_>,
    after: Option<&str>,
    limit: i64,
) -> QueryResult<Vec<Envelope>> {
    let name = quote_identifier(&column.column);
    let id_type = column.id_type.as_deref().unwrap_or("text");
    let after_condition = if after.is_some() {
        format!("id OPERATOR(pg_catalog.>) $2::{id_type}")
    } else {
        String::from("$2 IS NULL")
    };
    diesel::sql_query(format!(
        "SELECT id::text AS row_id, {channel} AS channel, {name} AS text FROM {table} \
         WHERE {name} IS NOT NULL AND {after_condition} AND {condition} ORDER BY id LIMIT $3",
        channel = if column.has_channel { "coalesce(channel::text, '')" } else { "''" },
        table = quote_identifier(&column.table),
        condition = filter.condition(&name),
    ))
    .bind::<Array<Text>, _>(filter.prefixes())
    .bind::<Nullable<Text>, _>(after)
    .bind::<BigInt, _>(limit)
    .load(conn)
}

/// Puts the new text into each row that still holds the old one, and returns how
/// many did. The rows are locked in the order of `id`.
///
/// # Errors
/// Also that a trigger or a rule swallowed one.
pub fn replace(
    conn: &mut PgConnection,
    column: &Column,
    replacements: &[Replacement],
) -> QueryResult<usize> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        meant: i64,
        #[diesel(sql_type = BigInt)]
        written: i64,
    }
    let name = quote_identifier(&column.column);
    let texts =
        |part: fn(&Replacement) -> &str| -> Vec<&str> { replacements.iter().map(part).collect() };
    let row: Row = diesel::sql_query(format!(
        "WITH new AS MATERIALIZED ( \
             SELECT row_id::{id_type} AS id, old_text, new_text \
             FROM unnest($1::text[], $2::text[], $3::text[]) AS u (row_id, old_text, new_text) \
         ), held AS MATERIALIZED ( \
             SELECT t.id, t.{name}::text AS text FROM {table} t WHERE t.id OPERATOR(pg_catalog.=) ANY (SELECT id FROM new) \
             ORDER BY t.id FOR UPDATE \
         ), written AS ( \
             UPDATE {table} t SET {name} = new.new_text FROM new JOIN held ON held.id OPERATOR(pg_catalog.=) new.id \
             WHERE t.id OPERATOR(pg_catalog.=) new.id AND t.{name}::text = new.old_text RETURNING 1 \
         ) \
         SELECT (SELECT count(*) FROM written) AS written, \
             (SELECT count(*) FROM new JOIN held ON held.id OPERATOR(pg_catalog.=) new.id \
              WHERE held.text = new.old_text) AS meant",
        id_type = column.id_type.as_deref().unwrap_or("text"),
        table = quote_identifier(&column.table),
    ))
    .bind::<Array<Text>, _>(texts(|one| &one.row_id))
    .bind::<Array<Text>, _>(texts(|one| &one.old))
    .bind::<Array<Text>, _>(texts(|one| &one.new))
    .get_result(conn)?;
    let [meant, written] = [row.meant, row.written].map(|rows| usize::try_from(rows).unwrap_or(0));
    interference::none_swallowed(conn, &column.table, Event::Update, (meant, written))?;
    Ok(written)
}
