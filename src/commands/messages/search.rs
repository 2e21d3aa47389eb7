//! `messages search`.
//!
//! There is no index of the texts: every message that is written would pay for it,
//! with ten times the work of any other index. So the newest are read first, a
//! slice of time after the other, until enough is found or the time
//! asked for is through.

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::row::MessageRow;
use crate::commands::list_args::ListArgs;
use crate::context::Context;
use crate::domain::moment::{self, Moment};
use crate::domain::pg_time::PgTime;
use crate::error::{Failure, Outcome};
use crate::store::connect::Db;
use crate::store::messages::Message;
use crate::store::{contacts, messages, server, tx};

#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Text to find, in any case
    text: String,
    /// Only messages of this contact, however old
    #[arg(long, value_name = "ID", conflicts_with = "since")]
    contact: Option<Uuid>,
    /// How far to look back: 365d (ago), 2026-03-01, 2026-03-01T12:00:00Z
    #[arg(long, value_name = "WHEN", default_value = "30d", value_parser = moment::parse)]
    since: Moment,
    #[command(flatten)]
    list: ListArgs<MessageRow>,
}

/// One statement reads so much at most.
const SLICE: SignedDuration = SignedDuration::from_hours(2 * 24);

pub(super) fn run(ctx: &mut Context, args: SearchArgs) -> anyhow::Result<Outcome> {
    if args.text.trim().is_empty() {
        return Err(Failure::usage("there is no text to search for").into());
    }
    let mut db = ctx.connect()?;
    let limit = args.list.probe();
    let (now, contact) = tx::read(&mut db, |conn| {
        let contact = match args.contact {
            None => None,
            Some(id) => Some(
                contacts::find_existing(conn, id)?
                    .ok_or_else(|| crate::commands::contacts::unknown(id))?,
            ),
        };
        Ok((server::now(conn)?, contact))
    })?;
    let found = match contact {
        Some(contact) => tx::read(&mut db, |conn| {
            Ok(messages::search_contact(conn, &args.text, contact, limit)?)
        })?,
        None => {
            let since = args.since.resolve(now);
            let found = look_back(ctx, &mut db, &args.text, since, now, limit)?;
            if (found.len() as i64) < limit {
                let day = since.strftime("%Y-%m-%d %H:%M UTC");
                ctx.ui.hint(format!("looked back to {day}; --since looks further"));
            }
            found
        }
    };
    let rows = found.into_iter().map(|message| MessageRow::new(message, now));
    args.list.show(ctx, &mut db, rows.collect())
}

fn look_back(
    ctx: &Context,
    db: &mut Db,
    text: &str,
    since: Timestamp,
    now: Timestamp,
    limit: i64,
) -> anyhow::Result<Vec<Message>> {
    // Times that are ahead of ours come first.
    let mut before = None;
    let mut found = Vec::new();
    while (found.len() as i64) < limit {
        if let Some(signal) = ctx.interrupted() {
            return Err(Failure::interrupted(signal).into());
        }
        let missing = limit - found.len() as i64;
        let slice = tx::read(db, |conn| {
            // Where there were no messages for a while, nothing is asked for.
            let newest = messages::newest_before(conn, before)?;
            let Some(newest) = newest.filter(|newest| *newest >= since.into()) else {
                return Ok(None);
            };
            let start = newest.known().unwrap_or(now).checked_sub(SLICE).unwrap_or(since);
            let from = PgTime::from(start.max(since)).min(newest);
            let slice = messages::search_between(conn, text, from, before, missing)?;
            Ok(Some((from, slice)))
        })?;
        let Some((from, slice)) = slice else { break };
        found.extend(slice);
        before = Some(from);
    }
    Ok(found)
}
