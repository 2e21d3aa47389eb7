//! Contacts and their threads, jobs, messages that failed, the audit log.

use diesel::{PgConnection, QueryResult};
use uuid::Uuid;

use super::super::data::{
    Cell, Column, Fact, Lead, MergeLine, PAGE, Page, Person, Row, Said, Side, ThreadPage,
};
use super::{PROBE, at, bad, by_time, contact, fact, facts};
use crate::domain::identifiers;
use crate::domain::moment::Span;
use crate::domain::pg_time::PgTime;
use crate::domain::vocabulary::{JobStatus, MessageDirection};
use crate::store::after::After;
use crate::store::audit_log::{self, Entry};
use crate::store::contact_list::{self, Listed};
use crate::store::contact_search::{self, Hit, Search};
use crate::store::contacts::{self, Contact};
use crate::store::jobs::{self, Job};
use crate::store::merges::{self, Merge};
use crate::store::messages::{self, Message, Only};
use crate::store::notes;
use crate::ui::{Tone, human};

/// Notes and merges that stand in a thread.
const NOTES: i64 = 200;
const MERGES: i64 = 20;
/// Messages of a thread at once.
const SAID: i64 = 60;

pub(super) fn contacts(conn: &mut PgConnection, after: Option<After>) -> QueryResult<Page> {
    let filter = contact_list::Filter { after, ..contact_list::Filter::default() };
    let found = contact_list::list(conn, &filter, PROBE)?;
    let columns = vec![
        Column::text("name"),
        Column::left("phone"),
        Column::text("e-mail"),
        Column::left("last message"),
        Column::left("created"),
    ];
    Ok(by_time(columns, found, |one| (one.created_at, one.id), of_contact))
}

fn of_contact(one: Listed) -> Row {
    let name = one.name.clone().or_else(|| one.phone.clone()).or_else(|| one.email.clone());
    Row {
        cells: vec![
            Cell::maybe(&one.name),
            Cell::maybe(&one.phone),
            Cell::maybe(&one.email),
            Cell::when(one.last_message_at),
            Cell::When(one.created_at),
        ],
        facts: facts([fact("name", name)]),
        leads_to: Some(Lead::Contact(one.id)),
        id: one.id.to_string(),
    }
}

pub(super) fn search(conn: &mut PgConnection, text: &str) -> QueryResult<Page> {
    let found = match Search::understand(text) {
        Some(search) => contact_search::search(conn, &search, PAGE)?,
        None => Vec::new(),
    };
    let note = match found.len() {
        PAGE => String::from("the best hundred"),
        found => human::plural(found as u64, "contact", "contacts"),
    };
    let columns = vec![
        Column::text("name"),
        Column::left("phone"),
        Column::text("e-mail"),
        Column::left("found by"),
    ];
    Ok(Page { columns, rows: found.into_iter().map(of_hit).collect(), note, ..Page::default() })
}

fn of_hit(hit: Hit) -> Row {
    let name = hit.name.clone().or_else(|| hit.phone.clone()).or_else(|| hit.email.clone());
    Row {
        cells: vec![
            Cell::maybe(&hit.name),
            Cell::maybe(&hit.phone),
            Cell::maybe(&hit.email),
            Cell::Text(hit.reason(), Tone::Dim),
        ],
        facts: facts([fact("name", name)]),
        leads_to: Some(Lead::Contact(hit.id)),
        id: hit.id.to_string(),
    }
}

pub(super) fn jobs(
    conn: &mut PgConnection,
    status: Option<JobStatus>,
    after: Option<After>,
) -> QueryResult<Page> {
    let filter = jobs::Filter { status, after, ..jobs::Filter::default() };
    let found = jobs::list(conn, &filter, PROBE)?;
    let columns = vec![
        Column::left("type"),
        Column::left("status"),
        Column::left("scheduled"),
        Column::right("tries"),
        Column::text("last error"),
    ];
    Ok(by_time(columns, found, |job| (job.created_at, job.id), of_job))
}

fn of_job(job: Job) -> Row {
    let (tone, id) = (Tone::of_job(&job.status), job.id.to_string());
    let status = Some(Fact::new("status", job.status.name()).toned(tone));
    Row {
        cells: vec![
            Cell::plain(job.job_type.clone()),
            Cell::Text(job.status.name().to_owned(), tone),
            Cell::When(job.scheduled_at),
            Cell::plain(job.attempts.to_string()),
            bad(job.last_error.clone()),
        ],
        facts: facts([
            fact("id", Some(id.clone())),
            fact("type", Some(job.job_type)),
            status,
            fact("tries", Some(job.attempts.to_string())),
            job.last_error.map(|error| Fact::new("last error", error).toned(Tone::Bad)),
            at("scheduled", Some(job.scheduled_at)),
            at("started", job.started_at),
            fact("worker", job.locked_by),
            fact("message", job.message_id.map(|id| id.to_string())),
            at("finished", job.finished_at),
            at("created", Some(job.created_at)),
            at("updated", Some(job.updated_at)),
            fact("payload", Some(job.payload.text().to_owned())),
        ]),
        leads_to: None,
        id,
    }
}

pub(super) fn failed(conn: &mut PgConnection, after: Option<After>) -> QueryResult<Page> {
    let found = messages::list_failed(conn, Only { after, ..Only::default() }, PROBE)?;
    let columns = vec![
        Column::left("when"),
        Column::left("channel"),
        Column::left("contact"),
        Column::text("error"),
        Column::text("content"),
    ];
    Ok(by_time(columns, found, |one| (one.created_at, one.id), of_failed))
}

