//! Rows of `messages`: threads, what is unread, what failed, and search.

use diesel::dsl::max;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, BigInt, Jsonb, Nullable, Text, Timestamptz};
use jiff_diesel::ToDiesel;
use uuid::Uuid;

use super::after::After;
use super::json::DbJson;
use super::schema::{contacts, messages, sql_types};
use super::tx;
use super::types::{DbTime, Word};
use crate::domain::moment::Span;
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::raw_json::RawJson;
use crate::domain::vocabulary::{Channel, MessageDirection, MessageStatus};

type SqlUuid = diesel::sql_types::Uuid;

#[derive(Debug, Clone, QueryableByName)]
pub struct Message {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub contact_id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    pub contact_name: Option<String>,
    /// Phone or e-mail, of a contact without a name.
    #[diesel(sql_type = Nullable<Text>)]
    pub contact_known_by: Option<String>,
    #[diesel(sql_type = sql_types::Channel)]
    pub channel: Label<Channel>,
    #[diesel(sql_type = sql_types::MessageDirection)]
    pub direction: Label<MessageDirection>,
    #[diesel(sql_type = sql_types::MessageStatus)]
    pub status: Label<MessageStatus>,
    #[diesel(sql_type = Text)]
    pub content: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: PgTime,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub sent_at: Option<PgTime>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub read_at: Option<PgTime>,
    #[diesel(sql_type = Nullable<Text>)]
    pub thread_id: Option<String>,
    /// Of the user who sent it.
    #[diesel(sql_type = Nullable<Text>)]
    pub user_email: Option<String>,
    #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
    pub metadata: RawJson,
}

impl Message {
    /// Why it could not be sent. Providers' errors are kept as `{"error": "..."}` or
    /// `{"error": {"code", "message"}}`; another shape is told as it stands.
    pub fn error(&self) -> Option<String> {
        let error = self.metadata.member("error")?;
        let message = error.member("message").and_then(|message| message.as_string());
        match (error.member("code"), message) {
            (Some(code), Some(message)) => Some(format!("{} {message}", code.plain())),
            (None, Some(message)) => Some(message),
            (_, None) => Some(error.plain()),
        }
    }
}

/// The newest first. Few rows are picked, and only then joined.
fn select(picked: &str) -> String {
    format!(
        "SELECT m.id, m.contact_id, c.name AS contact_name, coalesce(c.phone, c.email) AS contact_known_by, m.channel, m.direction, m.status, \
             m.content, m.created_at, m.sent_at, m.read_at, m.thread_id, \
             u.email AS user_email, m.metadata \
         FROM (SELECT * FROM messages WHERE {picked}) m \
         JOIN contacts c ON c.id = m.contact_id \
         LEFT JOIN users u ON u.id = m.user_id \
         ORDER BY m.created_at DESC, m.id DESC"
    )
}

/// Which messages a list is of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Only {
    pub channel: Option<Channel>,
    pub span: Span,
    /// Those of a list's next page.
    pub after: Option<After>,
}

/// Those of [`Only`] that a condition picks, whose own values begin with $6.
fn list<'a>(only: Only, condition: &str) -> BoxedSqlQuery<'a, Pg, SqlQuery> {
    let picked = format!(
        "($1 IS NULL OR channel OPERATOR(pg_catalog.=) $1) \
         AND ($2 IS NULL OR created_at >= $2) AND ($3 IS NULL OR created_at < $3) \
         AND ($4 IS NULL OR (created_at, id) < ($4, $5)) AND {condition}"
    );
    diesel::sql_query(select(&picked))
        .into_boxed()
        .bind::<Nullable<sql_types::Channel>, _>(only.channel.map(Word))
        .bind::<Nullable<Timestamptz>, _>(only.span.since.map(ToDiesel::to_diesel))
        .bind::<Nullable<Timestamptz>, _>(only.span.until.map(ToDiesel::to_diesel))
        .bind::<Nullable<Timestamptz>, _>(only.after.map(|after| DbTime(after.created_at)))
        .bind::<Nullable<SqlUuid>, _>(only.after.map(|after| after.id))
}

