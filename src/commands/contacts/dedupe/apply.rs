//! Merging what was found, a few clusters a transaction.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::{iter, thread};

use diesel::PgConnection;
use serde::Serialize;
use uuid::Uuid;

use super::find::{Cluster, Found};
use crate::commands::contacts::merge::merge_locked;
use crate::commands::denied;
use crate::context::Context;
use crate::domain::consent::Consent;
use crate::domain::merge_plan;
use crate::domain::survivor::Prefer;
use crate::error::{self, Failure, Outcome};
use crate::store::audit::Actor;
use crate::store::connect::Db;
use crate::store::contact_reference::Reference;
use crate::store::contact_references::References;
use crate::store::merges::{self, Decided, Locked};
use crate::store::{merging, tx};

/// A cluster that was left alone.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Skipped {
    pub survivor_id: Uuid,
    pub reason: String,
}

impl Skipped {
    pub(super) fn by(survivor_id: Uuid, failure: &Failure) -> Skipped {
        Skipped { survivor_id, reason: text(failure) }
    }

    pub(super) fn warning(&self) -> String {
        format!("left alone, {}: {}", self.survivor_id, self.reason)
    }
}

pub(super) struct Done {
    pub merged: u64,
    pub skipped: Vec<Skipped>,
    /// What nobody could expect, of the first cluster that it happened to.
    pub surprise: Option<Failure>,
    pub outcome: Outcome,
}

/// What a run merges by.
pub(super) struct Run<'a> {
    pub found: &'a Found,
    pub references: &'a References,
    /// Its id: by it the whole run is taken back.
    pub id: Uuid,
    pub prefer: Prefer,
    pub actor: &'a Actor,
}

/// Connections that merge at the same time. The server spends a good millisecond
/// on a merge: two of them keep two of its cores busy, the others wait for the
/// network or for the disk.
const CONNECTIONS: usize = 4;

/// Clusters of a transaction: enough that its statements cost less than its rows, few
/// enough that nobody waits long for a row that it has locked.
const CLUSTERS_A_TRANSACTION: usize = 16;

/// Clusters for which one more connection is worth its start.
const CLUSTERS_A_CONNECTION: usize = 64;

/// What became of a cluster: the id of the merge, or why there was none.
pub(super) type Merged = Result<Uuid, Reason>;

/// Why a cluster was left alone.
#[derive(Debug, Clone)]
pub(super) struct Reason {
    pub text: String,
    /// Not a known constraint or right: the run has to say so at its end.
    surprise: Option<Failure>,
}

impl<T: Into<String>> From<T> for Reason {
    fn from(text: T) -> Reason {
        Reason { text: text.into(), surprise: None }
    }
}

impl Reason {
    /// Of an error whose transaction was rolled back.
    pub(super) fn of(db: &mut Db, error: anyhow::Error) -> Reason {
        let is_known = error::is_known_reason(&error);
        let failure = error::explain(&denied::explain_on(db, error));
        Reason { text: text(&failure), surprise: Some(failure).filter(|_| !is_known) }
    }
}

fn text(failure: &Failure) -> String {
    let parts = [Some(&failure.what), failure.why.as_ref(), failure.hint.as_ref()];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join("; ")
}

/// Merges all certain cores that are still as they were scanned. No two of them have
/// a contact in common, so they don't wait for each other.
///
/// # Errors
/// The server refuses; what was merged stays merged.
pub(super) fn merge_all(
    ctx: &Context,
    db: &mut Db,
    run: &Run<'_>,
    consent: &Consent,
) -> anyhow::Result<Done> {
    let merges = &run.found.merges;
    let more = merges.len().div_ceil(CLUSTERS_A_CONNECTION).clamp(1, CONNECTIONS) - 1;
    // A server that has no more connections to give gets it done with fewer.
    let mut others: Vec<Db> = (0..more).map_while(|_| ctx.connect().ok()).collect();
    let progress = ctx.ui.progress("merging", merges.len() as u64);
    // Where contacts refer to contacts, a merge may change the row of another cluster.
    let is_tied = run.references.all.iter().any(Reference::is_own);
    let size = if is_tied { 1 } else { CLUSTERS_A_TRANSACTION };
    let batches: Vec<&[Cluster]> = merges.chunks(size).collect();
    let queue = Queue { next: AtomicUsize::new(0), is_closed: AtomicBool::new(false) };
    let (sender, results) = mpsc::channel();
    let work = |db: &mut Db, sender: Sender<(usize, anyhow::Result<Vec<Merged>>)>| {
        while let Some(number) = queue.take(batches.len()) {
            let merged = merge(db, run, batches[number], consent);
            if sender.send((number, merged)).is_err() {
                break;
            }
        }
    };
    thread::scope(|scope| {
        for db in iter::once(db).chain(&mut others) {
            let sender = sender.clone();
            scope.spawn(|| work(db, sender));
        }
        drop(sender);
        let mut done =
            Done { merged: 0, skipped: Vec::new(), surprise: None, outcome: Outcome::Done };
        let (mut skipped, mut failed) = (HashMap::new(), None);
        // Ends when all workers have dropped their end.
        for (batch, merged) in results {
            match merged {
                Ok(merged) => {
                    for (cluster, one) in batches[batch].iter().zip(merged) {
                        done.count(cluster, one, &mut skipped);
                    }
                }
                Err(error) => failed = failed.or(Some(error)),
            }
            progress.advance(batches[batch].len() as u64);
            if let Some(signal) = ctx.interrupted() {
                done.outcome = Outcome::Interrupted(signal);
            }
            if failed.is_some() || !matches!(done.outcome, Outcome::Done) {
                queue.is_closed.store(true, Ordering::Relaxed);
            }
        }
        let in_order = merges.iter();
        done.skipped = in_order.filter_map(|one| skipped.remove(&one.survivor)).collect();
        failed.map_or(Ok(done), Err)
    })
}

