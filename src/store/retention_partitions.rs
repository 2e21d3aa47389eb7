//! Partitions of the log as a whole: what hangs on them, who may drop one, and that it goes. Vacuum
//! too, which is an owner's.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Jsonb, Nullable, Text, Timestamptz};
use jiff_diesel::ToDiesel;

use super::audit_days::{self, Trail};
use super::lock::{self, Key as LockKey};
use super::retention::{Slice, has_holds};
use super::retention_losses;
use super::statements::truth;
use crate::domain::consent::Consent;
use crate::domain::retention::partition::Relation;
use crate::store::scalar::ScalarQuery;

/// Drops a partition, unless it holds a row that must stay: then nothing is done
/// and `false` returned. Run it in a transaction. Who owns nothing has a function of the owner do it.
///
/// DROP TABLE detaches it first. To detach it in a transaction of its own would gain nothing:
/// the server lets go of its locks at the commit and removes the files after that, so that an
/// insert waits for 15 to 25 ms either way while 1.4 GB take a second to go. And a kill between
/// the two would leave a table that nobody looks for. DETACH ... CONCURRENTLY is not to be had
/// beside a DEFAULT partition.
pub fn drop_partition(
    conn: &mut PgConnection,
    slice: &Slice,
    trail: Option<&Trail>,
    _consent: &Consent,
) -> anyhow::Result<bool> {
    lock::share_for_transaction(conn, LockKey::Holds)?;
    retention_losses::none_lost_by_drop(conn, slice, |conn| drop_unheld(conn, slice, trail))
}

fn drop_unheld(conn: &mut PgConnection, slice: &Slice, trail: Option<&Trail>) -> QueryResult<bool> {
    let (relation, is_held) = (&slice.relation.sql, slice.is_held());
    if !slice.marks.is_empty() || has_holds(conn)? {
        let truth = slice
            .query(format!("SELECT EXISTS (SELECT FROM {relation} t WHERE {is_held}) AS truth"))
            .scalar::<Bool, bool>(conn)?;
        if truth {
            return Ok(false);
        }
    }
    if may_drop(conn)? == MayDrop::ByFunction {
        diesel::sql_query("SELECT drop_audit_partition($1::regclass, $2, coalesce($3, '{}'), $4)")
            .bind::<Text, _>(relation)
            .bind::<Timestamptz, _>(slice.cutoff.to_diesel())
            .bind::<Nullable<Jsonb>, _>(trail.map(|trail| &trail.why))
            .bind::<Nullable<Text>, _>(trail.map(|trail| &trail.actor))
            .execute(conn)?;
        return Ok(true);
    }
    if let Some(trail) = trail {
        audit_days::end_days_of(conn, relation, trail)?;
    }
    // Dropped at once it would be refused for a key that points at the log, whether it points at
    // any of these rows or not; detached, the server looks for those that do, and refuses then.
    if !slice.references.is_empty() {
        diesel::sql_query(format!("ALTER TABLE audit_logs DETACH PARTITION {relation}"))
            .execute(conn)?;
    }
    diesel::sql_query(format!("DROP TABLE {relation}")).execute(conn)?;
    Ok(true)
}

/// How a role comes to delete entries of the log, and to drop a partition of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayDrop {
    /// It owns the log.
    AsOwner,
    /// By functions that are the owner's: `drop_audit_partition`, `delete_audit_entries`.
    ByFunction,
    Not,
}

/// One that somebody else made under that name isn't called.
pub fn may_drop(conn: &mut PgConnection) -> QueryResult<MayDrop> {
    if is_owner(conn, "audit_logs")? {
        return Ok(MayDrop::AsOwner);
    }
    let by_function = truth(
        conn,
        "SELECT EXISTS ( \
             SELECT FROM pg_proc p JOIN pg_class l ON l.relowner = p.proowner \
             WHERE p.oid = to_regprocedure('drop_audit_partition(regclass, timestamptz, jsonb, text)'::text)::oid \
                 AND l.oid = 'audit_logs'::regclass::oid AND p.prosecdef \
                 AND has_function_privilege(p.oid, 'EXECUTE'::text)) AS truth",
    )?;
    Ok(if by_function { MayDrop::ByFunction } else { MayDrop::Not })
}

