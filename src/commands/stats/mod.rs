//! `stats`.

mod view;

use clap::{Args, ValueEnum};
use jiff::Timestamp;

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
    /// Begin with the day, week or month of this time: 30d, 2026-01-31, or an RFC 3339 time
    #[arg(long, value_name = "WHEN", value_parser = moment::parse, default_value = "30d")]
    since: Moment,
    /// Group the messages by this
    #[arg(long, value_enum, value_name = "KEY", default_value_t)]
    by: By,
    /// Let days begin at midnight there: Europe/Madrid, UTC
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    time_zone: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum By {
    Day,
    Week,
    Month,
    #[default]
    Channel,
}

impl By {
    pub fn as_str(self) -> &'static str {
        match self {
            By::Channel => "channel",
            _ => self.unit(),
        }
    }

    /// What the span is rounded to.
    fn unit(self) -> &'static str {
        match self {
            By::Day | By::Channel => "day",
            By::Week => "week",
            By::Month => "month",
        }
    }
}

/// All that was read, from one snapshot, and what it comes to.
pub struct Found {
    pub until: Timestamp,
    pub periods: Vec<Period>,
    pub traffic: Traffic,
    /// Messages of each channel in each period; only by channel.
    pub daily: Option<Vec<Vec<u64>>>,
    pub assigned: Vec<Assigned>,
    pub channels: Vec<Label<Channel>>,
}

pub fn run(ctx: &mut Context, args: StatsArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect_to_read()?;
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
    let (until, periods, (mut messages, channels), assigned) = tx::read(db, |conn| {
        interference::see_all_rows(conn, &["messages", "assignments", "users"])?;
        let until = server::now(conn)?;
        let since = args.since.resolve(until).max(Timestamp::UNIX_EPOCH);
        let periods = stats::periods(conn, args.by.unit(), &args.time_zone, since, until)?;
        let from = periods.first().map_or(since, |first| server::timestamp(first.starts_at_us));
        let messages = stats::messages(conn, from, until)?;
        Ok((until, periods, messages, stats::assigned(conn)?))
    })?;
    let starts: Vec<i64> = periods.iter().map(|period| period.starts_at_us).collect();
    let (key, daily) = match args.by {
        By::Channel => {
            let daily = message_stats::by_channel_and_period(&messages, channels.len(), &starts);
            (Key::Channel(channels.len()), Some(daily))
        }
        _ => (Key::Period(&starts), None),
    };
    let traffic = message_stats::summarize(&mut messages, key);
    Ok(Found { until, periods, traffic, daily, assigned, channels })
}

fn unknown_time_zone(db: &mut Db, name: &str) -> anyhow::Result<Failure> {
    let known = tx::read(db, |conn| Ok(stats::time_zones(conn)?))?;
    let failure = Failure::usage(format!("there is no time zone {name:?}"));
    Ok(match suggest::nearest(name, known.iter().map(String::as_str)) {
        Some(nearest) => failure.hint(format!("did you mean {nearest}?")),
        None => failure.hint("name one as Europe/Madrid or UTC"),
    })
}
