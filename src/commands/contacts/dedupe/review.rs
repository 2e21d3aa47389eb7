//! The doubtful clusters, one by one at a terminal.

use serde_json::json;

use super::apply;
use super::find::{Cluster, Found};
use super::view;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::survivor::Prefer;
use crate::error::Outcome;
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::{contacts, tx};
use crate::ui::human;

/// What is less probable is not worth a person's time,
pub const LEAST: f64 = 0.3;
/// and what is more probable needs none.
const SURE: f64 = 0.98;

/// Asks about each: merge, not the same, skip, quit.
///
/// # Errors
/// Nobody is there to ask; the server refuses.
pub fn run(ctx: &Context, db: &mut Db, found: &Found, prefer: Prefer) -> anyhow::Result<Outcome> {
    let actor = ctx.actor(db, Right::Contacts)?;
    let doubtful: Vec<&Cluster> =
        found.clusters.iter().filter(|cluster| cluster.probability < SURE).collect();
    let (mut merged, mut distinct) = (0, 0);
    for (number, cluster) in doubtful.iter().enumerate() {
        ctx.ui.show(&view::one(found, cluster))?;
        let question = format!(
            "{} of {}: [m]erge, [n]ot the same, [s]kip, [q]uit? ",
            number + 1,
            doubtful.len()
        );
        let (letter, consent) =
            ctx.ui.choose(&question, &['m', 'n', 's', 'q'], &|| ctx.interrupted())?;
        match letter {
            'm' => {
                let one = std::slice::from_ref(*cluster);
                for result in apply::merge(db, found, one, prefer, &actor, &consent)? {
                    match result {
                        Ok(id) => {
                            merged += 1;
                            ctx.ui.status(format!(
                                "merged; take it back with: inboxctl contacts unmerge {id}"
                            ));
                        }
                        Err(reason) => ctx.ui.warn(format!("left alone: {reason}")),
                    }
                }
            }
            'n' => {
                remember(db, found, cluster, &actor)?;
                distinct += 1;
            }
            's' => {}
            _ => break,
        }
    }
    ctx.ui.status(format!(
        "{} merged, {} remembered as not the same",
        human::plural(merged, "cluster", "clusters"),
        human::count(distinct)
    ));
    Ok(Outcome::Done)
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
            action: "contact.distinct",
            resource: "contacts",
            resource_id: Some(&cluster.survivor.to_string()),
            details: json!({ "contacts": ids }),
        };
        Ok(audit::record(conn, actor, &change)?)
    })
}
