//! Messages: conversations in bursts, on the channels by which a contact can be reached.

use super::calendar::{HOUR, MINUTE, SECOND, from_work, timestamp, to_work, uuid};
use super::contact::Sketch;
use super::fate::{Fate, external_id, failure, received, sent};
use super::json::Object;
use super::person::Subject;
use super::phrases::{Phrases, phrases, push_filled};
use super::random::{Stream, key};
use super::rows::{Channel, Direction, Message, MessageStatus, Text};
use super::shape::{EmailUse, FACEBOOK, INSTAGRAM, LINKEDIN, Origin, PhoneUse, TWITTER};
use super::{Sample, tag};
use std::borrow::Cow;
use uuid::Uuid;

/// No contact has more; ids count on it.
const MOST: u32 = 128;

/// How many messages a contact has: about five, many none, a few a hundred.
pub(crate) fn count(sample: &Sample, index: u64) -> u32 {
    let draw = key(sample.seed, tag::MESSAGE_COUNT, index);
    let spread =
        |from: u64, to: u64| (from + (draw >> 16 & 0xffff) * (to - from + 1) / 65_536) as u32;
    match draw & 1023 {
        0..=184 => 0,
        185..=358 => 1,
        359..=501 => 2,
        502..=614 => 3,
        615..=706 => 4,
        707..=778 => 5,
        779..=921 => spread(6, 10),
        922..=992 => spread(11, 20),
        993..=1020 => spread(21, 50),
        _ => spread(51, 120),
    }
}

/// All messages of a sample, contact by contact.
pub struct Messages<'a> {
    sample: &'a Sample,
    index: u64,
    talk: Option<Talk<'a>>,
}

impl<'a> Messages<'a> {
    pub(super) fn new(sample: &'a Sample) -> Messages<'a> {
        Messages { sample, index: 0, talk: None }
    }
}

impl Iterator for Messages<'_> {
    type Item = Message;

    fn next(&mut self) -> Option<Message> {
        loop {
            if let Some(message) = self.talk.as_mut().and_then(Talk::next) {
                return Some(message);
            }
            if self.index >= self.sample.contacts {
                return None;
            }
            self.talk = Talk::new(self.sample, self.index);
            self.index += 1;
        }
    }
}

/// What one contact and we have said to each other.
struct Talk<'a> {
    sample: &'a Sample,
    index: u64,
    contact_id: Uuid,
    created: i64,
    name: String,
    phrases: &'static Phrases,
    /// The channel of origin first.
    channels: [Channel; 4],
    reach: u32,
    stream: Stream,
    done: u32,
    total: u32,
    bursts: u32,
    burst: Burst,
    /// The place of the phrase before.
    last: usize,
}

/// A conversation: some messages on one channel within hours.
struct Burst {
    number: u32,
    left: u32,
    channel: Channel,
    direction: Direction,
    at: i64,
    /// The next one begins here.
    limit: i64,
    thread: Uuid,
}

