//! The chains of closed days followed back: with the entries that lie in archives, each change of a
//! day must lead from what it was before to what it was after.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use age::x25519::Identity;
use diesel::PgConnection;
use jiff::Timestamp;
use serde_json::Value;

use super::differences::{differences, named};
use crate::archive::{self, Archive};
use crate::context::Context;
use crate::domain::audit_entry::{self, Hashed};
use crate::domain::audit_head::Head;
use crate::domain::audit_trail::{self, Finding, Link};
use crate::error::Failure;
use crate::store::{audit_trail as store, maintenance, retention};

/// The archives of entries that lie in some folders.
#[derive(Default)]
pub(super) struct Archives {
    found: Vec<Archive>,
    /// What can't be read for want of a key.
    locked: Vec<String>,
    /// Folders without an archive of the log.
    empty: Vec<String>,
}

impl Archives {
    /// # Errors
    /// A folder can't be read, or an archive is damaged.
    pub(super) fn open(folders: &[PathBuf], identities: &[Identity]) -> Result<Archives, Failure> {
        let mut archives = Archives::default();
        for folder in folders {
            let before = archives.found.len() + archives.locked.len();
            for manifest in archive::list(folder)?.into_iter().filter_map(|one| one.manifest) {
                let archive = Archive::open(&manifest)?.with_identities(identities);
                if archive.manifest().table != "audit_logs" {
                    continue;
                }
                match archive.is_readable()? {
                    true => archives.found.push(archive),
                    false => archives.locked.push(archive.manifest().file.clone()),
                }
            }
            if archives.found.len() + archives.locked.len() == before {
                archives.empty.push(folder.display().to_string());
            }
        }
        // Of two with the same rows, a run was killed between them, the first counts.
        let seals: BTreeSet<String> =
            archives.found.iter().map(|one| one.manifest().seal.clone()).collect();
        archives.found.retain(|one| {
            !one.manifest().replaces.iter().any(|replaced| seals.contains(&replaced.seal))
        });
        Ok(archives)
    }

    /// The heads in their manifests.
    pub(super) fn heads(&self) -> Vec<(String, Head)> {
        let manifests = self.found.iter().map(Archive::manifest);
        manifests.filter_map(|one| Some((one.name(), one.audit_head.clone()?))).collect()
    }
}

/// Entries of a day that archives hold, by the seal of each.
type Parts = BTreeMap<String, Vec<Hashed>>;

pub(super) struct Walk<'a> {
    days: BTreeMap<&'a str, Vec<&'a Link>>,
    /// Days that are what their last link says.
    sound: BTreeSet<&'a str>,
    pub(super) findings: Vec<Finding>,
    pub(super) not_covered: Vec<String>,
    /// Entries of archives that are what was deleted.
    pub(super) archived: u64,
    /// Of days that aren't sound, entries that are told from a copy that is.
    pub(super) names: BTreeMap<String, Vec<String>>,
    /// Days, and how many archives are yet to be read that have a part of them.
    waiting: BTreeMap<String, usize>,
    held: BTreeMap<String, Parts>,
    /// Of archives that took the place of others, all their seals and the first one's.
    first_seals: BTreeMap<String, String>,
    /// The first seals of those that an erasure of this database redacted.
    redacted: BTreeSet<String>,
    walked: BTreeSet<String>,
}

/// What a link says of an archive, and of late entries.
struct Details(Value);

impl Details {
    fn of(link: &Link) -> Details {
        Details(serde_json::from_str(&link.details).unwrap_or_default())
    }

    fn seal(&self) -> Option<&str> {
        self.0.pointer("/archive/seal").and_then(Value::as_str)
    }

    /// Whether a late entry is one of those that the link tells of.
    fn is_late(&self, entry: &Hashed) -> bool {
        let after = self.0.get("recorded_after").and_then(Value::as_str);
        let after: Option<Timestamp> = after.and_then(|at| at.parse().ok());
        let ids = self.0.get("ids").and_then(Value::as_array);
        match (after, ids) {
            (Some(after), _) => entry.recorded_at.is_some_and(|at| at > after),
            (None, Some(ids)) => {
                let id = entry.id.to_string();
                ids.iter().any(|one| one.as_str() == Some(&id))
            }
            // The day had none.
            (None, None) => true,
        }
    }
}

/// The seal of what a run of retention wrote, of an archive that may have taken its place.
fn first_of<'a>(first_seals: &'a BTreeMap<String, String>, seal: &'a str) -> &'a str {
    first_seals.get(seal).map_or(seal, String::as_str)
}

