//! Databases of the server: made for a restore, swapped, dropped.

use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel::sql_types::{Bool, Nullable, Text};

use super::server;
use super::statements::{quote_identifier, quote_literal, run};
use crate::domain::backup::name::is_kept_of;
use crate::domain::connection_url::USUAL_SCHEMA;
use crate::domain::consent::Consent;
use crate::domain::{scratch_name, server_setting};
use crate::error::Condition;
use crate::store::scalar::ScalarQuery;

pub fn exists(conn: &mut PgConnection, name: &str) -> QueryResult<bool> {
    diesel::sql_query("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1) AS found")
        .bind::<Text, _>(name)
        .scalar::<Bool, _>(conn)
}

/// The databases that inboxctl made of this one and that are there still: as it was before a
/// restore or an adoption, what a killed command left, and copies in which nobody is recognisable,
/// unless somebody has the key.
pub fn copies(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    let here = server::database_name(conn)?;
    let made = diesel::sql_query(
        "SELECT datname::text AS name FROM pg_database \
         WHERE datname::text ~ '_(before_[0-9]{8}_[0-9]{6}|inboxctl_[0-9a-f]{16})$'::text \
         ORDER BY datname::text",
    )
    .scalars::<Text, String>(conn)?;
    let is_copy = |name: &String| is_kept_of(&here, name) || scratch_name::is_of(&here, name);
    let anonymised = diesel::sql_query(
        "SELECT d.datname::text AS name FROM pg_database d \
         JOIN pg_shdescription s ON s.objoid = d.oid AND s.classoid = 'pg_database'::regclass::oid \
         WHERE s.description = $1 ORDER BY d.datname::text",
    )
    .bind::<Text, _>(remark(&here))
    .scalars::<Text, String>(conn)?;
    Ok(made.into_iter().filter(is_copy).chain(anonymised).collect())
}

/// On an anonymised copy of `of`.
fn remark(of: &str) -> String {
    format!("anonymised copy of {of}, by inboxctl")
}

/// Says on a database what it is.
pub fn mark_anonymised(conn: &mut PgConnection, name: &str, of: &str) -> QueryResult<()> {
    let (name, remark) = (quote_identifier(name), quote_literal(&remark(of)));
    run(conn, &format!("COMMENT ON DATABASE {name} IS {remark}"))
}

/// Makes an empty database with the encoding, locale and owner of `model`, or
/// the server's usual ones if that isn't there.
pub fn create_like(conn: &mut PgConnection, name: &str, model: &str) -> QueryResult<()> {
    let found = diesel::sql_query(include_str!("sql/create_database_like.sql"))
        .bind::<Text, _>(name)
        .bind::<Text, _>(model)
        .scalar::<Text, String>(conn)
        .optional()?;
    match found {
        Some(statement) => diesel::sql_query(statement).execute(conn).map(drop),
        None => {
            let name = quote_identifier(name);
            diesel::sql_query(format!("CREATE DATABASE {name} TEMPLATE template0"))
                .execute(conn)
                .map(drop)
        }
    }
}

