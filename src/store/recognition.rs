//! Who answers at the other end: the first statement of each session.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Text};

use super::statements::{quote_identifier, truth};
use crate::domain::engine;
use crate::domain::scratch_name::{self, NAME_BYTES};
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;

/// The server and the role, as the session found them.
#[derive(Debug, Clone, QueryableByName)]
pub struct Server {
    /// The settings of the startup packet arrived: nobody else has this session.
    #[diesel(sql_type = Bool)]
    pub is_ours: bool,
    /// 150004 for 15.4.
    #[diesel(sql_type = Integer)]
    pub version_num: i32,
    #[diesel(sql_type = Text)]
    pub version: String,
    #[diesel(sql_type = Integer)]
    pub(super) backend_pid: i32,
    /// When the server started, as text.
    #[diesel(sql_type = Text)]
    pub started: String,
    #[diesel(sql_type = Text)]
    pub role: String,
    #[diesel(sql_type = Bool)]
    pub is_superuser: bool,
    #[diesel(sql_type = Bool)]
    pub is_replica: bool,
    /// Its tables may be on other servers: what is seen of them here is an empty shell.
    #[diesel(sql_type = Bool)]
    pub is_citus: bool,
    /// `default_transaction_read_only`, by whoever set it.
    #[diesel(sql_type = Bool)]
    pub is_read_only: bool,
    #[diesel(sql_type = Text)]
    pub replication_role: String,
    #[diesel(sql_type = Text)]
    default_tablespace: String,
    /// Where the database and the role, but no client, want tables to be made is where they go anyway.
    #[diesel(sql_type = Bool)]
    pub(super) prefers_own_tablespace: bool,
    /// Some table of the database has policies.
    #[diesel(sql_type = Bool)]
    pub has_row_security: bool,
    /// The language that messages come in.
    #[diesel(sql_type = Text)]
    pub lc_messages: String,
    /// The schema of the inbox is there.
    #[diesel(sql_type = Bool)]
    pub has_schema: bool,
    /// The role has USAGE on it, and CREATE.
    #[diesel(sql_type = Bool)]
    pub may_use: bool,
    #[diesel(sql_type = Bool)]
    pub may_create: bool,
}

/// Asks, and sets up the session where it is ours alone. The path of a session without the
/// schema stays what it was: with `pg_temp` alone, tables would be made there.
pub(super) fn recognise(
    conn: &mut PgConnection,
    schema: &str,
    search_path: &str,
) -> QueryResult<Server> {
    let mut server: Server = diesel::sql_query(include_str!("sql/recognise.sql"))
        .bind::<Text, _>(schema)
        .bind::<Text, _>(search_path)
        .get_result(conn)?;
    if server.is_ours {
        server.use_privileges(conn)?;
        if !server.default_tablespace.is_empty() {
            diesel::sql_query(include_str!("sql/without_own_tablespace.sql")).execute(conn)?;
        }
    } else {
        server.prefers_own_tablespace =
            truth(conn, include_str!("sql/prefers_own_tablespace.sql"))?;
    }
    Ok(server)
}

impl Server {
    /// A role that is no superuser may have been granted a setting, from PostgreSQL 15 on.
    fn use_privileges(&mut self, conn: &mut PgConnection) -> QueryResult<()> {
        if self.is_superuser {
            self.replication_role = String::from("origin");
            self.lc_messages = String::from("C");
        } else if self.version_num >= 150_000 {
            if !self.speaks_english() && set_if_allowed(conn, "lc_messages", "C")? {
                self.lc_messages = String::from("C");
            }
            if !self.fires_triggers() && set_if_allowed(conn, "session_replication_role", "origin")?
            {
                self.replication_role = String::from("origin");
            }
        }
        Ok(())
    }

    /// Whether messages come in English by themselves.
    pub fn speaks_english(&self) -> bool {
        let language = self.lc_messages.split(['.', '@', '_']).next().unwrap_or_default();
        ["C", "POSIX", "en", "English"].contains(&language)
    }

    fn fires_triggers(&self) -> bool {
        self.replication_role == "origin"
    }

    /// # Errors
    /// Refused: not PostgreSQL, or one that is too old.
    pub fn require_postgresql(&self) -> Result<(), Failure> {
        match engine::objection(self.version_num, &self.version) {
            None => Ok(()),
            Some(why) => Err(Failure::refused("inboxctl doesn't work with this server")
                .why(why)
                .hint("`inboxctl db check` says more")),
        }
    }

