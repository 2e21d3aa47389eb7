//! Event triggers of the application: what makes an inbox of the copy is none of the events that they
//! are for.

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::store::statements::{self, quote_identifier};

#[derive(Debug, QueryableByName)]
pub struct EventTrigger {
    #[diesel(sql_type = Text)]
    name: String,
    /// As ALTER EVENT TRIGGER says it.
    #[diesel(sql_type = Text)]
    was: String,
}

/// In the copy, for as long as it is converted. Those of an extension are a part of it.
///
/// # Errors
/// The server refuses.
pub fn disable(conn: &mut PgConnection) -> QueryResult<Vec<EventTrigger>> {
    let found: Vec<EventTrigger> = diesel::sql_query(
        "SELECT evtname::text AS name, CASE evtenabled WHEN 'R' THEN 'ENABLE REPLICA' \
             WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END AS was \
         FROM pg_event_trigger t WHERE evtenabled <> 'D' AND pg_has_role(evtowner, 'USAGE'::text) \
             AND NOT EXISTS (SELECT FROM pg_depend d \
                 WHERE d.classid = 'pg_event_trigger'::regclass::oid AND d.objid = t.oid AND d.deptype = 'e') \
         ORDER BY oid",
    )
    .load(conn)?;
    found.iter().try_for_each(|one| alter(conn, one, "DISABLE"))?;
    Ok(found)
}

/// # Errors
/// The server refuses.
pub fn enable(conn: &mut PgConnection, triggers: &[EventTrigger]) -> QueryResult<()> {
    triggers.iter().try_for_each(|one| alter(conn, one, &one.was))
}

fn alter(conn: &mut PgConnection, trigger: &EventTrigger, how: &str) -> QueryResult<()> {
    let name = quote_identifier(&trigger.name);
    statements::run(conn, &format!("ALTER EVENT TRIGGER {name} {how}"))
}
