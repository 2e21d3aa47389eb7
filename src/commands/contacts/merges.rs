//! `contacts merges`.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::context::Context;
use crate::error::Outcome;
use crate::store::merges::{self, Merge};
use crate::store::tx;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct MergesArgs {
    /// Only merges that involve this contact
    #[arg(long, value_name = "ID")]
    contact: Option<Uuid>,
    /// Only merges of this run of contacts dedupe
    #[arg(long, value_name = "ID")]
    run: Option<Uuid>,
    /// Show at most this many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

pub fn run(ctx: &mut Context, args: MergesArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let limit = i64::from(args.limit) + 1;
    let found = tx::read(&mut db, |conn| Ok(merges::list(conn, args.contact, args.run, limit)?))?;
    let truncated = found.len() > args.limit as usize;
    let merges = found.iter().take(args.limit as usize).map(MergeRow::new).collect();
    ctx.tell_policies(&mut db, &["contact_merges", "contacts"])?;
    ctx.ui.show(&MergesView { merges, truncated })?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct MergesView {
    merges: Vec<MergeRow>,
    /// There are more than the limit.
    truncated: bool,
}

/// A merge in a list.
#[derive(Debug, Serialize)]
pub struct MergeRow {
    id: Uuid,
    survivor: Uuid,
    survivor_name: Option<String>,
    merged: Vec<Uuid>,
    probability: Option<f64>,
    /// The run of dedupe; null for a merge by hand.
    run: Option<Uuid>,
    actor: String,
    merged_at: Timestamp,
    undone_at: Option<Timestamp>,
}

impl MergeRow {
    pub fn new(merge: &Merge) -> MergeRow {
        MergeRow {
            id: merge.id,
            survivor: merge.survivor_id,
            survivor_name: merge.survivor_name.clone(),
            merged: merge.merged_ids.clone(),
            probability: merge.probability,
            run: merge.run,
            actor: merge.actor.clone(),
            merged_at: merge.merged_at,
            undone_at: merge.undone_at,
        }
    }
}

/// Merges as a table, wherever they are shown.
pub fn grid(merges: &[MergeRow]) -> Grid {
    let mut grid = Grid::new(vec![
        Column::left("merge"),
        Column::left("survivor"),
        Column::right("merged"),
        Column::left("at"),
        Column::left("state"),
    ])
    .records_if_wide();
    for merge in merges {
        let name = merge.survivor_name.clone().unwrap_or_else(|| merge.survivor.to_string());
        let state = match merge.undone_at {
            Some(_) => Cell::toned("undone", Tone::Dim),
            None => Cell::toned("merged", Tone::Good),
        };
        grid.row(vec![
            merge.id.to_string().into(),
            human::one_line(&name, 24).into(),
            merge.merged.len().to_string().into(),
            merge.merged_at.strftime("%Y-%m-%d %H:%M").to_string().into(),
            state,
        ]);
    }
    grid
}

impl Tabular for MergesView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = grid(&self.merges);
        let number = self.merges.len() as u64;
        grid.note(match (number, self.truncated) {
            (0, _) => String::from("Nothing was merged."),
            (_, true) => format!("The newest {}; there are more (--limit).", human::count(number)),
            (_, false) => format!("{}.", human::plural(number, "merge", "merges")),
        });
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("merges")
    }
}
