//! `profile list`.

use serde::Serialize;

use super::is_current;
use crate::config::Profiled;
use crate::context::Context;
use crate::domain::environment::Environment;
use crate::domain::setting;
use crate::error::Outcome;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

pub(super) fn run(ctx: &mut Context) -> anyhow::Result<Outcome> {
    let reading = &ctx.config.reading;
    let mut profiles: Vec<Row> = Vec::new();
    // The nearest of a name counts.
    for one in &reading.profiles {
        if profiles.iter().all(|row| row.name != one.name) {
            profiles.push(row(ctx, one));
        }
    }
    for problem in &reading.problems {
        let why = problem.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        ctx.ui.warn(format!("{}{why}", problem.what));
    }
    ctx.ui.show(&ListView { profiles })?;
    Ok(Outcome::trouble_if(!reading.problems.is_empty()))
}

#[derive(Debug, Serialize)]
struct ListView {
    profiles: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    /// All commands use it.
    current: bool,
    /// Where it leads, without secrets; what has to be asked for it, where that isn't known before.
    place: String,
    schema: Option<String>,
    /// What the profile says; the database may be marked as production all the same.
    environment: Option<Environment>,
    file: String,
}

fn row(ctx: &Context, one: &Profiled) -> Row {
    let url = one.given.iter().find(|given| setting::leads_to_the_database(given.setting));
    Row {
        name: one.name.clone(),
        current: is_current(ctx, one),
        place: url.map(|given| given.shown(|url| ctx.describe(url).ok())).unwrap_or_default(),
        schema: one.profile.schema.clone(),
        environment: one.profile.environment,
        file: one.file.display().to_string(),
    }
}

impl Tabular for ListView {
    fn blocks(&self) -> Vec<Block> {
        let columns = ["", "name", "place", "schema", "environment", "file"];
        let mut grid = Grid::new(columns.into_iter().map(Column::left).collect());
        for row in &self.profiles {
            let text = |text: Option<&str>| match text {
                Some(text) => Cell::from(human::one_line(text, 60)),
                None => Cell::toned("-", Tone::Dim),
            };
            grid.row(vec![
                Cell::from(if row.current { "*" } else { "" }),
                text(Some(&row.name)),
                text(Some(&row.place)),
                text(row.schema.as_deref()),
                text(row.environment.map(Environment::as_str)),
                text(Some(&row.file)),
            ]);
        }
        match self.profiles.iter().find(|row| row.current) {
            _ if self.profiles.is_empty() => grid.note(
                "There are no profiles: [profile.NAME] with a url in inboxctl.toml makes one.",
            ),
            Some(_) => grid.note("* is in use."),
            None => grid.note("None is in use: --profile NAME or INBOXCTL_PROFILE names one."),
        }
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("profiles")
    }
}
