//! `contacts export`.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use clap::builder::PossibleValuesParser;
use serde::Serialize;

use super::filter_args::FilterArgs;
use crate::commands::output::{self, Output, cannot_write};
use crate::context::Context;
use crate::error::{Failure, Outcome};
use crate::store::connect::Db;
use crate::store::contact_list::{self, COLUMNS, Form, PLAIN};
use crate::store::{interference, tx};
use crate::ui::{Block, Format, Grid, Tabular, human};

#[derive(Debug, Args)]
pub struct ExportContactsArgs {
    /// File to write, for its owner alone, or - for standard output: comma-separated values unless
    /// it ends in .jsonl or --format says jsonl
    file: PathBuf,
    #[command(flatten)]
    filter: FilterArgs,
    /// Write these columns, in this order, separated by commas
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',',
          value_parser = PossibleValuesParser::new(COLUMNS))]
    columns: Vec<String>,
    /// Don't ask before a file is overwritten; for scripts
    #[arg(long, short)]
    yes: bool,
}

pub(super) fn run(ctx: &mut Context, args: ExportContactsArgs) -> anyhow::Result<Outcome> {
    if is_stdout(&args.file) && ctx.ui.format() == Format::Json {
        return Err(Failure::usage("contacts aren't exported as one JSON document")
            .why("standard output takes the contacts, a line each")
            .hint("say --format jsonl, or name a file")
            .into());
    }
    let mut db = ctx.connect_to_read()?;
    let mut output = match is_stdout(&args.file) {
        true => Output::stdout()?,
        false => Output::open(ctx, &args.file, args.yes)?,
    };
    let progress = ctx.ui.spinner("exporting");
    let contacts = write(ctx, &mut db, &args, &mut output)?;
    drop(progress);
    let size_bytes = output.finish().with_context(|| cannot_write(&args.file))?;
    let path = args.file.display().to_string();
    let view = ExportView { path, contacts, size_bytes };
    match size_bytes {
        Some(_) => ctx.ui.show(&view)?,
        // The contacts may be on standard output themselves.
        None => ctx.ui.status(view.told()),
    }
    Ok(Outcome::Done)
}

fn is_stdout(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// What the file is to hold: as the flag says, else as its name does.
fn form(format: Format, file: &Path) -> Form {
    let ending = file.extension().map(|ending| ending.to_ascii_lowercase());
    match format {
        Format::Csv => Form::Csv,
        Format::Jsonl => Form::Jsonl,
        _ if ending.is_some_and(|ending| ending == "jsonl" || ending == "ndjson") => Form::Jsonl,
        _ => Form::Csv,
    }
}

/// One snapshot: the contacts as they were at one moment, however long it takes.
fn write(
    ctx: &Context,
    db: &mut Db,
    args: &ExportContactsArgs,
    output: &mut Output,
) -> anyhow::Result<u64> {
    let columns = match args.columns.is_empty() {
        true => COLUMNS[..PLAIN].iter().map(|column| (*column).to_owned()).collect(),
        false => args.columns.clone(),
    };
    let form = form(ctx.ui.format(), &args.file);
    let mut out = BufWriter::with_capacity(1 << 18, output);
    // The server may say something else of a transaction that was left in the middle of its rows.
    let mut stopped = None;
    let written = tx::read_once(db, |conn| {
        let filter = args.filter.resolve(conn)?;
        let tables = [filter.tables(), contact_list::tables_of(&columns)].concat();
        interference::see_all_rows(conn, &tables)?;
        contact_list::stream(conn, &filter, &columns, form, |bytes| {
            let problem = match ctx.interrupted() {
                Some(signal) => anyhow::Error::from(Failure::interrupted(signal)),
                None => match out.write_all(bytes) {
                    Ok(()) => return Ok(()),
                    Err(error) => anyhow::Error::from(error).context(cannot_write(&args.file)),
                },
            };
            stopped = Some(problem);
            Err(Failure::failed("stopped").into())
        })
    });
    match (stopped, written) {
        (Some(problem), _) => Err(problem),
        (None, Err(_)) if let Some(signal) = ctx.interrupted() => {
            Err(Failure::interrupted(signal).into())
        }
        (None, written) => {
            out.flush().with_context(|| cannot_write(&args.file))?;
            written
        }
    }
}

#[derive(Debug, Serialize)]
struct ExportView {
    path: String,
    contacts: u64,
    /// None of a device or a pipe.
    size_bytes: Option<u64>,
}

impl ExportView {
    fn told(&self) -> String {
        let contacts = human::plural(self.contacts, "contact", "contacts");
        output::told(&contacts, &self.path, self.size_bytes)
    }
}

impl Tabular for ExportView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::default();
        grid.note(self.told());
        vec![Block::Grid(grid)]
    }
}
