//! What of other tables an import, or taking one back, would take along.

use diesel::prelude::*;
use diesel::sql_types::{Array, Text};
use uuid::Uuid;

use super::contact_imports::{self, Changed};
use super::losses_elsewhere::{self, Deed};
use super::rows_written::{self, Watched};
use super::watched_tables::Known;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// How many rows of a table of the inbox were to be deleted, and how many updated.
pub(super) type Meant = (&'static str, u64, u64);

/// Imports by `work`, which changes these contacts and says which it did; and how many rows of other
/// tables changed with them.
///
/// # Errors
/// What `work` says, or that other tables would lose something. The transaction must be rolled back.
pub fn none_lost(
    conn: &mut PgConnection,
    all: &[Changed],
    mut work: impl FnMut(&mut PgConnection) -> anyhow::Result<Vec<Uuid>>,
) -> anyhow::Result<(Vec<Uuid>, rows_written::Changed)> {
    let known = |conn: &mut PgConnection| -> QueryResult<Known> {
        let ids: Vec<Uuid> = all.iter().map(|(id, ..)| *id).collect();
        let before = diesel::sql_query(
            "SELECT told.value FROM contacts c \
             CROSS JOIN LATERAL (VALUES (c.phone::text), (c.email::text)) AS told (value) \
             WHERE c.id = ANY ($1) AND told.value IS NOT NULL",
        )
        .bind::<Array<SqlUuid>, _>(&ids)
        .scalars::<Text, String>(conn)?;
        let new = all.iter().flat_map(|(_, _, change)| [&change.phone, &change.email]);
        Ok(Known::of_rows(&ids).or_by(before.into_iter().chain(new.flatten().cloned())))
    };
    none_lost_with(conn, "contacts that are imported", known, |conn| {
        let updated = work(conn)?;
        let rows = updated.len() as u64;
        Ok((updated, vec![("contacts", 0, rows)]))
    })
}

/// The same of any `work` on contacts that an import has to do with: `with` whom other rows would go.
///
/// # Errors
/// As [`none_lost`].
pub(super) fn none_lost_with<T>(
    conn: &mut PgConnection,
    with: &str,
    known: impl Fn(&mut PgConnection) -> QueryResult<Known>,
    mut work: impl FnMut(&mut PgConnection) -> anyhow::Result<(T, Vec<Meant>)>,
) -> anyhow::Result<(T, rows_written::Changed)> {
    let watched = Watched::default();
    let deed = Deed {
        tables: contact_imports::WRITTEN.to_vec(),
        with: with.to_owned(),
        hint: String::from("have what does that leave the table, or disable it meanwhile"),
        watched: &watched,
    };
    losses_elsewhere::none_lost(conn, &deed, known, |conn| {
        let (done, meant) = work(conn)?;
        losses_elsewhere::see_deferred(conn)?;
        // What is only added to loses nothing either.
        let others = contact_imports::WRITTEN.map(|table| (table, 0, 0)).into_iter();
        let others = others.filter(|(table, ..)| !meant.iter().any(|(own, ..)| own == table));
        let all: Vec<Meant> = meant.iter().copied().chain(others).collect();
        Ok((done, losses_elsewhere::meant(conn, &all)?))
    })
}
