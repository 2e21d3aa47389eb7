//! Reading `audit_logs`: lists, whole runs in the order of time, and what is new.

use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use jiff::Timestamp;
use jiff_diesel::{Timestamp as DbTimestamp, ToDiesel};
use serde::Serialize;
use uuid::Uuid;

use super::after::After;
use super::json::DbJson;
use super::schema::audit_logs as log;
use super::types::DbTime;
use crate::domain::claim::Claim;
use crate::domain::follow::Snapshot;
use crate::domain::pg_time::PgTime;
use crate::domain::raw_json::RawJson;
use crate::store::scalar::ScalarQuery;

#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = log)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Entry {
    pub id: Uuid,
    pub created_at: PgTime,
    pub user_id: Option<Uuid>,
    pub actor: String,
    /// `noun.verb`.
    pub action: String,
    pub resource: String,
    pub resource_id: Option<String>,
    #[diesel(deserialize_as = DbJson)]
    pub details: RawJson,
    /// What the server saw; an entry from before that was recorded has none.
    pub recorded_at: Option<PgTime>,
    /// Who had logged in to the database.
    pub recorded_by: Option<String>,
    /// The address that the session came from; none of a local one.
    #[diesel(select_expression = sql("abbrev(audit_logs.recorded_from)"))]
    #[diesel(select_expression_type = SqlLiteral<Nullable<Text>>)]
    pub recorded_from: Option<String>,
}

impl Entry {
    /// Who logged in, where the actor is the client's claim alone.
    pub fn other_login(&self) -> Option<&str> {
        let claimed = self.actor.split_once(':').map_or(self.actor.as_str(), |(_, name)| name);
        self.recorded_by.as_deref().filter(|login| *login != claimed)
    }

    /// Who did it, with what the client claims of itself where the server saw another log in.
    pub fn who(&self) -> String {
        match (self.other_login(), self.claim()) {
            (None, _) => self.actor.clone(),
            (Some(login), None) => format!("{} (as {login})", self.actor),
            (Some(login), Some(Claim { uid, host })) => {
                format!("{} (as {login}, says uid {uid} on {host})", self.actor)
            }
        }
    }

    /// Where the command said that it ran.
    pub fn claim(&self) -> Option<Claim> {
        serde_json::from_str(self.details.member("client")?.text()).ok()
    }
}

/// Whose entries.
#[derive(Debug, Clone)]
pub enum Who {
    User(Uuid),
    /// One who is no row of `users`: `os:alice`.
    Other(String),
}

#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub who: Option<Who>,
    pub action: Option<String>,
    pub resource: Option<String>,
    /// Any of these; none for all.
    pub resource_ids: Vec<String>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// Those of a list's next page.
    pub after: Option<After>,
}

fn filtered(
    filter: &Filter,
) -> log::BoxedQuery<'_, Pg, diesel::dsl::SqlTypeOf<diesel::dsl::AsSelect<Entry, Pg>>> {
    let mut query = log::table.select(Entry::as_select()).into_boxed();
    query = match &filter.who {
        None => query,
        Some(Who::User(id)) => query.filter(log::user_id.eq(*id)),
        Some(Who::Other(actor)) => {
            // Which the index has of a name, however long it is.
            let begins =
                sql::<Bool>("left(actor, 200) = left(").bind::<Text, _>(actor).sql(", 200)");
            query.filter(log::user_id.is_null().and(begins).and(log::actor.eq(actor)))
        }
    };
    if let Some(action) = &filter.action {
        query = query.filter(log::action.eq(action));
    }
    if let Some(resource) = &filter.resource {
        query = query.filter(log::resource.eq(resource));
    }
    query = match filter.resource_ids.as_slice() {
        [] => query,
        [id] => query.filter(log::resource_id.eq(id)),
        ids => query.filter(log::resource_id.eq_any(ids)),
    };
    if let Some(since) = filter.since {
        query = query.filter(log::created_at.ge(since.to_diesel()));
    }
    if let Some(until) = filter.until {
        query = query.filter(log::created_at.lt(until.to_diesel()));
    }
    if let Some(after) = filter.after {
        query = query.filter(after.earlier());
    }
    query
}

