//! Users who were not seen for long, set offline: what a policy of presence does, and `presence sweep`.

use std::time::Instant;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use super::no_cutoff::no_cutoff;
use super::outcome::Ended;
use super::{engine, heirs};
use crate::commands::denied;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::domain::retention::cutoff::{self, Older};
use crate::store::audit::{self, Change};
use crate::store::connect::Db;
use crate::store::maintenance::{self, NewRun, Progress, RunOutcome};
use crate::store::{interference, presence, server, tx};
use crate::ui::{Block, Tabular, human, millis};

const NEEDED: [(&str, &[&str]); 3] = [
    ("presence", &["SELECT", "UPDATE"]),
    ("maintenance_runs", &["SELECT", "INSERT", "UPDATE"]),
    ("audit_logs", &["INSERT"]),
];

/// Sweeps what was counted, in one transaction: there is a row a user.
///
/// # Errors
/// The server refuses.
pub fn sweep(
    ctx: &Context,
    db: &mut Db,
    mut view: SweepView,
    command: &str,
    consent: &Consent,
) -> anyhow::Result<SweepView> {
    let started = Instant::now();
    let actor = ctx.actor(db, Right::Retention)?;
    view.released = tx::write(db, |conn| {
        interference::see_all_rows(conn, &["presence"])?;
        let released = presence::release_stale(conn, view.cutoff, consent)?;
        let run = NewRun {
            command,
            policy: view.policy.as_deref(),
            table: "presence",
            actor: &actor.name,
            cutoff: view.cutoff,
            eligible: view.eligible,
            held: 0,
        };
        let id = maintenance::start(conn, &run)?;
        let duration_ms = millis(started.elapsed());
        // Nothing is deleted: what was released is in the details.
        let progress = Progress { deleted: 0, archived: 0, duration_ms };
        let details = json!({ "cutoff": view.cutoff, "released": released });
        maintenance::update(conn, id, progress, RunOutcome::Done, &details)?;
        let change =
            Change { action: Action::PresenceSweep, resource_id: Some(&id.to_string()), details };
        audit::record(conn, &actor, &change)?;
        Ok(released)
    })?;
    view.dry_run = false;
    view.duration_ms = millis(started.elapsed());
    view.outcome = RunOutcome::Done.name();
    Ok(view)
}

#[derive(Debug, Serialize)]
pub struct SweepView {
    dry_run: bool,
    policy: Option<String>,
    table: &'static str,
    cutoff: Timestamp,
    pub eligible: u64,
    held: u64,
    /// Rows that were set to offline, and their conversation released.
    released: u64,
    deleted: u64,
    archived: u64,
    duration_ms: u64,
    outcome: &'static str,
    /// What else is to be known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

impl SweepView {
    /// # Errors
    /// No such cut-off, a right that a run lacks, or the server refuses.
    pub fn planned(
        ctx: &Context,
        db: &mut Db,
        policy: Option<String>,
        older: Older,
        dry_run: bool,
    ) -> anyhow::Result<SweepView> {
        let allowed = denied::require(db, "set users offline", &NEEDED);
        engine::unless_foretold(ctx, allowed, dry_run)?;
        let (cutoff, eligible, notes) = tx::read(db, |conn| {
            interference::see_all_rows(conn, &["presence"])?;
            let now = server::now(conn)?;
            let cutoff = cutoff::of(older, now).map_err(|why| no_cutoff(&why))?;
            let notes = heirs::notes(conn, ("presence", "presence"), |conn, heir| {
                presence::count_inherited(conn, heir, cutoff)
            })?;
            Ok((cutoff, presence::count_stale(conn, cutoff)?, notes))
        })?;
        Ok(SweepView {
            dry_run: true,
            policy,
            table: "presence",
            cutoff,
            eligible,
            held: 0,
            released: 0,
            deleted: 0,
            archived: 0,
            duration_ms: 0,
            outcome: "planned",
            notes,
        })
    }

    /// `set 3 users offline who were last seen before ...`
    pub fn question(&self) -> String {
        format!(
            "set {} offline, last seen before {}",
            human::plural(self.eligible, "user", "users"),
            human::minute(self.cutoff)
        )
    }

    pub fn ended(&self) -> Ended {
        Ended {
            deleted: 0,
            archived: 0,
            held: 0,
            left: self.eligible.saturating_sub(self.released),
            duration_ms: self.duration_ms,
            is_interrupted: false,
            left_out: Vec::new(),
            head: None,
        }
    }
}

impl Tabular for SweepView {
    fn blocks(&self) -> Vec<Block> {
        let users = |number| human::plural(number, "user", "users");
        let since = human::minute(self.cutoff);
        let text = match (self.dry_run, self.eligible, self.released) {
            (true, 0, _) | (false, _, 0) => {
                format!("No user to set offline, last seen before {since}.")
            }
            (true, eligible, _) => format!(
                "Would set {} offline, last seen before {since}.\nNothing was changed.",
                users(eligible)
            ),
            (false, _, released) => {
                format!("Set {} offline, last seen before {since}.", users(released))
            }
        };
        vec![Block::Text([&[text], &self.notes[..]].concat().join("\n"))]
    }
}
