//! Merging what was found, a cluster a transaction.

use diesel::PgConnection;
use serde::Serialize;
use uuid::Uuid;

use super::find::{Cluster, Found};
use crate::commands::contacts::merge::merge_locked;
use crate::context::Context;
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

/// Merges all clusters that are still as they were scanned.
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
    let actor = ctx.actor(db)?;
    let mut done = Done { merged: 0, skipped: Vec::new(), outcome: Outcome::Done };
    let progress = ctx.ui.progress("merging", found.clusters.len() as u64);
    for cluster in &found.clusters {
        if let Some(signal) = ctx.interrupted() {
            done.outcome = Outcome::Interrupted(signal);
            break;
        }
        match merge(db, found, cluster, prefer, &actor, consent)? {
            Ok(_) => done.merged += 1,
            Err(reason) => done.skipped.push(Skipped { survivor: cluster.survivor, reason }),
        }
        progress.advance(1);
    }
    Ok(done)
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
) -> anyhow::Result<Result<Uuid, &'static str>> {
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
