//! `audit verify`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use diesel::PgConnection;
use serde::Serialize;

use super::archived::{Archives, Walk};
use super::backed_up::{Backup, Shown};
use super::begun;
use crate::age_files;
use crate::bounded_file;
use crate::commands::audit_days::{not_migrated, require_tables};
use crate::context::Context;
use crate::domain::audit_head::{Head, Heads, Identity};
use crate::domain::audit_trail::{self, Finding, Link};
use crate::error::{Failure, Outcome};
use crate::store::{audit_days, audit_trail as store, databases, interference, server, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Look at the entries in archives of this folder too; may be repeated
    #[arg(long, value_name = "DIR")]
    archive: Vec<PathBuf>,
    /// Compare with the heads in this file: of audit_head_file, of metrics, or a manifest; may be repeated
    #[arg(long, value_name = "FILE")]
    against: Vec<PathBuf>,
    /// Compare with the entries and the head in this backup; may be repeated
    #[arg(long, value_name = "FILE")]
    backup: Vec<PathBuf>,
    /// File with the secret key of encrypted archives and backups
    #[arg(long, value_name = "FILE")]
    identity: Vec<PathBuf>,
}

/// Larger than any manifest, and heads of many years.
const LIMIT_BYTES: usize = 64 << 20;
/// A day with many entries takes its time.
const STATEMENT_TIMEOUT_MS: u64 = 600_000;

pub(super) fn run(ctx: &mut Context, args: VerifyArgs) -> anyhow::Result<Outcome> {
    let identities = age_files::all_identities(&args.identity)?;
    let (mut heads, mut junk) = (Vec::new(), Vec::new());
    for file in &args.against {
        let (name, found) = (file.display().to_string(), heads_of(file)?);
        junk.extend(found.junk.into_iter().map(|line| {
            Finding::of_all(format!(
                "{name}, line {line}, is no head: nothing was compared with it"
            ))
        }));
        heads.extend(found.heads.into_iter().map(|head| (name.clone(), head)));
    }
    let archives = Archives::open(&args.archive, &identities)?;
    heads.extend(archives.heads());
    let mut db = ctx.connect_to_read()?;
    let open = |file: &PathBuf| Backup::open(ctx, file, &args.identity, db.target.schema());
    let backups = args.backup.iter().map(open).collect::<Result<Vec<_>, _>>()?;
    heads.extend(backups.iter().flat_map(Backup::heads));
    db.set_timeouts(STATEMENT_TIMEOUT_MS, 0)?;
    ctx.tell_policies(&mut db, &["audit_logs"])?;
    let kept = tx::read(&mut db, |conn| Ok(audit_days::keepable(conn)?))?;
    // One snapshot: the log and its chains as they were at one moment.
    let mut view = tx::read_once(&mut db, |conn| {
        audit_days::keep(conn, &kept)?;
        let here = server::identity(conn)?;
        if !audit_days::is_there(conn)? {
            return without_table(conn, &heads, &here);
        }
        require_tables(conn)?;
        interference::see_all_rows(conn, &["audit_logs", "audit_days"])?;
        // A backup is read between two questions.
        tx::may_be_idle(conn)?;
        let mut view =
            View { links: store::links(conn)?, findings: junk.clone(), ..View::default() };
        view.check_links(&heads, &here);
        view.check_days(ctx, conn)?;
        view.walk(ctx, conn, &archives)?;
        for backup in &backups {
            if backup.is_of_another(&view.links, &here) {
                continue;
            }
            let shown = backup.compare(ctx, conn, &view.links, &view.sound)?;
            view.add(shown);
        }
        view.say_what_is_not_covered(conn, &heads)?;
        Ok(view)
    })?;
    let (findings, not_covered) = begun::judge(&mut db, std::mem::take(&mut view.begun))?;
    view.findings.extend(findings);
    view.not_covered.extend(not_covered);
    ctx.ui.show(&view)?;
    Ok(match ctx.interrupted() {
        Some(signal) => Outcome::Interrupted(signal),
        None => Outcome::trouble_if(!view.findings.is_empty()),
    })
}

/// Where there are no closed days: somebody may know of some, under a name that the database had.
fn without_table(
    conn: &mut PgConnection,
    heads: &[(String, Head)],
    here: &Identity,
) -> anyhow::Result<View> {
    for (name, head) in heads {
        if head.of_another(here).is_none() {
            return Ok(View::without_table(name));
        }
        let Some(former) = head.database.as_deref().filter(|_| head.is_of_server(here)) else {
            continue;
        };
        if !databases::exists(conn, former)? {
            return Ok(View::without_table(&format!(
                "{name}, which is of {former}, a name that no database has any more,"
            )));
        }
    }
    Err(not_migrated().into())
}

