//! Versions of rows, and the deletion of exactly those: of what is in an archive, and of what has
//! to be locked before it is known whether it may go.

use diesel::connection::SimpleConnection;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::archive_rows::Layout;
use super::audit_days::{self, Keys, Old, Trail};
use super::interference::{self, Event};
use super::lock::{self, Key as LockKey};
use super::losses_elsewhere;
use super::retention::{self, Batch, Key, Slice, Subject};
use super::retention_losses;
use super::retention_meant::{VERSIONS, about, is_version, may_go};
use super::retention_redact;
pub use super::row_version::{Version, VersionRow};
use super::rows_written::Changed;
use super::statements::quote_identifier;
use crate::domain::consent::Consent;
use crate::store::scalar::ScalarQuery;

/// The columns of a [`VersionRow`]; `proof` is an expression of SQL.
pub fn columns(slice: &Slice, proof: &str) -> String {
    format!(
        "t.id, {}::text AS time, t.ctid::text AS place, t.xmin::text AS xmin, {proof} AS proof",
        slice.time()
    )
}

/// Those of these versions, by their places in the list, that may go with all that hangs on them, as
/// it is in the archive.
fn whole(conn: &mut PgConnection, slice: &Slice, versions: &[&Version]) -> QueryResult<Vec<usize>> {
    let Some(dependants) = slice.references.dependants() else {
        return Ok((0..versions.len()).collect());
    };
    let sql = format!(
        "SELECT v.number FROM {} t JOIN {VERSIONS} ON {} WHERE {} \
         AND (v.proof IS NULL OR md5(({dependants})::text) = v.proof) ORDER BY t.id",
        slice.relation(),
        is_version(slice),
        may_go(slice)
    );
    let places = about(slice, versions, &sql).scalars::<BigInt, i64>(conn)?;
    Ok(places.iter().filter_map(|place| usize::try_from(place - 1).ok()).collect())
}

/// Deletes what goes before the rows themselves.
fn delete_first(conn: &mut PgConnection, slice: &Slice, versions: &[&Version]) -> QueryResult<()> {
    let from = format!("{} t JOIN {VERSIONS} ON {}", slice.relation(), is_version(slice));
    for (rows, label, ids) in slice.references.first(&from) {
        let ids = about(slice, versions, &ids).scalars::<SqlUuid, Uuid>(conn)?;
        let deleted = diesel::sql_query(format!("DELETE FROM {rows} t WHERE t.id = ANY ($1)"))
            .bind::<Array<SqlUuid>, _>(&ids)
            .execute(conn)?;
        interference::none_swallowed(conn, label, Event::Delete, (ids.len(), deleted))?;
    }
    Ok(())
}

/// Chooses the next rows after `after`, locks them, and deletes those of them that may go: as
/// `retention_delete::delete_batch`, where it takes more than one look.
pub fn delete_batch(
    conn: &mut PgConnection,
    slice: &Slice,
    after: &Key,
    rows: u32,
    trail: Option<&Trail>,
    consent: &Consent,
) -> anyhow::Result<Batch> {
    retention::walk_in_order(conn, slice)?;
    let relation = slice.relation();
    let (comes_after, order) = slice.subject.comes_after();
    let picked: Vec<VersionRow> = slice
        .query(format!(
            "SELECT {} FROM {relation} t \
             WHERE {} AND {comes_after} AND NOT {} AND NOT {} \
             ORDER BY {order} LIMIT $7",
            columns(slice, "NULL::text"),
            slice.is_old(),
            slice.is_held(),
            slice.references.keeps()
        ))
        .bind::<Text, _>(after.time.clone())
        .bind::<SqlUuid, _>(after.id)
        .bind::<BigInt, _>(i64::from(rows))
        .load(conn)?;
    retention::walk_freely(conn)?;
    let last = picked.last().map(|row| Key { time: row.time.clone(), id: row.id });
    let picked: Vec<Version> =
        picked.into_iter().map(Version::parse).collect::<anyhow::Result<_>>()?;
    let Deleted { rows, along, changed } = delete(conn, slice, &picked, trail, consent)?;
    Ok(Batch { picked: picked.len() as u64, deleted: rows, along, changed, last })
}

/// What went.
#[derive(Debug, Default)]
pub struct Deleted {
    pub rows: u64,
    /// Rows of the application's tables that a trigger changed meanwhile.
    pub changed: Changed,
    /// Of the tables whose rows went along, in the order of `References::along`.
    pub along: Vec<u64>,
}

