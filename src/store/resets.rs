//! What a reset owes the audit log: the log goes with everything else, and the entry is written as
//! soon as there is a new one. Until then `inboxctl_settings` remembers it, whoever is killed.

use diesel::prelude::*;
use serde_json::{Value, json};

use super::audit::{self, Change, SchemaActor};
use super::{catalog, settings};
use crate::domain::audit_action::Action;

const KEY: &str = "reset";

/// In the transaction that drops everything.
pub fn owe_entry(conn: &mut PgConnection, actor: &SchemaActor, dropped: &Value) -> QueryResult<()> {
    settings::setup(conn)?;
    let owed = json!({ "actor": actor.name, "dropped": dropped });
    settings::upsert(conn, KEY, &owed, &actor.name)
}

/// Writes the entry of a reset that has none yet, where there is a log.
pub fn pay_entry(conn: &mut PgConnection) -> QueryResult<()> {
    let Some(owed) = settings::find(conn, KEY)? else { return Ok(()) };
    if !catalog::table_exists(conn, "audit_logs")? {
        return Ok(());
    }
    let name = owed["actor"].as_str().unwrap_or_default().to_owned();
    let actor = SchemaActor::remembered(name).resolve(conn)?;
    let change = Change {
        action: Action::DatabaseReset,
        resource_id: None,
        details: json!({ "dropped": owed["dropped"] }),
    };
    audit::record(conn, &actor, &change)?;
    settings::delete(conn, KEY)
}
