//! Rows of `scheduled_jobs`: the work that the application has planned.

use std::time::Duration;

use diesel::dsl::now;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Double, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use uuid::Uuid;

use super::after::After;
use super::interference::{self, Event};
use super::json::DbJson;
use super::schema::scheduled_jobs as jobs;
use super::types::{Word, same};
use crate::domain::consent::Consent;
use crate::domain::moment::Span;
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::raw_json::RawJson;
use crate::domain::vocabulary::JobStatus;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = jobs)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Job {
    pub id: Uuid,
    #[diesel(column_name = type_)]
    pub job_type: String,
    #[diesel(deserialize_as = DbJson)]
    pub payload: RawJson,
    pub scheduled_at: PgTime,
    pub status: Label<JobStatus>,
    pub attempts: i32,
    pub last_error: Option<String>,
    /// These three by workers that fill them.
    pub started_at: Option<PgTime>,
    pub locked_by: Option<String>,
    pub message_id: Option<Uuid>,
    pub finished_at: Option<PgTime>,
    pub created_at: PgTime,
    pub updated_at: PgTime,
}

/// Which jobs to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub status: Option<JobStatus>,
    pub job_type: Option<String>,
    /// Waiting although their time has come: the longest waiting first. Else the
    /// newest come first.
    pub overdue: bool,
    /// When they were made.
    pub span: Span,
    /// Those of a list's next page; not of what is overdue.
    pub after: Option<After>,
}

pub fn list(conn: &mut PgConnection, filter: &Filter, limit: i64) -> QueryResult<Vec<Job>> {
    let mut query = jobs::table.select(Job::as_select()).limit(limit).into_boxed();
    if let Some(status) = filter.status {
        query = query.filter(same(jobs::status, Word(status)));
    }
    if let Some(job_type) = &filter.job_type {
        query = query.filter(jobs::type_.eq(job_type));
    }
    if let Some(since) = filter.span.since {
        query = query.filter(jobs::created_at.ge(since.to_diesel()));
    }
    if let Some(until) = filter.span.until {
        query = query.filter(jobs::created_at.lt(until.to_diesel()));
    }
    if let Some(after) = filter.after {
        query = query.filter(after.earlier());
    }
    if filter.overdue {
        query
            .filter(same(jobs::status, Word(JobStatus::Pending)))
            .filter(jobs::scheduled_at.lt(now))
            .order((jobs::scheduled_at, jobs::id))
            .load(conn)
    } else {
        query.order((jobs::created_at.desc(), jobs::id.desc())).load(conn)
    }
}

