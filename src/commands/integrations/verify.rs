//! `integrations verify`.

use clap::Args;
use serde::Serialize;

use super::columns::{self, Walk};
use super::credentials::{self, Credentials};
use super::list::status_cell;
use crate::context::Context;
use crate::context::keyring::Loaded;
use crate::domain::named::Label;
use crate::domain::vault;
use crate::domain::vocabulary::Channel;
use crate::domain::vocabulary::IntegrationStatus;
use crate::error::Outcome;
use crate::store::connect::Db;
use crate::store::envelopes::Filter;
use crate::store::integrations::{self, Integration};
use crate::store::tx;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct VerifyArgs {}

const PAGE_ROWS: i64 = 2_000;
/// So many bad rows are named; the others are counted.
pub(super) const NAMED_ROWS: usize = 100;

pub(super) fn run(ctx: &mut Context, _args: VerifyArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let rows = tx::read(&mut db, |conn| Ok(integrations::list(conn)?))?;
    let loaded = credentials::keyring_for(ctx, &rows)?;
    let channels: Vec<Row> = rows.iter().map(|row| Row::new(row, &loaded)).collect();
    let mut view = VerifyView { channels, others: Vec::new() };
    for column in columns::all(&mut db)? {
        if column.table != "integrations" {
            view.others.push(other(ctx, &mut db, &column, &loaded)?);
        }
        if let Some(signal) = ctx.interrupted() {
            ctx.ui.show(&view)?;
            return Ok(Outcome::Interrupted(signal));
        }
    }
    let is_bad = view.channels.iter().any(|row| row.result != "ok" && row.result != "unset")
        || view.others.iter().any(|other| other.bad_total > 0);
    ctx.ui.show(&view)?;
    Ok(Outcome::trouble_if(is_bad))
}

/// A channel of `integrations`.
#[derive(Debug, Serialize)]
struct Row {
    channel: Label<Channel>,
    status: Label<IntegrationStatus>,
    /// `ok`, `unset`, `incomplete`, or the code of why it doesn't open.
    result: &'static str,
    detail: String,
}

impl Row {
    fn new(row: &Integration, loaded: &Loaded) -> Row {
        let (result, detail) = match credentials::of(row, loaded) {
            Credentials::Absent if row.status == IntegrationStatus::Active => {
                ("incomplete", String::from("it is active without credentials"))
            }
            Credentials::Absent => ("unset", String::from("no credentials")),
            Credentials::Shut(error) => (error.code(), error.to_string()),
            Credentials::Open { key_id, fields } => {
                let state = loaded.keyring.state(key_id).map_or("", |state| state.as_str());
                let provider = row
                    .channel
                    .known()
                    .map(|channel| credentials::provider_of(channel, row, &fields));
                let problems = provider.map_or(Vec::new(), |one| one.problems(&fields, true));
                // What a channel of the application's own needs nobody here knows.
                let name = provider.map_or("not ours", |provider| provider.name);
                match problems.is_empty() {
                    true => ("ok", format!("{name}, key {key_id} ({state})")),
                    false => {
                        let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
                        ("incomplete", format!("{name}: {}", list.join("; ")))
                    }
                }
            }
        };
        Row { channel: row.channel.clone(), status: row.status.clone(), result, detail }
    }
}

/// A column of envelopes elsewhere.
#[derive(Debug, Serialize)]
struct Other {
    column: String,
    checked: u64,
    bad_total: u64,
    /// The first of them.
    bad: Vec<Bad>,
}

/// A row whose envelope doesn't open.
#[derive(Debug, Serialize)]
pub(super) struct Bad {
    pub table: String,
    pub row_id: String,
    pub code: &'static str,
    pub problem: String,
}

fn other(
    ctx: &Context,
    db: &mut Db,
    column: &crate::store::envelopes::Column,
    loaded: &Loaded,
) -> anyhow::Result<Other> {
    let name = format!("{}.{}", column.table, column.column);
    let mut other = Other { column: name, checked: 0, bad_total: 0, bad: Vec::new() };
    let mut walk = Walk::new(column, Filter::All, PAGE_ROWS);
    loop {
        let page = walk.next(db)?;
        if page.is_empty() || ctx.interrupted().is_some() {
            return Ok(other);
        }
        other.checked += page.len() as u64;
        for envelope in &page {
            let opened =
                vault::open(&loaded.keyring, &columns::place(column, envelope), &envelope.text);
            let Err(error) = opened else { continue };
            other.bad_total += 1;
            if other.bad.len() < NAMED_ROWS {
                other.bad.push(Bad {
                    table: column.table.clone(),
                    row_id: envelope.row_id.clone(),
                    code: error.code(),
                    problem: error.to_string(),
                });
            }
        }
    }
}

#[derive(Debug, Serialize)]
struct VerifyView {
    channels: Vec<Row>,
    /// Columns of other tables that their comment marks as envelopes.
    others: Vec<Other>,
}

impl Tabular for VerifyView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("channel"),
            Column::left("status"),
            Column::left("result"),
            Column::left("what was found"),
        ]);
        for row in &self.channels {
            let tone = match row.result {
                "ok" => Tone::Good,
                "unset" => Tone::Dim,
                _ => Tone::Bad,
            };
            grid.row(vec![
                row.channel.name().into(),
                status_cell(&row.status),
                Cell::toned(row.result, tone),
                row.detail.as_str().into(),
            ]);
        }
        if self.channels.is_empty() {
            grid.note("There is no integration.");
        }
        let mut blocks = vec![Block::Grid(grid)];
        for other in &self.others {
            let mut grid = bad_grid(&other.bad);
            grid.note(format!(
                "{}: {} checked, {} do not open{}.",
                other.column,
                human::plural(other.checked, "envelope", "envelopes"),
                human::count(other.bad_total),
                truncation(&other.bad, other.bad_total),
            ));
            blocks.push(Block::Grid(grid));
        }
        blocks
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("channels")
    }
}

/// `, of which the first 100 are listed`.
pub(super) fn truncation(bad: &[Bad], total: u64) -> String {
    match bad.len() as u64 == total {
        true => String::new(),
        false => format!(", of which the first {} are listed", bad.len()),
    }
}

pub(super) fn bad_grid(bad: &[Bad]) -> Grid {
    let mut grid =
        Grid::new(vec![Column::left("table"), Column::left("row"), Column::left("problem")]);
    for row in bad {
        grid.row(vec![
            row.table.as_str().into(),
            row.row_id.as_str().into(),
            Cell::toned(row.problem.clone(), Tone::Bad),
        ]);
    }
    grid
}
