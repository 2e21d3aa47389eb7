//! Merging what was found, a few clusters a transaction.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::{iter, thread};

use diesel::PgConnection;
use serde::Serialize;
use uuid::Uuid;

use super::find::{Cluster, Found};
use crate::commands::contacts::merge::merge_locked;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::consent::Consent;
use crate::domain::merge_plan;
use crate::domain::survivor::Prefer;
use crate::error::Outcome;
use crate::store::audit::Actor;
use crate::store::connect::Db;
use crate::store::merges::{self, Decided, Locked};
use crate::store::tx;

/// A cluster that was left alone.
#[derive(Debug, Clone, Serialize)]
pub struct Skipped {
    pub survivor: Uuid,
    pub reason: &'static str,
}

pub struct Done {
    pub merged: u64,
    pub skipped: Vec<Skipped>,
    pub outcome: Outcome,
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
type Merged = Result<Uuid, &'static str>;

/// Merges all clusters that are still as they were scanned. No two of them have
/// a contact in common, so they don't wait for each other.
///
/// # Errors
/// The server refuses; what was merged stays merged.
pub fn merge_all(
    ctx: &Context,
    db: &mut Db,
    found: &Found,
    prefer: Prefer,
    consent: &Consent,
) -> anyhow::Result<Done> {
    let actor = ctx.actor(db, Right::Contacts)?;
    let more = found.clusters.len().div_ceil(CLUSTERS_A_CONNECTION).clamp(1, CONNECTIONS) - 1;
    // A server that has no more connections to give gets it done with fewer.
    let mut others: Vec<Db> = (0..more).map_while(|_| ctx.connect().ok()).collect();
    let progress = ctx.ui.progress("merging", found.clusters.len() as u64);
    let batches: Vec<&[Cluster]> = found.clusters.chunks(CLUSTERS_A_TRANSACTION).collect();
    let queue = Queue { next: AtomicUsize::new(0), is_closed: AtomicBool::new(false) };
    let (sender, results) = mpsc::channel();
    let work = |db: &mut Db, sender: Sender<(usize, anyhow::Result<Vec<Merged>>)>| {
        while let Some(number) = queue.take(batches.len()) {
            let merged = merge(db, found, batches[number], prefer, &actor, consent);
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
        let mut done = Done { merged: 0, skipped: Vec::new(), outcome: Outcome::Done };
        let (mut skipped, mut failed) = (BTreeMap::new(), None);
        // Ends when all workers have dropped their end.
        for (batch, merged) in results {
            match merged {
                Ok(merged) => {
                    for (number, one) in (batch * CLUSTERS_A_TRANSACTION..).zip(merged) {
                        match one {
                            Ok(_) => done.merged += 1,
                            Err(reason) => drop(skipped.insert(number, reason)),
                        }
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
        let of = |(number, reason): (usize, _)| Skipped {
            survivor: found.clusters[number].survivor,
            reason,
        };
        done.skipped = skipped.into_iter().map(of).collect();
        failed.map_or(Ok(done), Err)
    })
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

/// Merges clusters in one transaction, except those that moved since they were scored.
///
/// # Errors
/// The server refuses.
pub fn merge(
    db: &mut Db,
    found: &Found,
    clusters: &[Cluster],
    prefer: Prefer,
    actor: &Actor,
    consent: &Consent,
) -> anyhow::Result<Vec<Merged>> {
    let rows = clusters.iter().flat_map(|cluster| &cluster.rows);
    let mut ids: Vec<Uuid> = rows.map(|&row| found.table.id(row)).collect();
    ids.sort();
    tx::write(db, |conn: &mut PgConnection| {
        let locked = merges::lock(conn, &ids)?;
        let mut locked: HashMap<Uuid, Locked> =
            locked.into_iter().map(|one| (one.profile.id, one)).collect();
        let mut decided = Vec::with_capacity(clusters.len());
        let mut reasons = Vec::with_capacity(clusters.len());
        for cluster in clusters {
            let decision = decide(found, cluster, &mut locked, prefer);
            reasons.push(decision.as_ref().err().copied());
            decided.extend(decision);
        }
        let mut ids = merge_locked(conn, &decided, actor, consent)?.into_iter();
        let merged =
            |reason: Option<&'static str>| reason.map_or_else(|| ids.next().ok_or(GONE), Err);
        Ok(reasons.into_iter().map(merged).collect())
    })
}

const GONE: &str = "a contact is gone";

/// What to do with a cluster, or why nothing.
fn decide(
    found: &Found,
    cluster: &Cluster,
    locked: &mut HashMap<Uuid, Locked>,
    prefer: Prefer,
) -> Result<Decided, &'static str> {
    let ids = cluster.rows.iter().map(|&row| found.table.id(row));
    let mut before = Vec::with_capacity(cluster.rows.len());
    for (id, updated_at_us) in ids.zip(&cluster.updated_at_us) {
        let now = locked.remove(&id).ok_or(GONE)?;
        if now.updated_at_us != *updated_at_us {
            return Err("a contact changed");
        }
        before.push(now);
    }
    before.sort_by_key(|one| one.profile.id);
    let profiles: Vec<_> = before.iter().map(|one| one.profile.clone()).collect();
    let plan = merge_plan::survivor(&profiles, prefer)
        .and_then(|survivor| merge_plan::plan(&profiles, survivor))
        .ok_or("there is nothing to merge")?;
    Ok(Decided { plan, before, probability: Some(cluster.probability) })
}
