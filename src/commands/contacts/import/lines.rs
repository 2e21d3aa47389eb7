//! A file's lines as rows to match: the good ones in a table, the bad ones in a file beside it.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::Timestamp;
use uuid::Uuid;

use super::reading::{Column, Line, Reading};
use crate::commands::output::{Output, cannot_write};
use crate::context::Context;
use crate::domain::import::person::{self, Further, Person};
use crate::domain::matching::{Region, Row, Table};
use crate::domain::raw_json::RawJson;
use crate::error::Failure;

/// What is wrong with a line.
#[derive(Debug, Clone, serde::Serialize)]
pub(super) struct Rejection {
    pub line: u64,
    pub reason: String,
}

/// So many are kept to be shown; all are in the file.
const KEPT: usize = 1_000;

/// The lines that can be contacts are the first rows of the table, in their order.
pub(super) struct Lines {
    pub table: Table,
    /// Of each row, the number of the line,
    pub numbers: Vec<u64>,
    /// and its further identities, if it has some.
    pub more: HashMap<u32, Vec<Further>>,
    /// Rows whose line says which contact it was written from.
    pub known: HashMap<Uuid, Vec<u32>>,
    pub columns: Vec<Column>,
    /// Lines with something in them.
    pub read: u64,
    pub rejected: u64,
    pub rejections: Vec<Rejection>,
}

impl Lines {
    /// Reads all of a file. The rejected lines go to `rejected`, if that is there.
    pub(super) fn read(
        ctx: &Context,
        reading: Reading,
        region: Option<&Region>,
        rejected: &mut Rejected,
        now: Timestamp,
    ) -> anyhow::Result<Lines> {
        let mut lines = Lines {
            table: Table::new(),
            numbers: Vec::new(),
            more: HashMap::new(),
            known: HashMap::new(),
            columns: Vec::new(),
            read: 0,
            rejected: 0,
            rejections: Vec::new(),
        };
        lines.columns = reading.lines(|line, columns| {
            if let Some(signal) = ctx.interrupted() {
                return Err(Failure::interrupted(signal).into());
            }
            let found = line.cells.as_ref().map_err(String::clone).and_then(|cells| {
                let fields = cells
                    .iter()
                    .filter_map(|(place, cell)| Some((columns[*place].field.as_ref()?, &**cell)));
                person::read(fields, region)
            });
            match found {
                Ok(None) => {}
                Ok(Some(person)) => lines.push(line.number, person, now),
                Err(reason) => {
                    lines.read += 1;
                    lines.rejected += 1;
                    rejected.write(ctx, &line, columns, &reason)?;
                    if lines.rejections.len() < KEPT {
                        lines.rejections.push(Rejection { line: line.number, reason });
                    }
                }
            }
            Ok(())
        })?;
        Ok(lines)
    }

    fn push(&mut self, number: u64, person: Person, now: Timestamp) {
        let row = self.numbers.len() as u32;
        let id = match person.id {
            Some(id) if !self.known.contains_key(&id) => id,
            _ => new_id(now),
        };
        if let Some(known) = person.id {
            self.known.entry(known).or_default().push(row);
        }
        self.table.push(Row {
            id,
            name: person.name.as_deref(),
            phone: person.phone.as_deref(),
            email: person.email.as_deref(),
            handles: &person.handles,
            metadata: &person.metadata,
        });
        for one in &person.more {
            self.table.also(one.kind, &one.value);
        }
        if !person.more.is_empty() {
            self.more.insert(row, person.more);
        }
        self.numbers.push(number);
        self.read += 1;
    }
}

/// In the order of time, as `uuid_v7()` of the database makes them.
fn new_id(now: Timestamp) -> Uuid {
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    let nanoseconds = u32::try_from(now.subsec_nanosecond()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanoseconds))
}

/// A file for the lines that can't be imported: as they stand, with the reason, in the form of the file
/// itself, so that they can be mended and imported. It is made with the first of them, and stands when
/// the import is done.
pub(super) struct Rejected {
    file: PathBuf,
    yes: bool,
    /// A dry run writes none.
    dry_run: bool,
    writer: Option<(PathBuf, Writer)>,
}

enum Writer {
    Csv(Box<csv::Writer<Output>>),
    Json(Output),
}

impl Rejected {
    pub(super) fn beside(file: &Path, yes: bool, dry_run: bool) -> Rejected {
        Rejected { file: file.to_owned(), yes, dry_run, writer: None }
    }

    fn open(
        &self,
        ctx: &Context,
        line: &Line<'_>,
        columns: &[Column],
    ) -> anyhow::Result<(PathBuf, Writer)> {
        let ending = if line.is_json { "jsonl" } else { "csv" };
        let path = match is_stdin(&self.file) {
            true => format!("stdin.rejected.{ending}"),
            false => format!("{}.rejected.{ending}", self.file.display()),
        };
        let path = PathBuf::from(path);
        let output = Output::open(ctx, &path, self.yes)?;
        if line.is_json {
            return Ok((path, Writer::Json(output)));
        }
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(output);
        let names = columns.iter().map(|column| column.name.as_str());
        let header = ["line", "reason"].into_iter().chain(names);
        writer.write_record(header).with_context(|| cannot_write(&path))?;
        Ok((path, Writer::Csv(Box::new(writer))))
    }

    fn write(
        &mut self,
        ctx: &Context,
        line: &Line<'_>,
        columns: &[Column],
        reason: &str,
    ) -> anyhow::Result<()> {
        if self.dry_run {
            return Ok(());
        }
        if self.writer.is_none() {
            self.writer = Some(self.open(ctx, line, columns)?);
        }
        let Some((path, writer)) = &mut self.writer else { return Ok(()) };
        let unwritable = || cannot_write(path);
        match writer {
            Writer::Csv(writer) => {
                let number = line.number.to_string();
                let begin = [number.as_bytes(), reason.as_bytes()].into_iter();
                writer.write_record(begin.chain(line.raw.iter().copied())).with_context(unwritable)
            }
            Writer::Json(output) => {
                let text = with_reason(line, reason);
                output.write_all(text.as_bytes()).with_context(unwritable)
            }
        }
    }

    /// Puts it where it belongs; its path, if there is one.
    pub(super) fn finish(self) -> anyhow::Result<Option<PathBuf>> {
        let Some((path, writer)) = self.writer else { return Ok(None) };
        let output = match writer {
            Writer::Csv(writer) => writer.into_inner().map_err(|error| error.into_error()),
            Writer::Json(output) => Ok(output),
        };
        output.and_then(Output::finish).with_context(|| cannot_write(&path))?;
        Ok(Some(path))
    }
}

/// A line of JSON with its number and what is wrong with it; one that is no object as text.
fn with_reason(line: &Line<'_>, reason: &str) -> String {
    let raw = line.raw.concat();
    let text = String::from_utf8_lossy(&raw).into_owned();
    let json = |value: &str| RawJson::of(&value).unwrap_or_default();
    let number = RawJson::of(&line.number).unwrap_or_default();
    let mut members = vec![(String::from("line"), number), (String::from("reason"), json(reason))];
    match RawJson::parse(text.clone()).ok().filter(RawJson::is_object) {
        Some(object) => members.extend(object.members()),
        None => members.push((String::from("text"), json(&text))),
    }
    let members = members.iter().map(|(name, value)| (name.as_str(), value));
    RawJson::object(members).text().to_owned() + "\n"
}

pub(super) fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}
