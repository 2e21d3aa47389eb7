//! Merging contacts and taking merges back: rows of `contact_merges`.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Double, Jsonb, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::domain::consent::Consent;
use crate::domain::merge_plan::{Identity, MergePlan, Profile};

type SqlUuid = diesel::sql_types::Uuid;

/// The tables whose rows move with their contact. tests/schema.rs fails when a
/// foreign key to contacts comes from another one.
pub const MOVED_TABLES: [&str; 5] =
    ["assignments", "contact_identities", "messages", "notes", "presence"];

/// A contact as it stands locked, and its whole row for the record.
#[derive(Debug, Clone)]
pub struct Locked {
    pub profile: Profile,
    pub updated_at_us: i64,
    row: Value,
}

/// Locks contacts in the order of their ids and reads them again. Those that
/// are gone are not in the answer.
pub fn lock(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<Locked>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
        #[diesel(sql_type = Jsonb)]
        document: Value,
        #[diesel(sql_type = BigInt)]
        created_at_us: i64,
        #[diesel(sql_type = BigInt)]
        updated_at_us: i64,
        #[diesel(sql_type = BigInt)]
        messages: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT c.id, to_jsonb(c) AS document, \
             (extract(epoch FROM c.created_at) * 1000000)::bigint AS created_at_us, \
             (extract(epoch FROM c.updated_at) * 1000000)::bigint AS updated_at_us, \
             (SELECT count(*) FROM messages m WHERE m.contact_id = c.id) AS messages \
         FROM contacts c WHERE c.id = ANY ($1) ORDER BY c.id FOR UPDATE OF c",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| Locked {
            profile: profile(row.id, &row.document, row.created_at_us, row.messages),
            updated_at_us: row.updated_at_us,
            row: row.document,
        })
        .collect())
}

fn profile(id: Uuid, row: &Value, created_at_us: i64, messages: i64) -> Profile {
    let text = |column: &str| row.get(column).and_then(Value::as_str).map(str::to_owned);
    let object =
        |column: &str| row.get(column).and_then(Value::as_object).cloned().unwrap_or_default();
    Profile {
        id,
        name: text("name"),
        phone: text("phone"),
        email: text("email"),
        handles: object("social_handles"),
        metadata: object("metadata"),
        created_at_us,
        messages,
    }
}

/// Carries out a plan on contacts that this transaction has locked, and returns
/// the id of the merge.
pub fn merge(
    conn: &mut PgConnection,
    plan: &MergePlan,
    before: &[Locked],
    probability: Option<f64>,
    actor: &str,
    _consent: &Consent,
) -> QueryResult<Uuid> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
    }
    let rows = before.iter().map(|locked| locked.row.clone()).collect();
    let before = Value::Object(Map::from_iter([(String::from("contacts"), Value::Array(rows))]));
    let (kinds, networks, values) = identity_columns(&plan.identities);
    let merge: Row = diesel::sql_query(
        // Rows that move from one contact to another are not edited: see set_updated_at(). An
        // ordinary role may say so here, but not in the definition of the function.
        "SELECT apply_contact_merge($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS id \
         FROM (SELECT set_config('inboxctl.keep_updated_at', 'on', true)) AS keep",
    )
    .bind::<SqlUuid, _>(plan.survivor)
    .bind::<Array<SqlUuid>, _>(&plan.merged)
    .bind::<Nullable<Text>, _>(plan.name.as_deref())
    .bind::<Nullable<Text>, _>(plan.phone.as_deref())
    .bind::<Nullable<Text>, _>(plan.email.as_deref())
    .bind::<Jsonb, _>(Value::Object(plan.handles.clone()))
    .bind::<Jsonb, _>(Value::Object(plan.metadata.clone()))
    .bind::<Array<Text>, _>(kinds)
    .bind::<Array<Nullable<Text>>, _>(networks)
    .bind::<Array<Text>, _>(values)
    .bind::<Nullable<Double>, _>(probability)
    .bind::<Text, _>(actor)
    .bind::<Jsonb, _>(before)
    .get_result(conn)?;
    Ok(merge.id)
}

