//! `retention restore`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;

use crate::archive::Archive;
use crate::commands::lock_wait_arg::LockWaitArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::archive::{Column, month_of, restorable};
use crate::error::{Failure, Outcome};
use crate::store::archive_dependants::{self, Along};
use crate::store::archive_rows::{self, Layout, NullableKey};
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::lock::Key;
use crate::store::partitions::{self, Month, Place};
use crate::store::{interference, retention, tx};
use crate::ui::{Block, Progress, Tabular, human};

#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The manifest of the archive: a file that ends with .manifest.json
    #[arg(value_name = "MANIFEST")]
    manifest: PathBuf,
    /// Restore this many rows in one transaction
    #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = clap::value_parser!(u16).range(1..))]
    batch_size: u16,
    /// Show what would happen and change nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    wait: LockWaitArgs,
}

/// A batch of long rows ends earlier.
const BATCH_BYTES: usize = 4 << 20;

pub fn run(ctx: &mut Context, args: RestoreArgs) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let archive = Archive::open(&args.manifest)?;
    let spinner = ctx.ui.spinner("verifying the archive");
    archive.verify(&|| ctx.interrupted())?;
    drop(spinner);
    let mut db = ctx.connect()?;
    let actor = ctx.actor_unless(args.dry_run, &mut db, Right::Retention)?;
    if !args.dry_run {
        ctx.hold(&mut db, Key::Retention, args.wait.lock_wait)?;
    }
    let layout = layout(&mut db, &archive)?;
    let columns = restorable(&archive.manifest().columns, layout.table_columns())
        .map_err(|problems| misfit(&archive, &problems))?;
    let (keys, along) = tx::read(&mut db, |conn| {
        let keys = archive_rows::nullable_keys(conn, &layout.relation)?;
        let dependants = &archive.manifest().dependants;
        Ok((keys, archive_dependants::resolve(conn, &layout.relation, dependants)?))
    })?;
    let makes_partitions = layout.table == "audit_logs"
        && tx::read(&mut db, |conn| Ok(retention::is_owner(conn, "audit_logs")?))?;
    let mut restore = Restore {
        ctx,
        layout: &layout,
        columns,
        keys,
        along,
        archive: &archive,
        actor,
        batch_rows: usize::from(args.batch_size),
        lines: Vec::new(),
        bytes: 0,
        makes_partitions,
        months: BTreeSet::new(),
        is_recorded: false,
        progress: ctx.ui.progress("restoring", archive.manifest().rows),
        view: RestoreView::new(&archive, args.dry_run),
    };
    restore.all(&mut db)?;
    let Restore { mut view, progress, .. } = restore;
    drop(progress);
    view.duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    ctx.ui.show(&view)?;
    if view.restored > 0 && !view.dry_run {
        ctx.ui.hint("the next run that deletes by age takes them again, unless a hold keeps them");
    }
    Ok(match ctx.interrupted() {
        Some(signal) if view.is_partial() => Outcome::Interrupted(signal),
        _ => Outcome::Done,
    })
}

fn layout(db: &mut Db, archive: &Archive) -> anyhow::Result<Layout> {
    let table = &archive.manifest().table;
    let found = tx::read(db, |conn| Ok(archive_rows::layout(conn, table)?))?;
    found.filter(|layout| !layout.key.is_empty()).ok_or_else(|| {
        Failure::failed(format!("there is no table {table} to restore into"))
            .hint("run `inboxctl db status`, then `inboxctl db migrate`")
            .into()
    })
}

fn misfit(archive: &Archive, problems: &[String]) -> Failure {
    let manifest = archive.manifest();
    Failure::refused(format!("the archive does not fit the table {} any more", manifest.table))
        .why(problems.join("; "))
        .hint(format!(
            "restore it into a database that is migrated to version {}",
            manifest.schema_version
        ))
}

/// What came back at once, or would.
#[derive(Default)]
struct Batch {
    restored: u64,
    /// Rows of other tables, that had gone along.
    along: Vec<(String, u64)>,
    /// Columns, the table that they pointed at, and how many rows of it are gone.
    emptied: Vec<(String, String, u64)>,
}

