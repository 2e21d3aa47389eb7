//! What the messages of a time span come to. Everything is asked of the index on
//! `created_at`, so that older messages cost nothing.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, BigInt, Double, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Which messages, and by what they are told apart.
#[derive(Debug, Clone)]
pub struct Span<'a> {
    /// `channel`, or what PostgreSQL's date_trunc takes: `day`, `week`, `month`.
    pub key: &'a str,
    /// A name that PostgreSQL knows.
    pub time_zone: &'a str,
    pub from: Timestamp,
    /// Not included.
    pub until: Timestamp,
}

/// Messages with one key.
#[derive(Debug, Clone, Default, QueryableByName)]
pub struct Group {
    /// A channel, or the first day of the period.
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = BigInt)]
    pub inbound: i64,
    #[diesel(sql_type = BigInt)]
    pub outbound: i64,
    /// Of the outbound ones; the same for what follows.
    #[diesel(sql_type = BigInt)]
    pub delivered: i64,
    #[diesel(sql_type = BigInt)]
    pub failed: i64,
    /// Those that were sent or failed: the others still wait.
    #[diesel(sql_type = BigInt)]
    pub settled: i64,
    /// Contacts who wrote or were written to.
    #[diesel(sql_type = BigInt)]
    pub contacts: i64,
}

pub fn groups(conn: &mut PgConnection, span: &Span<'_>) -> QueryResult<Vec<Group>> {
    bind(include_str!("sql/stats_groups.sql"), span).load(conn)
}

/// How fast contacts were answered.
#[derive(Debug, Clone, QueryableByName)]
pub struct Responses {
    /// `None` for all together.
    #[diesel(sql_type = Nullable<Text>)]
    pub key: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub answered: i64,
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
    /// Median and 95th percentile in seconds; `None` where nothing was answered.
    #[diesel(sql_type = Nullable<Array<Nullable<Double>>>)]
    percentiles: Option<Vec<Option<f64>>>,
}

impl Responses {
    pub fn median_seconds(&self) -> Option<f64> {
        self.percentile(0)
    }

    pub fn p95_seconds(&self) -> Option<f64> {
        self.percentile(1)
    }

    fn percentile(&self, index: usize) -> Option<f64> {
        self.percentiles.as_ref()?.get(index).copied().flatten()
    }
}

/// By key, all together first.
pub fn responses(conn: &mut PgConnection, span: &Span<'_>) -> QueryResult<Vec<Responses>> {
    bind(include_str!("sql/stats_responses.sql"), span).load(conn)
}

/// Messages of a channel on one day.
#[derive(Debug, QueryableByName)]
pub struct Daily {
    #[diesel(sql_type = Text)]
    pub channel: String,
    #[diesel(sql_type = Text)]
    pub day: String,
    #[diesel(sql_type = BigInt)]
    pub messages: i64,
}

pub fn daily(conn: &mut PgConnection, span: &Span<'_>) -> QueryResult<Vec<Daily>> {
    let day = Span { key: "day", ..span.clone() };
    bind(
        "SELECT channel::text AS channel, \
             date_trunc($1, created_at AT TIME ZONE $2)::date::text AS day, count(*) AS messages \
         FROM messages WHERE created_at >= $3 AND created_at < $4 GROUP BY channel, 2 ORDER BY 2",
        &day,
    )
    .load(conn)
}

/// What a user did and has to do.
#[derive(Debug, QueryableByName)]
pub struct UserLoad {
    #[diesel(sql_type = Text)]
    pub email: String,
    /// Messages that the user wrote.
    #[diesel(sql_type = BigInt)]
    pub sent: i64,
    #[diesel(sql_type = BigInt)]
    pub contacts: i64,
    /// Contacts assigned to the user now.
    #[diesel(sql_type = BigInt)]
    pub assigned: i64,
}

pub fn user_loads(conn: &mut PgConnection, span: &Span<'_>) -> QueryResult<Vec<UserLoad>> {
    diesel::sql_query(
        "SELECT u.email, coalesce(sent.messages, 0) AS sent, coalesce(sent.contacts, 0) AS contacts, \
             (SELECT count(*) FROM assignments a WHERE a.user_id = u.id) AS assigned \
         FROM users u \
         LEFT JOIN ( \
             SELECT user_id, sum(messages)::bigint AS messages, count(*) AS contacts FROM ( \
                 SELECT user_id, contact_id, count(*) AS messages FROM messages \
                 WHERE created_at >= $1 AND created_at < $2 \
                   AND direction = 'OUTBOUND' AND user_id IS NOT NULL \
                 GROUP BY user_id, contact_id) AS of_contact \
             GROUP BY user_id) AS sent ON sent.user_id = u.id \
         ORDER BY sent DESC, assigned DESC, email",
    )
    .bind::<Timestamptz, _>(span.from.to_diesel())
    .bind::<Timestamptz, _>(span.until.to_diesel())
    .load(conn)
}

/// Contacts who wrote or were written to in the whole span.
pub fn active_contacts(conn: &mut PgConnection, span: &Span<'_>) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        contacts: i64,
    }
    let row: Row = diesel::sql_query(
        "SELECT count(*) AS contacts FROM ( \
             SELECT FROM messages WHERE created_at >= $1 AND created_at < $2 \
             GROUP BY contact_id) AS active",
    )
    .bind::<Timestamptz, _>(span.from.to_diesel())
    .bind::<Timestamptz, _>(span.until.to_diesel())
    .get_result(conn)?;
    Ok(row.contacts)
}

/// Where a span begins and ends by the calendar of a time zone.
#[derive(Debug, QueryableByName)]
pub struct Bounds {
    /// The beginning of the period that the time falls in.
    #[diesel(sql_type = BigInt)]
    pub from_us: i64,
    /// The same as a date there.
    #[diesel(sql_type = Text)]
    pub first_day: String,
    #[diesel(sql_type = Text)]
    pub last_day: String,
}

/// PostgreSQL's calendar counts, so that bounds and groups agree.
pub fn bounds(conn: &mut PgConnection, span: &Span<'_>) -> QueryResult<Bounds> {
    diesel::sql_query(
        "SELECT (extract(epoch FROM first AT TIME ZONE $2) * 1000000)::bigint AS from_us, \
             first::date::text AS first_day, ($4 AT TIME ZONE $2)::date::text AS last_day \
         FROM (SELECT date_trunc($1, $3 AT TIME ZONE $2) AS first) AS period",
    )
    .bind::<Text, _>(span.key)
    .bind::<Text, _>(span.time_zone)
    .bind::<Timestamptz, _>(span.from.to_diesel())
    .bind::<Timestamptz, _>(span.until.to_diesel())
    .get_result(conn)
}

/// Every time zone that the server knows by name.
pub fn time_zones(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let rows: Vec<Row> =
        diesel::sql_query("SELECT name FROM pg_timezone_names WHERE name !~ '^posix' ORDER BY 1")
            .load(conn)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

type Bound<'a> = BoxedSqlQuery<'a, Pg, SqlQuery>;

fn bind<'a>(query: &'a str, span: &'a Span<'a>) -> Bound<'a> {
    diesel::sql_query(query)
        .into_boxed()
        .bind::<Text, _>(span.key)
        .bind::<Text, _>(span.time_zone)
        .bind::<Timestamptz, _>(span.from.to_diesel())
        .bind::<Timestamptz, _>(span.until.to_diesel())
}