type Columns<'a> = (Vec<&'static str>, Vec<Option<&'a str>>, Vec<&'a str>);

fn identity_columns(identities: &[Identity]) -> Columns<'_> {
    let (mut kinds, mut networks, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for identity in identities {
        let (kind, network, value) = match identity {
            Identity::Phone(value) => ("PHONE", None, value),
            Identity::Email(value) => ("EMAIL", None, value),
            Identity::Handle { network, value } => ("HANDLE", Some(network.as_str()), value),
        };
        kinds.push(kind);
        networks.push(network);
        values.push(value.as_str());
    }
    (kinds, networks, values)
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
    #[diesel(sql_type = Text)]
    pub actor: String,
    #[diesel(sql_type = Timestamptz, deserialize_as = jiff_diesel::Timestamp)]
    pub merged_at: Timestamp,
    #[diesel(sql_type = Nullable<Timestamptz>, deserialize_as = jiff_diesel::NullableTimestamp)]
    pub undone_at: Option<Timestamp>,
}

/// The newest merges, of one contact or of all.
pub fn list(conn: &mut PgConnection, contact: Option<Uuid>, limit: i64) -> QueryResult<Vec<Merge>> {
    diesel::sql_query(
        "SELECT id, survivor_id, merged_ids, after ->> 'name' AS survivor_name, probability, \
             actor, merged_at, undone_at \
         FROM contact_merges \
         WHERE $1 IS NULL OR survivor_id = $1 OR merged_ids @> ARRAY[$1] \
         ORDER BY merged_at DESC, id DESC LIMIT $2",
    )
    .bind::<Nullable<SqlUuid>, _>(contact)
    .bind::<BigInt, _>(limit)
    .load(conn)
}

/// A merge that is to be taken back, locked with its survivor.
#[derive(Debug, Clone, QueryableByName)]
pub struct Recorded {
    #[diesel(sql_type = SqlUuid)]
    pub survivor_id: Uuid,
    #[diesel(sql_type = Array<SqlUuid>)]
    pub merged_ids: Vec<Uuid>,
    #[diesel(sql_type = Bool)]
    pub is_undone: bool,
}

/// Locks a merge and its survivor; `None` if there is no such merge.
pub fn lock_merge(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<Recorded>> {
    let found: Option<Recorded> = diesel::sql_query(
        "SELECT survivor_id, merged_ids, undone_at IS NOT NULL AS is_undone \
         FROM contact_merges WHERE id = $1 FOR UPDATE",
    )
    .bind::<SqlUuid, _>(id)
    .get_result(conn)
    .optional()?;
    if let Some(merge) = &found {
        lock(conn, &[merge.survivor_id])?;
    }
    Ok(found)
}

/// What has changed since the merge, one line each; empty if it can be taken
/// back without a trace.
pub fn conflicts(conn: &mut PgConnection, id: Uuid) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        conflict: String,
    }
    let rows: Vec<Row> = diesel::sql_query(include_str!("sql/unmerge_conflicts.sql"))
        .bind::<SqlUuid, _>(id)
        .load(conn)?;
    Ok(rows.into_iter().map(|row| row.conflict).collect())
}

/// Takes a merge back that has no conflicts, row by row as the record says.
pub fn undo(conn: &mut PgConnection, id: Uuid, actor: &str, _consent: &Consent) -> QueryResult<()> {
    // Rows that move keep their updated_at, as in apply_contact_merge().
    diesel::sql_query("SELECT set_config('inboxctl.keep_updated_at', 'on', true)").execute(conn)?;
    for statement in crate::domain::sql::statements(include_str!("sql/unmerge.sql")) {
        // Every statement finds the merge by its id; the last one marks it.
        let query = diesel::sql_query(statement.text).bind::<SqlUuid, _>(id);
        query.bind::<Text, _>(actor).execute(conn)?;
    }
    Ok(())
}