impl<'a> Talk<'a> {
    fn new(sample: &'a Sample, index: u64) -> Option<Talk<'a>> {
        let total = count(sample, index);
        if total == 0 {
            return None;
        }
        let sketch = sample.sketch(index);
        let (channels, reach) = channels(&sketch);
        let created = sample.created(index);
        Some(Talk {
            sample,
            index,
            contact_id: uuid(created, sample.unique(tag::CONTACT, index)),
            created,
            name: name(&sketch),
            phrases: phrases(sketch.language()),
            channels,
            reach,
            stream: Stream::new(key(sample.seed, tag::TALK, index)),
            done: 0,
            total,
            bursts: 1 + total / 4,
            burst: Burst {
                number: 0,
                left: 0,
                channel: channels[0],
                direction: Direction::Inbound,
                at: created,
                limit: created,
                thread: Uuid::nil(),
            },
            last: 0,
        })
    }

    fn next(&mut self) -> Option<Message> {
        if self.done == self.total {
            return None;
        }
        if self.burst.left == 0 {
            self.begin();
        } else {
            self.go_on();
        }
        self.burst.left -= 1;
        self.done += 1;
        Some(self.write())
    }

    /// Opens the next conversation, at a busy hour of its part of the time.
    fn begin(&mut self) {
        let number = self.burst.number;
        let left = self.total - self.done;
        let bursts_left = self.bursts.saturating_sub(number).max(1);
        let size = if bursts_left == 1 {
            left
        } else {
            let usual = 2 * (left / bursts_left);
            (1 + self.stream.below(usual)).min(left - (bursts_left - 1)).max(1)
        };
        let (from, to) = (to_work(self.created), self.sample.work_end.max(to_work(self.created)));
        let part = |place: i64| {
            from + (i128::from(to - from) * i128::from(place) / i128::from(self.bursts)) as i64
        };
        // The first conversation is how the contact came to be.
        let start = if number == 0 {
            from
        } else {
            let (from, to) = (part(i64::from(number)), part(i64::from(number) + 1));
            self.sample.between(from, to, self.stream.next())
        };
        let limit = if bursts_left == 1 {
            self.sample.as_of
        } else {
            from_work(part(i64::from(number) + 1))
        };
        let other = self.stream.percent(28);
        let channel = if other { self.stream.below(self.reach) } else { 0 };
        let channel = self.channels[channel as usize];
        let thread = key(self.sample.seed, tag::THREAD, self.index * 8 + channel as u64);
        let inbound = number == 0 && self.stream.percent(88) || self.stream.percent(66);
        self.burst = Burst {
            number: number + 1,
            left: size,
            channel,
            direction: if inbound { Direction::Inbound } else { Direction::Outbound },
            at: from_work(start).max(self.burst.at),
            limit,
            thread: uuid(self.created, thread),
        };
    }

    /// Somebody answers, or writes once more.
    fn go_on(&mut self) {
        if self.stream.percent(72) {
            self.burst.direction = match self.burst.direction {
                Direction::Inbound => Direction::Outbound,
                Direction::Outbound => Direction::Inbound,
            };
        }
        let pause = match self.stream.below(10) {
            0..=5 => 15 * SECOND + self.stream.wide(9 * MINUTE as u64) as i64,
            6..=8 => MINUTE + self.stream.wide(2 * HOUR as u64) as i64,
            _ => HOUR + self.stream.wide(20 * HOUR as u64) as i64,
        };
        let room = (self.burst.limit - self.burst.at).max(0) / (i64::from(self.burst.left) + 1);
        self.burst.at += pause.min(room);
    }

    fn write(&mut self) -> Message {
        let Burst { channel, direction, at, thread, .. } = self.burst;
        let number = self.index * u64::from(MOST) + u64::from(self.done);
        let random = self.sample.unique(tag::MESSAGE, number);
        let last = self.done == self.total;
        let fate = match direction {
            Direction::Inbound => received(self.sample, &mut self.stream, at, last),
            Direction::Outbound => sent(self.sample, &mut self.stream, channel, at, last),
        };
        let changed = fate.read.or(fate.sent).unwrap_or(at).max(at);
        Message {
            id: uuid(at, random),
            contact_id: self.contact_id,
            channel,
            direction,
            content: self.content(channel, direction),
            status: fate.status,
            thread_id: thread,
            scheduled_at: fate.scheduled.map(timestamp),
            sent_at: fate.sent.map(timestamp),
            read_at: fate.read.map(timestamp),
            external_id: fate.sent.map(|_| external_id(channel, random)),
            user_id: (direction == Direction::Outbound).then(|| self.sender()).flatten(),
            metadata: self.metadata(channel, &fate),
            created_at: timestamp(at),
            updated_at: timestamp(changed),
        }
    }

    /// Viewers don't write, and some answers come from a rule.
    fn sender(&mut self) -> Option<Uuid> {
        match self.stream.below(100) {
            0..=64 => Some(self.sample.users[1]),
            65..=84 => Some(self.sample.users[2]),
            _ => None,
        }
    }

    fn content(&mut self, channel: Channel, direction: Direction) -> Text {
        let phrases = self.phrases;
        let inbound = direction == Direction::Inbound;
        if inbound && channel != Channel::Email && self.stream.percent(26) {
            return Cow::Borrowed(self.stream.word(&phrases.short));
        }
        let list = if inbound { &phrases.inbound } else { &phrases.outbound };
        let sentences = match (channel, self.stream.below(100)) {
            (Channel::Email, 0..=39) => 2,
            (Channel::Email, 40..=54) => 3,
            (_, 92..) => 2,
            _ => 1,
        };
        let mut out = String::with_capacity(96);
        // Nobody says the same thing twice in a row.
        let mut place = self.last + 1 + self.stream.below(list.len() as u32 - 1) as usize;
        for sentence in 0..sentences {
            if sentence > 0 {
                out.push(if channel == Channel::Email { '\n' } else { ' ' });
                place += 1 + self.stream.below(3) as usize;
            }
            push_filled(&mut out, list[place % list.len()], &self.name, &mut self.stream);
        }
        self.last = place % list.len();
        Cow::Owned(out)
    }

    fn metadata(&mut self, channel: Channel, fate: &Fate) -> Text {
        if fate.status == MessageStatus::Failed {
            return Cow::Borrowed(failure(channel, &mut self.stream));
        }
        if channel == Channel::Email && self.stream.percent(70) {
            let mut subject = String::with_capacity(32);
            let phrase = self.stream.word(&self.phrases.subjects);
            push_filled(&mut subject, phrase, &self.name, &mut self.stream);
            let mut object = Object::new();
            object.text("subject", &subject);
            return Cow::Owned(object.finish());
        }
        Cow::Borrowed(match self.stream.below(40) {
            0 => r#"{"attachments":1}"#,
            1 => r#"{"automated":true}"#,
            2 => r#"{"campaign":"spring"}"#,
            _ => "{}",
        })
    }
}

/// The channels that a contact's fields allow, the one it came by first.
fn channels(sketch: &Sketch) -> ([Channel; 4], u32) {
    let shape = &sketch.shape;
    let phone = shape.phone != PhoneUse::None;
    let email = shape.email != EmailUse::None;
    let origin = match shape.origin {
        Origin::Whatsapp => Some(Channel::Whatsapp),
        Origin::Sms => Some(Channel::Sms),
        Origin::Email => Some(Channel::Email),
        Origin::Instagram => Some(Channel::Instagram),
        Origin::Facebook => Some(Channel::Facebook),
        Origin::Twitter => Some(Channel::Twitter),
        Origin::Linkedin => Some(Channel::Linkedin),
        _ => None,
    };
    let others = [
        (phone, Channel::Whatsapp),
        (email, Channel::Email),
        (phone, Channel::Sms),
        (shape.handles & INSTAGRAM != 0, Channel::Instagram),
        (shape.handles & FACEBOOK != 0, Channel::Facebook),
        (shape.handles & TWITTER != 0, Channel::Twitter),
        (shape.handles & LINKEDIN != 0, Channel::Linkedin),
    ];
    let others = others.into_iter().filter(|(has, _)| *has).map(|(_, channel)| channel);
    // Who can't be reached at all wrote by a form, which mails.
    let mut list = [Channel::Email; 4];
    let mut reach = 0;
    for channel in origin.into_iter().chain(others) {
        if reach < list.len() && !list[..reach].contains(&channel) {
            list[reach] = channel;
            reach += 1;
        }
    }
    (list, reach.max(1) as u32)
}

fn name(sketch: &Sketch) -> String {
    let mut out = String::with_capacity(16);
    match &sketch.subject {
        Subject::Person(person) if person.native => person.given.push_native(&mut out),
        Subject::Person(person) => person.given.push_latin(&mut out),
        Subject::Company(_) => out.push_str("team"),
    }
    out
}
