//! `--trust-functions`, where tables of the application's are written to.

use clap::Args;

use crate::store::connect::Db;
use crate::store::interference::Event;
use crate::store::strangers::{self, OwnCode};

#[derive(Debug, Clone, Copy, Args)]
pub struct TrustArg {
    /// Let triggers, checks and casts of other roles run with your own rights, where rows change
    #[arg(long)]
    pub trust_functions: bool,
}

impl TrustArg {
    /// Looks for code of other roles, unless it may run.
    ///
    /// # Errors
    /// Refused: some would run where rows of these tables change so; `what` wasn't done.
    pub fn judge(
        self,
        db: &mut Db,
        tables: &[&str],
        events: &'static [Event],
        what: &str,
    ) -> anyhow::Result<OwnCode> {
        match self.trust_functions {
            true => Ok(OwnCode::default()),
            false => strangers::judge(db, tables, events, what),
        }
    }
}
