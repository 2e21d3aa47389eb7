//! `db backups`: the backups in a folder.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;

use crate::backup::files;
use crate::context::Context;
use crate::domain::backup::Manifest;
use crate::error::Outcome;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Subcommand)]
pub enum BackupsCommand {
    /// List the backups in a folder, newest first
    List(ListArgs),
}

#[derive(Debug, Args)]
pub struct ListArgs {
    /// Look in this folder; else in the one that is set, else in backups
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub fn run(ctx: &mut Context, command: BackupsCommand) -> anyhow::Result<Outcome> {
    let BackupsCommand::List(args) = command;
    let now = ctx.now();
    let folder = args.dir.as_ref().unwrap_or(&ctx.config.backups);
    let found = files::list(folder)?;
    for failure in &found.unreliable {
        ctx.ui.warn(format!("{}: {}", failure.what, failure.why.as_deref().unwrap_or_default()));
    }
    let backups = found.backups.iter().rev().map(|(path, manifest)| Row::new(path, manifest, now));
    let view = ListView { folder: folder.display().to_string(), backups: backups.collect() };
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct Row {
    file: String,
    database: String,
    taken_at: Timestamp,
    size_bytes: u64,
    rows: u64,
    encrypted: bool,
    /// The level of the newest check, if it passed.
    verified_level: Option<u8>,
    /// `verified`, `unverified`, `damaged` or `missing`.
    state: &'static str,
    #[serde(skip)]
    age: Duration,
}

impl Row {
    fn new(path: &Path, manifest: &Manifest, now: Timestamp) -> Row {
        let failed = manifest.verifications.last().is_some_and(|last| !last.passed());
        let state = match (path.is_file(), failed, manifest.is_verified()) {
            (false, _, _) => "missing",
            (true, true, _) => "damaged",
            (true, false, true) => "verified",
            (true, false, false) => "unverified",
        };
        Row {
            file: manifest.file.clone(),
            database: manifest.database.clone(),
            taken_at: manifest.taken_at,
            size_bytes: manifest.size_bytes,
            rows: manifest.rows_total(),
            encrypted: !manifest.encrypted_to.is_empty(),
            verified_level: manifest.verified_level(),
            state,
            age: Duration::try_from(now.duration_since(manifest.taken_at)).unwrap_or_default(),
        }
    }
}

#[derive(Debug, Serialize)]
struct ListView {
    folder: String,
    backups: Vec<Row>,
}

impl Tabular for ListView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("backup"),
            Column::right("age"),
            Column::right("size"),
            Column::right("rows"),
            Column::left("state"),
        ]);
        for row in &self.backups {
            let (text, tone) = match (row.state, row.verified_level) {
                ("verified", Some(level)) => (format!("verified ({level})"), Tone::Good),
                ("verified", None) => (String::from("verified"), Tone::Good),
                ("unverified", _) => (String::from("unverified"), Tone::Warn),
                (state, _) => (state.to_owned(), Tone::Bad),
            };
            grid.row(vec![
                row.file.as_str().into(),
                human::age(row.age).into(),
                human::bytes(row.size_bytes).into(),
                human::count(row.rows).into(),
                Cell::toned(text, tone),
            ]);
        }
        if self.backups.is_empty() {
            grid.note(format!("There is no backup in {}.", self.folder));
        }
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("backups")
    }
}