struct Restore<'a> {
    ctx: &'a Context,
    layout: &'a Layout,
    columns: Vec<(&'a Column, &'a str)>,
    keys: Vec<NullableKey>,
    along: Vec<Along>,
    archive: &'a Archive,
    /// None of a dry run.
    actor: Option<Actor>,
    batch_rows: usize,
    /// The batch in hand, and how large it is.
    lines: Vec<String>,
    bytes: usize,
    makes_partitions: bool,
    /// Months whose partition is there.
    months: BTreeSet<Date>,
    is_recorded: bool,
    progress: Progress,
    view: RestoreView,
}

impl Restore<'_> {
    fn all(&mut self, db: &mut Db) -> anyhow::Result<()> {
        let archive = self.archive;
        let read = archive.read(|line| {
            self.add(line)?;
            if self.lines.len() < self.batch_rows && self.bytes < BATCH_BYTES {
                return Ok(());
            }
            self.batch(db)?;
            match self.ctx.interrupted() {
                Some(signal) => Err(Failure::interrupted(signal).into()),
                None => Ok(()),
            }
        });
        match read {
            Err(error) if is_interrupt(&error) => Ok(()),
            Err(error) => Err(error),
            Ok(()) if self.lines.is_empty() => Ok(()),
            Ok(()) => self.batch(db),
        }
    }

    fn add(&mut self, line: &[u8]) -> anyhow::Result<()> {
        self.lines.push(std::str::from_utf8(line)?.to_owned());
        self.bytes += line.len();
        Ok(())
    }

    fn batch(&mut self, db: &mut Db) -> anyhow::Result<()> {
        let lines = std::mem::take(&mut self.lines);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        self.bytes = 0;
        self.make_partitions(db, &lines)?;
        let batch = match self.actor.clone() {
            Some(actor) => self.write(db, &lines, &actor)?,
            None => tx::read(db, |conn| {
                let absent = archive_rows::absent(conn, self.layout, &lines)?;
                self.beside(conn, absent, false)
            })?,
        };
        self.view.restored += batch.restored;
        self.view.existing += lines.len() as u64 - batch.restored;
        self.view.add(batch);
        self.progress.advance(lines.len() as u64);
        Ok(())
    }

    /// In transactions of their own, for they lock more than rows. Who doesn't
    /// own the log can't; the DEFAULT partition takes the rows then.
    fn make_partitions(&mut self, db: &mut Db, lines: &[&str]) -> anyhow::Result<()> {
        if !self.makes_partitions {
            return Ok(());
        }
        let cutoff = self.archive.manifest().cutoff;
        let months: BTreeSet<Date> =
            lines.iter().filter_map(|line| month_of(line, cutoff)).collect();
        for month in months {
            if self.months.insert(month) {
                let month = Month::of_date(month);
                match self.view.dry_run {
                    true => {
                        let place = tx::read(db, |conn| {
                            let partitions = partitions::list(conn)?;
                            Ok(partitions::place(conn, &partitions, month)?)
                        })?;
                        let made = (place == Place::Free).then(|| month.partition());
                        self.view.partitions.extend(made);
                    }
                    false => {
                        let ensured =
                            tx::write(db, |conn| Ok(partitions::ensure(conn, month, month)?))?;
                        ensured.warnings().for_each(|warning| self.ctx.ui.warn(warning));
                        self.view.partitions.extend(ensured.made);
                    }
                }
            }
        }
        Ok(())
    }

    /// What comes along with lines that come back, and what they point at that is gone.
    fn beside(
        &self,
        conn: &mut diesel::PgConnection,
        absent: Vec<String>,
        inserts: bool,
    ) -> anyhow::Result<Batch> {
        let lines: Vec<&str> = absent.iter().map(String::as_str).collect();
        let mut batch = Batch { restored: lines.len() as u64, ..Batch::default() };
        for key in &self.keys {
            let rows = key.count_gone(conn, self.layout, &lines)?;
            batch.emptied.push((key.columns.join(", "), key.label.clone(), rows));
        }
        if inserts {
            let rows = archive_rows::insert(conn, self.layout, &self.columns, &self.keys, &lines)?;
            batch.restored = rows as u64;
        }
        for one in &self.along {
            let rows = if inserts { one.insert(conn, &lines)? } else { one.count(conn, &lines)? };
            batch.along.push((one.layout.table.clone(), rows));
        }
        Ok(batch)
    }

    fn write(&mut self, db: &mut Db, lines: &[&str], actor: &Actor) -> anyhow::Result<Batch> {
        let written = tx::write(db, |conn| {
            let parents = self.keys.iter().map(|key| key.parent.as_str());
            let tables: Vec<&str> = parents.chain([self.layout.relation.as_str()]).collect();
            interference::see_all_rows(conn, &tables)?;
            let absent = archive_rows::absent(conn, self.layout, lines)?;
            let batch = self.beside(conn, absent, true)?;
            if batch.restored > 0 && !self.is_recorded {
                let manifest = self.archive.manifest();
                let change = Change {
                    action: "retention.restore",
                    resource: &manifest.table,
                    resource_id: None,
                    details: json!({
                        "archive": manifest.file,
                        "sha256": manifest.compressed_sha256,
                        "rows": manifest.rows,
                    }),
                };
                audit::record(conn, actor, &change)?;
            }
            Ok(batch)
        })
        .map_err(explain)?;
        self.is_recorded |= written.restored > 0;
        Ok(written)
    }
}

