//! The doubtful clusters, one by one at a terminal.

use serde_json::json;

use super::apply;
use super::find::{Cluster, Found};
use super::view;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::survivor::Prefer;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::contact_references::References;
use crate::store::{contacts, tx};
use crate::ui::human;

/// What is less probable is not worth a person's time,
pub(super) const LEAST: f64 = 0.3;
/// and what is more probable needs none.
const SURE: f64 = 0.98;

/// What a person has decided so far.
#[derive(Default)]
struct Tally {
    merged: u64,
    distinct: u64,
}

impl Tally {
    fn words(&self) -> String {
        let merged = human::plural(self.merged, "cluster", "clusters");
        format!("{merged} merged, {} remembered as not the same", human::count(self.distinct))
    }
}

/// Asks about each: merge, not the same, skip, quit.
///
/// # Errors
/// Nobody is there to ask; the server refuses. What was done before is said.
pub(super) fn run(
    ctx: &Context,
    db: &mut Db,
    found: &Found,
    references: &References,
    prefer: Prefer,
) -> anyhow::Result<Outcome> {
    let actor = ctx.actor(db, Right::Contacts)?;
    let doubtful: Vec<&Cluster> =
        found.clusters.iter().filter(|cluster| cluster.probability < SURE).collect();
    if doubtful.is_empty() {
        ctx.ui.status("no cluster is in doubt: there is nothing to review");
        return Ok(Outcome::Done);
    }
    let id = super::new_run(ctx)?;
    let mut tally = Tally::default();
    for (number, cluster) in doubtful.iter().enumerate() {
        ctx.ui.show(&view::one(found, cluster))?;
        let question = format!(
            "{} of {}: [m]erge, [n]ot the same, [s]kip, [q]uit? ",
            number + 1,
            doubtful.len()
        );
        let answer = ctx.ui.choose(&question, &['m', 'n', 's', 'q'], &|| ctx.interrupted());
        let (letter, consent) = answer.map_err(|failure| stopped(failure, &tally))?;
        match letter {
            'm' => {
                let (actor, consent) = (&actor, &consent);
                let run = apply::Run { found, references, id, prefer, actor, consent };
                let merged = apply::merge(db, &run, std::slice::from_ref(*cluster));
                for result in merged.inspect_err(|_| ctx.ui.status(tally.words()))? {
                    match result {
                        Ok(id) => {
                            tally.merged += 1;
                            ctx.ui.status(format!(
                                "merged; take it back with: inboxctl contacts unmerge {id}"
                            ));
                        }
                        Err(reason) => ctx.ui.warn(format!("left alone: {}", reason.text)),
                    }
                }
            }
            'n' => {
                remember(db, found, cluster, &actor)
                    .inspect_err(|_| ctx.ui.status(tally.words()))?;
                tally.distinct += 1;
            }
            's' => {}
            _ => break,
        }
    }
    ctx.ui.status(tally.words());
    Ok(Outcome::Done)
}

/// A failure of asking, which says that nothing was changed: not so here, once something was.
fn stopped(failure: Failure, tally: &Tally) -> Failure {
    if tally.merged + tally.distinct == 0 {
        return failure;
    }
    Failure { what: format!("stopped: {}", tally.words()), ..failure }
}

/// No two members of the cluster are the same, for ever.
fn remember(db: &mut Db, found: &Found, cluster: &Cluster, actor: &Actor) -> anyhow::Result<()> {
    let ids: Vec<_> = cluster.rows.iter().map(|&row| found.table.id(row)).collect();
    tx::write(db, |conn| {
        for (at, &left) in ids.iter().enumerate() {
            for &right in &ids[at + 1..] {
                contacts::insert_distinct(conn, left, right, &actor.name)?;
            }
        }
        let change = Change {
            action: Action::ContactDistinct,
            resource_id: Some(&cluster.survivor.to_string()),
            details: json!({ "contacts": ids }),
        };
        Ok(audit::record(conn, actor, &change)?)
    })
}
