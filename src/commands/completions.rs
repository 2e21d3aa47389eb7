//! `completions SHELL`.

use clap::Args;
use clap_complete::Shell;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Shell to complete in
    #[arg(value_enum)]
    shell: Shell,
}

/// `tree` is the whole command tree.
pub fn run(
    ctx: &mut Context,
    args: CompletionsArgs,
    mut tree: clap::Command,
) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut tree, "inboxctl", &mut script);
    ctx.ui.print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}
