//! What the screen asks the database for, and what it gets: plain values, ready to be drawn.

use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::check::Status;
use crate::domain::pg_time::PgTime;
use crate::domain::vocabulary::JobStatus;
use crate::store::after::After;
use crate::ui::Tone;

/// Rows of a page: several screens of them.
pub const PAGE: usize = 100;

#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    Overview,
    /// The page of a list after a key, or its first; of contacts those that a text finds.
    Page {
        source: Source,
        search: String,
        after: Option<Key>,
    },
    /// What was said before that, or last, with who it is.
    Thread {
        contact: Uuid,
        before: Option<After>,
    },
}

/// What a list is of.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    Contacts,
    Jobs(Option<JobStatus>),
    Failed,
    Audit,
    Sizes,
    Tables,
    Sheet(Sheet),
}

/// A table as a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// As SQL writes it, and as people read it.
    pub relation: String,
    pub label: String,
    pub oid: i64,
    /// A column and what it is to be.
    pub only: Option<(String, String)>,
    /// The place of the order among those that there are.
    pub order: usize,
    pub is_descending: bool,
}

/// Where a page ends.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    Time(After),
    Cells(Vec<String>),
}

#[derive(Debug, Clone)]
pub enum Answer {
    Overview(Box<Overview>),
    Page(Page),
    Thread(Box<ThreadPage>),
}

#[derive(Debug, Clone, Default)]
pub struct Page {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Where the next one begins; none after the last.
    pub next: Option<Key>,
    /// How far a filter came, what the sizes come to, in which order the rows are.
    pub note: String,
    /// How many orders the table has.
    pub orders: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub name: String,
    pub is_right: bool,
    /// Takes what is left of the width.
    pub is_elastic: bool,
}

impl Column {
    pub fn left(name: &str) -> Column {
        Column { name: name.to_owned(), is_right: false, is_elastic: false }
    }

    pub fn right(name: &str) -> Column {
        Column { is_right: true, ..Column::left(name) }
    }

    pub fn text(name: &str) -> Column {
        Column { is_elastic: true, ..Column::left(name) }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String, Tone),
    When(PgTime),
    /// A share of the largest, from 0 to 1.
    Bar(f64),
}

impl Cell {
    pub fn plain(text: impl Into<String>) -> Cell {
        Cell::Text(text.into(), Tone::Plain)
    }

    pub fn maybe(text: &Option<String>) -> Cell {
        Cell::plain(text.clone().unwrap_or_default())
    }

    pub fn when(at: Option<PgTime>) -> Cell {
        at.map_or_else(|| Cell::plain(""), Cell::When)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// As a command takes it.
    pub id: String,
    pub cells: Vec<Cell>,
    /// All that is known of it.
    pub facts: Vec<Fact>,
    /// What it opens beside them.
    pub leads_to: Option<Lead>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub label: String,
    pub value: String,
    pub tone: Tone,
    pub leads_to: Option<Lead>,
}

impl Fact {
    pub fn new(label: &str, value: impl Into<String>) -> Fact {
        Fact { label: label.to_owned(), value: value.into(), tone: Tone::Plain, leads_to: None }
    }

    pub fn toned(self, tone: Tone) -> Fact {
        Fact { tone, ..self }
    }

    pub fn leading_to(self, lead: Lead) -> Fact {
        Fact { leads_to: Some(lead), ..self }
    }
}

/// Another view.
#[derive(Debug, Clone, PartialEq)]
pub enum Lead {
    Contact(Uuid),
    Sheet(Sheet),
}

#[derive(Debug, Clone, Default)]
pub struct ThreadPage {
    /// None where nobody has or had that id.
    pub person: Option<Person>,
    /// The oldest first.
    pub said: Vec<Said>,
    /// Where what was said before begins.
    pub earlier: Option<After>,
}

#[derive(Debug, Clone)]
pub struct Person {
    pub id: Uuid,
    pub name: String,
    pub facts: Vec<Fact>,
    /// The newest first.
    pub merges: Vec<MergeLine>,
}

#[derive(Debug, Clone)]
pub struct MergeLine {
    pub id: Uuid,
    pub text: String,
    pub at: Timestamp,
    pub is_undone: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Them,
    Us,
    Note,
}

/// A message, or a note among them.
#[derive(Debug, Clone)]
pub struct Said {
    pub id: Uuid,
    pub at: PgTime,
    pub side: Side,
    pub who: String,
    pub channel: String,
    pub status: (String, Tone),
    pub text: String,
    pub error: Option<String>,
}

/// Hours of traffic that are shown.
pub const HOURS: usize = 24;

#[derive(Debug, Clone, Default)]
pub struct Overview {
    pub channels: Vec<Traffic>,
    pub unread: u64,
    /// Of the last hours.
    pub failed: u64,
    pub stuck_jobs: u64,
    pub overdue_jobs: u64,
}

/// Of one channel, the oldest hour first.
#[derive(Debug, Clone)]
pub struct Traffic {
    pub channel: String,
    pub inbound: [u64; HOURS],
    pub outbound: [u64; HOURS],
    pub unread: u64,
}

/// What the doctor found.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    pub name: String,
    pub status: Status,
    pub detail: String,
    pub remedy: Option<String>,
}

/// Two contacts that may be one.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The one that would survive first.
    pub ids: [Uuid; 2],
    pub probability: f64,
    /// `contacts dedupe` would merge them unasked.
    pub is_certain: bool,
    pub fields: Vec<Compared>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    pub field: String,
    pub values: [String; 2],
    pub how: String,
    /// Positive speaks for one person: each bit doubles the odds.
    pub bits: f64,
}
