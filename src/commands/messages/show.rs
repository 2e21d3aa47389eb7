//! `messages show`.

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use super::row::{self, MessageRow};
use super::search;
use crate::commands::contacts::contact_view::ContactView;
use crate::commands::jobs;
use crate::context::Context;
use crate::domain::id_prefix::IdRange;
use crate::domain::moment::{self, Moment};
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::raw_json::RawJson;
use crate::domain::vocabulary::{Channel, JobStatus, MessageDirection, MessageStatus};
use crate::error::{self, Failure, Kind, Outcome};
use crate::store::connect::Db;
use crate::store::id_ranges::{self, Of};
use crate::store::jobs::{self as job_rows, Job, Named};
use crate::store::messages::{self, Message};
use crate::store::{server, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The message, by its id, the beginning of it, or the id that the provider gave it
    #[arg(value_name = "ID|EXTERNAL_ID")]
    message: String,
    /// How far to look back for a provider's id: 365d (ago), 2026-03-01, 2026-03-01T12:00:00Z; 30d
    /// where what was given is no whole id
    #[arg(long, value_name = "WHEN", value_parser = moment::parse)]
    since: Option<Moment>,
}

/// Of messages that may be meant.
const SHOWN: usize = 5;
const JOBS: usize = 20;
/// How far a provider's id is looked for, which has no index.
const USUAL_DAYS: i64 = 30;
/// A provider's id that is shorter may stand in any text.
const TELLING: usize = 8;

pub(super) fn run(ctx: &mut Context, args: ShowArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let message = find(ctx, &mut db, &args)?;
    ctx.tell_policies(&mut db, &["messages", "contacts", "users", "scheduled_jobs"])?;
    let (details, now) = tx::read(&mut db, |conn| {
        Ok((messages::find_details(conn, message.id)?, server::now(conn)?))
    })?;
    let Some(details) = details else {
        return Err(Failure::new(Kind::NotFound, format!("message {} is gone", message.id))
            .why("it was deleted while it was being read")
            .into());
    };
    let jobs = jobs_of(&mut db, &message, details.external_id.as_deref())?;
    if jobs.is_none() {
        ctx.ui.warn("which jobs it has isn't known: there are too many to look through in time");
    }
    let is_cut = jobs.as_ref().is_some_and(|jobs| jobs.len() > JOBS);
    let row = MessageRow::new(message.clone(), now);
    ctx.ui.show(&ShowView {
        id: message.id,
        external_id: details.external_id,
        channel: message.channel,
        direction: message.direction,
        status: message.status,
        error: row.error,
        contact: ContactView {
            id: message.contact_id,
            name: message.contact_name,
            phone: details.phone,
            email: details.email,
        },
        user_email: message.user_email,
        thread_id: message.thread_id,
        content: message.content,
        metadata: message.metadata,
        created_at: message.created_at,
        scheduled_at: details.scheduled_at,
        sent_at: message.sent_at,
        read_at: message.read_at,
        jobs: jobs.map(|jobs| jobs.into_iter().take(JOBS).map(JobView::from).collect()),
        truncated: is_cut,
        now,
    })?;
    Ok(Outcome::Done)
}

