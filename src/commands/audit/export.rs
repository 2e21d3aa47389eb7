//! `audit export`.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::filter_args::FilterArgs;
use crate::commands::output::{self, Output, cannot_write};
use crate::context::Context;
use crate::error::{Failure, Outcome};
use crate::store::audit_log::{self, Entry};
use crate::store::{audit_days, tx};
use crate::ui::{Block, Grid, Tabular, human};

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// File to write, for its owner alone
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Write an object a line, or comma-separated values
    #[arg(long = "as", value_enum, value_name = "KIND", default_value_t)]
    kind: Kind,
    #[command(flatten)]
    filter: FilterArgs,
    /// Don't ask before a file is overwritten; for scripts
    #[arg(long, short)]
    yes: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Kind {
    #[default]
    Jsonl,
    Csv,
}

/// Entries that are in memory at once.
const PAGE_ROWS: i64 = 2_000;

pub(super) fn run(ctx: &mut Context, args: ExportArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect_to_read()?;
    let mut output = Output::open(ctx, &args.out, args.yes)?;
    ctx.tell_policies(&mut db, &["audit_logs"])?;
    let progress = ctx.ui.spinner("exporting");
    let unwritable = || cannot_write(&args.out);
    let kept = tx::read(&mut db, |conn| Ok(audit_days::keepable(conn)?))?;
    // One snapshot: the log as it was at one moment, however long it takes.
    let entries = tx::read_once(&mut db, |conn| {
        audit_days::keep(conn, &kept)?;
        let filter = args.filter.resolve(ctx, conn)?;
        let mut writer =
            Writer::new(args.kind, BufWriter::new(&mut output)).with_context(unwritable)?;
        let mut last = None;
        let mut entries = 0;
        loop {
            if let Some(signal) = ctx.interrupted() {
                return Err(Failure::interrupted(signal).into());
            }
            let page = audit_log::list_after(conn, &filter, last.as_ref(), PAGE_ROWS)?;
            for entry in &page {
                writer.write(ctx, entry).with_context(unwritable)?;
            }
            entries += page.len() as u64;
            last = page.into_iter().next_back();
            if last.is_none() {
                break;
            }
        }
        writer.end().with_context(unwritable)?;
        Ok(entries)
    })?;
    drop(progress);
    let size_bytes = output.finish().with_context(unwritable)?;
    let path = args.out.display().to_string();
    let view = ExportView { path, entries, size_bytes };
    match size_bytes {
        Some(_) => ctx.ui.show(&view)?,
        // The entries may be on standard output themselves.
        None => ctx.ui.status(view.told()),
    }
    Ok(Outcome::Done)
}

/// Entries in either form.
enum Writer<W: Write> {
    Jsonl(W),
    Csv(Box<csv::Writer<W>>),
}

impl<W: Write> Writer<W> {
    fn new(kind: Kind, out: W) -> io::Result<Writer<W>> {
        Ok(match kind {
            Kind::Jsonl => Writer::Jsonl(out),
            Kind::Csv => {
                let mut csv = csv::Writer::from_writer(out);
                csv.write_record([
                    "id",
                    "created_at",
                    "user_id",
                    "actor",
                    "action",
                    "resource",
                    "resource_id",
                    "details",
                    "recorded_at",
                    "recorded_by",
                    "recorded_from",
                ])?;
                Writer::Csv(Box::new(csv))
            }
        })
    }

    fn write(&mut self, ctx: &Context, entry: &Entry) -> io::Result<()> {
        match self {
            Writer::Jsonl(out) => {
                serde_json::to_writer(&mut *out, entry)?;
                out.write_all(b"\n")?;
            }
            Writer::Csv(csv) => {
                let cells: [Cow<'_, str>; 11] = [
                    entry.id.to_string().into(),
                    entry.created_at.to_string().into(),
                    entry.user_id.map(|id| id.to_string()).unwrap_or_default().into(),
                    entry.actor.as_str().into(),
                    entry.action.as_str().into(),
                    entry.resource.as_str().into(),
                    entry.resource_id.as_deref().unwrap_or_default().into(),
                    entry.details.text().into(),
                    entry.recorded_at.map(|at| at.to_string()).unwrap_or_default().into(),
                    entry.recorded_by.as_deref().unwrap_or_default().into(),
                    entry.recorded_from.as_deref().unwrap_or_default().into(),
                ];
                let cells = cells.map(|cell| ctx.ui.csv_cell(cell));
                csv.write_record(cells.iter().map(|cell| cell.as_bytes()))?;
            }
        }
        Ok(())
    }

    fn end(self) -> io::Result<()> {
        match self {
            Writer::Jsonl(mut out) => out.flush(),
            Writer::Csv(mut csv) => csv.flush(),
        }
    }
}

#[derive(Debug, Serialize)]
struct ExportView {
    path: String,
    entries: u64,
    /// None of a device or a pipe.
    size_bytes: Option<u64>,
}

impl ExportView {
    fn told(&self) -> String {
        let entries = human::plural(self.entries, "entry", "entries");
        output::told(&entries, &self.path, self.size_bytes)
    }
}

impl Tabular for ExportView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::default();
        grid.note(self.told());
        vec![Block::Grid(grid)]
    }
}