pub fn find(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<Job>> {
    jobs::table.find(id).select(Job::as_select()).first(conn).optional()
}

/// Those of `ids` that exist, in the order of their ids.
pub fn list_by_id(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<Job>> {
    jobs::table.filter(jobs::id.eq_any(ids)).select(Job::as_select()).order(jobs::id).load(conn)
}

/// Every job that failed, perhaps of one type.
pub fn list_failed_ids(conn: &mut PgConnection, job_type: Option<&str>) -> QueryResult<Vec<Uuid>> {
    let mut query = jobs::table
        .filter(same(jobs::status, Word(JobStatus::Failed)))
        .select(jobs::id)
        .order(jobs::id)
        .into_boxed();
    if let Some(job_type) = job_type {
        query = query.filter(jobs::type_.eq(job_type.to_owned()));
    }
    query.load(conn)
}

/// Every job that a worker took and hasn't touched for so long, perhaps of one type.
pub fn list_stuck_ids(
    conn: &mut PgConnection,
    untouched: Duration,
    job_type: Option<&str>,
) -> QueryResult<Vec<Uuid>> {
    diesel::sql_query(
        "SELECT id FROM scheduled_jobs \
         WHERE status OPERATOR(pg_catalog.=) 'RUNNING' \
             AND updated_at <= now() - $1 * interval '1 second' AND ($2 IS NULL OR type = $2) \
         ORDER BY id",
    )
    .bind::<Double, _>(untouched.as_secs_f64())
    .bind::<Nullable<Text>, _>(job_type)
    .scalars::<SqlUuid, _>(conn)
}

/// All types that there are.
pub fn list_types(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    // From one type to the next by the index, whatever the number of jobs.
    diesel::sql_query(
        "WITH RECURSIVE types (job_type) AS ( \
             (SELECT type FROM scheduled_jobs ORDER BY type LIMIT 1) \
             UNION ALL \
             SELECT (SELECT type FROM scheduled_jobs j WHERE j.type > types.job_type \
                     ORDER BY type LIMIT 1) \
             FROM types WHERE types.job_type IS NOT NULL) \
         SELECT job_type FROM types WHERE job_type IS NOT NULL",
    )
    .scalars::<Text, _>(conn)
}

/// Locks those of `ids` that nobody else has locked, in the order of their ids:
/// a worker that holds a job is at work on it, whatever its status says.
pub fn lock_free(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<Job>> {
    jobs::table
        .filter(jobs::id.eq_any(ids))
        .select(Job::as_select())
        .order(jobs::id)
        .for_update()
        .skip_locked()
        .load(conn)
}

/// Makes jobs due now, as if they had never been tried.
pub fn retry(conn: &mut PgConnection, ids: &[Uuid], _: &Consent) -> QueryResult<()> {
    let updated = diesel::update(jobs::table.filter(jobs::id.eq_any(ids)))
        .set((
            jobs::status.eq(Word(JobStatus::Pending)),
            jobs::scheduled_at.eq(now),
            jobs::attempts.eq(0),
            jobs::last_error.eq(None::<String>),
            jobs::finished_at.eq(None::<jiff_diesel::Timestamp>),
        ))
        .execute(conn)?;
    interference::none_swallowed(conn, "scheduled_jobs", Event::Update, (ids.len(), updated))
}

pub fn cancel(conn: &mut PgConnection, ids: &[Uuid], _: &Consent) -> QueryResult<()> {
    let updated = diesel::update(jobs::table.filter(jobs::id.eq_any(ids)))
        .set((jobs::status.eq(Word(JobStatus::Cancelled)), jobs::finished_at.eq(now)))
        .execute(conn)?;
    interference::none_swallowed(conn, "scheduled_jobs", Event::Update, (ids.len(), updated))
}

/// Takes jobs from their workers: they wait for another one, due as they were.
pub fn release(conn: &mut PgConnection, ids: &[Uuid], _: &Consent) -> QueryResult<()> {
    let updated = diesel::update(jobs::table.filter(jobs::id.eq_any(ids)))
        .set((
            jobs::status.eq(Word(JobStatus::Pending)),
            jobs::started_at.eq(None::<jiff_diesel::Timestamp>),
            jobs::locked_by.eq(None::<String>),
        ))
        .execute(conn)?;
    interference::none_swallowed(conn, "scheduled_jobs", Event::Update, (ids.len(), updated))
}

pub fn reschedule(
    conn: &mut PgConnection,
    ids: &[Uuid],
    at: Timestamp,
    _: &Consent,
) -> QueryResult<()> {
    let updated = diesel::update(jobs::table.filter(jobs::id.eq_any(ids)))
        .set(jobs::scheduled_at.eq(at.to_diesel()))
        .execute(conn)?;
    interference::none_swallowed(conn, "scheduled_jobs", Event::Update, (ids.len(), updated))
}

/// Jobs of a message: by its id, or that have it or the provider's for a value in what they carry and
/// were made within an hour of it. `limit` of them at most.
pub fn list_of_message(
    conn: &mut PgConnection,
    message: &Named,
    limit: i64,
) -> QueryResult<Vec<Job>> {
    let ids = diesel::sql_query(
        "SELECT id FROM scheduled_jobs WHERE message_id = $1 \
         UNION \
         SELECT id FROM scheduled_jobs \
         WHERE created_at BETWEEN $3 - interval '1 hour' AND $3 + interval '1 hour' \
             AND (strpos(payload::text, pg_catalog.to_jsonb($1::text)::text) > 0 \
                 OR strpos(payload::text, pg_catalog.to_jsonb($2)::text) > 0) \
         ORDER BY id LIMIT $4",
    )
    .bind::<SqlUuid, _>(message.id)
    .bind::<Nullable<Text>, _>(message.external_id)
    .bind::<Timestamptz, _>(message.created_at)
    .bind::<BigInt, _>(limit)
    .scalars::<SqlUuid, _>(conn)?;
    list_by_id(conn, &ids)
}

/// What a job can name a message by.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    pub id: Uuid,
    /// None where it is too short to be told from other text.
    pub external_id: Option<&'a str>,
    pub created_at: PgTime,
}

/// The jobs of one type in numbers.
#[derive(Debug, Clone, QueryableByName)]
pub struct TypeStats {
    #[diesel(sql_type = Text)]
    pub job_type: String,
    #[diesel(sql_type = BigInt)]
    pub pending: i64,
    #[diesel(sql_type = BigInt)]
    pub overdue: i64,
    #[diesel(sql_type = BigInt)]
    pub running: i64,
    #[diesel(sql_type = BigInt)]
    pub completed: i64,
    #[diesel(sql_type = BigInt)]
    pub failed: i64,
    #[diesel(sql_type = BigInt)]
    pub cancelled: i64,
    /// Those with a status of the application's own.
    #[diesel(sql_type = BigInt)]
    pub other: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub oldest_overdue_at: Option<PgTime>,
}

pub fn stats(conn: &mut PgConnection) -> QueryResult<Vec<TypeStats>> {
    diesel::sql_query(
        "SELECT type AS job_type, \
             count(*) FILTER (WHERE status OPERATOR(pg_catalog.=) 'PENDING') AS pending, \
             count(*) FILTER (WHERE status OPERATOR(pg_catalog.=) 'PENDING' AND scheduled_at < now()) AS overdue, \
             count(*) FILTER (WHERE status OPERATOR(pg_catalog.=) 'RUNNING') AS running, \
             count(*) FILTER (WHERE status OPERATOR(pg_catalog.=) 'COMPLETED') AS completed, \
             count(*) FILTER (WHERE status OPERATOR(pg_catalog.=) 'FAILED') AS failed, \
             count(*) FILTER (WHERE status OPERATOR(pg_catalog.=) 'CANCELLED') AS cancelled, \
             count(*) FILTER (WHERE status OPERATOR(pg_catalog.<>) ALL ( \
                 '{PENDING,RUNNING,COMPLETED,FAILED,CANCELLED}')) AS other, \
             min(scheduled_at) FILTER (WHERE status OPERATOR(pg_catalog.=) 'PENDING' AND scheduled_at < now()) \
                 AS oldest_overdue_at \
         FROM scheduled_jobs GROUP BY type ORDER BY count(*) DESC, type",
    )
    .load(conn)
}
