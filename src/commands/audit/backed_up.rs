//! Backups beside the log: of each day that was closed when one was made, the entries that it holds
//! must be there still, unless a link says what became of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use diesel::PgConnection;

use super::differences::{Change, Difference, differences, named};
use crate::commands::db::backup::entries;
use crate::commands::db::backup::given::Given;
use crate::commands::db::backup::source::{Source, damaged};
use crate::context::Context;
use crate::domain::audit_dump;
use crate::domain::audit_entry::{self, Hashed};
use crate::domain::audit_head::{Head, Identity};
use crate::domain::audit_trail::{self, Finding, Link};
use crate::domain::backup::Manifest;
use crate::error::Failure;
use crate::store::audit_trail as store;

pub(super) struct Backup {
    name: String,
    source: Source,
    schema: String,
    links: Vec<Link>,
}

/// What a backup shows of the log.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) findings: Vec<Finding>,
    pub(super) not_covered: Vec<String>,
    /// Of days that aren't sound, what became of entries.
    pub(super) names: BTreeMap<String, Vec<String>>,
}

impl Backup {
    /// # Errors
    /// It isn't there, is damaged or no dump, or no identity opens it.
    pub(super) fn open(
        ctx: &Context,
        path: &Path,
        identities: &[PathBuf],
        schema: &str,
    ) -> anyhow::Result<Backup> {
        let source = Source::open(Given::at(path), identities)?;
        let problems = source.read_through(ctx)?;
        if !problems.is_empty() {
            return Err(damaged(source.name(), &problems).into());
        }
        let spinner = ctx.ui.spinner("reading the backup");
        let mut links = Vec::new();
        entries::rows(
            ctx,
            &source,
            schema,
            |table, _| table == "audit_days",
            |row| links.extend(audit_dump::link(row)),
        )?;
        drop(spinner);
        links.sort_by(|a, b| (&a.day, a.link).cmp(&(&b.day, b.link)));
        Ok(Backup { name: path.display().to_string(), source, schema: schema.to_owned(), links })
    }

    /// Of the links that it holds, and of its manifest.
    pub(super) fn heads(&self) -> Vec<(String, Head)> {
        let manifest = self.source.manifest.as_ref();
        let of_manifest = manifest.and_then(|one| one.audit_head.clone());
        let mut heads = vec![audit_trail::head(&self.links), of_manifest];
        let identity = manifest.map(Manifest::identity).unwrap_or_default();
        heads.iter_mut().flatten().for_each(|head| head.say_of(&identity));
        heads.dedup();
        heads.into_iter().flatten().map(|head| (self.name.clone(), head)).collect()
    }

    /// Whether it tells nothing of these links: it is of another database, whose they are not.
    pub(super) fn is_of_another(&self, links: &[Link], here: &Identity) -> bool {
        self.heads().iter().any(|(name, head)| {
            head.of_another(here).is_some()
                && audit_trail::check_head(links, head, name, here).is_some()
        })
    }

    /// # Errors
    /// It can't be read, the server refuses, or a signal came.
    pub(super) fn compare(
        &self,
        ctx: &Context,
        conn: &mut PgConnection,
        links: &[Link],
        sound: &[String],
    ) -> anyhow::Result<Shown> {
        let mut shown = Shown::default();
        match audit_trail::head(&self.links) {
            Some(head) => shown.not_covered.push(format!(
                "days after {} in {}: they were open when it was made",
                head.closed_to, self.name
            )),
            None => shown.not_covered.push(format!("{}: it holds no closed day", self.name)),
        }
        let sound: BTreeSet<&str> = sound.iter().map(String::as_str).collect();
        let mut days: BTreeMap<&str, Day<'_>> = BTreeMap::new();
        // The later link of a day takes the place of the former.
        for link in &self.links {
            days.insert(&link.day, Day::of(link, links));
        }
        days.retain(|day, one| !sound.contains(day) || one.is_other());
        let spinner = ctx.ui.spinner("reading the backup");
        let copies = self.copies(ctx, &days)?;
        drop(spinner);
        for (day, mut copy) in copies {
            copy.sort_unstable();
            let one = &days[day];
            if audit_entry::state(&copy) != (one.then.entries, one.then.digest.clone()) {
                let what = format!("its entries in {} are not what its link there says", self.name);
                shown.findings.push(Finding::of_day(day, what));
                continue;
            }
            let mut found = differences(&copy, &store::entries(conn, day)?);
            found.retain(|difference| !one.is_told(difference));
            if found.is_empty() {
                continue;
            }
            if sound.contains(day) {
                let what = format!("not what it was in {}, and no link says why", self.name);
                shown
                    .findings
                    .push(Finding { entries: named(&found), ..Finding::of_day(day, what) });
            } else {
                shown.names.insert(day.to_owned(), named(&found));
            }
        }
        Ok(shown)
    }

    /// The entries of these days.
    fn copies<'a>(
        &self,
        ctx: &Context,
        days: &BTreeMap<&'a str, Day<'_>>,
    ) -> Result<BTreeMap<&'a str, Vec<Hashed>>, Failure> {
        let mut copies: BTreeMap<&str, Vec<Hashed>> =
            days.keys().map(|day| (*day, Vec::new())).collect();
        if days.is_empty() {
            return Ok(copies);
        }
        // Whose partitions those are, their rows tell.
        let is_of_log = |table: &str, is_partition: bool| is_partition || table == "audit_logs";
        entries::rows(ctx, &self.source, &self.schema, is_of_log, |row| {
            if let Some((day, entry)) = audit_dump::entry(row)
                && let Some(copy) = copies.get_mut(day.as_str())
            {
                copy.push(Hashed { recorded_at: None, ..entry });
            }
        })?;
        Ok(copies)
    }
}

/// A day that was closed when a backup was made.
struct Day<'a> {
    /// Its last link in the backup.
    then: &'a Link,
    /// What was written after it since; none where that link is no more.
    since: Option<Vec<&'a Link>>,
}

impl<'a> Day<'a> {
    fn of(then: &'a Link, links: &'a [Link]) -> Day<'a> {
        let mut of_day = links.iter().filter(|link| link.day == then.day);
        let is_there = of_day.any(|link| link.hash == then.hash);
        Day { then, since: is_there.then(|| of_day.collect()) }
    }

    /// The day has other entries since, with a link that says so or without one.
    fn is_other(&self) -> bool {
        let state = |link: &Link| (link.entries, link.digest.clone());
        match &self.since {
            Some(since) => since.last().is_some_and(|last| state(last) != state(self.then)),
            None => true,
        }
    }

    /// Whether a link since tells of such a change.
    fn is_told(&self, difference: &Difference) -> bool {
        let kinds: &[&str] = match difference.change {
            Change::Removed => &["prune", "drop", "redact"],
            Change::Added => &["late", "restore"],
            Change::Changed => &["redact"],
        };
        let mut since = self.since.iter().flatten();
        since.any(|link| kinds.contains(&link.kind.as_str()))
    }
}