/// The newest first.
pub fn list(conn: &mut PgConnection, filter: &Filter, limit: i64) -> QueryResult<Vec<Entry>> {
    filtered(filter).order((log::created_at.desc(), log::id.desc())).limit(limit).load(conn)
}

/// Those after an entry, the oldest first.
pub fn list_after(
    conn: &mut PgConnection,
    filter: &Filter,
    last: Option<&Entry>,
    limit: i64,
) -> QueryResult<Vec<Entry>> {
    let mut query = filtered(filter);
    if let Some(Entry { created_at, id, .. }) = last {
        let after = sql::<Bool>("(created_at, id) > (")
            .bind::<Timestamptz, _>(DbTime(*created_at))
            .sql(", ")
            .bind::<SqlUuid, _>(id)
            .sql(")");
        query = query.filter(after);
    }
    query.order((log::created_at, log::id)).limit(limit).load(conn)
}

/// Those that were written by a transaction with this number or a higher one, the oldest first:
/// of this time and later, or of any time in these partitions.
pub fn list_written(
    conn: &mut PgConnection,
    filter: &Filter,
    transaction: i64,
    within: &Within<'_>,
) -> QueryResult<Vec<Entry>> {
    let written = sql::<Bool>("age(audit_logs.xmin) BETWEEN 0 AND age((")
        .bind::<BigInt, _>(transaction)
        .sql(" & 4294967295)::text::xid)");
    let query = filtered(filter).filter(written);
    let query = match within {
        Within::Since(at) => query.filter(log::created_at.ge(at.to_diesel())),
        Within::Partitions(known) => query.filter(
            sql::<Bool>("audit_logs.tableoid::bigint = ANY (")
                .bind::<Array<BigInt>, _>(*known)
                .sql(")"),
        ),
    };
    query.order((log::created_at, log::id)).load(conn)
}

#[derive(Debug)]
pub enum Within<'a> {
    Since(Timestamp),
    Partitions(&'a [i64]),
}

/// The numbers of the partitions. A row that a month brings along when it is made was moved there.
pub fn partition_numbers(conn: &mut PgConnection) -> QueryResult<Vec<i64>> {
    diesel::select(sql::<Array<BigInt>>(
        "ARRAY(SELECT relid::oid::bigint FROM pg_partition_tree(to_regclass('audit_logs')) \
         WHERE isleaf)",
    ))
    .get_result(conn)
}

/// What this transaction sees; it has one snapshot, as `store::tx::read` makes it.
pub fn snapshot(conn: &mut PgConnection) -> QueryResult<Snapshot> {
    let (at, oldest_running, next): (DbTimestamp, _, _) = diesel::select((
        sql::<Timestamptz>("now()"),
        sql::<BigInt>("pg_snapshot_xmin(pg_current_snapshot())::text::bigint"),
        sql::<BigInt>("pg_snapshot_xmax(pg_current_snapshot())::text::bigint"),
    ))
    .get_result(conn)?;
    Ok(Snapshot { at: at.into(), oldest_running, next })
}

/// All actions that there are entries of.
pub fn list_actions(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    list_words(conn, "action")
}

/// All resources that there are entries of.
pub fn list_resources(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    list_words(conn, "resource")
}

/// From one word to the next by its index, whatever the number of entries.
fn list_words(conn: &mut PgConnection, column: &'static str) -> QueryResult<Vec<String>> {
    diesel::sql_query(format!(
        "WITH RECURSIVE words (word) AS ( \
             (SELECT {column} FROM audit_logs ORDER BY {column} LIMIT 1) \
             UNION ALL \
             SELECT (SELECT {column} FROM audit_logs l WHERE l.{column} > words.word \
                     ORDER BY {column} LIMIT 1) \
             FROM words WHERE words.word IS NOT NULL) \
         SELECT word FROM words WHERE word IS NOT NULL"
    ))
    .scalars::<Text, _>(conn)
}
