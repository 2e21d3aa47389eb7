//! `config show`.

use serde::Serialize;

use crate::config::{Policies, Reading};
use crate::context::Context;
use crate::domain::setting::{self, Setting};
use crate::error::{Failure, Outcome};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

pub fn run(ctx: &mut Context) -> anyhow::Result<Outcome> {
    let view = ConfigView::new(ctx, &ctx.config.reading);
    ctx.ui.show(&view)?;
    Ok(Outcome::trouble_if(!view.problems.is_empty()))
}

#[derive(Debug, Serialize)]
struct ConfigView {
    settings: Vec<Row>,
    problems: Vec<Problem>,
}

#[derive(Debug, Serialize)]
struct Row {
    setting: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    variable: Option<&'static str>,
    value: Option<String>,
    /// The place, with its line where it has one.
    from: Option<String>,
}

#[derive(Debug, Serialize)]
struct Problem {
    message: String,
    why: Option<String>,
    hint: Option<String>,
}

impl ConfigView {
    fn new(ctx: &Context, reading: &Reading) -> ConfigView {
        let mut settings: Vec<Row> =
            setting::ALL.into_iter().map(|setting| row(ctx, setting, reading)).collect();
        let policies = |Policies { retention, file }: &Policies| {
            let number = retention.policies.len() as u64;
            (human::plural(number, "policy", "policies"), file.display().to_string())
        };
        let list = |(names, file): &(Vec<String>, String)| (names.join(", "), file.clone());
        let columns = reading.columns.as_ref().map(|(columns, file)| {
            (human::plural(columns.len() as u64, "column", "columns"), file.clone())
        });
        for (setting, found) in [
            ("anonymise.columns", columns),
            ("retention", reading.policies.as_ref().map(policies)),
            ("merge.references", reading.references.as_ref().map(list)),
            ("schema.ignore", reading.ignore.as_ref().map(list)),
        ] {
            let (value, from) = found.unzip();
            settings.push(Row { setting, variable: None, value, from });
        }
        ConfigView { settings, problems: reading.problems.iter().map(problem).collect() }
    }
}

fn row(ctx: &Context, setting: &'static Setting, reading: &Reading) -> Row {
    let given = reading.find(setting);
    Row {
        setting: setting.key,
        variable: Some(setting.variable),
        value: given.map(|given| given.shown(|url| ctx.describe(url).ok())),
        from: given.map(|given| given.place.clone()),
    }
}

fn problem(failure: &Failure) -> Problem {
    let Failure { what, why, hint, .. } = failure.clone();
    Problem { message: what, why, hint }
}

impl Tabular for ConfigView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid =
            Grid::new(vec![Column::left("setting"), Column::left("value"), Column::left("from")]);
        for row in &self.settings {
            let cell = |text: &Option<String>| match text {
                Some(text) => Cell::from(human::one_line(text, 60)),
                None => Cell::toned("-", Tone::Dim),
            };
            grid.row(vec![row.setting.into(), cell(&row.value), cell(&row.from)]);
        }
        for problem in &self.problems {
            let why = problem.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
            grid.note(format!("{}{why}.", problem.message));
        }
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("settings")
    }
}