fn heads_of(file: &Path) -> Result<Heads, Failure> {
    let unusable = |why: String| {
        Failure::usage(format!("{} can't be compared with", file.display()))
            .why(why)
            .hint("name the file of audit_head_file, a metrics file of audit close, or a manifest")
    };
    let text =
        bounded_file::read_text(file, LIMIT_BYTES).map_err(|error| unusable(error.to_string()))?;
    match Head::all_in(&text) {
        found if found.heads.is_empty() => Err(unusable(String::from("there is no head in it"))),
        found => Ok(found),
    }
}

#[derive(Debug, Default, Serialize)]
struct View {
    findings: Vec<Finding>,
    days: u64,
    entries: u64,
    /// Entries in archives that were found to be what had been pruned.
    archived: u64,
    heads: u64,
    not_covered: Vec<String>,
    /// Late entries that somebody has looked at.
    acknowledged: Vec<Acknowledged>,
    /// How often closed days were lawfully changed, by what.
    changes: BTreeMap<String, u64>,
    head: Option<Head>,
    #[serde(skip)]
    links: Vec<Link>,
    /// Days that are what their last link says.
    #[serde(skip)]
    sound: Vec<String>,
    /// Changes that haven't ended.
    #[serde(skip)]
    begun: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct Acknowledged {
    day: String,
    entries: i64,
    reason: Option<String>,
    /// As the client says, and as the server saw it.
    actor: Option<String>,
    recorded_by: String,
    at: String,
}

impl Acknowledged {
    fn new(late: &Link, by: &Link) -> Acknowledged {
        Acknowledged {
            day: late.day.clone(),
            entries: late.changed,
            reason: by.reason(),
            actor: by.actor.clone(),
            recorded_by: by.written_by.clone(),
            at: audit_trail::utc(&by.written_at),
        }
    }
}

impl View {
    fn without_table(name: &str) -> View {
        let what = format!("the table audit_days is gone, and {name} knows of it");
        View { findings: vec![Finding::of_all(what)], ..View::default() }
    }

    fn check_links(&mut self, heads: &[(String, Head)], here: &Identity) {
        self.head = audit_trail::head(&self.links);
        self.head.iter_mut().for_each(|head| head.say_of(here));
        self.heads = heads.len() as u64;
        self.findings.extend(audit_trail::check_links(&self.links));
        let looked_at = audit_trail::late(&self.links);
        self.acknowledged =
            looked_at.filter_map(|(late, by)| Some(Acknowledged::new(late, by?))).collect();
        for (name, head) in heads {
            let found = audit_trail::check_head(&self.links, head, name, here);
            // A backup has one of its own and one of its manifest.
            self.findings.extend(found.filter(|found| !self.findings.contains(found)));
        }
        for link in self.links.iter().filter(|link| link.kind != "close" && !link.is_open()) {
            *self.changes.entry(link.kind.clone()).or_default() += 1;
        }
    }

    /// Every closed day is what its last link says, and no other one has entries.
    fn check_days(&mut self, ctx: &Context, conn: &mut PgConnection) -> anyhow::Result<()> {
        if self.links.is_empty() {
            return Ok(());
        }
        let mut days: BTreeMap<String, (Option<Link>, i64)> = BTreeMap::new();
        for link in &self.links {
            days.insert(link.day.clone(), (Some(link.clone()), 0));
        }
        for count in store::counts(conn)?.into_iter().filter(|count| !count.is_after) {
            days.entry(count.day).or_default().1 = count.entries;
        }
        let progress = ctx.ui.progress("verifying", days.len() as u64);
        self.days = days.len() as u64;
        for (day, (link, entries)) in days {
            if let Some(signal) = ctx.interrupted() {
                return Err(Failure::interrupted(signal).into());
            }
            progress.advance(1);
            self.entries += entries.unsigned_abs();
            if let Some(link) = link.as_ref().filter(|link| link.is_open()) {
                let misdeed = begun::misdeed(conn, link, entries)?;
                self.findings.extend(misdeed.map(|what| Finding::of_day(&day, what)));
                self.begun.push(link.clone());
                continue;
            }
            let had = link.as_ref().map_or(0, |link| link.entries);
            let finding = match entries.saturating_sub(had) {
                0 if entries == 0 => None,
                0 => {
                    let (_, digest) = store::state(conn, &day)?;
                    let is_same = link.is_some_and(|link| link.digest == digest);
                    (!is_same).then(|| String::from("entries were changed"))
                }
                more if more > 0 => Some(format!(
                    "{} added, at least",
                    human::plural(more.unsigned_abs(), "entry was", "entries were")
                )),
                fewer => Some(format!(
                    "{} removed, at least",
                    human::plural(fewer.unsigned_abs(), "entry was", "entries were")
                )),
            };
            match finding {
                Some(what) => self.findings.push(Finding::of_day(&day, what)),
                None => self.sound.push(day),
            }
        }
        Ok(())
    }

