//! Rows of `maintenance_runs`: what deleted by age, how much, and how it ended.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use jiff::Timestamp;
use jiff_diesel::{NullableTimestamp as NullableDbTimestamp, Timestamp as DbTimestamp, ToDiesel};
use serde_json::{Value, json};
use uuid::Uuid;

use super::interference::{self, Event};
use super::schema::maintenance_runs as runs;
use super::statements;
use crate::domain::moment::Span;
use crate::domain::retention::lateness::{self, Job, JobRun};
use crate::domain::retention::trend;

/// A run as it begins.
#[derive(Debug, Clone)]
pub struct NewRun<'a> {
    /// `audit prune`.
    pub command: &'a str,
    pub policy: Option<&'a str>,
    pub table: &'a str,
    pub actor: &'a str,
    pub cutoff: Timestamp,
    pub eligible: u64,
    pub held: u64,
}

/// What it did so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    pub deleted: u64,
    pub archived: u64,
    pub duration_ms: u64,
}

/// A label of maintenance_outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunOutcome {
    Running,
    Done,
    Interrupted,
    OutOfTime,
    Failed,
    /// Killed, as a later run found out.
    Lost,
}

impl RunOutcome {
    pub fn label(self) -> &'static str {
        match self {
            RunOutcome::Running => "RUNNING",
            RunOutcome::Done => "DONE",
            RunOutcome::Interrupted => "INTERRUPTED",
            RunOutcome::OutOfTime => "OUT_OF_TIME",
            RunOutcome::Failed => "FAILED",
            RunOutcome::Lost => "LOST",
        }
    }

    /// As JSON tells it.
    pub fn name(self) -> &'static str {
        match self {
            RunOutcome::Running => "running",
            RunOutcome::Done => "done",
            RunOutcome::Interrupted => "interrupted",
            RunOutcome::OutOfTime => "out_of_time",
            RunOutcome::Failed => "failed",
            RunOutcome::Lost => "lost",
        }
    }
}

