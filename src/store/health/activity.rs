//! The server at work: connections, replication, ids, slow queries.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Double, Nullable, Text};

use crate::domain::wraparound::Used;
use crate::store::scalar::ScalarQuery;
use crate::store::{catalog, statements};

/// How many connections there are and may be.
#[derive(Debug, QueryableByName)]
pub struct Connections {
    /// To all databases of the server.
    #[diesel(sql_type = BigInt)]
    pub used: i64,
    /// Without those that are reserved for superusers.
    #[diesel(sql_type = BigInt)]
    pub limit: i64,
    #[diesel(sql_type = BigInt)]
    pub database_used: i64,
    /// Of this database, if it has a limit of its own.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub database_limit: Option<i64>,
    /// `inbox-web 40, worker 12`: who has the most to this database.
    #[diesel(sql_type = Nullable<Text>)]
    pub by_application: Option<String>,
}

pub fn connections(conn: &mut PgConnection) -> QueryResult<Connections> {
    diesel::sql_query(
        "SELECT (SELECT sum(numbackends) FROM pg_stat_database)::bigint AS used, \
             (current_setting('max_connections')::bigint \
              - current_setting('superuser_reserved_connections')::bigint) AS limit, \
             (SELECT numbackends::bigint FROM pg_stat_database WHERE datid = d.oid) AS database_used, \
             CASE WHEN d.datconnlimit >= 0 THEN d.datconnlimit END::bigint AS database_limit, \
             (SELECT string_agg(name || ' ' || number::text, ', ' ORDER BY number DESC, name) FROM ( \
                  SELECT coalesce(nullif(application_name, ''), usename::text) AS name, \
                      count(*) AS number \
                  FROM pg_stat_activity \
                  WHERE datid = d.oid AND pid <> pg_backend_pid() AND usename IS NOT NULL \
                  GROUP BY 1 ORDER BY 2 DESC LIMIT 3) AS top) AS by_application \
         FROM pg_database d WHERE d.datname = current_database()",
    )
    .get_result(conn)
}

/// A standby that follows this server.
#[derive(Debug, QueryableByName)]
pub struct Replica {
    #[diesel(sql_type = Text)]
    pub name: String,
    /// WAL that it has not replayed yet; `None` if the role may not see it.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub lag_bytes: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub lag_seconds: Option<i64>,
}

pub fn replicas(conn: &mut PgConnection) -> QueryResult<Vec<Replica>> {
    diesel::sql_query(
        "SELECT coalesce(nullif(application_name, ''), pid::text) AS name, \
             CASE WHEN NOT pg_is_in_recovery() \
                 THEN pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint END AS lag_bytes, \
             extract(epoch FROM replay_lag)::bigint AS lag_seconds \
         FROM pg_stat_replication ORDER BY 1",
    )
    .load(conn)
}

/// On a standby: seconds behind what it has received; `None` on a primary.
pub fn replay_lag_seconds(conn: &mut PgConnection) -> QueryResult<Option<i64>> {
    diesel::sql_query(
        "SELECT CASE WHEN NOT pg_is_in_recovery() THEN NULL \
             WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0 \
             ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) \
             END::bigint AS lag",
    )
    .scalar::<Nullable<BigInt>, _>(conn)
}

/// A replication slot: the server keeps WAL for it, used or not.
#[derive(Debug, QueryableByName)]
pub struct Slot {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Bool)]
    pub active: bool,
    #[diesel(sql_type = Bool)]
    pub is_lost: bool,
    #[diesel(sql_type = BigInt)]
    pub kept_bytes: i64,
}

pub fn slots(conn: &mut PgConnection) -> QueryResult<Vec<Slot>> {
    diesel::sql_query(
        "SELECT slot_name::text AS name, active, \
             coalesce(wal_status IN ('unreserved', 'lost'), false) AS is_lost, \
             coalesce(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() \
                 THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, restart_lsn), 0)::bigint \
                 AS kept_bytes \
         FROM pg_replication_slots ORDER BY 1",
    )
    .load(conn)
}

/// What a database keeps of the server's ids, because it holds rows that old.
#[derive(Debug, QueryableByName)]
pub struct IdsUsed {
    #[diesel(sql_type = Text)]
    pub database: String,
    /// `transaction` or `multixact`.
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = BigInt)]
    ids: i64,
    #[diesel(sql_type = BigInt)]
    freeze_at: i64,
}

impl IdsUsed {
    pub fn used(&self) -> Used {
        Used { ids: self.ids, freeze_at: self.freeze_at }
    }
}

/// Of every database of the server, for it is the server that stops.
pub fn ids_used(conn: &mut PgConnection) -> QueryResult<Vec<IdsUsed>> {
    diesel::sql_query(
        "SELECT d.datname::text AS database, k.kind, k.ids::bigint AS ids, \
             current_setting(k.setting)::bigint AS freeze_at \
         FROM pg_database d, LATERAL (VALUES \
             ('transaction', age(d.datfrozenxid), 'autovacuum_freeze_max_age'), \
             ('multixact', mxid_age(d.datminmxid), 'autovacuum_multixact_freeze_max_age') \
         ) AS k (kind, ids, setting) ORDER BY 1, 2",
    )
    .load(conn)
}

/// What pg_stat_statements says.
#[derive(Debug)]
pub enum Statements {
    NotInstalled,
    /// The extension is there, but the server didn't load its library at the start.
    NotLoaded,
    /// The slow ones.
    Slow(Vec<SlowQuery>),
}

#[derive(Debug, QueryableByName)]
pub struct SlowQuery {
    /// Without the values; `None` if the role may not see what others run.
    #[diesel(sql_type = Nullable<Text>)]
    pub query: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub calls: i64,
    #[diesel(sql_type = Double)]
    pub mean_ms: f64,
}

/// The statements with the worst mean, from `least_mean_ms` on.
pub fn slow_queries(conn: &mut PgConnection, least_mean_ms: f64) -> QueryResult<Statements> {
    let Some(schema) = catalog::extension_schema(conn, "pg_stat_statements")? else {
        return Ok(Statements::NotInstalled);
    };
    if !statements::setting_exists(conn, "pg_stat_statements.track")? {
        return Ok(Statements::NotLoaded);
    }
    diesel::sql_query(format!(
        "SELECT nullif(query, '<insufficient privilege>') AS query, calls, \
             mean_exec_time AS mean_ms FROM {}.pg_stat_statements \
         WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) \
           AND calls >= 10 AND mean_exec_time >= $1 AND query NOT ILIKE 'COPY %' \
         ORDER BY mean_exec_time DESC LIMIT 3",
        statements::quote_identifier(&schema)
    ))
    .bind::<Double, _>(least_mean_ms)
    .load(conn)
    .map(Statements::Slow)
}
