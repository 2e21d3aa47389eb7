//! Audit entries: who did what over the last 18 months.

use super::calendar::{DAY, from_work, timestamp, to_work, uuid};
use super::json::Object;
use super::random::{Stream, key};
use super::rows::{AuditEntry, Channel, Text};
use super::{Sample, tag};
use std::borrow::Cow;
use uuid::Uuid;

/// Eighteen months.
const HISTORY: i64 = 548 * DAY;

/// Actions with what they happen to; weights in a thousand.
const ACTIONS: [((&str, Subject), u32); 19] = [
    (("session.login", Subject::Session), 150),
    (("session.logout", Subject::Session), 60),
    (("session.login_failed", Subject::Session), 24),
    (("message.send", Subject::Message), 270),
    (("message.fail", Subject::Message), 14),
    (("contact.create", Subject::Contact), 110),
    (("contact.update", Subject::Contact), 160),
    (("contact.merge", Subject::Contact), 8),
    (("contact.export", Subject::Nothing), 6),
    (("contact.delete", Subject::Contact), 3),
    (("note.create", Subject::Contact), 80),
    (("note.delete", Subject::Contact), 5),
    (("assignment.set", Subject::Contact), 50),
    (("assignment.delete", Subject::Contact), 16),
    (("template.update", Subject::Nothing), 8),
    (("integration.sync", Subject::Integration), 20),
    (("integration.update", Subject::Integration), 8),
    (("credentials.reveal", Subject::Integration), 4),
    (("credentials.rotate", Subject::Integration), 4),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Session,
    Contact,
    Message,
    Integration,
    Nothing,
}

pub(crate) fn count(sample: &Sample) -> u64 {
    if sample.contacts == 0 { 0 } else { sample.contacts + sample.contacts / 2 + 100 }
}

pub(crate) fn entries(sample: &Sample) -> impl Iterator<Item = AuditEntry> + '_ {
    let count = count(sample);
    let from = to_work(sample.as_of - HISTORY);
    let span = (sample.work_end - from) as u128;
    (0..count).map(move |number| {
        let mut stream = Stream::new(key(sample.seed, tag::AUDIT, number));
        let part = u128::from(number) << 32 | u128::from(stream.next() >> 32);
        let work = from + ((part * span / u128::from(count)) >> 32) as i64;
        entry(sample, &mut stream, number, from_work(work))
    })
}

fn entry(sample: &Sample, stream: &mut Stream, number: u64, at: i64) -> AuditEntry {
    let (action, subject) = stream.weighted(&ACTIONS);
    let contact = contact_before(sample, stream, at);
    // Before the first contact there is nothing to do but to sign in.
    let (action, subject, contact) = match (subject, contact) {
        (Subject::Contact, None) => ("session.login", Subject::Session, Uuid::nil()),
        (_, contact) => (action, subject, contact.unwrap_or_default()),
    };
    let (user, actor) = who(sample, stream, action);
    let resource_id = match subject {
        Subject::Contact => Some(contact.to_string()),
        Subject::Integration => Some(stream.word(Channel::LABELS).to_string()),
        Subject::Session => user.map(|user| user.to_string()),
        Subject::Message => Some(uuid(at, stream.next()).to_string()),
        Subject::Nothing => None,
    };
    AuditEntry {
        id: uuid(at, sample.unique(tag::AUDIT, number)),
        user_id: user,
        actor,
        action,
        resource: resource(subject, action),
        resource_id,
        details: details(stream, action),
        created_at: timestamp(at),
    }
}

/// The table of what was changed.
fn resource(subject: Subject, action: &str) -> &'static str {
    match subject {
        Subject::Session => "users",
        Subject::Contact => "contacts",
        Subject::Message => "messages",
        Subject::Integration => "integrations",
        Subject::Nothing if action == "template.update" => "templates",
        Subject::Nothing => "contacts",
    }
}

/// A contact that was there at the time.
fn contact_before(sample: &Sample, stream: &mut Stream, at: i64) -> Option<Uuid> {
    let mut most = sample.contacts;
    while most > 0 {
        let index = stream.wide(most);
        if sample.created(index) <= at {
            return Some(sample.contact_id(index));
        }
        most = index;
    }
    None
}

fn who(sample: &Sample, stream: &mut Stream, action: &str) -> (Option<Uuid>, &'static str) {
    let user = |place: usize| (Some(sample.users[place]), super::ACTORS[place]);
    let draw = stream.below(100);
    match action {
        "session.login" | "session.logout" => user([1, 1, 2, 0][draw as usize % 4]),
        "session.login_failed" => (None, "anonymous"),
        "credentials.reveal" | "credentials.rotate" | "integration.update" | "contact.delete" => {
            user(2)
        }
        "integration.sync" | "message.fail" => (None, "scheduler"),
        "contact.create" if draw < 70 => (None, "webhook"),
        "message.send" if draw < 16 => (None, "scheduler"),
        _ => user(if draw < 78 { 1 } else { 2 }),
    }
}

fn details(stream: &mut Stream, action: &str) -> Text {
    let fields = ["name", "phone", "email", "metadata.city", "metadata.company", "social_handles"];
    let fixed: &[&'static str] = match action {
        "message.send" => &[
            r#"{"channel":"WHATSAPP"}"#,
            r#"{"channel":"EMAIL"}"#,
            r#"{"channel":"SMS"}"#,
            r#"{"channel":"INSTAGRAM"}"#,
        ],
        "message.fail" => {
            &[r#"{"channel":"SMS","code":"30003"}"#, r#"{"channel":"EMAIL","code":"550"}"#]
        }
        "contact.create" => {
            &[r#"{"source":"inbox"}"#, r#"{"source":"import"}"#, r#"{"source":"web_form"}"#]
        }
        "session.login_failed" => {
            &[r#"{"reason":"wrong password"}"#, r#"{"reason":"unknown user"}"#]
        }
        "credentials.reveal" => &[r#"{"reason":"support case"}"#, r#"{"reason":"rotation"}"#],
        _ => &["{}"],
    };
    match action {
        "contact.update" => {
            let mut object = Object::new();
            object.text("field", stream.word(&fields)).number("version", 1 + stream.wide(9));
            Cow::Owned(object.finish())
        }
        "session.login" => {
            // Addresses of the blocks that are reserved for documentation.
            let block = stream.word(&["192.0.2", "198.51.100", "203.0.113"]);
            let mut object = Object::new();
            object.text("ip", &format!("{block}.{}", 1 + stream.below(254)));
            Cow::Owned(object.finish())
        }
        "contact.export" => {
            let mut object = Object::new();
            object.number("rows", 10 + stream.wide(4000)).text("format", "csv");
            Cow::Owned(object.finish())
        }
        _ => Cow::Borrowed(stream.word(fixed)),
    }
}