impl Done {
    fn count(&mut self, cluster: &Cluster, merged: Merged, skipped: &mut HashMap<Uuid, Skipped>) {
        match merged {
            Ok(_) => self.merged += 1,
            Err(Reason { text, surprise }) => {
                self.surprise = self.surprise.take().or(surprise);
                let survivor = cluster.survivor;
                skipped.insert(survivor, Skipped { survivor_id: survivor, reason: text });
            }
        }
    }
}

/// The batches that are still to be merged.
struct Queue {
    next: AtomicUsize,
    is_closed: AtomicBool,
}

impl Queue {
    /// The number of the next batch of so many.
    fn take(&self, total: usize) -> Option<usize> {
        if self.is_closed.load(Ordering::Relaxed) {
            return None;
        }
        Some(self.next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < total)
    }
}

/// Merges clusters in one transaction, except those that moved since they were scored. When
/// something stands in the way of one, each gets a transaction of its own: it stops no other.
///
/// # Errors
/// What ends the run: the connection is gone, or nothing at all can be merged.
fn merge(
    db: &mut Db,
    run: &Run<'_>,
    clusters: &[Cluster],
    consent: &Consent,
) -> anyhow::Result<Vec<Merged>> {
    match merge_together(db, run, clusters, consent) {
        Err(error) if error::ends_a_run(&error) => Err(error),
        Err(error) if clusters.len() < 2 => Ok(vec![Err(Reason::of(db, error))]),
        Err(_) => {
            let mut merged = Vec::with_capacity(clusters.len());
            for cluster in clusters {
                merged.extend(merge(db, run, std::slice::from_ref(cluster), consent)?);
            }
            Ok(merged)
        }
        merged => merged,
    }
}

fn merge_together(
    db: &mut Db,
    run: &Run<'_>,
    clusters: &[Cluster],
    consent: &Consent,
) -> anyhow::Result<Vec<Merged>> {
    let rows = clusters.iter().flat_map(|cluster| &cluster.rows);
    let mut ids: Vec<Uuid> = rows.map(|&row| run.found.table.id(row)).collect();
    ids.sort();
    tx::write(db, |conn: &mut PgConnection| {
        merging::prepare(conn)?;
        let mut locked: HashMap<Uuid, Vec<Locked>> = HashMap::new();
        for one in merges::lock(conn, &ids, &run.references.contacts)? {
            locked.entry(one.profile.id).or_default().push(one);
        }
        let mut decided = Vec::with_capacity(clusters.len());
        let mut reasons = Vec::with_capacity(clusters.len());
        for cluster in clusters {
            let decision = decide(run, cluster, &mut locked);
            reasons.push(decision.as_ref().err().cloned());
            decided.extend(decision);
        }
        let merged = merge_locked(conn, &decided, run.references, run.actor, consent)?;
        let mut ids = merged.ids.into_iter();
        let merged = |reason: Option<String>| match reason {
            None => ids.next().ok_or(Reason::from(GONE)),
            Some(reason) => Err(Reason::from(reason)),
        };
        Ok(reasons.into_iter().map(merged).collect())
    })
}

const GONE: &str = "a contact is gone";

/// What to do with a cluster, or why nothing.
fn decide(
    run: &Run<'_>,
    cluster: &Cluster,
    locked: &mut HashMap<Uuid, Vec<Locked>>,
) -> Result<Decided, String> {
    let ids = cluster.rows.iter().map(|&row| run.found.table.id(row));
    let mut before = Vec::with_capacity(cluster.rows.len());
    for (id, updated_at_us) in ids.zip(&cluster.updated_at_us) {
        let rows = locked.remove(&id).ok_or(GONE)?;
        if let Some(why) = rows.iter().find_map(Locked::refusal) {
            return Err(why);
        }
        if rows.iter().any(|now| now.updated_at_us != *updated_at_us) {
            return Err(String::from("a contact changed"));
        }
        before.extend(rows);
    }
    before.sort_by_key(|one| one.profile.id);
    let profiles: Vec<_> = before.iter().map(|one| one.profile.clone()).collect();
    // What was agreed to: messages may have come that make another one survive.
    let survivor = merge_plan::survivor(&profiles, run.prefer);
    if survivor != Some(cluster.survivor) {
        return Err(String::from("another of its contacts would survive now"));
    }
    let plan = merge_plan::plan(&profiles, cluster.survivor).ok_or(GONE)?;
    let probability = Some(cluster.probability);
    Ok(Decided { plan, before, probability, run: Some(run.id), answer: None })
}