/// One more than are shown, if there are more; `None` if the server took too long.
fn jobs_of(
    db: &mut Db,
    message: &Message,
    external_id: Option<&str>,
) -> anyhow::Result<Option<Vec<Job>>> {
    let external_id = external_id.filter(|id| id.len() >= TELLING);
    let named = Named { id: message.id, external_id, created_at: message.created_at };
    let most = JOBS as i64 + 1;
    match tx::read(db, |conn| Ok(job_rows::list_of_message(conn, &named, most)?)) {
        Ok(jobs) => Ok(Some(jobs)),
        Err(error) if error::is_timeout(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// By what it is known here, else by what the provider calls it.
fn find(ctx: &Context, db: &mut Db, args: &ShowArgs) -> anyhow::Result<Message> {
    let text = args.message.trim();
    let range = IdRange::parse(text);
    let (mut found, now) = tx::read(db, |conn| {
        let ids = match range {
            Some(range) => id_ranges::list(conn, Of::Message, range)?,
            None => Vec::new(),
        };
        Ok((messages::list_by_id(conn, &ids)?, server::now(conn)?))
    })?;
    // A whole id is hardly ever a provider's: that is looked for where it is asked for.
    let is_whole = range.and_then(IdRange::whole).is_some() && args.since.is_none();
    let usual = || now - SignedDuration::from_hours(24 * USUAL_DAYS);
    let since = args.since.map_or_else(usual, |since| since.resolve(now));
    if found.is_empty() && !is_whole {
        let most = SHOWN as i64 + 1;
        found =
            search::look_back(ctx, db, (since, None, now), most, |conn, from, before, missing| {
                messages::list_by_external_id(conn, text, from, before, missing)
            })?;
    }
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] if is_whole => Err(Failure::new(Kind::NotFound, format!("there is no message {text}"))
            .hint("if it is a provider's id, say with --since 30d how far to look back")
            .into()),
        [] => {
            let day = human::minute(since);
            Err(Failure::new(Kind::NotFound, format!("there is no message {text:?}"))
                .why(format!("none has an id that begins so, nor that of a provider since {day}"))
                .hint("--since looks further back for a provider's id")
                .into())
        }
        many => {
            let ids: Vec<String> = many.iter().map(|one| one.id.to_string()).collect();
            Err(Failure::usage(format!("{text:?} matches several messages"))
                .why(human::listed(&ids, SHOWN))
                .hint("give more of its id, or all of it")
                .into())
        }
    }
}

#[derive(Debug, Serialize)]
struct ShowView {
    id: Uuid,
    external_id: Option<String>,
    channel: Label<Channel>,
    direction: Label<MessageDirection>,
    status: Label<MessageStatus>,
    /// Why it could not be sent, as the provider put it.
    error: Option<String>,
    contact: ContactView,
    user_email: Option<String>,
    thread_id: Option<String>,
    content: String,
    metadata: RawJson,
    created_at: PgTime,
    scheduled_at: Option<PgTime>,
    sent_at: Option<PgTime>,
    read_at: Option<PgTime>,
    /// Those that say they are for it, or that carry its id and were made within an hour of it; null
    /// where finding them takes too long.
    jobs: Option<Vec<JobView>>,
    /// It has more jobs.
    truncated: bool,
    #[serde(skip)]
    now: Timestamp,
}

#[derive(Debug, Serialize)]
struct JobView {
    id: Uuid,
    #[serde(rename = "type")]
    job_type: String,
    status: Label<JobStatus>,
    attempts: i32,
    scheduled_at: PgTime,
    last_error: Option<String>,
}

impl From<Job> for JobView {
    fn from(job: Job) -> JobView {
        JobView {
            id: job.id,
            job_type: job.job_type,
            status: job.status,
            attempts: job.attempts,
            scheduled_at: job.scheduled_at,
            last_error: job.last_error,
        }
    }
}

impl ShowView {
    fn jobs(&self) -> Grid {
        let mut grid = Grid::new(vec![
            Column::left("job"),
            Column::left("type"),
            Column::left("status"),
            Column::right("tries"),
            Column::left("scheduled"),
            Column::text("last error"),
        ])
        .records_if_wide();
        for job in self.jobs.iter().flatten() {
            grid.row(vec![
                job.id.to_string().into(),
                job.job_type.as_str().into(),
                jobs::status_cell(&job.status),
                job.attempts.to_string().into(),
                human::when(job.scheduled_at, self.now).into(),
                job.last_error.clone().unwrap_or_default().into(),
            ]);
        }
        if self.truncated {
            grid.note("It has more jobs than these.");
        }
        grid
    }
}

impl Tabular for ShowView {
    fn blocks(&self) -> Vec<Block> {
        let [name, phone, email, id] = self.contact.cells(60);
        let who = [name, phone, email, id].into_iter().filter(|part| !part.is_empty());
        let mut grid = Grid::facts([
            ("id", Cell::new(self.id.to_string())),
            ("channel", self.channel.name().into()),
            ("direction", self.direction.name().into()),
            ("status", row::status_cell(&self.status)),
        ]);
        let mut add = |label: &str, value: Option<String>, tone| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                grid.row(vec![Cell::toned(label, Tone::Dim), Cell::toned(value, tone)]);
            }
        };
        let plain = Tone::Plain;
        add("error", self.error.clone(), Tone::Bad);
        add("contact", Some(who.collect::<Vec<_>>().join(", ")), plain);
        add("user", self.user_email.clone(), plain);
        add("thread", self.thread_id.clone(), plain);
        add("provider's id", self.external_id.clone(), plain);
        add("created", Some(human::minute(self.created_at)), plain);
        add("scheduled", self.scheduled_at.map(human::minute), plain);
        add("sent", self.sent_at.map(human::minute), plain);
        add("read", self.read_at.map(human::minute), plain);
        add("metadata", Some(self.metadata.text().to_owned()).filter(|text| text != "{}"), plain);
        add("content", Some(self.content.clone()), plain);
        let mut blocks = vec![Block::Grid(grid)];
        if self.jobs.iter().flatten().next().is_some() {
            blocks.push(Block::Grid(self.jobs()));
        }
        blocks
    }
}
