//! `templates show`.

use clap::Args;
use serde::Serialize;
use uuid::Uuid;

use crate::commands::name_arg;
use crate::context::Context;
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::template;
use crate::domain::vocabulary::Channel;
use crate::error::Outcome;
use crate::store::tx;
use crate::ui::{Block, Cell, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Name or id of the template
    template: String,
    /// The one of this channel, where several have the name
    #[arg(long, value_name = "CHANNEL", value_parser = name_arg::parser::<Channel>())]
    channel: Option<Channel>,
}

pub(super) fn run(ctx: &mut Context, args: ShowArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let found = tx::read(&mut db, |conn| super::find(conn, &args.template, args.channel))?;
    let problems = template::check(&found.content, &found.variables);
    ctx.ui.show(&ShowView {
        id: found.id,
        channel: found.channel,
        name: found.name,
        category: found.category,
        is_active: found.is_active,
        variables: found.variables,
        problems: problems.iter().map(super::describe).collect(),
        created_at: found.created_at,
        updated_at: found.updated_at,
        content: found.content,
    })?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct ShowView {
    id: Uuid,
    name: String,
    /// Null for any channel.
    channel: Option<Label<Channel>>,
    category: Option<String>,
    is_active: bool,
    variables: Vec<String>,
    problems: Vec<String>,
    created_at: PgTime,
    updated_at: PgTime,
    content: String,
}

impl Tabular for ShowView {
    fn blocks(&self) -> Vec<Block> {
        let time = |at: PgTime| Cell::new(human::minute(at));
        let mut facts = vec![
            ("id", Cell::new(self.id.to_string())),
            ("name", Cell::new(&self.name)),
            ("channel", Cell::new(self.channel.as_ref().map_or("any", Label::name))),
            ("category", Cell::new(self.category.clone().unwrap_or_default())),
            ("state", Cell::new(if self.is_active { "active" } else { "off" })),
            ("variables", Cell::new(self.variables.join(", "))),
        ];
        let problems = self.problems.iter();
        facts.extend(problems.map(|problem| ("problem", Cell::toned(problem, Tone::Bad))));
        facts.push(("created", time(self.created_at)));
        facts.push(("updated", time(self.updated_at)));
        facts.push(("text", Cell::new(&self.content)));
        vec![Block::Grid(Grid::facts(facts))]
    }
}