/// Makes an empty database that holds text of any kind.
pub fn create_utf8(conn: &mut PgConnection, name: &str) -> QueryResult<()> {
    let name = quote_identifier(name);
    diesel::sql_query(format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
        .execute(conn)
        .map(drop)
}

/// Nobody but its owner creates in the usual schema of a new database: that is so from version 15 on, and pg_dump from
/// then on says nothing of it where it is so, of whatever server.
pub fn close_usual_schema(conn: &mut PgConnection) -> QueryResult<()> {
    let schema = quote_identifier(USUAL_SCHEMA);
    run(conn, &format!("REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC"))
}

pub fn create_schema(conn: &mut PgConnection, name: &str) -> QueryResult<()> {
    let name = quote_identifier(name);
    diesel::sql_query(format!("CREATE SCHEMA {name}")).execute(conn).map(drop)
}

/// Gives a database that this command made another name. Fails while somebody is connected to it,
/// or if the name is taken.
pub fn rename(conn: &mut PgConnection, from: &str, to: &str) -> QueryResult<()> {
    let (from, to) = (quote_identifier(from), quote_identifier(to));
    diesel::sql_query(format!("ALTER DATABASE {from} RENAME TO {to}")).execute(conn).map(drop)
}

/// Whose it is.
pub fn owner(conn: &mut PgConnection, name: &str) -> QueryResult<String> {
    diesel::sql_query(
        "SELECT pg_get_userbyid(datdba)::text AS owner FROM pg_database WHERE datname = $1",
    )
    .bind::<Text, _>(name)
    .scalar::<Text, _>(conn)
}

/// Settings that its sessions would begin with.
pub fn forget_settings(conn: &mut PgConnection, name: &str) -> QueryResult<()> {
    run(conn, &format!("ALTER DATABASE {} RESET ALL", quote_identifier(name)))
}

/// Gives a database that this command made to `owner`.
pub fn give(conn: &mut PgConnection, name: &str, owner: &str) -> QueryResult<()> {
    let (name, owner) = (quote_identifier(name), quote_identifier(owner));
    run(conn, &format!("ALTER DATABASE {name} OWNER TO {owner}"))
}

/// What belongs to the database itself and is in no dump: who may connect, its
/// settings, its limit of connections, the remark on it.
pub fn copy_properties(conn: &mut PgConnection, from: &str, to: &str) -> QueryResult<()> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        statement: String,
        #[diesel(sql_type = Nullable<Text>)]
        setting: Option<String>,
        #[diesel(sql_type = Nullable<Text>)]
        value: Option<String>,
    }
    let rows: Vec<Row> = diesel::sql_query(include_str!("sql/database_properties.sql"))
        .bind::<Text, _>(to)
        .bind::<Text, _>(from)
        .load(conn)?;
    rows.into_iter().try_for_each(|row| {
        let statement = match row.setting.zip(row.value) {
            None => row.statement,
            Some((name, value)) => {
                let values: Vec<String> = server_setting::values(&name, &value)
                    .iter()
                    .map(|one| quote_literal(one))
                    .collect();
                let name = quote_identifier(&name);
                format!("{} SET {name} TO {}", row.statement, values.join(", "))
            }
        };
        // One statement a call: nothing that was read can begin a second one.
        diesel::sql_query(statement).execute(conn).map(drop)
    })
}

/// Gives `fresh` the name `live`, and what had it the name `former`. Run it in
/// a transaction, from another database. Fails while somebody is connected to
/// either.
pub fn swap(
    conn: &mut PgConnection,
    live: &str,
    fresh: &str,
    former: &str,
    _consent: &Consent,
) -> QueryResult<()> {
    let (live, fresh, former) =
        (quote_identifier(live), quote_identifier(fresh), quote_identifier(former));
    run(conn, &format!("ALTER DATABASE {live} RENAME TO {former}"))?;
    run(conn, &format!("ALTER DATABASE {fresh} RENAME TO {live}"))
}

/// Whether anybody may connect to it, superusers too; `None` where there is none of that name.
pub fn is_open(conn: &mut PgConnection, name: &str) -> QueryResult<Option<bool>> {
    diesel::sql_query("SELECT datallowconn AS is_open FROM pg_database WHERE datname = $1")
        .bind::<Text, _>(name)
        .scalar::<Bool, _>(conn)
        .optional()
}

/// Lets nobody in any more; who is connected stays.
pub fn close(conn: &mut PgConnection, name: &str, _consent: &Consent) -> QueryResult<()> {
    allow(conn, name, false)
}

/// Lets everybody in again.
pub fn reopen(conn: &mut PgConnection, name: &str) -> QueryResult<()> {
    allow(conn, name, true)
}

fn allow(conn: &mut PgConnection, name: &str, is_open: bool) -> QueryResult<()> {
    let name = quote_identifier(name);
    diesel::sql_query(format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {is_open}"))
        .execute(conn)
        .map(drop)
}

/// Drops a database that this command made, so without consent.
pub fn drop_own(conn: &mut PgConnection, name: &str) -> QueryResult<()> {
    let name = quote_identifier(name);
    diesel::sql_query(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .execute(conn)
        .map(drop)
}

/// Drops a database that a command made which is gone, so without consent. Fails while somebody
/// is connected to it.
pub fn drop_unused(conn: &mut PgConnection, name: &str) -> QueryResult<()> {
    let name = quote_identifier(name);
    diesel::sql_query(format!("DROP DATABASE {name}")).execute(conn).map(drop)
}

/// Drops what a restore kept or a killed command left. Fails while somebody is connected to it.
pub fn drop_kept(conn: &mut PgConnection, name: &str, _consent: &Consent) -> QueryResult<()> {
    drop_unused(conn, name)
}

/// Whether [`swap`] or [`drop_kept`] failed because somebody is connected.
pub fn is_in_use(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<DieselError>())
        .any(|cause| Condition::of_error(cause) == Some(Condition::DatabaseInUse))
}
