//! The messages of a time span, read from the index on their time alone, so that
//! older messages cost nothing.

use diesel::dsl::sql;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, SmallInt, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::{Timestamp as DbTimestamp, ToDiesel};
use uuid::Uuid;

use super::liveness::Rest;
use super::schema::messages;
use crate::domain::message_stats::{Kind, Message};
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::vocabulary::Channel;
use crate::store::scalar::ScalarQuery;

/// An hour, or a day, week or month of a calendar.
#[derive(Debug, Clone, QueryableByName)]
pub struct Period {
    /// Its first day there, and of an hour its time.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// When it begins, in microseconds since 1970.
    #[diesel(sql_type = BigInt)]
    pub starts_at_us: i64,
}

/// The periods (`day`, `week` or `month`) from the one that `from` falls in to the
/// one of `until`, by the server's knowledge of time zones.
pub fn periods(
    conn: &mut PgConnection,
    unit: &str,
    time_zone: &str,
    from: Timestamp,
    until: Timestamp,
) -> QueryResult<Vec<Period>> {
    diesel::sql_query(
        "SELECT first::date::text AS name, \
             (extract(epoch FROM first AT TIME ZONE $2) OPERATOR(pg_catalog.*) 1000000)::bigint AS starts_at_us \
         FROM generate_series(date_trunc($1, $3 AT TIME ZONE $2), $4 AT TIME ZONE $2, \
             ('1 ' || $1)::interval) AS first ORDER BY first",
    )
    .bind::<Text, _>(unit)
    .bind::<Text, _>(time_zone)
    .bind::<Timestamptz, _>(from.to_diesel())
    .bind::<Timestamptz, _>(until.to_diesel())
    .load(conn)
}

/// The hours of that zone from the one that `from` falls in, all of the same length: where clocks
/// are put back, one comes twice.
pub fn hours(
    conn: &mut PgConnection,
    time_zone: &str,
    from: Timestamp,
    until: Timestamp,
) -> QueryResult<Vec<Period>> {
    diesel::sql_query(
        "SELECT to_char(first AT TIME ZONE $1, 'YYYY-MM-DD HH24:MI'::text) AS name, \
             (extract(epoch FROM first) OPERATOR(pg_catalog.*) 1000000)::bigint AS starts_at_us \
         FROM generate_series(date_trunc('hour'::text, $2, $1), $3, interval '1 hour') AS first \
         ORDER BY first",
    )
    .bind::<Text, _>(time_zone)
    .bind::<Timestamptz, _>(from.to_diesel())
    .bind::<Timestamptz, _>(until.to_diesel())
    .load(conn)
}

/// Numbers for what has become of a message: cheaper to send than two labels.
const KIND: &str = "(CASE WHEN direction OPERATOR(pg_catalog.=) 'INBOUND' THEN 0 \
    WHEN status OPERATOR(pg_catalog.=) ANY ('{DELIVERED,READ}') THEN 1 WHEN status OPERATOR(pg_catalog.=) 'FAILED' THEN 2 \
    WHEN status OPERATOR(pg_catalog.=) 'SENT' THEN 3 ELSE 4 END)::smallint";

/// Messages, and the names of the channels that they are numbered by: our own, and those that the
/// application added.
pub type Messages = (Vec<Message>, Vec<Label<Channel>>);

/// Every message from `from` on and before `until`: one scan for all questions. Row by row: the
/// server reads on while they are taken in.
pub fn messages(
    conn: &mut PgConnection,
    from: Timestamp,
    until: Timestamp,
) -> QueryResult<Messages> {
    type Row = (Uuid, Label<Channel>, i16, Option<Uuid>, DbTimestamp);
    let rows = messages::table
        .filter(messages::created_at.ge(from.to_diesel()))
        .filter(messages::created_at.lt(until.to_diesel()))
        .select((
            messages::contact_id,
            messages::channel,
            sql::<SmallInt>(KIND),
            messages::user_id,
            messages::created_at,
        ))
        .load_iter::<Row, PgRowByRowLoadingMode>(conn)?;
    let answer = Rest::begin();
    let mut channels: Vec<Label<Channel>> =
        Channel::ALL.iter().map(|&one| Label::Known(one)).collect();
    let mut number = |channel: Label<Channel>| match channel.known() {
        Some(known) => known as usize,
        None => channels.iter().position(|one| *one == channel).unwrap_or_else(|| {
            channels.push(channel);
            channels.len() - 1
        }),
    };
    let messages = rows.map(|row| {
        let (contact, channel, kind, user, at) = row?;
        answer.arrives();
        Ok(Message {
            contact,
            channel: number(channel),
            kind: match kind {
                0 => Kind::Inbound,
                1 => Kind::Delivered,
                2 => Kind::Failed,
                3 => Kind::Sent,
                _ => Kind::Waiting,
            },
            user,
            at_us: Timestamp::from(at).as_microsecond(),
        })
    });
    let messages = messages.collect::<QueryResult<_>>()?;
    Ok((messages, channels))
}