/// The newest messages of a thread, the newest first.
pub fn list_by_thread(
    conn: &mut PgConnection,
    thread_id: &str,
    only: Only,
    limit: i64,
) -> QueryResult<Vec<Message>> {
    list(only, "thread_id = $6 ORDER BY created_at DESC, id DESC LIMIT $7")
        .bind::<Text, _>(thread_id)
        .bind::<BigInt, _>(limit)
        .load(conn)
}

/// The newest messages of a contact, the newest first.
pub fn list_by_contact(
    conn: &mut PgConnection,
    contact_id: Uuid,
    only: Only,
    limit: i64,
) -> QueryResult<Vec<Message>> {
    list(only, "contact_id = $6 ORDER BY created_at DESC, id DESC LIMIT $7")
        .bind::<SqlUuid, _>(contact_id)
        .bind::<BigInt, _>(limit)
        .load(conn)
}

/// The condition of the index of unread messages, word for word.
const UNREAD: &str = "direction OPERATOR(pg_catalog.=) 'INBOUND' AND read_at IS NULL";

/// What nobody has read, the newest first.
pub fn list_unread(conn: &mut PgConnection, only: Only, limit: i64) -> QueryResult<Vec<Message>> {
    list(only, &format!("{UNREAD} ORDER BY created_at DESC, id DESC LIMIT $6"))
        .bind::<BigInt, _>(limit)
        .load(conn)
}

/// What could not be sent, the newest first.
pub fn list_failed(conn: &mut PgConnection, only: Only, limit: i64) -> QueryResult<Vec<Message>> {
    list(only, "status OPERATOR(pg_catalog.=) 'FAILED' ORDER BY created_at DESC, id DESC LIMIT $6")
        .bind::<BigInt, _>(limit)
        .load(conn)
}

/// Messages of a contact that contain `text`, in any case; the newest first.
pub fn search_contact(
    conn: &mut PgConnection,
    text: &str,
    contact_id: Uuid,
    only: Only,
    limit: i64,
) -> QueryResult<Vec<Message>> {
    list(only, "contact_id = $6 AND content ILIKE $7 ORDER BY created_at DESC, id DESC LIMIT $8")
        .bind::<SqlUuid, _>(contact_id)
        .bind::<Text, _>(pattern(text))
        .bind::<BigInt, _>(limit)
        .load(conn)
}

/// Messages from a time on and before another, if there is one, that contain `text`, in any case;
/// the newest first.
pub fn search_between(
    conn: &mut PgConnection,
    (text, channel): (&str, Option<Channel>),
    from: PgTime,
    before: Option<PgTime>,
    limit: i64,
) -> QueryResult<Vec<Message>> {
    diesel::sql_query(select(
        "created_at >= $1 AND ($2 IS NULL OR created_at < $2) AND content ILIKE $3 \
         AND ($5 IS NULL OR channel OPERATOR(pg_catalog.=) $5) \
         ORDER BY created_at DESC, id DESC LIMIT $4",
    ))
    .bind::<Timestamptz, _>(from)
    .bind::<Nullable<Timestamptz>, _>(before)
    .bind::<Text, _>(pattern(text))
    .bind::<BigInt, _>(limit)
    .bind::<Nullable<sql_types::Channel>, _>(channel.map(Word))
    .load(conn)
}

/// The same by what the provider calls them.
pub fn list_by_external_id(
    conn: &mut PgConnection,
    external_id: &str,
    from: PgTime,
    before: Option<PgTime>,
    limit: i64,
) -> QueryResult<Vec<Message>> {
    diesel::sql_query(select(
        "created_at >= $1 AND ($2 IS NULL OR created_at < $2) AND external_id = $3 \
         ORDER BY created_at DESC, id DESC LIMIT $4",
    ))
    .bind::<Timestamptz, _>(from)
    .bind::<Nullable<Timestamptz>, _>(before)
    .bind::<Text, _>(external_id)
    .bind::<BigInt, _>(limit)
    .load(conn)
}

