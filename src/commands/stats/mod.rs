//! `stats`.

mod by_contact;
mod view;

use clap::{Args, ValueEnum};
use jiff::{SignedDuration, Timestamp};

use self::view::StatsView;
use crate::context::Context;
use crate::domain::message_stats::{self, Key, Traffic};
use crate::domain::moment::{self, Moment};
use crate::domain::named::Label;
use crate::domain::suggest;
use crate::domain::vocabulary::Channel;
use crate::error::{Failure, Outcome};
use crate::store::connect::Db;
use crate::store::stats::{self, Assigned, Period};
use crate::store::{interference, server, tx};

#[derive(Debug, Args)]
pub struct StatsArgs {
    /// Begin with the day, week or month of this time: 30d, 2026-01-31, or an RFC 3339 time; with
    /// its hour where it is less than two days ago
    #[arg(long, value_name = "WHEN", value_parser = moment::parse, default_value = "30d")]
    since: Moment,
    /// Group the messages by this
    #[arg(long, value_enum, value_name = "KEY", default_value_t)]
    by: By,
    /// Show at most this many contacts, with --by contact
    #[arg(long, value_name = "N", default_value_t = 20,
          value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    /// Let days begin at midnight there: Europe/Madrid, UTC
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    time_zone: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum By {
    Hour,
    Day,
    Week,
    Month,
    #[default]
    Channel,
    // Who writes most.
    Contact,
}

/// What begins later is told by the hour.
const BY_HOUR: SignedDuration = SignedDuration::from_hours(48);

impl By {
    pub fn as_str(self) -> &'static str {
        match self {
            By::Hour => "hour",
            By::Day => "day",
            By::Week => "week",
            By::Month => "month",
            By::Channel => "channel",
            By::Contact => "contact",
        }
    }

    /// What the span is rounded to, and divided into.
    fn unit(self, span: SignedDuration) -> &'static str {
        match self {
            By::Channel | By::Contact if span < BY_HOUR => "hour",
            By::Channel | By::Contact => "day",
            _ => self.as_str(),
        }
    }
}

/// All that was read, from one snapshot, and what it comes to.
pub struct Found {
    pub until: Timestamp,
    /// Whether the periods are hours.
    pub is_hourly: bool,
    pub periods: Vec<Period>,
    pub traffic: Traffic,
    /// Messages of each channel in each period; only by channel.
    pub of_channels: Option<Vec<Vec<u64>>>,
    pub assigned: Vec<Assigned>,
    pub channels: Vec<Label<Channel>>,
}

pub fn run(ctx: &mut Context, args: StatsArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect_to_read()?;
    if args.by == By::Contact {
        return by_contact::run(ctx, &mut db, args.since, args.limit);
    }
    let found = match read(&mut db, &args) {
        Err(error) if error.to_string().contains("time zone") => {
            return Err(unknown_time_zone(&mut db, &args.time_zone)?.into());
        }
        found => found?,
    };
    ctx.ui.show(&StatsView::new(&found, args.by, &args.time_zone))?;
    Ok(Outcome::Done)
}

fn read(db: &mut Db, args: &StatsArgs) -> anyhow::Result<Found> {
    let (until, is_hourly, periods, (mut messages, channels), assigned) = tx::read(db, |conn| {
        interference::see_all_rows(conn, &["messages", "assignments", "users"])?;
        let until = server::now(conn)?;
        let since = args.since.resolve(until).max(Timestamp::UNIX_EPOCH);
        let unit = args.by.unit(until.duration_since(since));
        let is_hourly = unit == "hour";
        let periods = match is_hourly {
            true => stats::hours(conn, &args.time_zone, since, until)?,
            false => stats::periods(conn, unit, &args.time_zone, since, until)?,
        };
        let from = periods.first().map_or(since, |first| server::timestamp(first.starts_at_us));
        let messages = stats::messages(conn, from, until)?;
        Ok((until, is_hourly, periods, messages, stats::assigned(conn)?))
    })?;
    let starts: Vec<i64> = periods.iter().map(|period| period.starts_at_us).collect();
    let (key, of_channels) = match args.by {
        By::Channel => {
            let numbers = message_stats::by_channel_and_period(&messages, channels.len(), &starts);
            (Key::Channel(channels.len()), Some(numbers))
        }
        _ => (Key::Period(&starts), None),
    };
    let traffic = message_stats::summarize(&mut messages, key);
    Ok(Found { until, is_hourly, periods, traffic, of_channels, assigned, channels })
}

fn unknown_time_zone(db: &mut Db, name: &str) -> anyhow::Result<Failure> {
    let known = tx::read(db, |conn| Ok(stats::time_zones(conn)?))?;
    let failure = Failure::usage(format!("there is no time zone {name:?}"));
    Ok(match suggest::nearest(name, known.iter().map(String::as_str)) {
        Some(nearest) => failure.hint(format!("did you mean {nearest}?")),
        None => failure.hint("name one as Europe/Madrid or UTC"),
    })
}
