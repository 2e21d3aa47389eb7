//! `local url`.

use clap::Args;

use crate::context::{Context, LOCAL_DATABASE};
use crate::error::Outcome;

#[derive(Debug, Args)]
pub struct UrlArgs {
    /// Database in the private server
    #[arg(value_name = "DATABASE", default_value = LOCAL_DATABASE)]
    database: String,
}

pub fn run(ctx: &mut Context, args: UrlArgs) -> anyhow::Result<Outcome> {
    let url = ctx.cluster()?.url(&args.database);
    ctx.ui.print(&format!("{url}\n"))?;
    Ok(Outcome::Done)
}
