//! `--yes` and `--dry-run`, as every command that destroys something has them.

use clap::Args;

#[derive(Debug, Clone, Copy, Args)]
pub struct ConsentArgs {
    /// Don't ask; for scripts
    #[arg(long, short)]
    pub yes: bool,
    /// Show what would happen and change nothing
    #[arg(long)]
    pub dry_run: bool,
}
