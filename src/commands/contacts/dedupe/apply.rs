//! Merging what was found, a cluster a transaction.

use std::collections::BTreeMap;
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
use crate::domain::merge_plan::{self, Prefer};
use crate::error::Outcome;
use crate::store::audit::Actor;
use crate::store::connect::Db;
use crate::store::{merges, tx};

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
    let queue = Queue { next: AtomicUsize::new(0), is_closed: AtomicBool::new(false) };
    let (sender, results) = mpsc::channel();
    let work = |db: &mut Db, sender: Sender<(usize, anyhow::Result<Merged>)>| {
        while let Some(number) = queue.take(found.clusters.len()) {
            let merged = merge(db, found, &found.clusters[number], prefer, &actor, consent);
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
        for (number, merged) in results {
            match merged {
                Ok(Ok(_)) => done.merged += 1,
                Ok(Err(reason)) => drop(skipped.insert(number, reason)),
                Err(error) => failed = failed.or(Some(error)),
            }
            progress.advance(1);
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

/// The clusters that are still to be merged.
struct Queue {
    next: AtomicUsize,
    is_closed: AtomicBool,
}

impl Queue {
    /// The number of the next cluster of so many.
    fn take(&self, total: usize) -> Option<usize> {
        if self.is_closed.load(Ordering::Relaxed) {
            return None;
        }
        Some(self.next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < total)
    }
}

/// Merges one cluster, unless it moved since it was scored.
///
/// # Errors
/// The server refuses.
pub fn merge(
    db: &mut Db,
    found: &Found,
    cluster: &Cluster,
    prefer: Prefer,
    actor: &Actor,
    consent: &Consent,
) -> anyhow::Result<Merged> {
    let mut expected: Vec<(Uuid, i64)> = cluster
        .rows
        .iter()
        .map(|&row| found.table.id(row))
        .zip(cluster.updated_at_us.iter().copied())
        .collect();
    expected.sort();
    let ids: Vec<Uuid> = expected.iter().map(|(id, _)| *id).collect();
    tx::write(db, |conn: &mut PgConnection| {
        let locked = merges::lock(conn, &ids)?;
        if locked.len() < expected.len() {
            return Ok(Err("a contact is gone"));
        }
        let is_same = locked.iter().zip(&expected).all(|(now, (id, updated_at_us))| {
            now.profile.id == *id && now.updated_at_us == *updated_at_us
        });
        if !is_same {
            return Ok(Err("a contact changed"));
        }
        let profiles: Vec<_> = locked.iter().map(|one| one.profile.clone()).collect();
        let plan = merge_plan::survivor(&profiles, prefer)
            .and_then(|survivor| merge_plan::plan(&profiles, survivor));
        let Some(plan) = plan else { return Ok(Err("there is nothing to merge")) };
        let probability = Some(cluster.probability);
        Ok(Ok(merge_locked(conn, &plan, &locked, probability, actor, consent)?))
    })
}
