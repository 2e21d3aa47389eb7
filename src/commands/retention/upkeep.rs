//! Partitions of `audit_logs`: those of the next months are made, and what fell
//! into the DEFAULT one moves to where it belongs.

use serde_json::json;

use super::engine::LOCK_TIMEOUT;
use super::view::RunView;
use crate::context::Context;
use crate::error::Failure;
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::partitions::{self, Stray};
use crate::store::{server, tx};
use crate::ui::human;

const MONTHS_AHEAD: i64 = 3;
/// Months that are moved out of the DEFAULT partition in one run.
const STRAY_MONTHS: i64 = 24;

/// A month a transaction: none holds its locks for longer than the lock timeout.
/// What can't be done in that time is told and left as it was.
///
/// # Errors
/// The server refuses.
pub fn partitions(
    ctx: &Context,
    db: &mut Db,
    actor: &Actor,
    view: &mut RunView,
) -> anyhow::Result<()> {
    let (now, strays) =
        tx::read(db, |conn| Ok((server::now(conn)?, partitions::strays(conn, STRAY_MONTHS)?)))?;
    let ahead = (0..=MONTHS_AHEAD).map(|months| partitions::months_later(now, months));
    let is_stray = |month: &jiff::Timestamp| {
        let name = |time: &jiff::Timestamp| time.strftime("%Y-%m").to_string();
        strays.iter().any(|stray| name(&stray.month) == name(month))
    };
    let ahead = ahead.filter(|month| !is_stray(month)).map(|month| Stray { month, rows: 0 });
    let months: Vec<Stray> = ahead.chain(strays.iter().cloned()).collect();
    for Stray { month, rows } in months {
        if ctx.interrupted().is_some() {
            return Ok(());
        }
        let made = tx::write(db, |conn| {
            partitions::bound_locks(conn, LOCK_TIMEOUT)?;
            let made = partitions::ensure(conn, month, month)?;
            if !made.is_empty() {
                let change = Change {
                    action: "partition.create",
                    resource: "audit_logs",
                    resource_id: None,
                    details: json!({ "partitions": &made, "moved": rows }),
                };
                audit::record(conn, actor, &change)?;
            }
            Ok(made)
        });
        match made {
            Ok(made) => view.made(made, u64::try_from(rows).unwrap_or_default()),
            Err(error) => {
                let Failure { what, why, .. } = crate::error::explain(&error);
                let rows = human::plural(u64::try_from(rows).unwrap_or_default(), "row", "rows");
                view.warn(
                    ctx,
                    format!(
                        "no partition was made for {}, {rows} of it stay in the DEFAULT one: {} ({what})",
                        month.strftime("%Y-%m"),
                        why.unwrap_or_default(),
                    ),
                );
            }
        }
    }
    Ok(())
}
