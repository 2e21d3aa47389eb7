//! What a list of messages comes to: how many, how they fared, how fast they were
//! answered, who wrote them.

use std::collections::HashMap;

use uuid::Uuid;

/// What matters of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    pub contact: Uuid,
    /// The number of its channel.
    pub channel: usize,
    pub kind: Kind,
    /// Who wrote it, if a user did.
    pub user: Option<Uuid>,
    /// Microseconds since 1970.
    pub at_us: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Inbound,
    /// On its way: neither sent nor failed.
    Waiting,
    Sent,
    Delivered,
    Failed,
}

/// How messages are told apart.
#[derive(Debug, Clone, Copy)]
pub enum Key<'a> {
    /// By channel, of which there are so many.
    Channel(usize),
    /// By when each period begins, in microseconds since 1970.
    Period(&'a [i64]),
}

impl Key<'_> {
    fn count(&self) -> usize {
        match self {
            Key::Channel(count) => *count,
            Key::Period(starts) => starts.len(),
        }
    }

    fn of(&self, message: &Message) -> usize {
        match self {
            Key::Channel(_) => message.channel,
            Key::Period(starts) => period_of(starts, message.at_us),
        }
    }
}

/// The number of the period; what was before the first counts as the first.
pub fn period_of(starts: &[i64], at_us: i64) -> usize {
    starts.partition_point(|start| *start <= at_us).saturating_sub(1)
}

/// Messages with one key, or all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    pub inbound: u64,
    pub outbound: u64,
    /// Of the outbound ones; the same for what follows.
    pub delivered: u64,
    pub failed: u64,
    /// Those that were sent or failed: the others still wait.
    pub settled: u64,
    /// Contacts who wrote or were written to.
    pub contacts: u64,
    /// Unanswered messages, counted once a contact.
    pub waiting: u64,
    /// Microseconds from the first unanswered message to the answer.
    responses_us: Vec<i64>,
    last_contact: Option<Uuid>,
}

impl Tally {
    fn add(&mut self, message: &Message) {
        if self.last_contact.replace(message.contact) != Some(message.contact) {
            self.contacts += 1;
        }
        match message.kind {
            Kind::Inbound => self.inbound += 1,
            _ => self.outbound += 1,
        }
        self.delivered += u64::from(message.kind == Kind::Delivered);
        self.failed += u64::from(message.kind == Kind::Failed);
        self.settled += u64::from(!matches!(message.kind, Kind::Inbound | Kind::Waiting));
    }

    pub fn answered(&self) -> u64 {
        self.responses_us.len() as u64
    }

    /// The time within which a share of the answers came, in seconds; between two
    /// of them in proportion. `None` without any.
    pub fn response_seconds(&self, share: f64) -> Option<f64> {
        let last = self.responses_us.len().checked_sub(1)?;
        let place = share.clamp(0.0, 1.0) * last as f64;
        let seconds = |index: usize| self.responses_us[index.min(last)] as f64 / 1e6;
        let low = seconds(place as usize);
        Some(low + (seconds(place as usize + 1) - low) * place.fract())
    }
}

/// What a user wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    pub messages: u64,
    pub contacts: u64,
    last_contact: Option<Uuid>,
}

#[derive(Debug, Default)]
pub struct Traffic {
    /// One for each key.
    pub groups: Vec<Tally>,
    pub total: Tally,
    pub users: HashMap<Uuid, Written>,
}

