//! What the server says of itself and of this session.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text};
use jiff::Timestamp;

use super::statements::truth;
use crate::domain::audit_head::Identity;
use crate::store::scalar::ScalarQuery;

/// Facts for `db check`.
#[derive(Debug, QueryableByName)]
pub struct Facts {
    /// `15.4 (Debian 15.4-1)`.
    #[diesel(sql_type = Text)]
    pub version: String,
    /// 150004 for 15.4.
    #[diesel(sql_type = Integer)]
    pub version_num: i32,
    #[diesel(sql_type = Text)]
    pub database: String,
    #[diesel(sql_type = Text)]
    pub encoding: String,
    #[diesel(sql_type = Text)]
    pub role: String,
    #[diesel(sql_type = Bool)]
    pub is_superuser: bool,
    /// Owner of the database, or a member of the owner.
    #[diesel(sql_type = Bool)]
    pub is_owner: bool,
    #[diesel(sql_type = Bool)]
    pub is_replica: bool,
    /// Over a unix socket.
    #[diesel(sql_type = Bool)]
    pub is_socket: bool,
    /// `TLSv1.3`, if encrypted.
    #[diesel(sql_type = Nullable<Text>)]
    pub tls: Option<String>,
    #[diesel(sql_type = Array<Text>)]
    pub extensions: Vec<String>,
    #[diesel(sql_type = BigInt)]
    pub clock_us: i64,
}

pub fn facts(conn: &mut PgConnection) -> QueryResult<Facts> {
    diesel::sql_query(
        "SELECT current_setting('server_version') AS version, \
             current_setting('server_version_num')::integer AS version_num, \
             current_database()::text AS database, \
             pg_encoding_to_char(d.encoding)::text AS encoding, \
             current_user::text AS role, \
             r.rolsuper AS is_superuser, \
             pg_has_role(d.datdba, 'MEMBER') AS is_owner, \
             pg_is_in_recovery() AS is_replica, \
             inet_server_addr() IS NULL AS is_socket, \
             (SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl) AS tls, \
             ARRAY(SELECT extname::text || ' ' || extversion FROM pg_extension \
                   WHERE extname <> 'plpgsql' ORDER BY 1) AS extensions, \
             (extract(epoch FROM clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::bigint AS clock_us \
         FROM pg_database d, pg_roles r \
         WHERE d.datname = current_database() AND r.rolname = current_user",
    )
    .get_result(conn)
}

/// What the role is kept from, for `db check`.
#[derive(Debug, QueryableByName)]
pub struct RoleLimits {
    #[diesel(sql_type = Bool)]
    pub may_create_databases: bool,
    #[diesel(sql_type = Bool)]
    pub may_create_roles: bool,
    /// Timeouts that end an idle session or a long transaction, as `name = value`.
    #[diesel(sql_type = Array<Text>)]
    pub timeouts: Vec<String>,
    /// How many connections the role may have, and the database; below none is no limit.
    #[diesel(sql_type = Integer)]
    pub role_connections: i32,
    #[diesel(sql_type = Integer)]
    pub database_connections: i32,
    /// Tables of the inbox of which policies hide rows from this role.
    #[diesel(sql_type = Array<Text>)]
    pub hidden: Vec<String>,
    /// Whether the owner of one of these is bound by its policies too.
    #[diesel(sql_type = Bool)]
    pub hides_from_owner: bool,
    /// Tables and sequences, in any schema, that can't be dumped whole.
    #[diesel(sql_type = Array<Text>)]
    pub not_dumped: Vec<String>,
}

