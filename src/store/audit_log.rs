//! Reading `audit_logs`: lists, whole runs by key, and what is new.

use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use serde::Serialize;
use uuid::Uuid;

use super::json::DbJson;
use super::schema::audit_logs as log;
use crate::domain::follow::Snapshot;
use crate::domain::pg_time::PgTime;
use crate::domain::raw_json::RawJson;

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
    pub resource_id: Option<String>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
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
    if let Some(id) = &filter.resource_id {
        query = query.filter(log::resource_id.eq(id));
    }
    if let Some(since) = filter.since {
        query = query.filter(log::created_at.ge(since.to_diesel()));
    }
    if let Some(until) = filter.until {
        query = query.filter(log::created_at.lt(until.to_diesel()));
    }
    query
}

/// The newest first.
pub fn list(conn: &mut PgConnection, filter: &Filter, limit: i64) -> QueryResult<Vec<Entry>> {
    filtered(filter).order((log::created_at.desc(), log::id.desc())).limit(limit).load(conn)
}

/// Those after a key, in the order of the keys.
pub fn list_after(
    conn: &mut PgConnection,
    filter: &Filter,
    id: Uuid,
    limit: i64,
) -> QueryResult<Vec<Entry>> {
    filtered(filter).filter(log::id.gt(id)).order(log::id).limit(limit).load(conn)
}

/// Those with a key and above, in the order of the keys.
pub fn list_from(conn: &mut PgConnection, filter: &Filter, id: Uuid) -> QueryResult<Vec<Entry>> {
    filtered(filter).filter(log::id.ge(id)).order(log::id).load(conn)
}

/// What this transaction sees; it has one snapshot, as `store::tx::read` makes it.
pub fn snapshot(conn: &mut PgConnection) -> QueryResult<Snapshot> {
    let (at_ms, oldest_running, next) = diesel::select((
        sql::<BigInt>("floor(extract(epoch FROM now()) * 1000)::bigint"),
        sql::<BigInt>("pg_snapshot_xmin(pg_current_snapshot())::text::bigint"),
        sql::<BigInt>("pg_snapshot_xmax(pg_current_snapshot())::text::bigint"),
    ))
    .get_result(conn)?;
    Ok(Snapshot { at_ms, oldest_running, next })
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
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        word: String,
    }
    let rows: Vec<Row> = diesel::sql_query(format!(
        "WITH RECURSIVE words (word) AS ( \
             (SELECT {column} FROM audit_logs ORDER BY {column} LIMIT 1) \
             UNION ALL \
             SELECT (SELECT {column} FROM audit_logs l WHERE l.{column} > words.word \
                     ORDER BY {column} LIMIT 1) \
             FROM words WHERE words.word IS NOT NULL) \
         SELECT word FROM words WHERE word IS NOT NULL"
    ))
    .load(conn)?;
    Ok(rows.into_iter().map(|row| row.word).collect())
}