impl<'a> Walk<'a> {
    pub(super) fn new(links: &'a [Link], sound: &'a [String]) -> Walk<'a> {
        let mut days: BTreeMap<&str, Vec<&Link>> = BTreeMap::new();
        for link in links {
            days.entry(&link.day).or_default().push(link);
        }
        Walk {
            days,
            sound: sound.iter().map(String::as_str).collect(),
            findings: Vec::new(),
            not_covered: Vec::new(),
            archived: 0,
            names: BTreeMap::new(),
            waiting: BTreeMap::new(),
            held: BTreeMap::new(),
            first_seals: BTreeMap::new(),
            redacted: BTreeSet::new(),
            walked: BTreeSet::new(),
        }
    }

    /// # Errors
    /// An archive is damaged, the server refuses, or a signal came.
    pub(super) fn run(
        &mut self,
        ctx: &Context,
        conn: &mut PgConnection,
        archives: &Archives,
    ) -> anyhow::Result<()> {
        self.not_covered.extend(
            archives.locked.iter().map(|name| format!("{name}: it is encrypted, see --identity")),
        );
        self.not_covered.extend(
            archives.empty.iter().map(|name| format!("{name}: no archive of audit_logs is in it")),
        );
        self.know_replaced(conn, archives)?;
        self.wait_for(archives);
        for archive in &archives.found {
            let seal = archive.manifest().first_seal();
            let mut current: Option<String> = None;
            let (mut lines, mut part) = (0_u64, Vec::new());
            // In the order of time: where another day begins, one ends.
            archive.read(|line| -> anyhow::Result<()> {
                lines += 1;
                if let Some(signal) = ctx.interrupted().filter(|_| lines.is_multiple_of(1_000)) {
                    return Err(Failure::interrupted(signal).into());
                }
                let Some((day, entry)) = audit_entry::archived(std::str::from_utf8(line)?) else {
                    return Ok(());
                };
                if current.as_ref() != Some(&day)
                    && let Some(before) = current.replace(day)
                {
                    self.part_ends(conn, seal, before, std::mem::take(&mut part))?;
                }
                part.push(entry);
                Ok(())
            })?;
            if let Some(day) = current {
                self.part_ends(conn, seal, day, part)?;
            }
            // Days that say that the archive has a part of them, and it has none.
            let first_seals = &self.first_seals;
            let names_it = |link: &&Link| {
                Details::of(link).seal().map(|own| first_of(first_seals, own)) == Some(seal)
            };
            let unread = self.days.iter().filter(|(day, links)| {
                !self.walked.contains(**day)
                    && links.iter().any(names_it)
                    && !self.held.get(**day).is_some_and(|parts| parts.contains_key(seal))
            });
            let unread: Vec<String> = unread.map(|(day, _)| (*day).to_owned()).collect();
            for day in unread {
                self.part_ends(conn, seal, day, Vec::new())?;
            }
        }
        let is_late = |links: &[&Link]| links.iter().any(|link| link.kind == "late");
        let late: Vec<&str> = self
            .days
            .iter()
            .filter(|(day, links)| is_late(links) && !self.walked.contains(**day))
            .map(|(day, _)| *day)
            .collect();
        late.into_iter().try_for_each(|day| self.day(conn, day, Parts::new()))
    }

    /// Which archives took the place of others, as far as this database knows of it.
    fn know_replaced(
        &mut self,
        conn: &mut PgConnection,
        archives: &Archives,
    ) -> anyhow::Result<()> {
        let manifests = archives.found.iter().map(Archive::manifest);
        for manifest in manifests.filter(|one| !one.replaces.is_empty()) {
            let first = manifest.first_seal();
            let seals = manifest.replaces.iter().map(|one| &one.seal).chain([&manifest.seal]);
            self.first_seals.extend(seals.map(|seal| (seal.clone(), first.to_owned())));
            let missing = retention::missing_privileges(conn, "maintenance_runs", &["SELECT"])?;
            if !missing.is_empty() {
                let what = "an erasure redacted it, and whether it did can't be seen without SELECT on maintenance_runs";
                self.not_covered.push(format!("{}: {what}", manifest.file));
            } else if !maintenance::is_archive(conn, "audit_logs", &manifest.seal)? {
                self.findings.push(Finding::of_all(format!(
                    "{} takes the place of another archive, and no erasure of this database wrote it",
                    manifest.file
                )));
                continue;
            }
            self.redacted.insert(first.to_owned());
        }
        Ok(())
    }

    /// How many of the archives have a part of each day.
    fn wait_for(&mut self, archives: &Archives) {
        let given: BTreeSet<&str> =
            archives.found.iter().map(|one| one.manifest().first_seal()).collect();
        for (day, links) in &self.days {
            let details: Vec<Details> = links.iter().map(|link| Details::of(link)).collect();
            let seals = details.iter().filter_map(Details::seal);
            let seals: BTreeSet<&str> =
                seals.map(|seal| first_of(&self.first_seals, seal)).collect();
            self.waiting.insert((*day).to_owned(), seals.intersection(&given).count());
        }
    }

    /// Looks at a day once all archives that have a part of it were read.
    fn part_ends(
        &mut self,
        conn: &mut PgConnection,
        seal: &str,
        day: String,
        mut entries: Vec<Hashed>,
    ) -> anyhow::Result<()> {
        if self.walked.contains(&day) {
            return Ok(());
        }
        entries.sort_unstable();
        let parts = self.held.entry(day.clone()).or_default();
        parts.insert(seal.to_owned(), entries);
        let left = self.waiting.entry(day.clone()).or_default();
        // A run that was stopped archived entries that a later one deleted, and archived again.
        let links = self.days.get(day.as_str()).into_iter().flatten();
        let mut named = links.filter_map(|link| Some(Details::of(link).seal()?.to_owned()));
        if named.any(|own| first_of(&self.first_seals, &own) == seal) {
            *left = left.saturating_sub(1);
        }
        if *left > 0 {
            return Ok(());
        }
        let parts = self.held.remove(&day).unwrap_or_default();
        self.day(conn, &day, parts)?;
        self.walked.insert(day);
        Ok(())
    }

    fn day(&mut self, conn: &mut PgConnection, day: &str, parts: Parts) -> anyhow::Result<()> {
        let Some(links) = self.days.get(day).cloned() else { return Ok(()) };
        let live = store::entries(conn, day)?;
        match self.sound.contains(day) {
            true => self.back(day, &links, live, &parts),
            false => self.name(day, &links, &live, &parts),
        }
        Ok(())
    }

    /// From what a day is now to what it was when it was closed.
    fn back(&mut self, day: &str, links: &[&Link], live: Vec<Hashed>, parts: &Parts) {
        let mut entries = live;
        for pair in links.windows(2).rev() {
            let [before, link] = pair else { return };
            let details = Details::of(link);
            let seal = details.seal().map(|seal| first_of(&self.first_seals, seal));
            let part = seal.and_then(|seal| parts.get(seal));
            let had = entries.len();
            match (link.kind.as_str(), part) {
                ("before" | audit_trail::ACKNOWLEDGE, _) => continue,
                (kind, Some(part)) if audit_trail::only_removes(kind) => {
                    entries.extend(part.iter().cloned());
                    entries.sort_unstable();
                    // What was archived, and not deleted any more.
                    entries.dedup();
                }
                ("restore", Some(part)) => {
                    entries.retain(|entry| part.binary_search(entry).is_err());
                }
                ("late", _) => entries.retain(|entry| !details.is_late(entry)),
                (kind, None) if audit_trail::only_removes(kind) && details.seal().is_some() => {
                    self.not_covered.push(format!(
                        "{day}: what was pruned is in an archive that was not given: {}",
                        details
                            .0
                            .pointer("/archive/manifest")
                            .and_then(Value::as_str)
                            .unwrap_or("?")
                    ));
                    return;
                }
                _ => return,
            }
            let archived = part.map_or(0, |_| entries.len().abs_diff(had) as u64);
            if audit_entry::state(&entries) == (before.entries, before.digest.clone()) {
                self.archived += archived;
                continue;
            }
            let is_redacted = seal.is_some_and(|seal| self.redacted.contains(seal));
            if is_redacted && entries.len() as i64 == before.entries {
                self.archived += archived;
                self.not_covered.push(format!(
                    "{day}: entries in an archive were redacted by an erasure, and so the day isn't followed further back"
                ));
                return;
            }
            let what = match link.kind.as_str() {
                "late" => "without what came late, the day is not what it was before",
                // Some of them may have been there.
                "restore" => return,
                _ => "with what is in the archive, the day is not what it was before the prune",
            };
            self.findings.push(Finding::of_day(day, what));
            return;
        }
    }

    /// Which entries differ, where archives hold what the day was at its last link.
    fn name(&mut self, day: &str, links: &[&Link], live: &[Hashed], parts: &Parts) {
        let Some(last) = links.last() else { return };
        let mut all: Vec<Hashed> = parts.values().flatten().cloned().collect();
        all.sort_unstable();
        let is_last =
            |one: &&Vec<Hashed>| audit_entry::state(one) == (last.entries, last.digest.clone());
        let none = Vec::new();
        let Some(copy) = [&all, &none].into_iter().chain(parts.values()).find(is_last) else {
            return;
        };
        self.names.insert(day.to_owned(), named(&differences(copy, live)));
    }
}