/// Deletes these versions, as far as they are still there, old, under no hold and not pointed at.
///
/// Where something may point at them they are locked first, and looked at again by a later
/// statement: a key that came in between is seen then, and none can come any more. What hangs on
/// them is locked too, and must be what is in the archive.
pub fn delete(
    conn: &mut PgConnection,
    slice: &Slice,
    versions: &[Version],
    trail: Option<&Trail>,
    _consent: &Consent,
) -> anyhow::Result<Deleted> {
    lock::share_for_transaction(conn, LockKey::Holds)?;
    // What rows hold others may refer to, by keys that only an update moves.
    let is_redaction = slice.subject.redaction().is_some();
    if !is_redaction && slice.guards.is_empty() && !slice.references.acts() {
        return Ok(delete_versions(conn, slice, versions, trail)?);
    }
    let ids: Vec<Uuid> = versions.iter().map(|version| version.id).collect();
    let (deleted, changed) = retention_losses::none_lost(conn, slice, &ids, |conn| {
        let deleted = delete_versions(conn, slice, versions, trail)?;
        let along = slice.references.along_relations();
        let mut tables: Vec<(&str, u64, u64)> =
            along.into_iter().zip(&deleted.along).map(|(table, rows)| (table, *rows, 0)).collect();
        // What is emptied stays.
        let (gone, emptied) = if is_redaction { (0, deleted.rows) } else { (deleted.rows, 0) };
        tables.push((&slice.relation.sql, gone, emptied));
        let meant = losses_elsewhere::meant(conn, &tables)?;
        Ok((deleted, meant))
    })?;
    Ok(Deleted { changed, ..deleted })
}

fn delete_versions(
    conn: &mut PgConnection,
    slice: &Slice,
    versions: &[Version],
    trail: Option<&Trail>,
) -> QueryResult<Deleted> {
    let mut meant: Vec<&Version> = versions.iter().collect();
    if slice.locks() {
        let locked = lock_rows(conn, slice, &meant)?;
        meant = locked.into_iter().filter_map(|number| versions.get(number)).collect();
    }
    if let Some(emptied) = slice.subject.redaction() {
        let rows = retention_redact::redact(conn, slice, &meant, emptied)?;
        return Ok(Deleted { rows, ..Deleted::default() });
    }
    if slice.references.has_first() {
        let whole = whole(conn, slice, &meant)?;
        meant = whole.into_iter().filter_map(|place| meant.get(place).copied()).collect();
    }
    let along = count_along(conn, slice, &meant)?;
    let watched = keys_along(conn, slice, &meant)?;
    delete_first(conn, slice, &meant)?;
    let deleted = match trail {
        Some(trail) => delete_closed(conn, slice, &meant, trail)?,
        None => delete_rows(conn, slice, &meant)?,
    };
    if !slice.guards.is_empty() || slice.references.acts() {
        // One that waits for the COMMIT may bring a row back as well.
        conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
    }
    if deleted < meant.len() || !slice.guards.is_empty() {
        check_swallowed(conn, slice, &meant)?;
    }
    for (after, layout, keys) in watched {
        check_gone(conn, after, layout, &keys)?;
    }
    Ok(Deleted { rows: deleted as u64, along, ..Deleted::default() })
}

fn delete_rows(
    conn: &mut PgConnection,
    slice: &Slice,
    versions: &[&Version],
) -> QueryResult<usize> {
    let sql = format!(
        "DELETE FROM {} t USING {VERSIONS} WHERE t.ctid = ANY (ARRAY(SELECT p::tid FROM pg_catalog.unnest($7) AS p)) AND {} AND {}",
        slice.relation(),
        is_version(slice),
        may_go(slice)
    );
    about(slice, versions, &sql).execute(conn)
}

/// Deletes entries of the log, whose closed days say what went of them.
fn delete_closed(
    conn: &mut PgConnection,
    slice: &Slice,
    versions: &[&Version],
    trail: &Trail,
) -> QueryResult<usize> {
    let times: Vec<String> = versions.iter().map(|version| version.time.to_string()).collect();
    let Subject::Audit { actions, resources } = &slice.subject else {
        return delete_rows(conn, slice, versions);
    };
    if trail.by_function {
        let ids = versions.iter().map(|version| version.id).collect();
        let xmins = versions.iter().map(|version| version.xmin.to_string()).collect();
        let old = Old { cutoff: slice.cutoff, actions, resources };
        return audit_days::delete_entries(conn, &Keys { ids, times, xmins }, &old, trail);
    }
    audit_days::begin(conn, &times, trail)?;
    let deleted = delete_rows(conn, slice, versions)?;
    audit_days::end_but_last(conn, &times, trail)?;
    Ok(deleted)
}

/// Rows that go along and that a trigger might bring back: by what, of which table, and their keys.
type Watched<'a> = (&'a str, &'a Layout, Vec<Vec<String>>);

fn keys_along<'a>(
    conn: &mut PgConnection,
    slice: &'a Slice,
    versions: &[&Version],
) -> QueryResult<Vec<Watched<'a>>> {
    let from = format!("{} t JOIN {VERSIONS} ON {}", slice.relation(), is_version(slice));
    let joined = slice.references.joined(&from).into_iter().zip(slice.references.watched());
    let mut watched = Vec::new();
    for ((from, alias), one) in joined {
        let Some((after, layout)) = one else { continue };
        let key = layout.key.iter().map(|name| format!("{alias}.{}::text", quote_identifier(name)));
        let key = key.collect::<Vec<_>>().join(", ");
        let sql = format!("SELECT ARRAY[{key}] AS key FROM {from} WHERE {}", may_go(slice));
        let rows = about(slice, versions, &sql).scalars::<Array<Text>, Vec<String>>(conn)?;
        watched.push((after, layout, rows));
    }
    Ok(watched)
}

