//! `inboxctl templates`: texts with variables.

mod check;
mod list;
mod show;

use clap::Subcommand;
use diesel::PgConnection;

use crate::context::Context;
use crate::domain::named::Label;
use crate::domain::suggest;
use crate::domain::template::Problem;
use crate::domain::vocabulary::Channel;
use crate::error::{Failure, Kind, Outcome};
use crate::store::templates::{self, Template};

#[derive(Debug, Subcommand)]
pub enum TemplatesCommand {
    /// List templates in the order of their names
    List(list::ListTemplatesArgs),
    /// Show a template with its text
    Show(show::ShowArgs),
    /// Check that declared variables are used and used ones declared, or fill one in
    Check(check::CheckArgs),
}

pub fn run(ctx: &mut Context, command: TemplatesCommand) -> anyhow::Result<Outcome> {
    match command {
        TemplatesCommand::List(args) => list::run(ctx, args),
        TemplatesCommand::Show(args) => show::run(ctx, args),
        TemplatesCommand::Check(args) => check::run(ctx, args),
    }
}

/// Names that a suggestion is looked for in.
const SUGGESTED_FROM: i64 = 10_000;

/// The one template with this name or id.
///
/// # Errors
/// NotFound with the nearest name; usage if several have the name.
fn find(
    conn: &mut PgConnection,
    name_or_id: &str,
    channel: Option<Channel>,
) -> anyhow::Result<Template> {
    if let Ok(id) = name_or_id.parse()
        && let Some(template) = templates::find(conn, id)?
    {
        return Ok(template);
    }
    let mut found = templates::list_by_name(conn, name_or_id)?;
    found.retain(|template| channel.is_none() || template.channel == channel.map(Label::Known));
    match (found.pop(), found.is_empty()) {
        (Some(template), true) => Ok(template),
        (Some(_), false) => {
            let number = found.len() + 1;
            Err(Failure::usage(format!("{number} templates have the name {name_or_id}"))
                .hint("say --channel CHANNEL, or its id from `templates list --columns name,id`")
                .into())
        }
        (None, _) => {
            let names = templates::list_names(conn, SUGGESTED_FROM)?;
            let failure =
                Failure::new(Kind::NotFound, format!("there is no template {name_or_id}"));
            Err(match suggest::nearest(name_or_id, names.iter().map(String::as_str)) {
                Some(near) if near == name_or_id => failure.hint("leave out --channel"),
                Some(near) => failure.hint(format!("did you mean {near}?")),
                None => failure.hint("`inboxctl templates list` shows the templates"),
            }
            .into())
        }
    }
}

/// `name is declared but not used`.
fn describe(problem: &Problem) -> String {
    match problem {
        Problem::Unused(name) => format!("{name} is declared but not used"),
        Problem::Undeclared(name) => format!("{name} is used but not declared"),
        Problem::DeclaredTwice(name) => format!("{name} is declared twice"),
        Problem::Malformed(braces) => format!("{braces} belongs to no variable"),
    }
}
