//! Old rows that stay without what they held: messages without their text, merges without what they
//! recorded of contacts.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::interference::{self, Event};
use super::retention::Slice;
use super::retention_meant::{VERSIONS, about, is_version, may_go};
use super::row_version::Version;
use crate::store::scalar::ScalarQuery;

/// Empties what these rows hold, as far as they may be emptied still.
pub(super) fn redact(
    conn: &mut PgConnection,
    slice: &Slice,
    versions: &[&Version],
    emptied: &[(&str, &str)],
) -> QueryResult<u64> {
    // Nothing but this was changed of them.
    conn.batch_execute("SET LOCAL inboxctl.keep_updated_at = 'on'")?;
    let set: Vec<String> =
        emptied.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let sql = format!(
        "UPDATE {} t SET {} FROM {VERSIONS} \
         WHERE t.ctid = ANY (ARRAY(SELECT p::tid FROM pg_catalog.unnest($7) AS p)) AND {} AND {}",
        slice.relation(),
        set.join(", "),
        is_version(slice),
        may_go(slice)
    );
    let rows = about(slice, versions, &sql).execute(conn)?;
    // One that waits for the COMMIT may bring a text back as well.
    conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
    check(conn, slice, versions)?;
    Ok(rows as u64)
}

/// That none of these rows is still, or again, what was to be emptied.
///
/// # Errors
/// Some are: a trigger or a rule swallowed it.
fn check(conn: &mut PgConnection, slice: &Slice, versions: &[&Version]) -> QueryResult<()> {
    let sql = format!(
        "SELECT count(*) AS rows FROM {} t JOIN {VERSIONS} ON t.id = v.id WHERE {}",
        slice.relation(),
        may_go(slice)
    );
    let rows = about(slice, versions, &sql).scalar::<BigInt, i64>(conn)?;
    let (meant, rows) = (versions.len(), usize::try_from(rows).unwrap_or_default());
    interference::none_swallowed(conn, &slice.relation.name, Event::Update, (meant, meant - rows))
}
