//! `templates check`.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;
use uuid::Uuid;

use crate::commands::name_arg;
use crate::context::Context;
use crate::domain::named::Label;
use crate::domain::vocabulary::Channel;
use crate::domain::{suggest, template};
use crate::error::{Failure, Outcome};
use crate::store::templates::{self, Filter, Template};
use crate::store::tx;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Print the text of this template, by name or id, with its variables filled in
    #[arg(long, value_name = "NAME")]
    render: Option<String>,
    /// Value of a variable; say it once for each
    #[arg(long = "var", value_name = "NAME=VALUE", requires = "render", value_parser = parse_var)]
    vars: Vec<(String, String)>,
    /// The one of this channel, where several have the name
    #[arg(long, value_name = "CHANNEL", requires = "render",
          value_parser = name_arg::parser::<Channel>())]
    channel: Option<Channel>,
}

fn parse_var(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => Err(String::from("expected a name and a value, such as name=Ana")),
    }
}

pub(super) fn run(ctx: &mut Context, args: CheckArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    if let Some(name) = &args.render {
        let found = tx::read(&mut db, |conn| super::find(conn, name, args.channel))?;
        let text = render(&found, args.vars)?;
        ctx.ui.show(&RenderView { id: found.id, name: found.name, text })?;
        return Ok(Outcome::Done);
    }
    let all = tx::read(&mut db, |conn| Ok(templates::list(conn, &Filter::default(), i64::MAX)?))?;
    ctx.tell_policies(&mut db, &["templates"])?;
    let problems: Vec<Row> = all.iter().flat_map(problems).collect();
    let has_problems = !problems.is_empty();
    ctx.ui.show(&CheckView { checked: all.len(), problems })?;
    Ok(Outcome::trouble_if(has_problems))
}

fn render(found: &Template, vars: Vec<(String, String)>) -> Result<String, Failure> {
    let values: BTreeMap<String, String> = vars.into_iter().collect();
    let used = template::variables(&found.content);
    if let Some(unknown) = values.keys().find(|name| !used.contains(&name.as_str())) {
        let failure = Failure::usage(format!("{} has no variable {unknown}", found.name));
        return Err(match suggest::nearest(unknown, used.iter().copied()) {
            Some(near) => failure.hint(format!("did you mean {near}?")),
            None => failure.hint(format!("it has {}", used.join(", "))),
        });
    }
    template::render(&found.content, &values).map_err(|missing| {
        let flags: Vec<String> = missing.iter().map(|name| format!("--var {name}=...")).collect();
        Failure::usage(format!("{} has variables without a value", found.name))
            .why(missing.join(", "))
            .hint(format!("say {}", flags.join(" ")))
    })
}

fn problems(found: &Template) -> impl Iterator<Item = Row> {
    template::check(&found.content, &found.variables).into_iter().map(|problem| Row {
        id: found.id,
        name: found.name.clone(),
        channel: found.channel.clone(),
        problem: super::describe(&problem),
    })
}

#[derive(Debug, Serialize)]
struct CheckView {
    checked: usize,
    problems: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    id: Uuid,
    name: String,
    channel: Option<Label<Channel>>,
    problem: String,
}

impl Tabular for CheckView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("template"),
            Column::left("channel"),
            Column::text("problem"),
        ])
        .records_if_wide();
        for row in &self.problems {
            grid.row(vec![
                row.name.as_str().into(),
                row.channel.as_ref().map_or("any", Label::name).into(),
                Cell::toned(&row.problem, Tone::Bad),
            ]);
        }
        let checked = human::plural(self.checked as u64, "template", "templates");
        grid.note(match self.problems.len() as u64 {
            0 => format!("{checked}, all well."),
            number => format!("{checked}, {}.", human::plural(number, "problem", "problems")),
        });
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("problems")
    }
}

#[derive(Debug, Serialize)]
struct RenderView {
    id: Uuid,
    name: String,
    text: String,
}

impl Tabular for RenderView {
    fn blocks(&self) -> Vec<Block> {
        vec![Block::Verbatim(human::printable(&self.text))]
    }
}
