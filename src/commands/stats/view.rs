//! Statistics as they are shown: the messages by their key, how they went from
//! day to day, and the load of each user.

use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use super::{By, Found};
use crate::domain::message_stats::Tally;
use crate::store::server;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, chart, human};

const BAR_CELLS: usize = 5;
const SPARK_CELLS: usize = 45;

#[derive(Debug, Serialize)]
pub(super) struct StatsView {
    since: Timestamp,
    until: Timestamp,
    time_zone: String,
    by: &'static str,
    groups: Vec<Row>,
    total: Row,
    users: Vec<User>,
    #[serde(skip)]
    is_by_channel: bool,
    #[serde(skip)]
    is_hourly: bool,
}

/// Messages with one key. Rates from 0 to 1; null where there is nothing to tell
/// them from.
#[derive(Debug, Serialize)]
struct Row {
    /// A channel, or the hour or the first day of the period.
    key: String,
    messages: u64,
    inbound: u64,
    outbound: u64,
    /// Of the outbound messages whose fate is known; the same for failures.
    delivery_ratio: Option<f64>,
    failure_ratio: Option<f64>,
    delivered: u64,
    failed: u64,
    /// From the first unanswered message of a contact to the answer.
    response_median_seconds: Option<f64>,
    response_p95_seconds: Option<f64>,
    answered: u64,
    /// Not answered yet.
    waiting: u64,
    active_contacts: u64,
    /// Messages a day; only by channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    daily: Option<Vec<u64>>,
    /// Messages an hour instead, where less than two days are told of.
    #[serde(skip_serializing_if = "Option::is_none")]
    hourly: Option<Vec<u64>>,
}

#[derive(Debug, Serialize)]
struct User {
    user_email: String,
    sent: u64,
    contacts: u64,
    assigned_contacts: u64,
}

impl StatsView {
    pub(super) fn new(found: &Found, by: By, time_zone: &str) -> StatsView {
        let is_by_channel = by == By::Channel;
        // What had no messages is told too.
        let keys: Vec<String> = match by {
            By::Channel => found.channels.iter().map(ToString::to_string).collect(),
            _ => found.periods.iter().map(|period| period.name.clone()).collect(),
        };
        let tallies = &found.traffic.groups;
        let mut groups: Vec<Row> =
            keys.into_iter().zip(tallies).map(|(key, tally)| Row::new(key, tally)).collect();
        if let Some(of_channels) = &found.of_channels {
            for (row, numbers) in groups.iter_mut().zip(of_channels) {
                let of = if found.is_hourly { &mut row.hourly } else { &mut row.daily };
                *of = Some(numbers.clone());
            }
            groups.sort_by_key(|row| std::cmp::Reverse(row.messages));
        }
        let since = found.periods.first().map(|first| server::timestamp(first.starts_at_us));
        StatsView {
            since: since.unwrap_or(found.until),
            until: found.until,
            time_zone: time_zone.to_owned(),
            by: by.as_str(),
            total: Row::new(String::from("total"), &found.traffic.total),
            groups,
            users: users(found),
            is_by_channel,
            is_hourly: found.is_hourly,
        }
    }

    fn messages(&self) -> Grid {
        let largest = self.groups.iter().map(|row| row.messages).max().unwrap_or_default();
        let mut grid = Grid::new(vec![
            Column::left(self.by),
            Column::left("share"),
            Column::right("in"),
            Column::right("out"),
            Column::right("delivered"),
            Column::right("failed"),
            Column::right("median"),
            Column::right("p95"),
            Column::right("contacts"),
        ]);
        for row in &self.groups {
            let share = row.messages as f64 / largest.max(1) as f64;
            grid.row(row.cells(chart::bar(share, BAR_CELLS), Tone::Plain));
        }
        grid.row(self.total.cells(String::new(), Tone::Strong));
        grid
    }

    fn trend(&self) -> Grid {
        let mut grid = Grid::new(vec![
            Column::left("channel"),
            Column::right(if self.is_hourly { "an hour" } else { "a day" }),
            Column::left(if self.is_hourly { "from hour to hour" } else { "from day to day" }),
        ]);
        for row in self.groups.iter().filter(|row| row.messages > 0) {
            let numbers = row.hourly.as_deref().or(row.daily.as_deref()).unwrap_or_default();
            let mean = row.messages as f64 / numbers.len().max(1) as f64;
            grid.row(vec![
                row.key.as_str().into(),
                format!("{mean:.1}").into(),
                chart::sparkline(numbers, SPARK_CELLS).into(),
            ]);
        }
        grid
    }

