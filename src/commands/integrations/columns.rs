//! Walking over every column of envelopes, a page at a time.

use crate::domain::vault::Place;
use crate::error::Failure;
use crate::store::connect::Db;
use crate::store::envelopes::{self, Column, Envelope, Filter};
use crate::store::tx;

/// Every column of envelopes; each can be walked over.
///
/// # Errors
/// A table has no `id`.
pub(crate) fn all(db: &mut Db) -> anyhow::Result<Vec<Column>> {
    let columns = tx::read(db, |conn| Ok(envelopes::columns(conn)?))?;
    for column in &columns {
        if column.id_type.is_none() {
            let name = format!("{}.{}", column.table, column.column);
            return Err(Failure::failed(format!("the envelopes of {name} can't be told apart"))
                .why(format!("its comment marks {name}, but the table has no column id"))
                .hint("remove the comment, or give the table a primary key called id")
                .into());
        }
    }
    if columns.is_empty() {
        return Err(Failure::failed("there is no table integrations")
            .hint("run `inboxctl db migrate` first")
            .into());
    }
    Ok(columns)
}

/// Where an envelope stands.
pub(crate) fn place<'a>(column: &'a Column, envelope: &'a Envelope) -> Place<'a> {
    Place {
        table: &column.table,
        row_id: &envelope.row_id,
        channel: &envelope.channel,
        column: &column.column,
    }
}

/// A walk over the envelopes of a column in the order of `id`.
pub(crate) struct Walk<'a> {
    column: &'a Column,
    filter: Filter<'a>,
    page_rows: i64,
    after: Option<String>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(column: &'a Column, filter: Filter<'a>, page_rows: i64) -> Walk<'a> {
        Walk { column, filter, page_rows, after: None }
    }

    /// The next page; empty at the end.
    ///
    /// # Errors
    /// The server refuses.
    pub(crate) fn next(&mut self, db: &mut Db) -> anyhow::Result<Vec<Envelope>> {
        let page = tx::read(db, |conn| {
            let after = self.after.as_deref();
            Ok(envelopes::page(conn, self.column, self.filter, after, self.page_rows)?)
        })?;
        if let Some(last) = page.last() {
            self.after = Some(last.row_id.clone());
        }
        Ok(page)
    }
}
