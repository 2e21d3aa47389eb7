//! `local destroy`.

use clap::Args;
use serde::Serialize;

use crate::commands::consent_args::ConsentArgs;
use crate::context::{Context, local_failure};
use crate::error::Outcome;
use crate::local::State;
use crate::ui::{Block, Tabular, human};

#[derive(Debug, Args)]
pub struct DestroyArgs {
    #[command(flatten)]
    consent: ConsentArgs,
}

pub fn run(ctx: &mut Context, args: DestroyArgs) -> anyhow::Result<Outcome> {
    let cluster = ctx.cluster()?;
    let status = cluster.status().map_err(|error| local_failure(&error))?;
    let mut view = DestroyView {
        dry_run: args.consent.dry_run,
        existed: status.state != State::Absent,
        freed_bytes: status.size_bytes.unwrap_or_default(),
    };
    if view.existed && !view.dry_run {
        let what = format!(
            "remove the private server in {} with all its databases ({})",
            cluster.root().display(),
            human::bytes(view.freed_bytes)
        );
        ctx.consent_here(&what, args.consent.yes)?;
        let destroyed = cluster.destroy().map_err(|error| local_failure(&error))?;
        view.freed_bytes = destroyed.map(|destroyed| destroyed.freed_bytes).unwrap_or_default();
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct DestroyView {
    dry_run: bool,
    existed: bool,
    freed_bytes: u64,
}

impl Tabular for DestroyView {
    fn blocks(&self) -> Vec<Block> {
        let size = human::bytes(self.freed_bytes);
        vec![Block::Text(match (self.existed, self.dry_run) {
            (false, _) => String::from("There is no private server."),
            (true, true) => format!("Would remove the private server and free {size}."),
            (true, false) => format!("Removed the private server and freed {size}."),
        })]
    }
}
