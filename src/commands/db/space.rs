//! `db space`.

use clap::Args;
use serde::Serialize;

use crate::context::Context;
use crate::domain::schema_diff::identifier;
use crate::error::Outcome;
use crate::store::space::{self, Part};
use crate::store::tx;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct SpaceArgs {}

pub fn run(ctx: &mut Context, _args: SpaceArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let (parts, wal_bytes) =
        tx::read(&mut db, |conn| Ok((space::parts(conn)?, space::wal_bytes(conn)?)))?;
    let view = SpaceView::new(parts, wal_bytes);
    if view.parts.iter().any(|row| row.size_bytes.is_none() && row.kind != "slot") {
        ctx.ui.hint("what is hidden is shown to members of pg_monitor");
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct SpaceView {
    /// The largest first; tables and indexes follow the database that they are in.
    parts: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    /// `wal`, or as the store says.
    kind: String,
    /// Of a database or a slot.
    name: Option<String>,
    /// Of a slot, the WAL that it holds, null where it holds none; else null where the role may not
    /// ask.
    size_bytes: Option<u64>,
    /// The command that makes it smaller, or shows what could.
    remedy: Option<String>,
    #[serde(skip)]
    is_active: bool,
}

impl SpaceView {
    fn new(parts: Vec<Part>, wal_bytes: Option<i64>) -> SpaceView {
        let mut parts: Vec<Row> = parts.into_iter().map(Row::new).collect();
        parts.push(Row {
            kind: String::from("wal"),
            name: None,
            size_bytes: wal_bytes.and_then(|bytes| u64::try_from(bytes).ok()),
            remedy: None,
            is_active: true,
        });
        parts.sort_by_key(|row| std::cmp::Reverse(row.size_bytes));
        let is_within = |row: &Row| matches!(row.kind.as_str(), "tables" | "indexes");
        let (within, mut parts): (Vec<Row>, Vec<Row>) = parts.into_iter().partition(is_within);
        let whole = parts.iter().position(|row| row.kind == "database");
        let after = whole.map_or(parts.len(), |place| place + 1);
        parts.splice(after..after, within);
        SpaceView { parts }
    }
}

impl Row {
    fn new(part: Part) -> Row {
        let sql = |statement: String| {
            let command = human::shell_word(&statement);
            Some(format!("inboxctl db psql -- -c {command}"))
        };
        let remedy = match part.kind.as_str() {
            "tables" => Some(String::from("inboxctl table-sizes")),
            "indexes" => Some(String::from("inboxctl table-sizes --indexes")),
            // What a restore in place put aside, and what a killed command left.
            "kept_database" | "scratch_database" if !part.is_active => {
                Some(format!("inboxctl db leftovers drop {}", human::shell_word(&part.name)))
            }
            "slot" if !part.is_active => {
                sql(format!("SELECT pg_drop_replication_slot({})", identifier::text(&part.name)))
            }
            _ => None,
        };
        Row {
            kind: part.kind,
            name: Some(part.name).filter(|name| !name.is_empty()),
            size_bytes: part.size_bytes.and_then(|bytes| u64::try_from(bytes).ok()),
            remedy,
            is_active: part.is_active,
        }
    }

    /// What the remedy does.
    fn note(&self) -> Option<String> {
        let remedy = self.remedy.as_ref()?;
        let name = self.name.as_deref().unwrap_or_default();
        Some(match self.kind.as_str() {
            "tables" => format!("`{remedy}` shows which tables are large."),
            "indexes" => {
                format!("`{remedy}` shows how often each was used; those of the inbox are needed.")
            }
            "slot" => format!(
                "`{remedy}` drops the slot {name}: what reads from it must be set up anew then, also \
                 if it is only starting again."
            ),
            _ => format!("`{remedy}` drops {name}."),
        })
    }

    fn what(&self) -> &str {
        match self.kind.as_str() {
            "database" => "this database",
            "tables" => "  its tables, about",
            "indexes" => "  its indexes, about",
            "kept_database" => "kept by a restore",
            "scratch_database" if self.is_active => "in use by a run",
            "scratch_database" => "left by a killed run",
            "other_database" => "another database",
            "slot" => "WAL held by a slot",
            _ => "WAL",
        }
    }
}

impl Tabular for SpaceView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid =
            Grid::new(vec![Column::left("what"), Column::right("size"), Column::left("name")])
                .records_if_wide();
        for row in &self.parts {
            grid.row(vec![
                row.what().into(),
                match row.size_bytes {
                    Some(bytes) => human::bytes(bytes).into(),
                    None if row.kind == "slot" => Cell::toned("none", Tone::Dim),
                    None => Cell::toned("hidden", Tone::Dim),
                },
                row.name.clone().unwrap_or_default().into(),
            ]);
        }
        self.parts.iter().filter_map(Row::note).for_each(|note| grid.note(note));
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("parts")
    }
}