    fn load(&self) -> Grid {
        let largest = self.users.iter().map(|user| user.sent).max().unwrap_or_default();
        let mut grid = Grid::new(vec![
            Column::left("user"),
            Column::right("sent"),
            Column::left("share"),
            Column::right("to contacts"),
            Column::right("assigned"),
        ]);
        for user in &self.users {
            grid.row(vec![
                human::one_line(&user.user_email, 36).into(),
                human::count(user.sent).into(),
                chart::bar(user.sent as f64 / largest.max(1) as f64, BAR_CELLS).into(),
                human::count(user.contacts).into(),
                human::count(user.assigned_contacts).into(),
            ]);
        }
        grid
    }

    fn summary(&self) -> String {
        let messages = human::plural(self.total.messages, "message", "messages");
        let since = human::minute(self.since);
        let waiting = human::plural(self.total.waiting, "contact waits", "contacts wait");
        format!(
            "{messages} since {since}; {} as in {}.\n{waiting} for an answer.",
            if self.is_hourly { "hours" } else { "days begin" },
            self.time_zone
        )
    }
}

/// Who wrote most comes first.
fn users(found: &Found) -> Vec<User> {
    let mut users: Vec<User> = found
        .assigned
        .iter()
        .map(|assigned| {
            let written = found.traffic.users.get(&assigned.user_id).copied().unwrap_or_default();
            User {
                user_email: assigned.email.clone(),
                sent: written.messages,
                contacts: written.contacts,
                assigned_contacts: assigned.contacts.unsigned_abs(),
            }
        })
        .collect();
    users.sort_by_key(|user| std::cmp::Reverse((user.sent, user.assigned_contacts)));
    users
}

impl Row {
    fn new(key: String, tally: &Tally) -> Row {
        let rate = |part: u64| (tally.settled > 0).then(|| part as f64 / tally.settled as f64);
        Row {
            key,
            messages: tally.inbound + tally.outbound,
            inbound: tally.inbound,
            outbound: tally.outbound,
            delivery_ratio: rate(tally.delivered),
            failure_ratio: rate(tally.failed),
            delivered: tally.delivered,
            failed: tally.failed,
            response_median_seconds: tally.response_seconds(0.5),
            response_p95_seconds: tally.response_seconds(0.95),
            answered: tally.answered(),
            waiting: tally.waiting,
            active_contacts: tally.contacts,
            daily: None,
            hourly: None,
        }
    }

    fn cells(&self, bar: String, tone: Tone) -> Vec<Cell> {
        let percent = |rate: Option<f64>| {
            rate.map(|rate| format!("{:.1}%", rate * 100.0)).unwrap_or_default()
        };
        let age = |seconds: Option<f64>| {
            seconds.map(|seconds| human::age(Duration::from_secs_f64(seconds.max(0.0))))
        };
        let plain = |text: String| Cell::toned(text, tone);
        let failed = match self.failure_ratio {
            Some(rate) if rate >= 0.05 => Cell::toned(percent(self.failure_ratio), Tone::Warn),
            _ => plain(percent(self.failure_ratio)),
        };
        vec![
            plain(self.key.clone()),
            plain(bar),
            plain(human::count(self.inbound)),
            plain(human::count(self.outbound)),
            plain(percent(self.delivery_ratio)),
            failed,
            plain(age(self.response_median_seconds).unwrap_or_default()),
            plain(age(self.response_p95_seconds).unwrap_or_default()),
            plain(human::count(self.active_contacts)),
        ]
    }
}

impl Tabular for StatsView {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Grid(self.messages())];
        if self.is_by_channel && self.total.messages > 0 {
            blocks.push(Block::Grid(self.trend()));
        }
        if !self.users.is_empty() {
            blocks.push(Block::Grid(self.load()));
        }
        blocks.push(Block::Text(self.summary()));
        blocks
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("groups")
    }
}
