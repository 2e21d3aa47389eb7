//! Merging contacts and taking merges back: rows of `contact_merges`.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::result::Error as DieselError;
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

/// A merge that has been decided.
#[derive(Debug)]
pub struct Decided {
    pub plan: MergePlan,
    /// All its contacts, as this transaction has locked them.
    pub before: Vec<Locked>,
    /// Of the match; none for a merge by hand.
    pub probability: Option<f64>,
}

/// Carries out merges that have no contact in common, and returns the id of each.
pub fn merge(
    conn: &mut PgConnection,
    merges: &[Decided],
    actor: &str,
    _consent: &Consent,
) -> QueryResult<Vec<Uuid>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        survivor: Uuid,
        #[diesel(sql_type = SqlUuid)]
        merge: Uuid,
    }
    let plans = || merges.iter().map(|merge| &merge.plan);
    let columns = |of: fn(&MergePlan) -> Option<&str>| plans().map(of).collect::<Vec<_>>();
    let objects = |of: fn(&MergePlan) -> &Map<String, Value>| {
        plans().map(|plan| Value::Object(of(plan).clone())).collect::<Vec<_>>()
    };
    let (gone, heirs): (Vec<Uuid>, Vec<Uuid>) =
        plans().flat_map(|plan| plan.merged.iter().map(|gone| (*gone, plan.survivor))).unzip();
    let identities = IdentityColumns::of(merges);
    let rows: Vec<Row> = diesel::sql_query(
        // Rows that move from one contact to another are not edited: see set_updated_at(). An
        // ordinary role may say so here, but not in the definition of the function.
        "SELECT m.* FROM (SELECT set_config('inboxctl.keep_updated_at', 'on', true)) AS keep, \
         apply_contact_merges($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) AS m",
    )
    .bind::<Array<SqlUuid>, _>(plans().map(|plan| plan.survivor).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(columns(|plan| plan.name.as_deref()))
    .bind::<Array<Nullable<Text>>, _>(columns(|plan| plan.phone.as_deref()))
    .bind::<Array<Nullable<Text>>, _>(columns(|plan| plan.email.as_deref()))
    .bind::<Array<Jsonb>, _>(objects(|plan| &plan.handles))
    .bind::<Array<Jsonb>, _>(objects(|plan| &plan.metadata))
    .bind::<Array<Nullable<Double>>, _>(
        merges.iter().map(|merge| merge.probability).collect::<Vec<_>>(),
    )
    .bind::<Array<Jsonb>, _>(merges.iter().map(Decided::record).collect::<Vec<_>>())
    .bind::<Array<SqlUuid>, _>(gone)
    .bind::<Array<SqlUuid>, _>(heirs)
    .bind::<Array<SqlUuid>, _>(identities.owners)
    .bind::<Array<Text>, _>(identities.kinds)
    .bind::<Array<Nullable<Text>>, _>(identities.networks)
    .bind::<Array<Text>, _>(identities.values)
    .bind::<Text, _>(actor)
    .load(conn)?;
    let ids: HashMap<Uuid, Uuid> = rows.into_iter().map(|row| (row.survivor, row.merge)).collect();
    plans().map(|plan| ids.get(&plan.survivor).copied().ok_or(DieselError::NotFound)).collect()
}

impl Decided {
    /// What `contact_merges.before` keeps.
    fn record(&self) -> Value {
        let rows = self.before.iter().map(|locked| locked.row.clone()).collect();
        Value::Object(Map::from_iter([(String::from("contacts"), Value::Array(rows))]))
    }
}

/// An element an identity that has no place in the row of its survivor.
#[derive(Default)]
struct IdentityColumns<'a> {
    owners: Vec<Uuid>,
    kinds: Vec<&'static str>,
    networks: Vec<Option<&'a str>>,
    values: Vec<&'a str>,
}

impl IdentityColumns<'_> {
    fn of(merges: &[Decided]) -> IdentityColumns<'_> {
        let mut columns = IdentityColumns::default();
        for plan in merges.iter().map(|merge| &merge.plan) {
            for identity in &plan.identities {
                let (kind, network, value) = match identity {
                    Identity::Phone(value) => ("PHONE", None, value),
                    Identity::Email(value) => ("EMAIL", None, value),
                    Identity::Handle { network, value } => {
                        ("HANDLE", Some(network.as_str()), value)
                    }
                };
                columns.owners.push(plan.survivor);
                columns.kinds.push(kind);
                columns.networks.push(network);
                columns.values.push(value.as_str());
            }
        }
        columns
    }
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
