//! Statistics as they are shown: the messages by their key, how they went from
//! day to day, and the load of each user.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use super::{By, Found};
use crate::domain::channel::Channel;
use crate::store::stats::{Group, Responses, UserLoad};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, chart, human};

const BAR_CELLS: usize = 5;
const SPARK_CELLS: usize = 45;

#[derive(Debug, Serialize)]
pub struct StatsView {
    since: Timestamp,
    until: Timestamp,
    time_zone: String,
    by: &'static str,
    groups: Vec<Row>,
    total: Row,
    users: Vec<User>,
    #[serde(skip)]
    is_by_channel: bool,
}

/// Messages with one key. Rates from 0 to 1; null where there is nothing to tell
/// them from.
#[derive(Debug, Default, Serialize)]
struct Row {
    /// A channel, or the first day of the period.
    key: String,
    messages: u64,
    inbound: u64,
    outbound: u64,
    /// Of the outbound messages whose fate is known; the same for failures.
    delivery_rate: Option<f64>,
    failure_rate: Option<f64>,
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
}

#[derive(Debug, Serialize)]
struct User {
    user: String,
    sent: u64,
    contacts: u64,
    assigned_contacts: u64,
}

impl StatsView {
    pub fn new(found: Found, by: By, time_zone: &str) -> StatsView {
        let is_by_channel = by == By::Channel;
        // What had no messages is told too.
        let keys: Vec<String> = match by {
            By::Channel => Channel::ALL.iter().map(ToString::to_string).collect(),
            _ => found.starts.iter().map(ToString::to_string).collect(),
        };
        let mut groups: Vec<Row> = keys.into_iter().map(|key| Row::new(key, &found)).collect();
        if is_by_channel {
            add_days(&mut groups, &found);
            groups.sort_by_key(|row| std::cmp::Reverse(row.messages));
        }
        StatsView {
            since: found.from,
            until: found.until,
            time_zone: time_zone.to_owned(),
            by: by.as_str(),
            total: Row::total(&found),
            groups,
            users: found.users.into_iter().map(User::new).collect(),
            is_by_channel,
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
            Column::right("a day"),
            Column::left("from day to day"),
        ]);
        for row in self.groups.iter().filter(|row| row.messages > 0) {
            let days = row.daily.as_deref().unwrap_or_default();
            let mean = row.messages as f64 / days.len().max(1) as f64;
            grid.row(vec![
                row.key.as_str().into(),
                format!("{mean:.1}").into(),
                chart::sparkline(days, SPARK_CELLS).into(),
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
                human::one_line(&user.user, 36).into(),
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
        let since = self.since.strftime("%Y-%m-%d %H:%M");
        let waiting = human::plural(self.total.waiting, "contact waits", "contacts wait");
        format!(
            "{messages} since {since} UTC; {waiting} for an answer. Days of {}.",
            self.time_zone
        )
    }
}

fn add_days(groups: &mut [Row], found: &Found) {
    let mut days: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for daily in &found.daily {
        days.insert((&daily.channel, &daily.day), daily.messages.unsigned_abs());
    }
    let starts: Vec<String> = found.starts.iter().map(ToString::to_string).collect();
    for row in groups {
        let of_day = |day: &String| days.get(&(row.key.as_str(), day.as_str())).copied();
        row.daily = Some(starts.iter().map(|day| of_day(day).unwrap_or_default()).collect());
    }
}

impl Row {
    fn new(key: String, found: &Found) -> Row {
        let group = found.groups.iter().find(|group| group.key == key);
        let responses = found.responses.iter().find(|one| one.key.as_ref() == Some(&key));
        Row { key, ..Row::of(group, responses) }
    }

    fn total(found: &Found) -> Row {
        let mut sum = Group::default();
        for group in &found.groups {
            sum.inbound += group.inbound;
            sum.outbound += group.outbound;
            sum.delivered += group.delivered;
            sum.failed += group.failed;
            sum.settled += group.settled;
        }
        // One who uses two channels is one contact.
        sum.contacts = found.contacts;
        let responses = found.responses.iter().find(|one| one.key.is_none());
        Row { key: String::from("total"), ..Row::of(Some(&sum), responses) }
    }

    fn of(group: Option<&Group>, responses: Option<&Responses>) -> Row {
        let Some(group) = group else { return Row::default() };
        let settled = group.settled.unsigned_abs();
        let rate = |part: i64| (settled > 0).then(|| part.unsigned_abs() as f64 / settled as f64);
        Row {
            key: String::new(),
            messages: (group.inbound + group.outbound).unsigned_abs(),
            inbound: group.inbound.unsigned_abs(),
            outbound: group.outbound.unsigned_abs(),
            delivery_rate: rate(group.delivered),
            failure_rate: rate(group.failed),
            delivered: group.delivered.unsigned_abs(),
            failed: group.failed.unsigned_abs(),
            response_median_seconds: responses.and_then(Responses::median_seconds),
            response_p95_seconds: responses.and_then(Responses::p95_seconds),
            answered: responses.map_or(0, |one| one.answered.unsigned_abs()),
            waiting: responses.map_or(0, |one| one.waiting.unsigned_abs()),
            active_contacts: group.contacts.unsigned_abs(),
            daily: None,
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
        let failed = match self.failure_rate {
            Some(rate) if rate >= 0.05 => Cell::toned(percent(self.failure_rate), Tone::Warn),
            _ => plain(percent(self.failure_rate)),
        };
        vec![
            plain(self.key.clone()),
            plain(bar),
            plain(human::count(self.inbound)),
            plain(human::count(self.outbound)),
            plain(percent(self.delivery_rate)),
            failed,
            plain(age(self.response_median_seconds).unwrap_or_default()),
            plain(age(self.response_p95_seconds).unwrap_or_default()),
            plain(human::count(self.active_contacts)),
        ]
    }
}

impl User {
    fn new(load: UserLoad) -> User {
        User {
            user: load.email,
            sent: load.sent.unsigned_abs(),
            contacts: load.contacts.unsigned_abs(),
            assigned_contacts: load.assigned.unsigned_abs(),
        }
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
