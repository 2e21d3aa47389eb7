//! `retention restore`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use diesel::PgConnection;
use jiff::civil::Date;
use serde_json::json;

use super::restore_source::{erased, is_known, table_of};
use super::restore_tables::Tables;
use super::restore_view::RestoreView;
use super::trail;
use crate::age_files;
use crate::archive::Archive;
use crate::commands::audit_days::flag_late;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::lock_wait_arg::LockWaitArgs;
use crate::commands::trust_arg::TrustArg;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::archive::{ErasedIds, Left, month_of};
use crate::domain::audit_action::Action;
use crate::domain::retention::policy::Table;
use crate::error::{Failure, Outcome};
use crate::store::archive_insert::{self, Returned};
use crate::store::archive_return::{self, State, Target};
use crate::store::audit::{self, Actor, Change};
use crate::store::audit_days::{self, Trail};
use crate::store::connect::Db;
use crate::store::lock::Key;
use crate::store::partitions::{self, Month, Place};
use crate::store::strangers::OwnCode;
use crate::store::{interference, retention_partitions, tx};
use crate::ui::{Progress, millis};

#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The manifest of the archive: a file that ends with .manifest.json
    #[arg(value_name = "MANIFEST")]
    manifest: PathBuf,
    /// File with the secret key of an encrypted archive
    #[arg(long, value_name = "FILE")]
    identity: Vec<PathBuf>,
    /// Restore an archive that no run of this database recorded
    #[arg(long)]
    unknown_archive: bool,
    /// Restore this many rows in one transaction
    #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = clap::value_parser!(u16).range(1..))]
    batch_size: u16,
    #[command(flatten)]
    trust: TrustArg,
    #[command(flatten)]
    consent: ConsentArgs,
    #[command(flatten)]
    wait: LockWaitArgs,
}

/// A batch of long rows ends earlier.
const BATCH_BYTES: usize = 4 << 20;

pub fn run(ctx: &mut Context, args: RestoreArgs) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let ConsentArgs { dry_run, yes } = args.consent;
    let identities = age_files::all_identities(&args.identity)?;
    let archive = Archive::open(&args.manifest)?.with_identities(&identities);
    let spinner = ctx.ui.spinner("verifying the archive");
    archive.require_readable()?;
    archive.verify(&|| ctx.interrupted())?;
    drop(spinner);
    let mut db = ctx.connect()?;
    let actor = ctx.actor_unless(dry_run, &mut db, Right::Retention)?;
    if !dry_run {
        ctx.hold(&mut db, Key::Retention, args.wait.lock_wait)?;
    }
    let table = table_of(&archive)?;
    let closes_days = table == Table::AuditLogs && trail::may_bring_back(&mut db)?;
    let is_known = is_known(&mut db, &archive, args.unknown_archive)?;
    let tables = Tables::find(&mut db, &archive, table)?;
    tables.require_rights(&mut db)?;
    let own_code = tables.judge(&mut db, args.trust)?;
    let erased = erased(&mut db, &args.manifest)?;
    if !is_known && !dry_run {
        // Only a person looks at it before they answer.
        let plan = match yes || !ctx.ui.can_ask() {
            true => RestoreView::new(&archive, true),
            false => Restore::new(ctx, &tables, &archive, None, (&erased, &own_code), &args)
                .all(&mut db)?,
        };
        let what = format!(
            "restore {} of {}, an archive that no run of this database recorded",
            archive.manifest().table,
            archive.manifest().file
        );
        ctx.consent(&mut db, &plan, &what, yes)?;
    }
    let trail = actor.as_ref().filter(|_| closes_days);
    let trail = trail.map(|actor| trail::of_restore(actor, archive.manifest()));
    let mut restore = Restore::new(ctx, &tables, &archive, actor, (&erased, &own_code), &args);
    restore.trail.clone_from(&trail);
    if let Some(trail) = &trail {
        flag_late(ctx, &mut db, &trail.actor)?;
    }
    let restored = restore.all(&mut db);
    if let Some(trail) = &trail {
        trail::end_restore(&mut db, trail, restored.is_ok())?;
    }
    let mut view = restored?;
    view.duration_ms = millis(started.elapsed());
    ctx.ui.show(&view)?;
    if view.restored + view.refilled > 0 && !dry_run {
        ctx.ui.hint("the next run that deletes by age takes them again, unless a hold keeps them");
    }
    match ctx.interrupted() {
        Some(signal) if view.is_partial() => Ok(Outcome::Interrupted(signal)),
        _ => match view.failure().filter(|_| !dry_run) {
            Some(failure) => Err(failure.into()),
            None => Ok(Outcome::Done),
        },
    }
}

