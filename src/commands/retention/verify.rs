//! `retention verify`.

use std::path::PathBuf;

use age::x25519::Identity;
use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use crate::age_files;
use crate::archive::{self, Archive, Entry, Manifest};
use crate::context::Context;
use crate::error::{Failure, Outcome};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The folder that --archive named
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// File with the secret key of encrypted archives
    #[arg(long, value_name = "FILE")]
    identity: Vec<PathBuf>,
}

pub fn run(ctx: &mut Context, args: VerifyArgs) -> anyhow::Result<Outcome> {
    let identities = age_files::all_identities(&args.identity)?;
    let entries = archive::list(&args.folder)?;
    let progress = ctx.ui.progress("verifying", entries.len() as u64);
    let mut view = VerifyView::default();
    for entry in &entries {
        match check(ctx, entry, &identities) {
            Err(failure) if failure.kind.is_interrupt() => break,
            checked => view.add(entry, checked, !identities.is_empty()),
        }
        progress.advance(1);
    }
    drop(progress);
    view.unchecked = entries.len() - view.archives.len();
    ctx.ui.show(&view)?;
    Ok(match ctx.interrupted() {
        Some(signal) => Outcome::Interrupted(signal),
        None => Outcome::trouble_if(view.ok < entries.len()),
    })
}

/// What its manifest says and whether its rows were read; `None` for an archive without a manifest.
fn check(
    ctx: &Context,
    entry: &Entry,
    identities: &[Identity],
) -> Result<Option<(Manifest, bool)>, Failure> {
    if let Some(signal) = ctx.interrupted() {
        return Err(Failure::interrupted(signal));
    }
    let Some(path) = &entry.manifest else {
        return Ok(None);
    };
    let archive = Archive::open(path)?.with_identities(identities);
    archive.verify(&|| ctx.interrupted())?;
    Ok(Some((archive.manifest().clone(), archive.is_readable()?)))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Ok,
    Damaged,
    /// Encrypted, and no key that was given fits.
    Locked,
    /// No manifest: a run writes it now, or was killed while it did. Its rows
    /// were not deleted.
    Unfinished,
}

#[derive(Debug, Serialize)]
struct Row {
    archive: String,
    state: State,
    table: Option<String>,
    rows: Option<u64>,
    compressed_bytes: Option<u64>,
    cutoff: Option<Timestamp>,
    created_at: Option<Timestamp>,
    first_key: Option<String>,
    last_key: Option<String>,
    problem: Option<String>,
    /// It is encrypted, and no key was given for it: its file alone was compared.
    sealed: bool,
}

#[derive(Debug, Default, Serialize)]
struct VerifyView {
    archives: Vec<Row>,
    ok: usize,
    damaged: usize,
    locked: usize,
    unfinished: usize,
    /// Not looked at, because a signal came before.
    unchecked: usize,
}

impl VerifyView {
    fn add(
        &mut self,
        entry: &Entry,
        checked: Result<Option<(Manifest, bool)>, Failure>,
        has_keys: bool,
    ) {
        let sealed = matches!(checked, Ok(Some((_, false))));
        let (state, manifest, problem) = match checked {
            Ok(Some((manifest, false))) if has_keys => {
                (State::Locked, Some(manifest), Some(String::from("no key that was given fits it")))
            }
            Ok(Some((manifest, _))) => (State::Ok, Some(manifest), None),
            Ok(None) => (State::Unfinished, None, Some(String::from("it has no manifest"))),
            Err(failure) => (State::Damaged, None, Some(failure.why.unwrap_or(failure.what))),
        };
        *match state {
            State::Ok => &mut self.ok,
            State::Damaged => &mut self.damaged,
            State::Locked => &mut self.locked,
            State::Unfinished => &mut self.unfinished,
        } += 1;
        self.archives.push(Row {
            archive: entry.stem.clone(),
            state,
            table: manifest.as_ref().map(|it| it.table.clone()),
            rows: manifest.as_ref().map(|it| it.rows),
            compressed_bytes: manifest.as_ref().map(|it| it.compressed_bytes),
            cutoff: manifest.as_ref().map(|it| it.cutoff),
            created_at: manifest.as_ref().map(|it| it.created_at),
            first_key: manifest.as_ref().and_then(|it| it.first_key.clone()),
            last_key: manifest.and_then(|it| it.last_key),
            problem,
            sealed,
        });
    }

    fn summary(&self) -> String {
        let mut parts = vec![format!("{} ok", human::count(self.ok as u64))];
        for (number, what) in [
            (self.damaged, "damaged"),
            (self.locked, "locked"),
            (self.unfinished, "unfinished"),
            (self.unchecked, "not looked at"),
        ] {
            if number > 0 {
                parts.push(format!("{} {what}", human::count(number as u64)));
            }
        }
        parts.join(", ") + "."
    }
}

impl Tabular for VerifyView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("archive"),
            Column::left("state"),
            Column::right("rows"),
            Column::right("size"),
        ]);
        for row in &self.archives {
            let state = match row.state {
                State::Ok if row.sealed => Cell::toned("hash ok", Tone::Good),
                State::Ok => Cell::toned("ok", Tone::Good),
                State::Damaged => Cell::toned("damaged", Tone::Bad),
                State::Locked => Cell::toned("locked", Tone::Bad),
                State::Unfinished => Cell::toned("unfinished", Tone::Warn),
            };
            grid.row(vec![
                row.archive.as_str().into(),
                state,
                row.rows.map(human::count).unwrap_or_default().into(),
                row.compressed_bytes.map(human::bytes).unwrap_or_default().into(),
            ]);
        }
        for row in &self.archives {
            if let (State::Damaged | State::Locked, Some(problem)) = (row.state, &row.problem) {
                grid.note(format!("{}: {problem}", row.archive));
            }
        }
        grid.note(match self.archives.is_empty() && self.unchecked == 0 {
            true => String::from("There is no archive in this folder."),
            false => self.summary(),
        });
        let is_unread = |row: &&Row| row.sealed && row.state == State::Ok;
        let unread = self.archives.iter().filter(is_unread).count() as u64;
        if unread > 0 {
            grid.note(format!(
                "The rows of {} were not read, because they are encrypted;\n\
                 --identity FILE names the key.",
                human::plural(unread, "archive", "archives")
            ));
        }
        if self.unfinished > 0 {
            grid.note(
                "An unfinished archive is being written, or its run was killed; \
                 its rows were not\ndeleted. Remove it when no run is at work.",
            );
        }
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("archives")
    }
}
