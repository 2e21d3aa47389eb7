//! A table of ours while many rows come: its keys and indexes are made again afterwards, which takes
//! a fraction of what they take row by row.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use super::aside::Changed;
use crate::store::statements;

/// What was dropped for the time of the work.
pub struct Parts(Vec<Part>);

#[derive(Debug, QueryableByName)]
struct Part {
    #[diesel(sql_type = Text)]
    gone: String,
    #[diesel(sql_type = Text)]
    made: String,
    /// It is a foreign key.
    #[diesel(sql_type = Bool)]
    leads: bool,
}

/// For the transaction that is open: memory for hashes and the building of indexes, unless there is
/// more already.
pub fn prepare(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute(
        "SELECT set_config(name, '64MB'::text, true) FROM pg_settings \
         WHERE name IN ('maintenance_work_mem', 'work_mem') AND setting::bigint < 64 * 1024",
    )
}

/// Foreign keys, keys that none leads to, and the indexes of no constraint. Run it in a transaction.
///
/// # Errors
/// The server refuses.
pub fn take_off(conn: &mut PgConnection, table: &str) -> QueryResult<Parts> {
    let parts: Vec<Part> = diesel::sql_query(include_str!("../sql/adopt_parts.sql"))
        .bind::<Text, _>(table)
        .load(conn)?;
    for part in &parts {
        statements::run(conn, &part.gone)?;
    }
    Ok(Parts(parts))
}

/// The keys between tables of the application of which a column changes.
///
/// # Errors
/// The server refuses.
pub fn take_inner_keys_off(conn: &mut PgConnection, changed: &[Changed]) -> QueryResult<Parts> {
    let (relations, columns): (Vec<&str>, Vec<&str>) =
        changed.iter().map(|one| (one.relation.as_str(), one.column_name.as_str())).unzip();
    let parts: Vec<Part> = diesel::sql_query(include_str!("../sql/adopt_inner_keys.sql"))
        .bind::<Array<Text>, _>(relations)
        .bind::<Array<Text>, _>(columns)
        .load(conn)?;
    parts.iter().try_for_each(|part| statements::run(conn, &part.gone))?;
    Ok(Parts(parts))
}

/// So that the first questions are planned well.
pub fn analyse(conn: &mut PgConnection) -> QueryResult<()> {
    let tables = statements::names(conn, include_str!("../sql/adopt_analyse.sql"))?;
    tables.iter().try_for_each(|table| statements::run(conn, table))
}

/// The old ids can be looked up from now on.
pub fn finish_old_ids(conn: &mut PgConnection, parts: &Parts) -> QueryResult<()> {
    parts.put_indexes_back(conn)?;
    statements::run(conn, "ANALYZE adopted_ids")
}

impl Parts {
    /// # Errors
    /// Rows are the same where they must not be.
    pub fn put_indexes_back(&self, conn: &mut PgConnection) -> QueryResult<()> {
        self.put_back(conn, false)
    }

    /// # Errors
    /// A row leads nowhere.
    pub fn put_keys_back(&self, conn: &mut PgConnection) -> QueryResult<()> {
        self.put_back(conn, true)
    }

    fn put_back(&self, conn: &mut PgConnection, keys: bool) -> QueryResult<()> {
        let mut parts = self.0.iter().filter(|part| part.leads == keys);
        parts.try_for_each(|part| statements::run(conn, &part.made))
    }
}
