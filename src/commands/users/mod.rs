//! `inboxctl users`: who works in the inbox.

mod activate;
mod change;
mod create;
mod deactivate;
mod list;
mod rename;
mod set_role;

use clap::Subcommand;
use diesel::PgConnection;

use crate::context::Context;
use crate::domain::suggest;
use crate::error::{Failure, Kind, Outcome};
use crate::store::users::{self, User};

#[derive(Debug, Subcommand)]
pub enum UsersCommand {
    /// List users in the order of their e-mails
    List(list::ListUsersArgs),
    /// Add a user
    Create(create::CreateArgs),
    /// Give a user another role
    SetRole(set_role::SetRoleArgs),
    /// Give a user another name
    Rename(rename::RenameArgs),
    /// Keep a user from working in the inbox; messages and entries stay
    Deactivate(deactivate::DeactivateArgs),
    /// Let a deactivated user work again
    Activate(activate::ActivateArgs),
}

pub fn run(ctx: &mut Context, command: UsersCommand) -> anyhow::Result<Outcome> {
    match command {
        UsersCommand::List(args) => list::run(ctx, args),
        UsersCommand::Create(args) => create::run(ctx, args),
        UsersCommand::SetRole(args) => set_role::run(ctx, args),
        UsersCommand::Rename(args) => rename::run(ctx, args),
        UsersCommand::Deactivate(args) => deactivate::run(ctx, args),
        UsersCommand::Activate(args) => activate::run(ctx, args),
    }
}

/// E-mails that a suggestion is looked for in.
const SUGGESTED_FROM: i64 = 10_000;

/// The user with this e-mail or id.
///
/// # Errors
/// NotFound, with the nearest e-mail.
pub fn find(conn: &mut PgConnection, email_or_id: &str) -> anyhow::Result<User> {
    let id = match email_or_id.parse() {
        Ok(id) => Some(id),
        Err(_) => users::find_id_by_email(conn, email_or_id.trim())?,
    };
    if let Some(id) = id
        && let Some(user) = users::find(conn, id)?
    {
        return Ok(user);
    }
    let emails = users::list_emails(conn, SUGGESTED_FROM)?;
    let failure = Failure::new(Kind::NotFound, format!("there is no user {email_or_id}"));
    Err(match suggest::nearest(email_or_id, emails.iter().map(String::as_str)) {
        Some(near) => failure.hint(format!("did you mean {near}?")),
        None => failure.hint("`inboxctl users list` shows the users"),
    }
    .into())
}

/// A name that can be shown.
///
/// # Errors
/// Why it isn't one.
fn parse_name(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(String::from("a name has letters, and no line breaks"));
    }
    Ok(name.to_owned())
}
