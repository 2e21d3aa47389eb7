//! What becomes of each column, and why there may be no copy yet.

use diesel::PgConnection;
use serde::Serialize;

use crate::context::Context;
use crate::domain::anonymise::{self, Kind, Plan};
use crate::error::Failure;
use crate::store;
use crate::ui::{Block, Column, Grid, Tabular};

/// So many lines are shown.
const SHOWN: usize = 30;

/// # Errors
/// Refused: a column may hold what is somebody's, and no rule says what becomes of it.
pub(super) fn read(ctx: &Context, conn: &mut PgConnection) -> anyhow::Result<Plan> {
    let tables = store::anonymise::tables(conn)?;
    anonymise::plan(tables, &ctx.config.anonymise()).map_err(|undecided| {
        if !undecided.wrong.is_empty() {
            return Failure::usage("a rule of [anonymise.columns] in inboxctl.toml can't be used")
                .why(undecided.wrong.join("; "))
                .hint(format!("a rule names a column and what is in it: {}", Kind::NAMES))
                .into();
        }
        let lines: Vec<String> = undecided
            .columns
            .iter()
            .take(SHOWN)
            .map(|(column, kind)| format!("{} = \"{}\"", toml_key(column), kind.as_str()))
            .collect();
        let more = match undecided.columns.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!("\n(and {more} more)"),
        };
        Failure::refused("columns may hold what is somebody's, and no rule says what becomes of it")
            .why(format!("they would be copied as they are: {}", names(&undecided.columns)))
            .hint(format!(
                "look at them and add to inboxctl.toml, with {} as what is in each:\n[anonymise.columns]\n{}{more}",
                Kind::NAMES,
                lines.join("\n")
            ))
            .into()
    })
}

fn names(columns: &[(String, Kind)]) -> String {
    let names: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
    crate::ui::human::listed(&names, 5)
}

/// As TOML writes a key of any text.
fn toml_key(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[derive(Debug, Serialize)]
pub(super) struct PlanView {
    dry_run: bool,
    database: String,
    columns: Vec<Becomes>,
}

#[derive(Debug, Serialize)]
struct Becomes {
    column: String,
    /// What is in it, as rules call it; `no_rows` of a table whose rows aren't copied.
    holds: &'static str,
}

impl PlanView {
    pub(super) fn new(name: &str, plan: &Plan) -> PlanView {
        let mut columns: Vec<Becomes> = Vec::new();
        for planned in plan.tables() {
            for (column, kind) in planned.table.columns.iter().zip(&planned.kinds) {
                let column = planned.table.named(&column.name);
                // Partitions have the columns of their table.
                if !columns.iter().any(|one| one.column == column) {
                    let holds = if planned.is_emptied { "no_rows" } else { kind.as_str() };
                    columns.push(Becomes { column, holds });
                }
            }
        }
        columns.sort_by(|one, other| one.column.cmp(&other.column));
        PlanView { dry_run: true, database: name.to_owned(), columns }
    }
}

impl Tabular for PlanView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![Column::left("column"), Column::left("becomes")]);
        for one in &self.columns {
            let becomes = match one.holds {
                "keep" => continue,
                "actor" => String::from("another, unless it is a program"),
                "empty" => String::from("empty"),
                "handles" | "json" => String::from("other values under the same names"),
                "label" => String::from("itself, unless it names somebody"),
                "no_rows" => String::from("nothing: its rows aren't copied"),
                "reference" => String::from("itself, if it is an id or a table"),
                "status" => String::from("inactive"),
                "text" => String::from("other words of the same language"),
                "birth" => String::from("another day of the same year"),
                "ip" => String::from("another address"),
                kind => format!("another {kind}"),
            };
            grid.row(vec![one.column.as_str().into(), becomes.into()]);
        }
        grid.note(format!(
            "All other columns are copied into {} as they are. Nothing was made.",
            self.database
        ));
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("columns")
    }
}
