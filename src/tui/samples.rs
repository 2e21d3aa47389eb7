//! What the tests of the screen are given to show.

use jiff::Timestamp;
use uuid::Uuid;

use super::data::{
    Answer, Cell, Check, Column, Compared, Fact, Key, Lead, MergeLine, Overview, Page, Pair,
    Person, Question, Row, Said, Sheet, Side, Source, ThreadPage, Traffic,
};
use crate::domain::check::Status;
use crate::domain::pg_time::PgTime;
use crate::store::after::After;
use crate::ui::Tone;

pub(super) fn now() -> Timestamp {
    "2026-03-10T12:00:00Z".parse().unwrap()
}

pub(super) fn ago(minutes: i64) -> PgTime {
    (now() - jiff::SignedDuration::from_mins(minutes)).into()
}

pub(super) fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number)
}

pub(super) fn answer(question: &Question) -> Answer {
    match question {
        Question::Overview => Answer::Overview(Box::new(overview())),
        Question::Thread { before: None, .. } => Answer::Thread(Box::new(thread())),
        Question::Thread { .. } => Answer::Thread(Box::default()),
        Question::Page { source, .. } => Answer::Page(page(source)),
    }
}

fn overview() -> Overview {
    let hours = |by: u64| std::array::from_fn(|hour| hour as u64 * by % 17);
    let traffic = |channel: &str, by| Traffic {
        channel: channel.to_owned(),
        inbound: hours(by),
        outbound: hours(by + 2),
        unread: by,
    };
    let channels = vec![traffic("WHATSAPP", 7), traffic("EMAIL", 5), traffic("SMS", 0)];
    Overview { channels, unread: 12, failed: 3, stuck_jobs: 0, overdue_jobs: 1_204 }
}

pub(super) fn checks() -> Vec<Check> {
    let check = |name: &str, status, detail: &str, remedy: Option<&str>| Check {
        name: name.to_owned(),
        status,
        detail: detail.to_owned(),
        remedy: remedy.map(str::to_owned),
    };
    vec![
        check("connection", Status::Ok, "2 ms, as inbox on db.example", None),
        check(
            "backup",
            Status::Fail,
            "there is no backup in backups",
            Some("inboxctl db backup --out backups/inbox.dump"),
        ),
        check("overdue-jobs", Status::Warn, "1,204 jobs PENDING, overdue by up to 3 d", None),
        check("replication", Status::Unknown, "the role may not look", None),
    ]
}

pub(super) fn pairs() -> Vec<Pair> {
    let field = |field: &str, left: &str, right: &str, how: &str, bits| Compared {
        field: field.to_owned(),
        values: [left.to_owned(), right.to_owned()],
        how: how.to_owned(),
        bits,
    };
    let pair = |number| Pair {
        ids: [id(number), id(number + 1)],
        probability: 0.914,
        is_certain: false,
        fields: vec![
            field("name", "Ana Lima", "Lima, Ana", "the same words (turned)", 9.2),
            field("phone", "+34 600 100 200", "+34600100200", "the same number", 12.4),
            field("email", "ana@a.example", "a.lima@b.example", "another address", -1.8),
        ],
    };
    vec![pair(1), pair(3)]
}

pub(super) fn page(source: &Source) -> Page {
    let row = |number: i64| Row {
        id: id(number as u128).to_string(),
        cells: vec![
            Cell::plain(
                ["Ana Lima", "山田 太郎", "שרה \u{202e}כהן", "\u{1b}[31mred\u{7}"]
                    [number as usize % 4],
            ),
            Cell::Text(String::from("FAILED"), Tone::Bad),
            Cell::When(ago(number * 7)),
            Cell::Bar(1.0 / (number + 1) as f64),
        ],
        facts: vec![
            Fact::new("name", "Ana Lima"),
            Fact::new("status", "FAILED").toned(Tone::Bad),
            Fact::new("details", "{\"a\": 1}").leading_to(Lead::Sheet(sheet())),
        ],
        leads_to: match source {
            Source::Contacts | Source::Failed => Some(Lead::Contact(id(number as u128))),
            Source::Tables => Some(Lead::Sheet(sheet())),
            _ => None,
        },
    };
    let next = match source {
        Source::Sheet(_) => Some(Key::Cells(vec![String::from("1")])),
        _ => Some(Key::Time(After { created_at: ago(700), id: id(99) })),
    };
    Page {
        columns: vec![
            Column::text("name"),
            Column::left("status"),
            Column::left("when"),
            Column::text("share"),
        ],
        rows: (0..100).map(row).collect(),
        next,
        note: String::from("by id"),
        orders: 2,
    }
}

fn sheet() -> Sheet {
    Sheet {
        relation: String::from("\"inbox\".\"notes\""),
        label: String::from("notes"),
        oid: 1,
        only: None,
        order: 0,
        is_descending: false,
    }
}

pub(super) fn thread() -> ThreadPage {
    let said = |number: u128, minutes, side, text: &str| Said {
        id: id(number),
        at: ago(minutes),
        side,
        who: String::from(if side == Side::Them { "Ana Lima" } else { "agent@inbox.example" }),
        channel: String::from(if side == Side::Note { "" } else { "WHATSAPP" }),
        status: (String::from("DELIVERED"), Tone::Plain),
        text: text.to_owned(),
        error: None,
    };
    let failed = Said {
        status: (String::from("FAILED"), Tone::Bad),
        error: Some(String::from("30005 unknown destination")),
        ..said(14, 3, Side::Us, "It is on its way.")
    };
    ThreadPage {
        person: Some(Person {
            id: id(1),
            name: String::from("Ana Lima"),
            facts: vec![
                Fact::new("id", id(1).to_string()),
                Fact::new("phone", "+34 600 100 200"),
                Fact::new("e-mail", "ana@a.example"),
                Fact::new("also", "phone +34 911 22 33 44, instagram ana.b"),
            ],
            merges: vec![MergeLine {
                id: id(40),
                text: String::from("os:ops merged 1 contact"),
                at: now() - jiff::SignedDuration::from_hours(50),
                is_undone: false,
            }],
        }),
        said: vec![
            said(
                10,
                600,
                Side::Them,
                "Hello! Where is my order? I have been waiting for it since Monday, and nobody told me that it would take so long.\nThe number is 4711.",
            ),
            said(11, 590, Side::Note, "She called, too."),
            said(12, 30, Side::Us, "I look it up."),
            said(13, 20, Side::Them, "谢谢 \u{1b}[2J"),
            failed,
        ],
        earlier: Some(After { created_at: ago(600), id: id(10) }),
    }
}
