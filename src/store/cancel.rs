//! Taking back what a session was asked: the server is told so over another connection.

use std::sync::Arc;

use diesel::prelude::*;
use diesel::sql_types::Integer;

use super::connect::Db;
use super::liveness::SecondConnection;

/// Whom to tell, and about which session.
#[derive(Clone)]
pub struct Cancel {
    second: Arc<dyn SecondConnection>,
    pid: i32,
}

impl Cancel {
    /// None behind a pooler: the session may be somebody else's by then.
    pub fn of(db: &Db) -> Option<Cancel> {
        let pid = db.server.is_ours.then_some(db.server.backend_pid)?;
        Some(Cancel { second: Arc::new(db.target.clone()), pid })
    }

    /// Whether the server was told. What had ended by itself is not undone.
    pub fn send(&self) -> bool {
        let Ok(mut conn) = self.second.open() else { return false };
        diesel::sql_query("SELECT pg_catalog.pg_cancel_backend($1)")
            .bind::<Integer, _>(self.pid)
            .execute(&mut conn)
            .is_ok()
    }
}