/// Sorts the messages by contact and time, and goes through them once.
pub fn summarize(messages: &mut [Message], key: Key<'_>) -> Traffic {
    messages.sort_unstable_by_key(|message| (message.contact, message.at_us));
    let mut traffic = Traffic { groups: vec![Tally::default(); key.count()], ..Traffic::default() };
    if traffic.groups.is_empty() {
        return traffic;
    }
    for of_contact in messages.chunk_by(|one, other| one.contact == other.contact) {
        // The first message that nobody answered yet: its group and its time.
        let mut unanswered = None;
        for message in of_contact {
            let group = key.of(message);
            traffic.groups[group].add(message);
            traffic.total.add(message);
            match (message.kind, unanswered) {
                (Kind::Inbound, None) => unanswered = Some((group, message.at_us)),
                (Kind::Inbound, Some(_)) | (_, None) => {}
                (_, Some((asked, since_us))) => {
                    traffic.groups[asked].responses_us.push(message.at_us - since_us);
                    traffic.total.responses_us.push(message.at_us - since_us);
                    unanswered = None;
                }
            }
            if let Some(user) = message.user.filter(|_| message.kind != Kind::Inbound) {
                traffic.users.entry(user).or_default().add(message.contact);
            }
        }
        if let Some((asked, _)) = unanswered {
            traffic.groups[asked].waiting += 1;
            traffic.total.waiting += 1;
        }
    }
    for tally in traffic.groups.iter_mut().chain([&mut traffic.total]) {
        tally.responses_us.sort_unstable();
    }
    traffic
}

impl Written {
    fn add(&mut self, contact: Uuid) {
        self.messages += 1;
        if self.last_contact.replace(contact) != Some(contact) {
            self.contacts += 1;
        }
    }
}

/// Messages of each channel in each period.
pub fn by_channel_and_period(
    messages: &[Message],
    channels: usize,
    starts: &[i64],
) -> Vec<Vec<u64>> {
    let mut counts = vec![vec![0; starts.len()]; channels];
    if starts.is_empty() {
        return counts;
    }
    for message in messages {
        counts[message.channel][period_of(starts, message.at_us)] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(contact: u128, channel: usize, kind: Kind, at_s: i64) -> Message {
        let user = (kind != Kind::Inbound).then(|| Uuid::from_u128(9));
        Message { contact: Uuid::from_u128(contact), channel, kind, user, at_us: at_s * 1_000_000 }
    }

    #[test]
    fn an_answer_counts_from_the_first_unanswered_message() {
        let mut messages = [
            message(1, 0, Kind::Delivered, 500),
            message(1, 0, Kind::Inbound, 100),
            message(1, 1, Kind::Inbound, 200),
            message(1, 1, Kind::Failed, 600),
            message(2, 1, Kind::Inbound, 100),
            message(2, 1, Kind::Waiting, 50),
        ];
        let traffic = summarize(&mut messages, Key::Channel(2));
        let [first, second] = &traffic.groups[..] else { panic!("two channels") };
        assert_eq!((first.response_seconds(0.5), first.answered()), (Some(400.0), 1));
        assert_eq!((second.response_seconds(0.5), second.waiting), (None, 1));
        assert_eq!((second.settled, second.failed, second.outbound), (1, 1, 2));
        assert_eq!((traffic.total.contacts, first.contacts, second.contacts), (2, 1, 2));
        let written = traffic.users[&Uuid::from_u128(9)];
        assert_eq!((written.messages, written.contacts), (3, 2));
    }

    #[test]
    fn percentiles_lie_between_two_answers_in_proportion() {
        let mut messages: Vec<Message> = (0..4)
            .flat_map(|n| {
                let contact = n as u128;
                [
                    message(contact, 0, Kind::Inbound, 0),
                    message(contact, 0, Kind::Sent, 10 * n + 10),
                ]
            })
            .collect();
        let total = summarize(&mut messages, Key::Channel(1)).total;
        assert_eq!(total.response_seconds(0.5), Some(25.0));
        assert_eq!(total.response_seconds(0.0), Some(10.0));
        assert_eq!(total.response_seconds(1.0), Some(40.0));
    }

    #[test]
    fn periods_take_what_begins_in_them() {
        let starts = [0, 10, 20];
        assert_eq!([-1, 0, 9, 10, 99].map(|at| period_of(&starts, at)), [0, 0, 0, 1, 2]);
        let mut messages = [message(1, 0, Kind::Inbound, 0), message(1, 0, Kind::Inbound, 1)];
        let seconds = [0, 1_000_000];
        let traffic = summarize(&mut messages, Key::Period(&seconds));
        assert_eq!(traffic.groups.iter().map(|one| one.inbound).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(by_channel_and_period(&messages, 1, &seconds), [[1, 1]]);
        assert!(summarize(&mut messages, Key::Period(&[])).groups.is_empty());
    }
}