fn is_interrupt(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Failure>().is_some_and(|failure| failure.kind.is_interrupt())
}

/// What a row points to may have gone since.
fn explain(error: anyhow::Error) -> anyhow::Error {
    match error.downcast_ref::<DieselError>() {
        Some(DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, info)) => {
            Failure::failed("an archived row points to a row that is gone")
                .why(info.details().unwrap_or(info.message()).to_owned())
                .hint("bring that row back and run it again; what is restored already stays")
                .into()
        }
        _ => error,
    }
}

#[derive(Debug, Serialize)]
struct RestoreView {
    dry_run: bool,
    archive: String,
    table: String,
    /// In the archive.
    rows: u64,
    restored: u64,
    /// There already, and left as they are.
    existing: u64,
    /// Rows of other tables that had gone along, by table.
    along: BTreeMap<String, u64>,
    /// Rows whose reference is empty now, for what it led to is gone: by column and table.
    emptied: BTreeMap<String, u64>,
    /// Made, for their months have none.
    partitions: BTreeSet<String>,
    duration_ms: u64,
}

impl RestoreView {
    fn new(archive: &Archive, dry_run: bool) -> RestoreView {
        let manifest = archive.manifest();
        RestoreView {
            dry_run,
            archive: manifest.file.clone(),
            table: manifest.table.clone(),
            rows: manifest.rows,
            restored: 0,
            existing: 0,
            along: BTreeMap::new(),
            emptied: BTreeMap::new(),
            partitions: BTreeSet::new(),
            duration_ms: 0,
        }
    }

    fn add(&mut self, batch: Batch) {
        for (table, rows) in batch.along {
            *self.along.entry(table).or_default() += rows;
        }
        for (columns, table, rows) in batch.emptied.into_iter().filter(|(_, _, rows)| *rows > 0) {
            *self.emptied.entry(format!("{columns} -> {table}")).or_default() += rows;
        }
    }

    /// A signal came before the last row.
    fn is_partial(&self) -> bool {
        self.restored + self.existing < self.rows
    }
}

impl Tabular for RestoreView {
    fn blocks(&self) -> Vec<Block> {
        let verb = if self.dry_run { "Would restore" } else { "Restored" };
        let rows = human::plural(self.restored, "row", "rows");
        let mut text = format!("{verb} {rows} of {}", self.table);
        if self.existing > 0 {
            text += &format!("; {} there already", human::count(self.existing));
        }
        if self.is_partial() {
            let left = self.rows - self.restored - self.existing;
            text += &format!("; {} not reached: run it again", human::count(left));
        }
        text += if self.dry_run { "; nothing was changed." } else { "." };
        for (table, rows) in self.along.iter().filter(|(_, rows)| **rows > 0) {
            text += &format!(
                "\n{} of {table} come back with them.",
                human::plural(*rows, "row", "rows")
            );
        }
        for (reference, rows) in &self.emptied {
            text += &format!(
                "\n{} led to what is gone ({reference}): the reference is empty; of a user the id is kept in details.",
                human::plural(*rows, "row", "rows")
            );
        }
        if !self.partitions.is_empty() {
            let made = if self.dry_run { "Would make" } else { "Made" };
            let number = human::plural(self.partitions.len() as u64, "partition", "partitions");
            let names: Vec<&str> = self.partitions.iter().map(String::as_str).collect();
            text += &format!("\n{made} {number}: {}.", names.join(", "));
        }
        vec![Block::Text(text)]
    }
}
