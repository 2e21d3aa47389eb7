//! `inboxctl integrations`: the channels and their credentials.

mod channel_arg;
mod check_webhook;
mod clear_credentials;
pub(in crate::commands) mod columns;
pub(in crate::commands) mod credentials;
mod disable;
mod enable;
mod input;
mod list;
mod rotate_keys;
mod set_config;
pub(in crate::commands) mod set_credentials;
mod show;
mod verify;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Outcome;

#[derive(Debug, Subcommand)]
pub enum IntegrationsCommand {
    /// Show each channel, its state and what its credentials are made of
    List(list::ListArgs),
    /// Show one channel, its credentials masked
    Show(show::ShowArgs),
    /// Encrypt and store the credentials of a channel
    SetCredentials(set_credentials::SetCredentialsArgs),
    /// Remove the credentials of a channel
    ClearCredentials(clear_credentials::ClearCredentialsArgs),
    /// Set what is not secret: addresses, numbers, limits
    SetConfig(set_config::SetConfigArgs),
    /// Let the inbox use a channel
    Enable(enable::EnableArgs),
    /// Keep the inbox from using a channel
    Disable(disable::DisableArgs),
    /// Test that all credentials open and are complete
    Verify(verify::VerifyArgs),
    /// Test whether a captured webhook is signed with the secret that is stored
    CheckWebhook(check_webhook::CheckWebhookArgs),
    /// Encrypt all credentials anew under the primary key
    RotateKeys(rotate_keys::RotateKeysArgs),
}

pub fn run(ctx: &mut Context, command: IntegrationsCommand) -> anyhow::Result<Outcome> {
    match command {
        IntegrationsCommand::List(args) => list::run(ctx, args),
        IntegrationsCommand::Show(args) => show::run(ctx, args),
        IntegrationsCommand::SetCredentials(args) => set_credentials::run(ctx, args),
        IntegrationsCommand::ClearCredentials(args) => clear_credentials::run(ctx, args),
        IntegrationsCommand::SetConfig(args) => set_config::run(ctx, args),
        IntegrationsCommand::Enable(args) => enable::run(ctx, args),
        IntegrationsCommand::Disable(args) => disable::run(ctx, args),
        IntegrationsCommand::Verify(args) => verify::run(ctx, args),
        IntegrationsCommand::CheckWebhook(args) => check_webhook::run(ctx, args),
        IntegrationsCommand::RotateKeys(args) => rotate_keys::run(ctx, args),
    }
}