    /// Follows the chains of days back through the archives.
    fn walk(
        &mut self,
        ctx: &Context,
        conn: &mut PgConnection,
        archives: &Archives,
    ) -> anyhow::Result<()> {
        let mut walk = Walk::new(&self.links, &self.sound);
        walk.run(ctx, conn, archives)?;
        let Walk { findings, not_covered, archived, names, .. } = walk;
        self.archived = archived;
        self.add(Shown { findings, not_covered, names });
        Ok(())
    }

    fn add(&mut self, shown: Shown) {
        for finding in &mut self.findings {
            if let Some(named) = finding.day.as_ref().and_then(|day| shown.names.get(day)) {
                let new = named.iter().filter(|name| !finding.entries.contains(name));
                let new: Vec<String> = new.cloned().collect();
                finding.entries.extend(new);
            }
        }
        self.findings.extend(shown.findings);
        self.not_covered.extend(shown.not_covered);
    }

    fn say_what_is_not_covered(
        &mut self,
        conn: &mut PgConnection,
        heads: &[(String, Head)],
    ) -> anyhow::Result<()> {
        let first = self.links.iter().find(|link| link.number == 1);
        match (&self.head, first) {
            (Some(head), Some(first)) => {
                self.not_covered.push(format!("days after {}: they are open", head.closed_to));
                self.not_covered.push(format!(
                    "what became of entries before their day was closed; the first one was on {}",
                    first.written_at
                ));
            }
            _ => self
                .not_covered
                .push(String::from("no day was ever closed: run `inboxctl audit close`")),
        }
        if heads.is_empty() {
            self.not_covered.push(String::from(
                "whether all links were written anew: no head from outside was given, see --against",
            ));
        }
        let is_prune = |link: &&Link| audit_trail::only_removes(&link.kind);
        let pruned = self.links.iter().filter(is_prune).map(|link| link.changed.unsigned_abs());
        let pruned = pruned.fold(0, u64::saturating_add);
        if self.archived < pruned {
            self.not_covered.push(format!(
                "{} of {} that were pruned: no archive of them was given, see --archive",
                human::count(pruned - self.archived),
                human::plural(pruned, "entry", "entries")
            ));
        }
        let timeless = store::timeless(conn)?;
        if timeless > 0 {
            self.not_covered.push(format!(
                "{} of no day: the time is infinite",
                human::plural(timeless.unsigned_abs(), "entry", "entries")
            ));
        }
        Ok(())
    }

    fn summary(&self) -> String {
        let heads = match self.heads {
            0 => String::new(),
            heads => format!(", against {}", human::plural(heads, "head", "heads")),
        };
        format!(
            "Verified {} with {}{heads}: {}.",
            human::plural(self.days, "closed day", "closed days"),
            human::plural(self.entries, "entry", "entries"),
            match self.findings.len() as u64 {
                0 => String::from("nothing was found"),
                findings => human::plural(findings, "finding", "findings"),
            }
        )
    }
}

impl Tabular for View {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![Column::left("day"), Column::left("finding")]);
        for finding in &self.findings {
            let mut what = finding.what.clone();
            if !finding.entries.is_empty() {
                what += &format!(": {}", finding.entries.join(", "));
            }
            let day = finding.day.as_deref().unwrap_or("all");
            grid.row(vec![day.into(), Cell::toned(what, Tone::Bad)]);
        }
        grid.note(self.summary());
        if !self.changes.is_empty() {
            let changes = self.changes.iter().map(|(kind, number)| format!("{kind} {number}"));
            let changes = changes.collect::<Vec<_>>().join(", ");
            grid.note(format!("Changes of closed days that their links tell of: {changes}."));
        }
        for one in &self.acknowledged {
            grid.note(format!(
                "{}: {} came late, acknowledged by {} (as {}) on {}: {}.",
                one.day,
                human::plural(one.entries.unsigned_abs(), "entry", "entries"),
                one.actor.as_deref().unwrap_or("?"),
                one.recorded_by,
                one.at,
                human::one_line(one.reason.as_deref().unwrap_or("?"), 400)
            ));
        }
        self.not_covered.iter().for_each(|what| grid.note(format!("Not covered: {what}.")));
        vec![Block::Grid(grid)]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("findings")
    }
}