#[derive(Debug, Clone, QueryableByName)]
pub struct Run {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub command: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub policy: Option<String>,
    #[diesel(sql_type = Text)]
    pub table_name: String,
    #[diesel(sql_type = Text)]
    pub actor: String,
    #[diesel(sql_type = Timestamptz, deserialize_as = DbTimestamp)]
    pub cutoff: Timestamp,
    #[diesel(sql_type = BigInt)]
    pub eligible: i64,
    #[diesel(sql_type = BigInt)]
    pub held: i64,
    #[diesel(sql_type = BigInt)]
    pub deleted: i64,
    #[diesel(sql_type = BigInt)]
    pub archived: i64,
    #[diesel(sql_type = BigInt)]
    pub duration_ms: i64,
    #[diesel(sql_type = Text)]
    pub outcome: String,
    #[diesel(sql_type = Timestamptz, deserialize_as = DbTimestamp)]
    pub started_at: Timestamp,
    #[diesel(sql_type = Nullable<Timestamptz>, deserialize_as = NullableDbTimestamp)]
    pub finished_at: Option<Timestamp>,
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Begins a run, in the transaction of its first batch.
pub fn start(conn: &mut PgConnection, run: &NewRun<'_>) -> QueryResult<Uuid> {
    let row: Option<Uuid> = diesel::insert_into(runs::table)
        .values((
            runs::command.eq(run.command),
            runs::policy.eq(run.policy),
            runs::table_name.eq(run.table),
            runs::actor.eq(run.actor),
            runs::cutoff.eq(run.cutoff.to_diesel()),
            runs::eligible.eq(signed(run.eligible)),
            runs::held.eq(signed(run.held)),
        ))
        .returning(runs::id)
        .get_result(conn)
        .optional()?;
    interference::none_swallowed(conn, TABLE, Event::Insert, (1, usize::from(row.is_some())))?;
    row.ok_or(DieselError::NotFound)
}

const TABLE: &str = "maintenance_runs";

/// Keeps the row true, in the transaction of a batch.
pub fn update(
    conn: &mut PgConnection,
    id: Uuid,
    progress: Progress,
    outcome: RunOutcome,
    details: &Value,
) -> QueryResult<()> {
    let updated = diesel::sql_query(
        "UPDATE maintenance_runs SET deleted = $2, archived = $3, duration_ms = $4, \
             outcome = $5::maintenance_outcome, details = $6, \
             finished_at = CASE WHEN $5 <> 'RUNNING' THEN clock_timestamp() END \
         WHERE id = $1",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<BigInt, _>(signed(progress.deleted))
    .bind::<BigInt, _>(signed(progress.archived))
    .bind::<BigInt, _>(signed(progress.duration_ms))
    .bind::<Text, _>(outcome.label())
    .bind::<Jsonb, _>(details)
    .execute(conn)?;
    interference::none_swallowed(conn, TABLE, Event::Update, (1, updated))
}

/// Marks the runs that never said how they ended, and tells how many they are. Only for who holds
/// [`super::lock::Key::Retention`]: nobody else is at work then.
pub fn mark_lost(conn: &mut PgConnection) -> QueryResult<usize> {
    // Who may not is told what is missing where it matters.
    let may = "SELECT has_table_privilege('maintenance_runs', 'SELECT') \
               AND has_table_privilege('maintenance_runs', 'UPDATE') AS truth";
    if !statements::truth(conn, may)? {
        return Ok(0);
    }
    diesel::sql_query(
        "UPDATE maintenance_runs SET outcome = $1::maintenance_outcome, finished_at = clock_timestamp() \
         WHERE outcome OPERATOR(pg_catalog.=) 'RUNNING'",
    )
    .bind::<Text, _>(RunOutcome::Lost.label())
    .execute(conn)
}

/// Whether a run that deleted from this table wrote an archive whose manifest has this seal.
pub fn is_archive(conn: &mut PgConnection, table: &str, seal: &str) -> QueryResult<bool> {
    let with_seal = runs::details.contains(json!({ "archives": [{ "seal": seal }] }));
    let runs = runs::table.filter(runs::table_name.eq(table)).filter(with_seal);
    diesel::select(exists(runs)).get_result(conn)
}

/// Has the run that wrote an archive know what took its place.
///
/// # Errors
/// A trigger swallowed it, or the server refuses.
pub fn replace_archive(
    conn: &mut PgConnection,
    table: &str,
    seal: &str,
    new: &Value,
) -> QueryResult<()> {
    let updated = diesel::sql_query(
        "UPDATE maintenance_runs SET details = pg_catalog.jsonb_set(details, '{archives}'::text[], \
             (details -> 'archives'::text) OPERATOR(pg_catalog.||) $3, true) \
         WHERE id = (SELECT id FROM maintenance_runs WHERE table_name = $1 AND details @> $2 ORDER BY id LIMIT 1)",
    )
    .bind::<Text, _>(table)
    .bind::<Jsonb, _>(json!({ "archives": [{ "seal": seal }] }))
    .bind::<Jsonb, _>(json!([new]))
    .execute(conn)?;
    interference::none_swallowed(conn, TABLE, Event::Update, (1, updated))
}

const COLUMNS: &str = "id, command, policy, table_name, actor, cutoff, eligible, held, deleted, \
    archived, duration_ms, outcome::text AS outcome, started_at, finished_at";

/// The newest first.
pub fn list(conn: &mut PgConnection, span: Span, limit: i64) -> QueryResult<Vec<Run>> {
    diesel::sql_query(format!(
        "SELECT {COLUMNS} FROM maintenance_runs \
         WHERE started_at >= coalesce($2, '-infinity') AND ($3 IS NULL OR started_at < $3) \
         ORDER BY started_at DESC, id DESC LIMIT $1"
    ))
    .bind::<BigInt, _>(limit)
    .bind::<Nullable<Timestamptz>, _>(span.since.map(ToDiesel::to_diesel))
    .bind::<Nullable<Timestamptz>, _>(span.until.map(ToDiesel::to_diesel))
    .load(conn)
}

/// What deletes from a table, by its runs of the last months.
pub fn list_jobs(conn: &mut PgConnection, table: &str) -> QueryResult<Vec<Job>> {
    let runs: Vec<Run> = diesel::sql_query(format!(
        "SELECT {COLUMNS} FROM maintenance_runs \
         WHERE table_name = $1 AND started_at > now() - interval '90 days' \
         ORDER BY started_at DESC, id DESC LIMIT 100"
    ))
    .bind::<Text, _>(table)
    .load(conn)?;
    Ok(lateness::jobs(runs.iter().map(Run::of_job)))
}

impl Run {
    /// As a judgement of its job takes it.
    fn of_job(&self) -> JobRun {
        let number = |number: i64| u64::try_from(number).unwrap_or_default();
        JobRun {
            job: self.policy.clone().unwrap_or_else(|| self.command.clone()),
            age_s: self.cutoff.duration_until(self.started_at).as_secs(),
            run: trend::Run {
                at_s: self.started_at.as_second(),
                eligible: number(self.eligible),
                deleted: number(self.deleted),
            },
        }
    }
}
