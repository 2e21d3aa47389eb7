//! `messages search`.
//!
//! There is no index of the texts: every message that is written would pay for it,
//! with ten times the work of any other index. So the newest are read first, a
//! slice of time after the other by their keys, until enough is found or the time
//! asked for is through.

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::row::MessageRow;
use crate::commands::list_args::ListArgs;
use crate::commands::time_arg::{self, Moment};
use crate::context::Context;
use crate::domain::time_key;
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
    #[arg(long, value_name = "WHEN", default_value = "30d", value_parser = time_arg::parse)]
    since: Moment,
    #[command(flatten)]
    list: ListArgs<MessageRow>,
}

/// One statement reads so much at most.
const SLICE: SignedDuration = SignedDuration::from_hours(2 * 24);

pub fn run(ctx: &mut Context, args: SearchArgs) -> anyhow::Result<Outcome> {
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
    args.list.show(ctx, rows.collect())
}

fn look_back(
    ctx: &Context,
    db: &mut Db,
    text: &str,
    since: Timestamp,
    now: Timestamp,
    limit: i64,
) -> anyhow::Result<Vec<Message>> {
    let oldest = tx::read(db, |conn| Ok(messages::oldest_id(conn)?))?;
    let Some(oldest) = oldest else { return Ok(Vec::new()) };
    let low = time_key::lowest(since).max(oldest);
    // Keys of clocks that are ahead of ours come first.
    let mut high = Uuid::max();
    let mut start = now;
    let mut found = Vec::new();
    while high > low && (found.len() as i64) < limit {
        if let Some(signal) = ctx.interrupted() {
            return Err(Failure::interrupted(signal).into());
        }
        start = start.checked_sub(SLICE).unwrap_or(Timestamp::MIN);
        let slice_low = time_key::lowest(start).max(low);
        let missing = limit - found.len() as i64;
        found.extend(tx::read(db, |conn| {
            Ok(messages::search_between(conn, text, slice_low, high, missing)?)
        })?);
        high = slice_low;
    }
    Ok(found)
}
