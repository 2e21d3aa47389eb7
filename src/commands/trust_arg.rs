//! `--trust-functions`, where tables of the application's are written to.

use clap::Args;
use diesel::PgConnection;

use crate::store::connect::Db;
use crate::store::interference::Event;
use crate::store::strangers;

#[derive(Debug, Clone, Copy, Args)]
pub struct TrustArg {
    /// Let triggers, checks and casts of other roles run with your own rights, where rows of the
    /// application's change
    #[arg(long)]
    pub trust_functions: bool,
}

impl TrustArg {
    /// # Errors
    /// Refused: code of another role would run where rows of these tables change so; `what` wasn't done.
    pub fn require_own_code(
        self,
        db: &mut Db,
        tables: &[&str],
        events: &'static [Event],
        what: &str,
    ) -> anyhow::Result<()> {
        match self.trust_functions {
            true => Ok(()),
            false => strangers::require_none(db, tables, events, what),
        }
    }

    /// The same, until the end of the transaction.
    ///
    /// # Errors
    /// Refused: there is some now. Or a lock isn't granted in time.
    pub fn require_own_code_from_here(
        self,
        conn: &mut PgConnection,
        tables: &[&str],
        events: &'static [Event],
        what: &str,
    ) -> anyhow::Result<()> {
        match self.trust_functions {
            true => Ok(()),
            false => strangers::require_none_from_here(conn, tables, events, what),
        }
    }
}