pub fn limits(conn: &mut PgConnection) -> QueryResult<RoleLimits> {
    diesel::sql_query(
        "WITH kept AS ( \
             SELECT c.oid, c.relname, n.nspname, c.relrowsecurity, c.relforcerowsecurity, \
                 n.nspname = current_schema() AS is_ours, \
                 has_schema_privilege(n.oid, 'USAGE'::text) AND CASE c.relkind \
                     WHEN 'S'::\"char\" THEN has_sequence_privilege(c.oid, 'SELECT'::text) \
                     ELSE has_table_privilege(c.oid, 'SELECT'::text) END AS is_readable \
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE c.relkind = ANY ('{r,p,S}'::\"char\"[]) AND c.relpersistence <> 't'::\"char\" \
               AND NOT starts_with(n.nspname::text, 'pg_'::text) \
               AND n.nspname <> 'information_schema'::name \
               AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass \
                               AND e.objid = c.oid AND e.deptype = 'e'::\"char\")), \
         hidden AS (SELECT * FROM kept c WHERE c.relrowsecurity AND row_security_active(c.oid)) \
         SELECT r.rolsuper OR r.rolcreatedb AS may_create_databases, \
             r.rolsuper OR r.rolcreaterole AS may_create_roles, \
             ARRAY(SELECT s.name || ' = ' || s.setting || coalesce(s.unit, '') FROM pg_settings s \
                   WHERE s.name IN ('idle_in_transaction_session_timeout', 'idle_session_timeout', \
                                    'transaction_timeout') \
                     AND s.setting <> '0' ORDER BY 1) AS timeouts, \
             r.rolconnlimit AS role_connections, d.datconnlimit AS database_connections, \
             ARRAY(SELECT h.relname::text FROM hidden h WHERE h.is_ours ORDER BY 1) AS hidden, \
             EXISTS (SELECT FROM hidden h WHERE h.is_ours AND h.relforcerowsecurity) AS hides_from_owner, \
             ARRAY(SELECT quote_ident(c.nspname::text) || '.'::text || quote_ident(c.relname::text) \
                   FROM kept c WHERE NOT c.is_readable OR c.oid IN (SELECT h.oid FROM hidden h) \
                   ORDER BY 1) AS not_dumped \
         FROM pg_database d, pg_roles r \
         WHERE d.datname = current_database() AND r.rolname = current_user",
    )
    .get_result(conn)
}

/// Who logged in, as the audit log records it.
pub fn login(conn: &mut PgConnection) -> QueryResult<String> {
    diesel::sql_query("SELECT session_user::text AS login").scalar::<Text, _>(conn)
}

/// The server's clock: what rows are compared with.
pub fn now(conn: &mut PgConnection) -> QueryResult<Timestamp> {
    let clock_us = diesel::sql_query(
        "SELECT (extract(epoch FROM clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::bigint AS clock_us",
    ).scalar::<BigInt, i64>(conn)?;
    Ok(timestamp(clock_us))
}

/// PostgreSQL's clock is well within the range of a timestamp.
pub fn timestamp(microseconds: i64) -> Timestamp {
    Timestamp::from_microsecond(microseconds).unwrap_or(Timestamp::MAX)
}

/// The cheapest round trip that reaches a backend.
pub fn ping(conn: &mut PgConnection) -> QueryResult<()> {
    diesel::sql_query("SELECT 1").execute(conn).map(drop)
}

/// The name of the database that this session is in.
pub fn database_name(conn: &mut PgConnection) -> QueryResult<String> {
    text(conn, "SELECT current_database()::text AS text")
}

/// The role that this session acts as.
pub fn role(conn: &mut PgConnection) -> QueryResult<String> {
    text(conn, "SELECT current_user::text AS text")
}

/// `cluster_name` of the server: inboxctl's private one carries its own.
pub fn cluster_name(conn: &mut PgConnection) -> QueryResult<String> {
    text(conn, "SELECT current_setting('cluster_name') AS text")
}

fn text(conn: &mut PgConnection, query: &str) -> QueryResult<String> {
    diesel::sql_query(query).scalar::<Text, _>(conn)
}

/// Makes a database; for the private server, where each command may be the first.
pub fn create_database(conn: &mut PgConnection, name: &str) -> QueryResult<()> {
    let name = super::statements::quote_identifier(name);
    diesel::sql_query(format!("CREATE DATABASE {name}")).execute(conn).map(drop)
}

/// Makes a database that holds nothing, dropping an earlier one of that name.
/// Only for a name that inboxctl owns on its private server, so without consent.
pub fn recreate_own_database(conn: &mut PgConnection, name: &str) -> QueryResult<()> {
    let quoted = super::statements::quote_identifier(name);
    diesel::sql_query(format!("DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")).execute(conn)?;
    create_database(conn, name)
}

/// The number that the server has had from its beginning, the same for its replicas; `None` where
/// the role may not be told.
pub fn system_identifier(conn: &mut PgConnection) -> QueryResult<Option<String>> {
    if !truth(conn, "SELECT has_function_privilege('pg_control_system()', 'EXECUTE') AS truth")? {
        return Ok(None);
    }
    let identifier =
        diesel::sql_query("SELECT system_identifier::text AS identifier FROM pg_control_system()")
            .scalar::<Text, String>(conn)?;
    Ok(Some(identifier))
}

/// Which database this is.
pub fn identity(conn: &mut PgConnection) -> QueryResult<Identity> {
    Ok(Identity {
        database: Some(database_name(conn)?),
        system_identifier: system_identifier(conn)?,
    })
}
