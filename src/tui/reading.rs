//! What each question reads, by the same statements as the commands.

mod of_inbox;
mod of_tables;

use diesel::PgConnection;
use uuid::Uuid;

use super::data::{
    Answer, Cell, Column, Fact, HOURS, Key, Lead, Overview, PAGE, Page, Question, Row,
};
use super::data::{Source, Traffic};
use crate::domain::check::Status;
use crate::domain::pg_time::PgTime;
use crate::store::after::After;
use crate::store::connect::Db;
use crate::store::messages::By;
use crate::store::{health, messages, stats, tx};
use crate::ui::Tone;

/// From when on `doctor` calls a job stuck, and one overdue.
const STUCK_SECONDS: i64 = 3600;
const OVERDUE_SECONDS: i64 = 15 * 60;
/// Channels that are told apart.
const CHANNELS: i64 = 20;

/// One row more than a page has, to know whether there are more.
const PROBE: i64 = PAGE as i64 + 1;

/// What takes several statements looks between them whether it is still wanted.
///
/// # Errors
/// The server refuses, or takes too long.
pub(super) fn answer(
    db: &mut Db,
    question: &Question,
    is_wanted: &dyn Fn() -> bool,
) -> anyhow::Result<Answer> {
    match question {
        Question::Overview => tx::read(db, |conn| Ok(Answer::Overview(Box::new(overview(conn)?)))),
        Question::Thread { contact, before } => tx::read(db, |conn| {
            Ok(Answer::Thread(Box::new(of_inbox::thread(conn, *contact, *before)?)))
        }),
        Question::Page { source, search, after } => {
            page(db, source, (search.trim(), is_wanted), after.as_ref()).map(Answer::Page)
        }
    }
}

fn page(
    db: &mut Db,
    source: &Source,
    (search, is_wanted): (&str, &dyn Fn() -> bool),
    after: Option<&Key>,
) -> anyhow::Result<Page> {
    let time = match after {
        Some(Key::Time(after)) => Some(*after),
        _ => None,
    };
    match source {
        Source::Contacts if search.is_empty() => {
            tx::read(db, |conn| Ok(of_inbox::contacts(conn, time)?))
        }
        Source::Contacts => tx::read(db, |conn| Ok(of_inbox::search(conn, search)?)),
        Source::Jobs(status) => tx::read(db, |conn| Ok(of_inbox::jobs(conn, *status, time)?)),
        Source::Failed => tx::read(db, |conn| Ok(of_inbox::failed(conn, time)?)),
        Source::Audit => tx::read(db, |conn| Ok(of_inbox::audit(conn, time)?)),
        Source::Sizes => tx::read(db, of_tables::sizes),
        Source::Tables => tx::read(db, |conn| Ok(of_tables::tables(conn)?)),
        Source::Sheet(sheet) => {
            let after = match after {
                Some(Key::Cells(cells)) => Some(cells.clone()),
                _ => None,
            };
            of_tables::sheet(db, sheet, (search, is_wanted), after)
        }
    }
}

fn overview(conn: &mut PgConnection) -> anyhow::Result<Overview> {
    let mut overview = Overview {
        stuck_jobs: health::stuck(conn, STUCK_SECONDS)?.count.unsigned_abs(),
        overdue_jobs: health::overdue(conn, OVERDUE_SECONDS)?.count.unsigned_abs(),
        ..Overview::default()
    };
    for group in messages::count_unread(conn, By::Channel, CHANNELS)? {
        let unread = group.unread.unsigned_abs();
        overview.unread += unread;
        channel(&mut overview.channels, &group.label.unwrap_or_default()).unread = unread;
    }
    for hour in stats::hourly(conn, HOURS as i32)? {
        overview.failed += hour.failed.unsigned_abs();
        let traffic = channel(&mut overview.channels, &hour.channel);
        let hours = if hour.is_inbound { &mut traffic.inbound } else { &mut traffic.outbound };
        // The newest last.
        let ago = usize::try_from(hour.ago).unwrap_or_default().min(HOURS - 1);
        hours[HOURS - 1 - ago] += hour.messages.unsigned_abs();
    }
    let all = |traffic: &Traffic| traffic.inbound.iter().chain(&traffic.outbound).sum::<u64>();
    overview.channels.sort_by(|one, other| {
        all(other).cmp(&all(one)).then_with(|| one.channel.cmp(&other.channel))
    });
    Ok(overview)
}

fn channel<'a>(channels: &'a mut Vec<Traffic>, name: &str) -> &'a mut Traffic {
    let place = channels.iter().position(|one| one.channel == name).unwrap_or_else(|| {
        let (inbound, outbound) = ([0; HOURS], [0; HOURS]);
        channels.push(Traffic { channel: name.to_owned(), inbound, outbound, unread: 0 });
        channels.len() - 1
    });
    &mut channels[place]
}

/// A page of rows that are in the order of time.
fn by_time<T>(
    columns: Vec<Column>,
    mut found: Vec<T>,
    place: impl Fn(&T) -> (PgTime, Uuid),
    row: impl Fn(T) -> Row,
) -> Page {
    let has_more = found.len() > PAGE;
    found.truncate(PAGE);
    let last = found.last().filter(|_| has_more).map(place);
    let next = last.map(|(created_at, id)| Key::Time(After { created_at, id }));
    Page { columns, rows: found.into_iter().map(row).collect(), next, ..Page::default() }
}

/// A fact of a time.
fn at(label: &str, at: Option<PgTime>) -> Option<Fact> {
    at.map(|at| Fact::new(label, crate::ui::human::minute(at)))
}

/// Facts that say something.
fn facts(all: impl IntoIterator<Item = Option<Fact>>) -> Vec<Fact> {
    all.into_iter().flatten().filter(|fact| !fact.value.is_empty()).collect()
}

fn fact(label: &str, value: Option<String>) -> Option<Fact> {
    value.map(|value| Fact::new(label, value))
}

/// A check of the doctor by the name of its status.
pub(super) fn status(name: &str) -> Status {
    Status::ALL.into_iter().find(|status| status.as_str() == name).unwrap_or(Status::Unknown)
}

fn contact(label: &str, id: Uuid) -> Option<Fact> {
    Some(Fact::new(label, id.to_string()).leading_to(Lead::Contact(id)))
}

fn bad(text: Option<String>) -> Cell {
    Cell::Text(text.unwrap_or_default(), Tone::Bad)
}
