//! Contacts that are to be merged, and the merges that there were: rows of `contact_merges`.
//! `merging` carries merges out, `unmerging` takes them back.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Double, Jsonb, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use uuid::Uuid;

use super::json::DbJson;
use super::row_shape::RowShape;
use super::server_time;
use crate::domain::merge_plan::{MergePlan, Profile};
use crate::domain::moment::Span;
use crate::domain::raw_json::RawJson;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// A contact as it stands locked, and its whole row for the record.
#[derive(Debug, Clone)]
pub struct Locked {
    pub profile: Profile,
    pub updated_at_us: i64,
    /// The table that it lies in, where that is one which inherits from contacts: nothing is known
    /// of what else it holds and of what refers to it, so it takes part in no merge.
    pub elsewhere: Option<String>,
    pub(super) row: RawJson,
}

impl Locked {
    /// Why it can't be merged, whatever else is so.
    pub fn refusal(&self) -> Option<String> {
        let table = self.elsewhere.as_ref()?;
        Some(format!(
            "contact {} lies in {table}, which inherits from contacts: what that table adds, and \
             what refers to it, would be lost",
            self.profile.id
        ))
    }
}

/// Columns of contacts that are inboxctl's own.
const OWN: [&str; 8] =
    ["id", "name", "phone", "email", "social_handles", "metadata", "created_at", "updated_at"];

/// The columns of contacts that the application added and that hold what somebody gave them.
pub fn added_columns(shape: &RowShape) -> Vec<String> {
    let mut names = shape.given();
    names.retain(|name| !OWN.contains(&name.as_str()));
    names
}

/// Tables that inherit from contacts and hold some: see [`Locked::elsewhere`].
pub fn elsewhere(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    diesel::sql_query(
        "SELECT DISTINCT c.tableoid::regclass::text AS name FROM contacts c \
         WHERE EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = 'contacts'::regclass::oid) \
             AND c.tableoid <> 'contacts'::regclass::oid \
         ORDER BY name",
    )
    .scalars::<Text, _>(conn)
}

/// Locks contacts in the order of their ids and reads them again. Those that
/// are gone are not in the answer. `shape` is that of contacts.
pub fn lock(conn: &mut PgConnection, ids: &[Uuid], shape: &RowShape) -> QueryResult<Vec<Locked>> {
    read(conn, ids, shape, "FOR UPDATE OF c")
}

/// The same for a plan, which leaves them to others.
pub fn look(conn: &mut PgConnection, ids: &[Uuid], shape: &RowShape) -> QueryResult<Vec<Locked>> {
    read(conn, ids, shape, "")
}

fn read(
    conn: &mut PgConnection,
    ids: &[Uuid],
    shape: &RowShape,
    lock: &str,
) -> QueryResult<Vec<Locked>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
        #[diesel(sql_type = Nullable<Text>)]
        name: Option<String>,
        #[diesel(sql_type = Nullable<Text>)]
        phone: Option<String>,
        #[diesel(sql_type = Nullable<Text>)]
        email: Option<String>,
        #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
        social_handles: RawJson,
        #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
        metadata: RawJson,
        #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
        document: RawJson,
        #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
        added: RawJson,
        #[diesel(sql_type = Nullable<Text>)]
        elsewhere: Option<String>,
        #[diesel(sql_type = BigInt)]
        created_at: i64,
        #[diesel(sql_type = BigInt)]
        updated_at: i64,
        #[diesel(sql_type = BigInt)]
        messages: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(format!(
        "SELECT c.id, c.name, c.phone, c.email, \
             coalesce(c.social_handles, '{{}}') AS social_handles, coalesce(c.metadata, '{{}}') AS metadata, \
             {} AS document, {} AS added, \
             CASE WHEN c.tableoid <> 'contacts'::regclass::oid THEN c.tableoid::regclass::text END AS elsewhere, \
             {} AS created_at, {} AS updated_at, \
             (SELECT count(*) FROM messages m WHERE m.contact_id = c.id) AS messages \
         FROM contacts c WHERE c.id = ANY ($1) ORDER BY c.id {lock}",
        shape.document("c", &shape.all()),
        shape.document("c", &added_columns(shape)),
        server_time::of("c.created_at"),
        server_time::of("c.updated_at")
    ))
    .bind::<Array<SqlUuid>, _>(ids)
    .load(conn)?;
    let locked = |row: Row| Locked {
        profile: Profile {
            id: row.id,
            name: row.name,
            phone: row.phone,
            email: row.email,
            handles: row.social_handles,
            metadata: row.metadata,
            added: row.added,
            created_at_us: server_time::since_1970_us(row.created_at),
            messages: row.messages,
        },
        updated_at_us: server_time::since_1970_us(row.updated_at),
        elsewhere: row.elsewhere,
        row: row.document,
    };
    Ok(rows.into_iter().map(locked).collect())
}

/// A merge that has been decided.
#[derive(Debug)]
pub struct Decided {
    pub plan: MergePlan,
    /// All its contacts, as this transaction has locked them.
    pub before: Vec<Locked>,
    /// Of the match; none for a merge by hand.
    pub probability: Option<f64>,
    /// The run of dedupe; none for a merge by hand.
    pub run: Option<Uuid>,
    /// Where somebody was asked and said yes, how the pair compared that they were shown.
    pub answer: Option<RawJson>,
}

/// A merge as it is listed.
#[derive(Debug, Clone, QueryableByName)]
pub struct Merge {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub survivor_id: Uuid,
    #[diesel(sql_type = Array<SqlUuid>)]
    pub merged_ids: Vec<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    pub survivor_name: Option<String>,
    #[diesel(sql_type = Nullable<Double>)]
    pub probability: Option<f64>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub run: Option<Uuid>,
    #[diesel(sql_type = Text)]
    pub actor: String,
    #[diesel(sql_type = Timestamptz, deserialize_as = jiff_diesel::Timestamp)]
    pub merged_at: Timestamp,
    #[diesel(sql_type = Nullable<Timestamptz>, deserialize_as = jiff_diesel::NullableTimestamp)]
    pub undone_at: Option<Timestamp>,
    /// What it recorded of the contacts is gone.
    #[diesel(sql_type = Bool)]
    pub is_emptied: bool,
}

/// The newest merges, of one contact or of all, of one run or of all, of a span of time.
pub fn list(
    conn: &mut PgConnection,
    contact: Option<Uuid>,
    run: Option<Uuid>,
    span: Span,
    limit: i64,
) -> QueryResult<Vec<Merge>> {
    diesel::sql_query(
        "SELECT id, survivor_id, merged_ids, after ->> 'name'::text AS survivor_name, probability, \
             run_id AS run, actor, merged_at, undone_at, before = '{}'::jsonb AS is_emptied \
         FROM contact_merges \
         WHERE ($1 IS NULL OR survivor_id = $1 OR merged_ids OPERATOR(pg_catalog.@>) ARRAY[$1]) \
             AND ($3 IS NULL OR run_id = $3) \
             AND merged_at >= coalesce($4, '-infinity') AND ($5 IS NULL OR merged_at < $5) \
         ORDER BY merged_at DESC, id DESC LIMIT $2",
    )
    .bind::<Nullable<SqlUuid>, _>(contact)
    .bind::<BigInt, _>(limit)
    .bind::<Nullable<SqlUuid>, _>(run)
    .bind::<Nullable<Timestamptz>, _>(span.since.map(ToDiesel::to_diesel))
    .bind::<Nullable<Timestamptz>, _>(span.until.map(ToDiesel::to_diesel))
    .load(conn)
}