/// What came of lines at once: of each table how many were there, and what came back.
struct Batch {
    own: (u64, Returned),
    /// Rows that were there without what a policy had emptied.
    refilled: u64,
    along: Vec<(u64, Returned)>,
}

struct Restore<'a> {
    ctx: &'a Context,
    tables: &'a Tables,
    archive: &'a Archive,
    /// None of a dry run, which does the same and rolls it back: what the application's triggers
    /// make of a row, only the server knows.
    actor: Option<Actor>,
    /// What closed days of the log say of what comes back.
    trail: Option<Trail>,
    /// Contacts of which nothing comes back.
    erased: &'a ErasedIds,
    own_code: &'a OwnCode,
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

impl<'a> Restore<'a> {
    fn new(
        ctx: &'a Context,
        tables: &'a Tables,
        archive: &'a Archive,
        actor: Option<Actor>,
        (erased, own_code): (&'a ErasedIds, &'a OwnCode),
        args: &RestoreArgs,
    ) -> Restore<'a> {
        Restore {
            ctx,
            tables,
            archive,
            view: RestoreView::new(archive, actor.is_none()),
            trail: None,
            actor,
            erased,
            own_code,
            batch_rows: usize::from(args.batch_size),
            lines: Vec::new(),
            bytes: 0,
            makes_partitions: false,
            months: BTreeSet::new(),
            is_recorded: false,
            progress: ctx.ui.progress("restoring", archive.manifest().rows),
        }
    }

    fn all(mut self, db: &mut Db) -> anyhow::Result<RestoreView> {
        let archive = self.archive;
        self.makes_partitions = self.tables.table == Table::AuditLogs
            && tx::read(db, |conn| Ok(retention_partitions::is_owner(conn, "audit_logs")?))?;
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
            Err(error) if is_interrupt(&error) => {}
            Err(error) => return Err(error),
            Ok(()) if self.lines.is_empty() => {}
            Ok(()) => self.batch(db)?,
        }
        Ok(self.view)
    }

    /// Of contacts that were erased nothing comes back.
    fn add(&mut self, line: &[u8]) -> anyhow::Result<()> {
        let line = std::str::from_utf8(line)?;
        let line = match self.erased.left(&self.archive.manifest().table, line) {
            Left::Same => line.to_owned(),
            Left::Redacted(line) => {
                self.view.erased += 1;
                line
            }
            Left::Gone => {
                self.view.leave_out_erased();
                return Ok(());
            }
        };
        self.bytes += line.len();
        self.lines.push(line);
        Ok(())
    }

    fn batch(&mut self, db: &mut Db) -> anyhow::Result<()> {
        let lines = std::mem::take(&mut self.lines);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        self.bytes = 0;
        self.make_partitions(db, &lines)?;
        let batch = match self.actor.clone() {
            Some(actor) => tx::write(db, |conn| {
                let times = self.trail.as_ref().map(|trail| (trail::times_of(&lines), trail));
                if let Some((times, trail)) = &times {
                    audit_days::begin(conn, times, trail)?;
                }
                let batch = self.bring_back(conn, &lines)?;
                if let Some((times, trail)) = &times {
                    audit_days::end_but_last(conn, times, trail)?;
                }
                if batch.restored() > 0 && !self.is_recorded {
                    self.record(conn, &actor)?;
                }
                Ok(batch)
            })?,
            None => tx::rolled_back(db, |conn| self.bring_back(conn, &lines))?,
        };
        self.is_recorded |= batch.restored() > 0;
        self.view.add(lines.len() as u64, batch.own.0, &batch.own.1);
        self.view.refilled += batch.refilled;
        for (one, (existing, returned)) in self.tables.along.iter().zip(&batch.along) {
            self.view.add_along(&one.target.layout.table, *existing, returned);
        }
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

    /// Rows and what hangs on them, as far as they aren't there and nothing is in the way.
    fn bring_back(&self, conn: &mut PgConnection, lines: &[&str]) -> anyhow::Result<Batch> {
        let Tables { own, along, .. } = self.tables;
        archive_return::begin(conn)?;
        self.own_code.hold(conn)?;
        interference::see_all_rows(conn, &self.tables.all().collect::<Vec<_>>())?;
        // What is there is asked before anything is.
        let states = own.states(conn, lines)?;
        let mut hanging = Vec::new();
        for one in along {
            let lines = one.lines(conn, lines)?;
            let texts: Vec<&str> = lines.iter().map(String::as_str).collect();
            let states = one.target.states(conn, &texts)?;
            hanging.push((lines, states));
        }
        let absent: Vec<&str> = lines
            .iter()
            .zip(&states)
            .filter(|(_, state)| !state.is_there)
            .map(|(line, _)| *line)
            .collect();
        let emptied = self.tables.table.emptied();
        let refilled = match emptied.is_empty() || absent.len() == lines.len() {
            true => 0,
            false => own.refill(conn, lines, emptied)?,
        };
        let existing = (lines.len() - absent.len()) as u64 - refilled;
        let own = (existing, own.insert(conn, &absent)?);
        let mut returned = Vec::new();
        for (one, (lines, states)) in along.iter().zip(&hanging) {
            returned.push(bring_along(conn, &one.target, lines, states)?);
        }
        Ok(Batch { own, refilled, along: returned })
    }

    fn record(&self, conn: &mut PgConnection, actor: &Actor) -> anyhow::Result<()> {
        let manifest = self.archive.manifest();
        let change = Change {
            action: Action::RetentionRestore(self.tables.table),
            resource_id: None,
            details: json!({
                "archive": manifest.file,
                "sha256": manifest.compressed_sha256,
                "rows": manifest.rows,
            }),
        };
        Ok(audit::record(conn, actor, &change)?)
    }
}

