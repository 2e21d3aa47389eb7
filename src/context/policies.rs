//! Saying that a command which only looks doesn't see everything.

use super::Context;
use crate::store::connect::Db;
use crate::store::{interference, tx};

impl Context {
    /// Warns that policies hide rows of these tables from the role, if they do.
    ///
    /// # Errors
    /// The server refuses.
    pub fn tell_policies(&self, db: &mut Db, tables: &[&str]) -> anyhow::Result<()> {
        if !db.server.has_row_security {
            return Ok(());
        }
        let limited = tx::read(db, |conn| Ok(interference::limited(conn, tables)?))?;
        let names: Vec<String> =
            limited.iter().map(|one| format!("{} ({})", one.relation, one.policies)).collect();
        if !names.is_empty() {
            let names = names.join(", ");
            self.ui.warn(format!("row-level security hides rows from this role: {names}"));
        }
        Ok(())
    }
}
