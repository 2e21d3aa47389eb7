//! In the copy: users who become another, whose e-mail is the same but for case.

use diesel::prelude::*;
use diesel::sql_types::{Array, Text};

use super::expression::{ASIDE, ROW, adopted, raw, text};
use crate::domain::adopt::map::Map;
use crate::domain::adopt::mapping::{Mapping, Value};
use crate::store::statements::quote_identifier;

/// Their old ids lead to the first user of that e-mail who stays, and with them all references.
/// Before anything is converted, and while `adopted_ids` has no key.
///
/// # Errors
/// The server refuses.
pub fn merge_users(conn: &mut PgConnection, mapping: &Mapping, map: &Map) -> QueryResult<()> {
    let merged = map.merged();
    let Some(users) = mapping.ours("users").filter(|_| !merged.is_empty()) else { return Ok(()) };
    let (Some(theirs), Some(id), Some(email)) =
        (users.name(), users.column("id"), users.column("email"))
    else {
        return Ok(());
    };
    let made = users.column("created_at").filter(|made| made.value != Value::Nothing);
    let made = made.map_or_else(|| String::from("NULL::text"), |made| raw(&made.value));
    let (id, email) = (text(&id.value), text(&email.value));
    let list = format!(
        "SELECT 'users'::text AS resource, pair.old_id, {} AS id FROM ( \
             SELECT everyone.id AS old_id, pg_catalog.first_value(everyone.id) OVER ( \
                 PARTITION BY pg_catalog.lower(everyone.email) ORDER BY everyone.goes, everyone.made, everyone.email) AS stays, \
                 everyone.goes \
             FROM (SELECT {id} AS id, {email} AS email, {made} AS made, {email} = ANY ($1) AS goes \
                 FROM {ASIDE}.{} AS {ROW}) AS everyone) AS pair WHERE pair.goes",
        adopted("pair.stays"),
        quote_identifier(theirs)
    );
    diesel::sql_query(format!(
        "DELETE FROM adopted_ids AS a USING ({list}) AS pairs \
         WHERE a.resource = pairs.resource AND a.old_id = pairs.old_id"
    ))
    .bind::<Array<Text>, _>(&merged)
    .execute(conn)?;
    diesel::sql_query(format!("INSERT INTO adopted_ids (resource, old_id, id) SELECT resource, old_id, id FROM ({list}) AS pairs"))
        .bind::<Array<Text>, _>(&merged)
        .execute(conn)
        .map(drop)
}
