//! What fills the disk of the server.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use crate::domain::backup::name::is_kept_of;
use crate::store::scalar::ScalarQuery;
use crate::store::scratch;

#[derive(Debug, Clone, QueryableByName)]
pub struct Part {
    /// "database", "tables", "indexes", "kept_database", "scratch_database", "other_database" or
    /// "slot".
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Of a slot, the WAL that it holds; `None` where it holds none, or where the role may not ask.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub size_bytes: Option<i64>,
    /// Somebody reads from the slot, or the run that made the scratch database works.
    #[diesel(sql_type = Bool)]
    pub is_active: bool,
}

/// The largest first.
pub fn parts(conn: &mut PgConnection) -> QueryResult<Vec<Part>> {
    let mut parts: Vec<Part> = diesel::sql_query(include_str!("sql/space.sql")).load(conn)?;
    let abandoned = scratch::abandoned(conn)?;
    let here = parts.iter().find(|part| part.kind == "database").map(|part| part.name.clone());
    for part in &mut parts {
        match part.kind.as_str() {
            "scratch_database" => part.is_active = !abandoned.contains(&part.name),
            "kept_database" if !is_kept_of(here.as_deref().unwrap_or_default(), &part.name) => {
                part.kind = String::from("other_database");
            }
            _ => {}
        }
    }
    Ok(parts)
}

/// All WAL that is on the disk; `None` where the role may not ask.
pub fn wal_bytes(conn: &mut PgConnection) -> QueryResult<Option<i64>> {
    let may_ask = diesel::sql_query(
        "SELECT has_function_privilege('pg_catalog.pg_ls_waldir()'::regprocedure::oid, 'EXECUTE')",
    )
    .scalar::<Bool, bool>(conn)?;
    if !may_ask {
        return Ok(None);
    }
    diesel::sql_query("SELECT sum(size)::bigint FROM pg_catalog.pg_ls_waldir()")
        .scalar::<Nullable<BigInt>, _>(conn)
}
