//! `local stop`.

use serde::Serialize;

use crate::context::{Context, local_failure};
use crate::error::Outcome;
use crate::local::Shutdown;
use crate::ui::{Block, Tabular};

pub fn run(ctx: &mut Context) -> anyhow::Result<Outcome> {
    let stopped = ctx.cluster()?.stop(Shutdown::Fast).map_err(|error| local_failure(&error))?;
    ctx.ui.show(&StopView { stopped })?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct StopView {
    /// False: it wasn't running.
    stopped: bool,
}

impl Tabular for StopView {
    fn blocks(&self) -> Vec<Block> {
        let text = if self.stopped {
            "The private server is stopped; its data is kept."
        } else {
            "The private server was not running."
        };
        vec![Block::Text(text.to_owned())]
    }
}