    /// # Errors
    /// Refused: the schema isn't there, or the role may not look into it.
    pub fn require_schema(&self, schema: &str) -> Result<(), Failure> {
        let (quoted, role) = (quote_identifier(schema), quote_identifier(&self.role));
        if !self.has_schema {
            return Err(Failure::refused(format!("there is no schema {schema} in this database"))
                .why("--schema or ?schema= in the URL names the schema of the inbox; without it, it is public")
                .hint(format!(
                    "name the right one, or have an administrator run: \
                     CREATE SCHEMA {quoted} AUTHORIZATION {role}"
                )));
        }
        if !self.may_use {
            return Err(Failure::refused(format!("the role may not use the schema {schema}"))
                .why(format!("{} lacks USAGE on it", self.role))
                .hint(format!("have its owner run: GRANT USAGE ON SCHEMA {quoted} TO {role}")));
        }
        Ok(())
    }

    /// # Errors
    /// Refused: the role may not make tables in the schema.
    pub fn require_create(&self, schema: &str) -> Result<(), Failure> {
        if self.may_create {
            return Ok(());
        }
        let (quoted, role) = (quote_identifier(schema), quote_identifier(&self.role));
        Err(Failure::refused(format!("the role may not create tables in the schema {schema}"))
            .why(format!("{} lacks CREATE on it", self.role))
            .hint(format!("have its owner run: GRANT CREATE ON SCHEMA {quoted} TO {role}")))
    }

    /// # Errors
    /// Refused: what is written would be refused, or written without the schema's triggers.
    pub fn require_writes(&self, conn: &mut PgConnection) -> anyhow::Result<()> {
        let failure = Failure::refused("this session may not write");
        let role = quote_identifier(&self.role);
        Err(if self.is_replica {
            Failure::refused("this server takes no writes")
                .why("it is a replica, which only follows its primary")
                .hint(
                    "name the primary in DATABASE_URL; where it names several hosts, \
                     target_session_attrs=read-write chooses it",
                )
        } else if self.is_citus {
            Failure::refused("inboxctl doesn't write here")
                .why(
                    "the database has the extension Citus, which inboxctl has not been tested with",
                )
                .hint("reading works; if no table is distributed, DROP EXTENSION citus")
        } else if self.is_read_only {
            failure.why("default_transaction_read_only is on").hint(where_it_is_set(
                conn,
                "default_transaction_read_only",
                &role,
            )?)
        } else if !self.fires_triggers() {
            failure
                .why(
                    "session_replication_role is not origin: the triggers of the schema don't fire",
                )
                .hint(where_it_is_set(conn, "session_replication_role", &role)?)
        } else {
            return Ok(());
        }
        .into())
    }
}

fn set_if_allowed(conn: &mut PgConnection, name: &str, value: &str) -> QueryResult<bool> {
    diesel::sql_query(
        "SELECT p.allowed, CASE WHEN p.allowed THEN pg_catalog.set_config($1, $2, false) END AS now \
         FROM (SELECT pg_catalog.has_parameter_privilege($1, 'SET') AS allowed) p",
    )
    .bind::<Text, _>(name)
    .bind::<Text, _>(value).scalar::<Bool, _>(conn)
}

/// What undoes a setting, by where it comes from.
fn where_it_is_set(conn: &mut PgConnection, name: &str, role: &str) -> QueryResult<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        source: String,
        #[diesel(sql_type = Text)]
        database: String,
    }
    let row: Row = diesel::sql_query(
        "SELECT s.source, pg_catalog.current_database()::pg_catalog.text AS database \
         FROM pg_catalog.pg_settings s WHERE s.name OPERATOR(pg_catalog.=) $1",
    )
    .bind::<Text, _>(name)
    .get_result(conn)?;
    let database = quote_identifier(&row.database);
    // In a session of the role itself, ALTER would be refused too.
    let first = match name {
        "default_transaction_read_only" => "SET default_transaction_read_only = off; ",
        _ => "",
    };
    Ok(match row.source.as_str() {
        "client" => format!("take {name} out of PGOPTIONS, or out of options= in the URL"),
        "user" => format!("the role has it: {first}ALTER ROLE {role} RESET {name}"),
        "database" => format!("the database has it: {first}ALTER DATABASE {database} RESET {name}"),
        "database user" => {
            format!(
                "the role has it here: {first}ALTER ROLE {role} IN DATABASE {database} RESET {name}"
            )
        }
        _ => format!("the server's configuration has it: an administrator can change {name}"),
    })
}

/// # Errors
/// Usage: no schema can have this name.
pub(super) fn require_name(schema: &str) -> Result<(), Failure> {
    match schema {
        "" => Err(Failure::usage("the name of the schema is empty")
            .why("--schema or ?schema= in the URL names the schema of the inbox")
            .hint("name it, or leave --schema out; without it, it is public")),
        long if long.len() > NAME_BYTES => {
            Err(Failure::usage(format!("no schema is called {long}"))
                .why(format!(
                    "PostgreSQL's names have at most {NAME_BYTES} bytes, and this one has {}",
                    long.len()
                ))
                .hint(format!(
                    "a longer name was cut when the schema was made, to {}",
                    scratch_name::with_ending(long, "")
                )))
        }
        _ => Ok(()),
    }
}
