//! `audit export`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;
use uuid::Uuid;

use super::filter_args::FilterArgs;
use crate::context::Context;
use crate::error::{Failure, Outcome};
use crate::store::audit_log::{self, Entry};
use crate::store::tx;
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

pub fn run(ctx: &mut Context, args: ExportArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let overwrites = args.out.exists();
    if overwrites {
        ctx.consent(&format!("overwrite {}", args.out.display()), args.yes)?;
    }
    let progress = ctx.ui.spinner("exporting");
    let mut file = Aside::create(&args.out)?;
    // One snapshot: the log as it was at one moment, however long it takes.
    let entries = tx::read(&mut db, |conn| {
        let filter = args.filter.resolve(conn)?;
        let mut writer = Writer::new(args.kind, BufWriter::new(&mut file.file))?;
        let mut last = Uuid::nil();
        let mut entries = 0;
        loop {
            if let Some(signal) = ctx.interrupted() {
                return Err(Failure::interrupted(signal).into());
            }
            let page = audit_log::list_after(conn, &filter, last, PAGE_ROWS)?;
            for entry in &page {
                writer.write(entry)?;
            }
            entries += page.len() as u64;
            match page.last() {
                Some(entry) => last = entry.id,
                None => break,
            }
        }
        writer.end()?;
        Ok(entries)
    })?;
    drop(progress);
    let size_bytes = file.finish(&args.out, overwrites)?;
    let path = args.out.display().to_string();
    ctx.ui.show(&ExportView { path, entries, size_bytes })?;
    Ok(Outcome::Done)
}

/// Entries in either form.
enum Writer<W: Write> {
    Jsonl(W),
    Csv(Box<csv::Writer<W>>),
}

impl<W: Write> Writer<W> {
    fn new(kind: Kind, out: W) -> anyhow::Result<Writer<W>> {
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
                ])?;
                Writer::Csv(Box::new(csv))
            }
        })
    }

    fn write(&mut self, entry: &Entry) -> anyhow::Result<()> {
        match self {
            Writer::Jsonl(out) => {
                serde_json::to_writer(&mut *out, entry)?;
                out.write_all(b"\n")?;
            }
            Writer::Csv(csv) => csv.write_record([
                entry.id.to_string().as_str(),
                entry.created_at.to_string().as_str(),
                entry.user_id.map(|id| id.to_string()).unwrap_or_default().as_str(),
                &entry.actor,
                &entry.action,
                &entry.resource,
                entry.resource_id.as_deref().unwrap_or_default(),
                entry.details.to_string().as_str(),
            ])?,
        }
        Ok(())
    }

    fn end(self) -> anyhow::Result<()> {
        match self {
            Writer::Jsonl(mut out) => out.flush()?,
            Writer::Csv(mut csv) => csv.flush()?,
        }
        Ok(())
    }
}

/// A file beside the one that is asked for: it takes its name when it is
/// complete and on the disk, and goes away if it isn't.
struct Aside {
    path: PathBuf,
    file: File,
}

impl Aside {
    fn create(out: &Path) -> Result<Aside, Failure> {
        let mut name = out.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let path = out.with_file_name(name);
        // Left behind by a killed process with the same number.
        let _ = fs::remove_file(&path);
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        match file {
            Ok(file) => Ok(Aside { path, file }),
            Err(error) => Err(unwritable(out, &error)),
        }
    }

    /// Its size, once it stands under its name.
    fn finish(self, out: &Path, overwrites: bool) -> Result<u64, Failure> {
        let finish = || {
            self.file.sync_all()?;
            let size_bytes = self.file.metadata()?.len();
            match overwrites {
                true => fs::rename(&self.path, out)?,
                // Unlike a rename, a link fails where something stands by now.
                false => fs::hard_link(&self.path, out)?,
            }
            let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
            File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
            Ok(size_bytes)
        };
        finish().map_err(|error| unwritable(out, &error))
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // Gone already where it was renamed.
        let _ = fs::remove_file(&self.path);
    }
}

fn unwritable(out: &Path, error: &io::Error) -> Failure {
    Failure::failed(format!("can't write {}", out.display())).why(error.to_string())
}

#[derive(Debug, Serialize)]
struct ExportView {
    path: String,
    entries: u64,
    size_bytes: u64,
}

impl Tabular for ExportView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::default();
        grid.note(format!(
            "Wrote {} to {} ({}).",
            human::plural(self.entries, "entry", "entries"),
            self.path,
            human::bytes(self.size_bytes)
        ));
        vec![Block::Grid(grid)]
    }
}
