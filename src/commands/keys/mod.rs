//! `inboxctl keys`: the keys that credentials are encrypted under.

mod generate;
mod list;
mod promote;
mod retire;
mod stage;

use clap::Subcommand;

use crate::context::Context;
use crate::domain::vault::{KeyId, TransitionError};
use crate::error::{Failure, Kind, Outcome};

#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Make the keyring with its first key
    Generate(generate::GenerateArgs),
    /// List the keys, never the secrets
    List(list::ListArgs),
    /// Add a key that readers may open with, before anything is sealed under it
    Stage(stage::StageArgs),
    /// Make a key the one that new credentials are sealed under
    Promote(promote::PromoteArgs),
    /// Remove a key that no credentials need any more
    Retire(retire::RetireArgs),
}

pub fn run(ctx: &mut Context, command: KeysCommand) -> anyhow::Result<Outcome> {
    match command {
        KeysCommand::Generate(args) => generate::run(ctx, args),
        KeysCommand::List(args) => list::run(ctx, args),
        KeysCommand::Stage(args) => stage::run(ctx, args),
        KeysCommand::Promote(args) => promote::run(ctx, args),
        KeysCommand::Retire(args) => retire::run(ctx, args),
    }
}

/// An id as `keys list` shows it.
fn parse_id(text: &str) -> Result<KeyId, String> {
    KeyId::parse(text).ok_or_else(|| String::from("a key's id has 16 hex digits"))
}

fn refuse(error: TransitionError) -> Failure {
    match error {
        TransitionError::Unknown(id) => {
            Failure::new(Kind::NotFound, format!("the keyring has no key {id}"))
                .hint("see `inboxctl keys list`")
        }
        TransitionError::Duplicate(id) => {
            Failure::failed(format!("the keyring has the key {id} already"))
        }
        TransitionError::IsPrimary(id) => Failure::refused(format!("will not retire the key {id}"))
            .why("it is the primary one, which new credentials are sealed under")
            .hint("promote another key first, then run `inboxctl integrations rotate-keys`"),
    }
}
