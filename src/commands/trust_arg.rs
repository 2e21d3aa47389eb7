//! `--trust-functions`, where tables of the application's are written to.

use clap::Args;

#[derive(Debug, Clone, Copy, Args)]
pub struct TrustArg {
    /// Let triggers, checks and casts of other roles run with your own rights, where rows of the
    /// application's change
    #[arg(long)]
    pub trust_functions: bool,
}
