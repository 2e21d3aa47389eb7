//! `messages search`.
//!
//! There is no index of the texts: every message that is written would pay for it,
//! with ten times the work of any other index. So the newest are read first, a
//! slice of time after the other, until enough is found or the time
//! asked for is through.

use clap::Args;
use diesel::{PgConnection, QueryResult};
use jiff::{SignedDuration, Timestamp};

use super::row::MessageRow;
use crate::commands::contacts::named::ContactArg;
use crate::commands::list_args::ListArgs;
use crate::commands::name_arg;
use crate::context::Context;
use crate::domain::moment::{self, Moment, Span};
use crate::domain::pg_time::PgTime;
use crate::domain::vocabulary::Channel;
use crate::error::{Failure, Outcome};
use crate::store::connect::Db;
use crate::store::messages::{Message, Only};
use crate::store::{messages, server, tx};
use crate::ui::human;

#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Text to find, in any case
    text: String,
    /// Only messages of this contact, however old
    #[arg(long, value_name = "CONTACT", conflicts_with = "since")]
    contact: Option<ContactArg>,
    /// How far to look back: 365d (ago), 2026-03-01, 2026-03-01T12:00:00Z
    #[arg(long, value_name = "WHEN", default_value = "30d", value_parser = moment::parse)]
    since: Moment,
    /// Only messages before this time
    #[arg(long, value_name = "WHEN", value_parser = moment::parse)]
    until: Option<Moment>,
    /// Only messages of this channel
    #[arg(long, value_name = "CHANNEL", value_parser = name_arg::parser::<Channel>())]
    channel: Option<Channel>,
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
        let contact = args.contact.as_ref().map(|one| one.find_existing(ctx, conn)).transpose()?;
        Ok((server::now(conn)?, contact))
    })?;
    let until = args.until.map(|until| until.resolve(now));
    let found = match contact {
        Some(contact) => tx::read(&mut db, |conn| {
            let only =
                Only { channel: args.channel, span: Span { since: None, until }, after: None };
            Ok(messages::search_contact(conn, &args.text, contact, only, limit)?)
        })?,
        None => {
            let since = args.since.resolve(now);
            let found = look_back(
                ctx,
                &mut db,
                (since, until, now),
                limit,
                |conn, from, before, missing| {
                    messages::search_between(
                        conn,
                        (&args.text, args.channel),
                        from,
                        before,
                        missing,
                    )
                },
            )?;
            if (found.len() as i64) < limit {
                let day = human::minute(since);
                ctx.ui.hint(format!("looked back to {day}; --since looks further"));
            }
            found
        }
    };
    let rows = found.into_iter().map(|message| MessageRow::new(message, now));
    args.list.show(ctx, &mut db, rows.collect())
}

/// The newest first, by a statement that is given a slice of time and how many are missing still.
pub(super) fn look_back(
    ctx: &Context,
    db: &mut Db,
    (since, until, now): (Timestamp, Option<Timestamp>, Timestamp),
    limit: i64,
    list: impl Fn(&mut PgConnection, PgTime, Option<PgTime>, i64) -> QueryResult<Vec<Message>>,
) -> anyhow::Result<Vec<Message>> {
    // Times that are ahead of ours come first.
    let mut before = until.map(PgTime::from);
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
            let slice = list(conn, from, before, missing)?;
            Ok(Some((from, slice)))
        })?;
        let Some((from, slice)) = slice else { break };
        found.extend(slice);
        before = Some(from);
    }
    Ok(found)
}
