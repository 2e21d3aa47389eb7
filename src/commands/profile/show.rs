//! `profile show`.

use clap::Args;
use serde::Serialize;

use super::is_current;
use crate::config::Profiled;
use crate::context::Context;
use crate::domain::environment::Environment;
use crate::domain::profile::Pooler;
use crate::domain::suggest;
use crate::error::{Failure, Kind, Outcome};
use crate::ui::{Block, Cell, Column, Grid, Tabular, human};

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The profile; else the one that is in use
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(super) fn run(ctx: &mut Context, args: ShowArgs) -> anyhow::Result<Outcome> {
    let profiles = &ctx.config.reading.profiles;
    let is_meant = |one: &&Profiled| match &args.name {
        Some(name) => one.name == *name,
        None => is_current(ctx, one),
    };
    let Some(one) = profiles.iter().find(is_meant) else {
        // It may stand in a file that can't be read.
        if let Some(problem) = ctx.config.reading.problems.first() {
            return Err(problem.clone().into());
        }
        let Some(name) = &args.name else {
            return Err(Failure::usage("no profile is in use")
                .hint("name one; `inboxctl profile list` shows them")
                .into());
        };
        let failure = Failure::new(Kind::NotFound, format!("there is no profile {name}"));
        let near = suggest::nearest(name, profiles.iter().map(|one| one.name.as_str()));
        return Err(failure
            .hint(match near {
                Some(near) => format!("did you mean {near}?"),
                None => String::from("`inboxctl profile list` shows them"),
            })
            .into());
    };
    ctx.ui.show(&ShowView::new(ctx, one))?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct ShowView {
    profile: String,
    current: bool,
    settings: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    setting: &'static str,
    value: String,
    /// The file, with the line where it has one.
    from: String,
}

impl ShowView {
    fn new(ctx: &Context, one: &Profiled) -> ShowView {
        let given = one.given.iter().map(|given| Row {
            setting: given.setting.key,
            value: given.shown(|url| ctx.describe(url).ok()),
            from: given.place.clone(),
        });
        let profile = &one.profile;
        let pooler = profile.pooler.map(|pooler| match pooler {
            Pooler::Session => "session",
            Pooler::Transaction => "transaction",
        });
        let others = [
            ("schema", profile.schema.clone()),
            ("pooler", pooler.map(str::to_owned)),
            ("environment", profile.environment.map(Environment::as_str).map(str::to_owned)),
            ("threshold", profile.threshold.map(|number| number.to_string())),
            (
                "retention",
                profile.retention.as_ref().map(|retention| {
                    human::plural(retention.policies.len() as u64, "policy", "policies")
                }),
            ),
        ];
        let file = one.file.display().to_string();
        let others = others.into_iter().filter_map(|(setting, value)| {
            Some(Row { setting, value: value?, from: file.clone() })
        });
        ShowView {
            profile: one.name.clone(),
            current: is_current(ctx, one),
            settings: given.chain(others).collect(),
        }
    }
}

impl Tabular for ShowView {
    fn blocks(&self) -> Vec<Block> {
        let columns = ["setting", "value", "from"];
        let mut grid = Grid::new(columns.into_iter().map(Column::left).collect());
        for row in &self.settings {
            let cells = [row.setting, &row.value, &row.from];
            grid.row(cells.iter().map(|text| Cell::from(human::one_line(text, 60))).collect());
        }
        let name = human::printable(&self.profile);
        grid.note(match self.current {
            true => format!("The profile {name} is in use."),
            false => format!("The profile {name} is not in use: --profile {name} names it."),
        });
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("settings")
    }
}
