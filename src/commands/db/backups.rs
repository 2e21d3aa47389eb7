//! `db backups`: the backups in a folder.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;

use crate::backup::files;
use crate::commands::list_args::ColumnsArg;
use crate::context::Context;
use crate::domain::backup::Manifest;
use crate::error::Outcome;
use crate::ui::{Cell, Field, List, Listed, Tone, human};

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
    #[command(flatten)]
    columns: ColumnsArg<Row>,
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
    let folder = folder.display().to_string();
    let notes = match found.backups.is_empty() {
        true => vec![format!("There is no backup in the folder {folder}.")],
        false => Vec::new(),
    };
    let list = List::whole(backups.collect(), args.columns.chosen()).noting(notes);
    ctx.ui.show(&list.with("folder", &folder)?)?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
pub struct Row {
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

impl Row {
    fn state_cell(&self) -> Cell {
        let (text, tone) = match (self.state, self.verified_level) {
            ("verified", Some(level)) => (format!("verified ({level})"), Tone::Good),
            ("verified", None) => (String::from("verified"), Tone::Good),
            ("unverified", _) => (String::from("unverified"), Tone::Warn),
            (state, _) => (state.to_owned(), Tone::Bad),
        };
        Cell::toned(text, tone)
    }
}

impl Listed for Row {
    const KEY: &'static str = "backups";
    const TABLES: &'static [&'static str] = &[];
    const NOUN: (&'static str, &'static str) = ("backup", "backups");
    const FIELDS: &'static [Field<Row>] = &[
        Field::left("file", |row: &Row| row.file.as_str().into()).titled("backup"),
        Field::left("database", |row: &Row| row.database.as_str().into()).on_request(),
        Field::right("taken_at", |row: &Row| human::age(row.age).into()).titled("age"),
        Field::right("size_bytes", |row: &Row| human::bytes(row.size_bytes).into()).titled("size"),
        Field::right("rows", |row: &Row| human::count(row.rows).into()),
        Field::left("encrypted", |row: &Row| if row.encrypted { "yes" } else { "no" }.into())
            .on_request(),
        Field::right("verified_level", |row: &Row| match row.verified_level {
            Some(level) => level.to_string().into(),
            None => Cell::new(""),
        })
        .titled("level")
        .on_request(),
        Field::left("state", Row::state_cell),
    ];
}
