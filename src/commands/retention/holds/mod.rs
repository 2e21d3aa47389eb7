//! `inboxctl retention holds`: what must not be deleted.

mod add;
mod list;
mod release;

use clap::Subcommand;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::context::Context;
use crate::error::Outcome;
use crate::store::holds::Hold;
use crate::ui::{Block, Tabular};

#[derive(Debug, Subcommand)]
pub enum HoldsCommand {
    /// Keep the rows of a contact, a user, an action or a resource
    Add(add::AddArgs),
    /// List the holds that are in force
    List(list::ListArgs),
    /// End a hold: its rows may be deleted again
    Release(release::ReleaseArgs),
}

pub fn run(ctx: &mut Context, command: HoldsCommand) -> anyhow::Result<Outcome> {
    match command {
        HoldsCommand::Add(args) => add::run(ctx, args),
        HoldsCommand::List(args) => list::run(ctx, args),
        HoldsCommand::Release(args) => release::run(ctx, args),
    }
}

#[derive(Debug, Serialize)]
pub struct HoldView {
    id: Uuid,
    kind: String,
    value: String,
    reason: String,
    actor: String,
    created_at: Timestamp,
    released_at: Option<Timestamp>,
    released_by: Option<String>,
    /// What would be released; of a dry run alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
}

impl From<Hold> for HoldView {
    fn from(hold: Hold) -> HoldView {
        HoldView {
            id: hold.id,
            kind: hold.kind,
            value: hold.value,
            reason: hold.reason,
            actor: hold.actor,
            created_at: hold.created_at,
            released_at: hold.released_at,
            released_by: hold.released_by,
            dry_run: false,
        }
    }
}

impl Tabular for HoldView {
    fn blocks(&self) -> Vec<Block> {
        let what = format!("the {} {}", self.kind, self.value);
        let text = match self.released_at {
            _ if self.dry_run => {
                format!("Would release the hold on {what}, kept for: {}.", self.reason)
            }
            None => format!("Rows of {what} stay until the hold {} is released.", self.id),
            Some(_) => format!("Rows of {what} may be deleted again."),
        };
        vec![Block::Text(text)]
    }
}