pub fn list_by_id(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<Message>> {
    diesel::sql_query(select("id = ANY ($1)")).bind::<Array<SqlUuid>, _>(ids).load(conn)
}

/// What is known of one message beside what a list shows.
#[derive(Debug, Clone, Queryable)]
pub struct Details {
    pub external_id: Option<String>,
    pub scheduled_at: Option<PgTime>,
    /// Of its contact.
    pub phone: Option<String>,
    pub email: Option<String>,
}

pub fn find_details(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<Details>> {
    messages::table
        .inner_join(contacts::table.on(contacts::id.eq(messages::contact_id)))
        .filter(messages::id.eq(id))
        .select((messages::external_id, messages::scheduled_at, contacts::phone, contacts::email))
        .get_result(conn)
        .optional()
}

/// When the newest message before a time was made, or the newest of all.
pub fn newest_before(
    conn: &mut PgConnection,
    before: Option<PgTime>,
) -> QueryResult<Option<PgTime>> {
    let newest = messages::table.select(max(messages::created_at)).into_boxed();
    match before {
        Some(before) => newest.filter(messages::created_at.lt(DbTime(before))),
        None => newest,
    }
    .get_result(conn)
}

/// The text anywhere, with nothing in it that LIKE knows.
pub(super) fn pattern(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

/// Unread messages of one contact, user or channel.
#[derive(Debug, Clone, QueryableByName)]
pub struct UnreadGroup {
    /// The contact or the user; none for a channel, and for contacts that are
    /// nobody's.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub id: Option<Uuid>,
    /// Name, e-mail or channel.
    #[diesel(sql_type = Nullable<Text>)]
    pub label: Option<String>,
    /// Phone or e-mail of the contact.
    #[diesel(sql_type = Nullable<Text>)]
    pub known_by: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub unread: i64,
    #[diesel(sql_type = Timestamptz)]
    pub oldest_at: PgTime,
    #[diesel(sql_type = Timestamptz)]
    pub newest_at: PgTime,
}

#[derive(Debug, Clone, Copy)]
pub enum By {
    Contact,
    /// The user that the contact is assigned to.
    User,
    Channel,
}

/// Most first. By contact and by user it goes through `messages_unread_contact_idx` once: by itself
/// the server thinks there are more and starts workers who sort, which takes four times as long.
pub fn count_unread(conn: &mut PgConnection, by: By, limit: i64) -> QueryResult<Vec<UnreadGroup>> {
    const NUMBERS: &str =
        "count(*) AS unread, min(m.created_at) AS oldest_at, max(m.created_at) AS newest_at";
    let statement = match by {
        // Oldest and newest are looked up only for those that are shown.
        By::Contact => format!(
            "WITH most AS MATERIALIZED ( \
                 SELECT contact_id, count(*) AS unread FROM messages WHERE {UNREAD} \
                 GROUP BY contact_id ORDER BY unread DESC, contact_id LIMIT $1) \
             SELECT most.contact_id AS id, c.name AS label, coalesce(c.phone, c.email) AS known_by, most.unread, \
                 times.oldest_at, times.newest_at \
             FROM most JOIN contacts c ON c.id = most.contact_id, \
             LATERAL (SELECT {NUMBERS} FROM messages m \
                      WHERE m.contact_id = most.contact_id AND {UNREAD}) AS times \
             ORDER BY most.unread DESC, most.contact_id"
        ),
        By::User => format!(
            "SELECT u.id, u.email AS label, NULL::text AS known_by, g.unread, g.oldest_at, g.newest_at \
             FROM (SELECT a.user_id, {NUMBERS} \
                   FROM messages m LEFT JOIN assignments a ON a.contact_id = m.contact_id \
                   WHERE {UNREAD} GROUP BY a.user_id) g \
             LEFT JOIN users u ON u.id = g.user_id ORDER BY g.unread DESC, label LIMIT $1"
        ),
        By::Channel => format!(
            "SELECT NULL::uuid AS id, channel::text AS label, NULL::text AS known_by, {NUMBERS} \
             FROM messages m WHERE {UNREAD} GROUP BY channel ORDER BY unread DESC, label LIMIT $1"
        ),
    };
    tx::one_process_each(conn)?;
    diesel::sql_query(statement).bind::<BigInt, _>(limit).load(conn)
}
