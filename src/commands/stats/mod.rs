//! `stats`.

mod view;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use self::view::StatsView;
use crate::commands::contacts::dedupe::find::{When, when};
use crate::context::Context;
use crate::domain::period::Period;
use crate::domain::suggest;
use crate::error::{Failure, Outcome};
use crate::store::connect::Db;
use crate::store::stats::{self, Daily, Group, Responses, Span, UserLoad};
use crate::store::{server, tx};

#[derive(Debug, Args)]
pub struct StatsArgs {
    /// Begin with the day, week or month of this time: 30d, 2026-01-31, or an RFC 3339 time
    #[arg(long, value_name = "WHEN", value_parser = when, default_value = "30d")]
    since: When,
    /// Tell the messages apart by this
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
            _ => self.period().as_str(),
        }
    }

    /// What the span is rounded to.
    fn period(self) -> Period {
        match self {
            By::Day | By::Channel => Period::Day,
            By::Week => Period::Week,
            By::Month => Period::Month,
        }
    }
}

/// All that was read, from one snapshot.
pub struct Found {
    pub from: Timestamp,
    pub until: Timestamp,
    /// The first day of each period.
    pub starts: Vec<Date>,
    pub groups: Vec<Group>,
    pub responses: Vec<Responses>,
    pub daily: Vec<Daily>,
    pub users: Vec<UserLoad>,
    pub contacts: i64,
}

pub fn run(ctx: &mut Context, args: StatsArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let found = match read(&mut db, &args) {
        Err(error) if error.to_string().contains("time zone") => {
            return Err(unknown_time_zone(&mut db, &args.time_zone)?.into());
        }
        found => found?,
    };
    ctx.ui.show(&StatsView::new(found, args.by, &args.time_zone))?;
    Ok(Outcome::Done)
}

fn read(db: &mut Db, args: &StatsArgs) -> anyhow::Result<Found> {
    tx::read(db, |conn| {
        let until = server::now(conn)?;
        let since = match args.since {
            When::At(at) => at,
            When::Ago(age) => SignedDuration::try_from(age)
                .ok()
                .and_then(|age| until.checked_sub(age).ok())
                .unwrap_or(Timestamp::UNIX_EPOCH),
        };
        let period = args.by.period();
        let asked = Span { key: period.as_str(), time_zone: &args.time_zone, from: since, until };
        let bounds = stats::bounds(conn, &asked)?;
        let from = server::timestamp(bounds.from_us);
        let span = Span { key: args.by.as_str(), from, ..asked };
        let day = |text: &str| text.parse::<Date>().unwrap_or_default();
        Ok(Found {
            from,
            until,
            starts: period.starts(day(&bounds.first_day), day(&bounds.last_day)),
            groups: stats::groups(conn, &span)?,
            responses: stats::responses(conn, &span)?,
            daily: match args.by {
                By::Channel => stats::daily(conn, &span)?,
                _ => Vec::new(),
            },
            users: stats::user_loads(conn, &span)?,
            contacts: stats::active_contacts(conn, &span)?,
        })
    })
}

fn unknown_time_zone(db: &mut Db, name: &str) -> anyhow::Result<Failure> {
    let known = tx::read(db, |conn| Ok(stats::time_zones(conn)?))?;
    let failure = Failure::usage(format!("there is no time zone {name:?}"));
    Ok(match suggest::nearest(name, known.iter().map(String::as_str)) {
        Some(nearest) => failure.hint(format!("did you mean {nearest}?")),
        None => failure.hint("name one as Europe/Madrid or UTC"),
    })
}