/// That rows with these keys are gone.
///
/// # Errors
/// They are there again: a trigger brought them back.
fn check_gone(
    conn: &mut PgConnection,
    after: &str,
    layout: &Layout,
    keys: &[Vec<String>],
) -> QueryResult<()> {
    let number = layout.key.len();
    let (arrays, names): (Vec<String>, Vec<String>) =
        (1..=number).map(|place| (format!("${place}::text[]"), format!("k{place}"))).unzip();
    let same = layout.key.iter().zip(&names).map(|(name, own)| {
        format!("t.{} = v.{own}::{}", quote_identifier(name), layout.type_of(name))
    });
    let sql = format!(
        "SELECT count(*) AS rows FROM {} t JOIN unnest({}) AS v ({}) ON {}",
        layout.relation,
        arrays.join(", "),
        names.join(", "),
        same.collect::<Vec<_>>().join(" AND ")
    );
    let mut query = diesel::sql_query(sql).into_boxed::<Pg>();
    for place in 0..number {
        let column: Vec<String> = keys.iter().filter_map(|key| key.get(place).cloned()).collect();
        query = query.bind::<Array<Text>, _>(column);
    }
    let rows = query.scalar::<BigInt, i64>(conn)?;
    match rows {
        0 => Ok(()),
        _ => {
            let why = format!("{rows} of {} rows were put back at once{after}", keys.len());
            Err(interference::surprise(&layout.table, why, "deleted").into())
        }
    }
}

/// How many rows go along with those of these versions that may go.
fn count_along(
    conn: &mut PgConnection,
    slice: &Slice,
    versions: &[&Version],
) -> QueryResult<Vec<u64>> {
    let from = format!("{} t JOIN {VERSIONS} ON {}", slice.relation(), is_version(slice));
    let counted = slice.references.joined(&from).into_iter().map(|(from, _)| {
        let sql = format!("SELECT count(*) AS rows FROM {from} WHERE {}", may_go(slice));
        let rows = about(slice, versions, &sql).scalar::<BigInt, i64>(conn)?;
        Ok(u64::try_from(rows).unwrap_or_default())
    });
    counted.collect()
}

/// Locks what is still there of these versions and in nobody's hands, and returns which they are.
fn lock_rows(
    conn: &mut PgConnection,
    slice: &Slice,
    versions: &[&Version],
) -> QueryResult<Vec<usize>> {
    let from = format!("{} t JOIN {VERSIONS} ON {}", slice.relation(), is_version(slice));
    let sql = format!("SELECT v.number FROM {from} ORDER BY t.id FOR UPDATE OF t SKIP LOCKED");
    let places = about(slice, versions, &sql).scalars::<BigInt, i64>(conn)?;
    let numbers: Vec<usize> =
        places.iter().filter_map(|place| usize::try_from(place - 1).ok()).collect();
    let locked: Vec<&Version> = numbers.iter().map(|number| versions[*number]).collect();
    for (from, alias) in slice.references.joined(&from) {
        about(slice, &locked, &format!("SELECT FROM {from} FOR UPDATE OF {alias}"))
            .execute(conn)?;
    }
    Ok(numbers)
}

/// Whether rows that were deleted are there all the same: a trigger or a rule swallowed that.
///
/// # Errors
/// It did.
pub fn check_swallowed(
    conn: &mut PgConnection,
    slice: &Slice,
    versions: &[&Version],
) -> QueryResult<()> {
    let key = match slice.subject {
        Subject::Audit { .. } => "t.id = v.id AND t.created_at = v.time::timestamptz",
        _ => "t.id = v.id",
    };
    // A trigger may have written the row anew instead. Of a row that wasn't locked another
    // transaction may have done so.
    let is_rewritten = match slice.locks() {
        true => "t.xmin::text <> v.xmin",
        false => "t.xmin::text = (pg_current_xact_id()::text::numeric % 4294967296::numeric)::text",
    };
    let sql = format!(
        "SELECT count(*) AS rows FROM {} t JOIN {VERSIONS} ON {key} \
         WHERE {is_rewritten} OR (t.xmin::text = v.xmin AND {})",
        slice.relation(),
        may_go(slice)
    );
    let rows = about(slice, versions, &sql).scalar::<BigInt, i64>(conn)?;
    if rows == 0 {
        return Ok(());
    }
    let by = match slice.guards.is_empty() {
        true => String::new(),
        false => format!(": {} may do that", slice.guards.join(", ")),
    };
    let (done, meant) = (versions.len() as i64 - rows, versions.len());
    let why = format!("{done} of {meant} rows were deleted{by}");
    Err(interference::surprise(&slice.relation.name, why, "deleted").into())
}