/// What of the application's hangs on a table.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Obstacle {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    name: String,
}

/// Obstacles by what they do.
#[derive(Debug, Default)]
pub struct Obstacles {
    /// See each row that is deleted.
    pub guards: Vec<String>,
    /// Would go, or lose something, with the table itself.
    pub ties: Vec<String>,
    /// The server drops no table that they hang on.
    pub dependents: Vec<String>,
}

/// What would see rows of a relation go, or be in the way of dropping it.
pub fn obstacles(conn: &mut PgConnection, relation: &Relation) -> QueryResult<Obstacles> {
    let found: Vec<Obstacle> = diesel::sql_query(include_str!("sql/partition_obstacles.sql"))
        .bind::<Text, _>(&relation.sql)
        .load(conn)?;
    let mut obstacles = Obstacles::default();
    for Obstacle { kind, name } in found {
        match kind.as_str() {
            "guard" => obstacles.guards.push(name),
            "dependent" => obstacles.dependents.push(name),
            _ => obstacles.ties.push(name),
        }
    }
    Ok(obstacles)
}

/// Bytes of a relation, or of its partitions, with the indexes.
pub fn total_bytes(conn: &mut PgConnection, relation: &Relation) -> QueryResult<u64> {
    let bytes = diesel::sql_query(
        "SELECT coalesce(sum(pg_total_relation_size(relid)), 0)::bigint AS bytes \
         FROM pg_partition_tree($1::regclass)",
    )
    .bind::<Text, _>(&relation.sql)
    .scalar::<BigInt, i64>(conn)?;
    Ok(u64::try_from(bytes).unwrap_or_default())
}

/// Whether this role owns a table, and so may drop partitions and make them.
pub fn is_owner(conn: &mut PgConnection, table: &str) -> QueryResult<bool> {
    diesel::sql_query(
        "SELECT pg_has_role(relowner, 'USAGE') AS truth FROM pg_class \
         WHERE oid = quote_ident($1)::regclass::oid",
    )
    .bind::<Text, _>(table)
    .scalar::<Bool, _>(conn)
}

/// Who owns a table, as SQL writes it.
pub fn owner(conn: &mut PgConnection, table: &str) -> QueryResult<String> {
    diesel::sql_query(
        "SELECT quote_ident(pg_get_userbyid(relowner)::text) AS name FROM pg_class \
         WHERE oid = quote_ident($1)::regclass::oid",
    )
    .bind::<Text, _>(table)
    .scalar::<Text, _>(conn)
}

/// Frees the space of deleted rows for new ones, and counts anew, or returns `false` where the server
/// would only warn that this role may not. Runs in no transaction.
pub fn vacuum(conn: &mut PgConnection, relation: &Relation) -> QueryResult<bool> {
    // MAINTAIN and its role came with PostgreSQL 17: looked for, an older server has none.
    let truth = diesel::sql_query(
        "SELECT pg_has_role(c.relowner, 'USAGE') \
             OR pg_has_role((SELECT datdba FROM pg_database WHERE datname = current_database()), 'USAGE') \
             OR EXISTS (SELECT FROM pg_roles r WHERE r.rolname = 'pg_maintain' AND pg_has_role(r.oid, 'USAGE')) \
             OR EXISTS (SELECT FROM aclexplode(c.relacl) a \
                 WHERE a.privilege_type = 'MAINTAIN' AND (a.grantee = 0::oid OR pg_has_role(a.grantee, 'USAGE'))) \
             AS truth \
         FROM pg_class c WHERE c.oid = $1::regclass::oid",
    )
    .bind::<Text, _>(&relation.sql).scalar::<Bool, bool>(conn)?;
    if truth {
        diesel::sql_query(format!("VACUUM (ANALYZE) {}", relation.sql)).execute(conn)?;
    }
    Ok(truth)
}