fn of_failed(one: Message) -> Row {
    let known = one.contact_name.clone().or_else(|| one.contact_known_by.clone());
    let error = one.error();
    Row {
        cells: vec![
            Cell::When(one.created_at),
            Cell::plain(one.channel.name()),
            Cell::plain(human::one_line(known.as_deref().unwrap_or("no name"), 24)),
            bad(error.clone()),
            Cell::plain(one.content.clone()),
        ],
        facts: facts([
            fact("contact", known),
            fact("error", error),
            fact("content", Some(one.content)),
        ]),
        leads_to: Some(Lead::Contact(one.contact_id)),
        id: one.id.to_string(),
    }
}

pub(super) fn audit(conn: &mut PgConnection, after: Option<After>) -> QueryResult<Page> {
    let filter = audit_log::Filter { after, ..audit_log::Filter::default() };
    let found = audit_log::list(conn, &filter, PROBE)?;
    let columns = vec![
        Column::left("when"),
        Column::text("actor"),
        Column::left("action"),
        Column::left("resource"),
        Column::text("of"),
    ];
    Ok(by_time(columns, found, |entry| (entry.created_at, entry.id), of_entry))
}

fn of_entry(entry: Entry) -> Row {
    let (who, id) = (entry.who(), entry.id.to_string());
    let contact_of = (entry.resource == "contacts").then_some(entry.resource_id.as_ref()).flatten();
    let of = match contact_of.and_then(|id| id.parse::<Uuid>().ok()) {
        Some(id) => contact("of", id),
        None => fact("of", entry.resource_id.clone()),
    };
    Row {
        cells: vec![
            Cell::When(entry.created_at),
            Cell::plain(who.clone()),
            Cell::Text(entry.action.clone(), Tone::Strong),
            Cell::plain(entry.resource.clone()),
            Cell::Text(entry.resource_id.clone().unwrap_or_default(), Tone::Dim),
        ],
        facts: facts([
            fact("id", Some(id.clone())),
            at("when", Some(entry.created_at)),
            fact("actor", Some(who)),
            fact("action", Some(entry.action)),
            fact("resource", Some(entry.resource)),
            of,
            fact("details", Some(entry.details.text().to_owned())),
            fact("login", entry.recorded_by),
            fact("from", entry.recorded_from),
            at("seen", entry.recorded_at),
        ]),
        leads_to: None,
        id,
    }
}

pub(super) fn thread(
    conn: &mut PgConnection,
    asked: Uuid,
    before: Option<After>,
) -> QueryResult<ThreadPage> {
    let Some(found) = contacts::find(conn, asked)? else { return Ok(ThreadPage::default()) };
    let id = found.id;
    let mut sent =
        messages::list_by_contact(conn, id, Only { after: before, ..Only::default() }, SAID + 1)?;
    let has_more = sent.len() as i64 > SAID;
    sent.truncate(SAID as usize);
    let oldest = sent.last().filter(|_| has_more);
    let earlier = oldest.map(|one| After { created_at: one.created_at, id: one.id });
    // Notes of the time that these messages are of.
    let (from, until) = (earlier.map(|one| one.created_at), before.map(|one| one.created_at));
    let notes = notes::list_by_contact(conn, id, NOTES)?;
    let is_here =
        |at: PgTime| from.is_none_or(|from| at >= from) && until.is_none_or(|until| at < until);
    let notes = notes.into_iter().filter(|note| is_here(note.created_at)).map(|note| Said {
        id: note.id,
        at: note.created_at,
        side: Side::Note,
        who: note.user_email.unwrap_or_default(),
        channel: String::new(),
        status: (String::new(), Tone::Plain),
        text: note.content,
        error: None,
    });
    let mut said: Vec<Said> = sent.into_iter().map(message).chain(notes).collect();
    said.sort_by_key(|one| (one.at, one.id));
    let merges = merges::list(conn, Some(id), None, Span::default(), MERGES)?;
    let person = Some(person(asked, found, &merges));
    Ok(ThreadPage { person, said, earlier })
}

fn message(one: Message) -> Said {
    let (error, status) = (one.error(), one.status.name().to_owned());
    let (side, who) = match one.direction.known() {
        Some(MessageDirection::Inbound) => (Side::Them, one.contact_name),
        _ => (Side::Us, one.user_email),
    };
    Said {
        id: one.id,
        at: one.created_at,
        side,
        who: who.unwrap_or_default(),
        channel: one.channel.name().to_owned(),
        status: (status, Tone::of_message(&one.status)),
        text: one.content,
        error,
    }
}

fn person(asked: Uuid, one: Contact, merges: &[Merge]) -> Person {
    let count = |number: i64| Some(human::count(number.unsigned_abs()));
    let names = [&one.name, &one.phone, &one.email];
    let name = names.into_iter().flatten().next().cloned();
    let facts = facts([
        fact("id", Some(one.id.to_string())),
        (one.id != asked).then(|| Fact::new("merged from", asked.to_string())),
        fact("name", one.name),
        fact("phone", one.phone),
        fact("e-mail", one.email),
        fact("handles", Some(identifiers::pairs(&one.social_handles))),
        fact("also", Some(identifiers::listed(&one.identities))),
        fact("metadata", Some(identifiers::pairs(&one.metadata))),
        fact("messages", count(one.messages)),
        fact("notes", count(one.notes)),
        fact("assigned to", one.assigned_to),
        fact("open at", Some(one.open_at.join(", "))),
        at("created", Some(one.created_at)),
    ]);
    let line = |merge: &Merge| MergeLine {
        id: merge.id,
        text: format!(
            "{} merged {}",
            merge.actor,
            human::plural(merge.merged_ids.len() as u64, "contact", "contacts")
        ),
        at: merge.merged_at,
        is_undone: merge.undone_at.is_some(),
    };
    Person {
        id: one.id,
        name: name.unwrap_or_else(|| String::from("no name")),
        facts,
        merges: merges.iter().map(line).collect(),
    }
}