/// Rows that hang on others, once those are back; and how many of them were there.
fn bring_along(
    conn: &mut PgConnection,
    target: &Target,
    lines: &[String],
    before: &[State],
) -> anyhow::Result<(u64, Returned)> {
    let mut refused = Vec::new();
    let mut absent: Vec<&str> = Vec::new();
    for (line, state) in lines.iter().zip(before).filter(|(_, state)| !state.is_its) {
        match target.obstacle(*state) {
            Some(why) => archive_insert::count(&mut refused, why, 1),
            None => absent.push(line),
        }
    }
    let existing = before.iter().filter(|state| state.is_its).count() as u64;
    let states = target.states(conn, &absent)?;
    let wanted = absent.len();
    let absent: Vec<&str> = absent
        .into_iter()
        .zip(states)
        .filter(|(_, state)| state.hangs)
        .map(|(line, _)| line)
        .collect();
    if absent.len() < wanted {
        let why = String::from("what they hang on is not there");
        archive_insert::count(&mut refused, why, (wanted - absent.len()) as u64);
    }
    let mut returned = target.insert(conn, &absent)?;
    returned.refused.extend(refused);
    Ok((existing, returned))
}

impl Batch {
    fn restored(&self) -> u64 {
        self.refilled
            + self.own.1.rows
            + self.along.iter().map(|(_, returned)| returned.rows).sum::<u64>()
    }
}

fn is_interrupt(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Failure>().is_some_and(|failure| failure.kind.is_interrupt())
}