/// The messages of one contact.
#[derive(Debug, QueryableByName)]
pub struct OfContact {
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    pub contact_id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    pub contact_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub contact_known_by: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub inbound: i64,
    #[diesel(sql_type = BigInt)]
    pub outbound: i64,
    #[diesel(sql_type = BigInt)]
    pub failed: i64,
    #[diesel(sql_type = Timestamptz)]
    pub first_at: PgTime,
    #[diesel(sql_type = Timestamptz)]
    pub last_at: PgTime,
}

/// The contacts who wrote most from `from` on and before `until`, counted by the server, from the
/// index on time.
pub fn by_contact(
    conn: &mut PgConnection,
    from: Timestamp,
    until: Timestamp,
    limit: i64,
) -> QueryResult<Vec<OfContact>> {
    diesel::sql_query(
        "WITH most AS MATERIALIZED ( \
             SELECT contact_id, \
                 count(*) FILTER (WHERE direction OPERATOR(pg_catalog.=) 'INBOUND') AS inbound, \
                 count(*) FILTER (WHERE direction OPERATOR(pg_catalog.<>) 'INBOUND') AS outbound, \
                 count(*) FILTER (WHERE status OPERATOR(pg_catalog.=) 'FAILED') AS failed, \
                 min(created_at) AS first_at, max(created_at) AS last_at \
             FROM messages WHERE created_at >= $1 AND created_at < $2 \
             GROUP BY contact_id ORDER BY inbound DESC, outbound DESC, contact_id LIMIT $3) \
         SELECT most.*, c.name AS contact_name, coalesce(c.phone, c.email) AS contact_known_by \
         FROM most JOIN contacts c ON c.id = most.contact_id \
         ORDER BY most.inbound DESC, most.outbound DESC, most.contact_id",
    )
    .bind::<Timestamptz, _>(from.to_diesel())
    .bind::<Timestamptz, _>(until.to_diesel())
    .bind::<BigInt, _>(limit)
    .load(conn)
}

/// A user and the contacts assigned now.
#[derive(Debug, QueryableByName)]
pub struct Assigned {
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    pub user_id: Uuid,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = BigInt)]
    pub contacts: i64,
}

pub fn assigned(conn: &mut PgConnection) -> QueryResult<Vec<Assigned>> {
    diesel::sql_query(
        // Counted in the index on user_id, before anything is joined.
        "SELECT u.id AS user_id, u.email, coalesce(a.contacts, 0) AS contacts FROM users u \
         LEFT JOIN (SELECT user_id, count(*) AS contacts FROM assignments GROUP BY user_id) a \
             ON a.user_id = u.id \
         ORDER BY u.email",
    )
    .load(conn)
}

/// Every time zone that the server knows by name.
pub fn time_zones(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    diesel::sql_query("SELECT name FROM pg_timezone_names WHERE name !~ '^posix' ORDER BY 1")
        .scalars::<Text, _>(conn)
}

/// Messages of one hour, by channel and direction.
#[derive(Debug, Clone, QueryableByName)]
pub struct Hour {
    /// Whole hours ago, from 0 on.
    #[diesel(sql_type = BigInt)]
    pub ago: i64,
    #[diesel(sql_type = Text)]
    pub channel: String,
    #[diesel(sql_type = Bool)]
    pub is_inbound: bool,
    #[diesel(sql_type = BigInt)]
    pub messages: i64,
    /// Of these could not be sent.
    #[diesel(sql_type = BigInt)]
    pub failed: i64,
}

/// The last so many hours, counted from the index on time alone.
pub fn hourly(conn: &mut PgConnection, hours: i32) -> QueryResult<Vec<Hour>> {
    diesel::sql_query(
        "SELECT floor(extract(epoch FROM now() - created_at)::float8 / 3600)::bigint AS ago, \
             channel::text AS channel, direction OPERATOR(pg_catalog.=) 'INBOUND' AS is_inbound, \
             count(*) AS messages, \
             count(*) FILTER (WHERE status OPERATOR(pg_catalog.=) 'FAILED') AS failed \
         FROM messages \
         WHERE created_at > now() - $1 * interval '1 hour' AND created_at <= now() \
         GROUP BY 1, 2, 3",
    )
    .bind::<Integer, _>(hours)
    .load(conn)
}
