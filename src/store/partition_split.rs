//! Splits months off the DEFAULT partition of `audit_logs`, however many rows they have.
//!
//! The server attaches a partition only when the DEFAULT one has no row of it, and to move
//! millions of rows takes longer than anybody may wait. So the rows are copied while all goes on,
//! into partitions of a table aside; a trigger notes the key of each row that is written
//! meanwhile, and what it noted is copied again. When that is little, one short transaction
//! copies the rest, empties the DEFAULT partition by TRUNCATE and attaches the copies.
//!
//! What a killed run leaves is a table aside, the notes and a trigger that goes on noting;
//! [`abandon`] takes them away. The retention lock keeps two from splitting at once.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::catalog;
use super::partitions::{self, Month};
use super::retention::{self, Key};
use super::statements::{run, truth};

const ASIDE: &str = "audit_logs_split";

/// Makes the table aside with a partition for each month and one for the rest, and begins to
/// note changes. All who write to the DEFAULT partition end before: what they wrote is copied,
/// and what comes later is noted. Run it in a transaction.
pub fn begin(conn: &mut PgConnection, months: &[Month]) -> QueryResult<()> {
    let default = default_partition(conn)?;
    conn.batch_execute(
        "CREATE TABLE audit_logs_split (LIKE audit_logs INCLUDING ALL EXCLUDING IDENTITY) \
             PARTITION BY RANGE (created_at); \
         CREATE TABLE audit_logs_split_rest PARTITION OF audit_logs_split DEFAULT; \
         CREATE UNLOGGED TABLE audit_logs_split_changes (id uuid, created_at timestamptz)",
    )?;
    for month in months {
        let (name, (from, to)) = (month.partition(), month.bounds());
        // The constraint spares attaching the reading of all rows.
        run(
            conn,
            &format!(
                "CREATE TABLE {name} PARTITION OF audit_logs_split \
                 (CONSTRAINT {name}_bounds CHECK (created_at >= {from} AND created_at < {to})) \
                 FOR VALUES FROM ({from}) TO ({to})"
            ),
        )?;
    }
    // As its owner: who writes to the log has no right to the notes. It finds them in the inbox's
    // schema and nowhere else, whoever writes.
    conn.batch_execute(
        "SELECT set_config('search_path', quote_ident(current_schema()::text) || ', pg_temp', true);
         CREATE FUNCTION audit_logs_split_note() RETURNS trigger LANGUAGE plpgsql
         SECURITY DEFINER SET search_path FROM CURRENT AS $$
         BEGIN
             IF TG_OP = 'TRUNCATE' THEN
                 INSERT INTO audit_logs_split_changes VALUES (NULL, NULL);
                 RETURN NULL;
             END IF;
             IF TG_OP <> 'INSERT' THEN
                 INSERT INTO audit_logs_split_changes VALUES (OLD.id, OLD.created_at);
             END IF;
             IF TG_OP <> 'DELETE' THEN
                 INSERT INTO audit_logs_split_changes VALUES (NEW.id, NEW.created_at);
             END IF;
             RETURN NULL;
         END $$;
         REVOKE ALL ON FUNCTION audit_logs_split_note() FROM PUBLIC",
    )?;
    run(
        conn,
        &format!(
            "CREATE TRIGGER audit_logs_split_note AFTER INSERT OR UPDATE OR DELETE \
             ON {default} FOR EACH ROW EXECUTE FUNCTION audit_logs_split_note()"
        ),
    )?;
    run(
        conn,
        &format!(
            "CREATE TRIGGER audit_logs_split_note_all AFTER TRUNCATE \
             ON {default} FOR EACH STATEMENT EXECUTE FUNCTION audit_logs_split_note()"
        ),
    )
}

/// As SQL writes it. Without one there is nothing to split.
fn default_partition(conn: &mut PgConnection) -> QueryResult<String> {
    let found = partitions::default_partition(conn)?;
    found.map(|relation| relation.sql).ok_or(diesel::NotFound)
}

/// Copies the next rows after `after` in the order of age, at most `rows`; returns how many, and
/// the key of the last one. Run it in a transaction.
pub fn copy_batch(
    conn: &mut PgConnection,
    after: &Key,
    rows: u32,
) -> QueryResult<(u64, Option<Key>)> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        copied: i64,
        #[diesel(sql_type = Nullable<Text>)]
        time: Option<String>,
        #[diesel(sql_type = Nullable<SqlUuid>)]
        id: Option<Uuid>,
    }
    retention::walk_by_index(conn)?;
    let (columns, default) = (partitions::columns(conn)?, default_partition(conn)?);
    let row: Row = diesel::sql_query(format!(
        "WITH picked AS MATERIALIZED ( \
             SELECT {columns} FROM {default} \
             WHERE (created_at, id) > ($1::timestamptz, $2) ORDER BY created_at, id LIMIT $3), \
         copied AS ( \
             INSERT INTO audit_logs_split ({columns}) SELECT {columns} FROM picked RETURNING 1) \
         SELECT (SELECT count(*) FROM copied) AS copied, last.created_at::text AS time, last.id \
         FROM (SELECT 1) AS one LEFT JOIN \
             (SELECT created_at, id FROM picked ORDER BY created_at DESC, id DESC LIMIT 1) AS last \
             ON true"
    ))
    .bind::<Text, _>(&after.time)
    .bind::<SqlUuid, _>(after.id)
    .bind::<BigInt, _>(i64::from(rows))
    .get_result(conn)?;
    let last = row.time.zip(row.id).map(|(time, id)| Key { time, id });
    Ok((u64::try_from(row.copied).unwrap_or_default(), last))
}

/// Copies again what was noted since, and returns how many notes there were. Run it in a
/// transaction that does nothing before: its statements must see the same notes.
pub fn catch_up(conn: &mut PgConnection) -> QueryResult<usize> {
    conn.batch_execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")?;
    copy_noted(conn)
}

fn copy_noted(conn: &mut PgConnection) -> QueryResult<usize> {
    const NOTED: &str = "(id, created_at) IN (SELECT id, created_at FROM audit_logs_split_changes)";
    let (columns, default) = (partitions::columns(conn)?, default_partition(conn)?);
    // Row by row by the index: the planner doesn't know how few the notes are.
    conn.batch_execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")?;
    run(conn, &format!("DELETE FROM audit_logs_split WHERE {NOTED}"))?;
    run(
        conn,
        &format!(
            "INSERT INTO audit_logs_split ({columns}) SELECT {columns} FROM {default} WHERE {NOTED}"
        ),
    )?;
    diesel::sql_query("DELETE FROM audit_logs_split_changes WHERE id IS NOT NULL").execute(conn)
}

/// Gives the copies the foreign keys of the log, so that attaching needn't look up every row. No
/// row is looked at yet, for others wait who write to the tables that are referred to. Run it in
/// a transaction.
pub fn refer(conn: &mut PgConnection, months: &[Month]) -> QueryResult<()> {
    let keys = foreign_keys(conn)?;
    for month in months {
        for ForeignKey { name, definition } in &keys {
            let partition = month.partition();
            run(
                conn,
                &format!("ALTER TABLE {partition} ADD CONSTRAINT {name} {definition} NOT VALID"),
            )?;
        }
        partitions::adopt(conn, *month)?;
    }
    Ok(())
}

/// Looks at the rows for [`refer`], in nobody's way, and counts them for the planner. Run it in
/// a transaction a month.
pub fn validate(conn: &mut PgConnection, month: Month) -> QueryResult<()> {
    let partition = month.partition();
    for ForeignKey { name, .. } in foreign_keys(conn)? {
        run(conn, &format!("ALTER TABLE {partition} VALIDATE CONSTRAINT {name}"))?;
    }
    run(conn, &format!("ANALYZE {partition}"))
}

/// Has the copies take the place of the rows, or does nothing and returns `false` if the DEFAULT
/// partition was emptied meanwhile. Readers wait too: one that knew the partitions of before would
/// find the rows in none. As with every TRUNCATE, a transaction that took its one snapshot before
/// and reads the log only after finds them in none either; a dump holds its locks from the first.
/// Run it in a transaction.
pub fn exchange(conn: &mut PgConnection, months: &[Month]) -> QueryResult<bool> {
    let default = default_partition(conn)?;
    conn.batch_execute("LOCK TABLE ONLY audit_logs IN ACCESS EXCLUSIVE MODE")?;
    run(conn, &format!("LOCK TABLE {default} IN ACCESS EXCLUSIVE MODE"))?;
    if truth(
        conn,
        "SELECT EXISTS (SELECT FROM audit_logs_split_changes WHERE id IS NULL) AS truth",
    )? {
        return Ok(false);
    }
    copy_noted(conn)?;
    let columns = partitions::columns(conn)?;
    conn.batch_execute("DROP FUNCTION audit_logs_split_note() CASCADE")?;
    run(conn, &format!("TRUNCATE {default}"))?;
    run(
        conn,
        &format!(
            "INSERT INTO {default} ({columns}) OVERRIDING SYSTEM VALUE \
             SELECT {columns} FROM audit_logs_split_rest"
        ),
    )?;
    for month in months {
        let (name, (from, to)) = (month.partition(), month.bounds());
        for statement in [
            format!("ALTER TABLE audit_logs_split DETACH PARTITION {name}"),
            format!(
                "ALTER TABLE audit_logs ATTACH PARTITION {name} FOR VALUES FROM ({from}) TO ({to})"
            ),
            format!("ALTER TABLE {name} DROP CONSTRAINT {name}_bounds"),
        ] {
            run(conn, &statement)?;
        }
    }
    conn.batch_execute("DROP TABLE audit_logs_split, audit_logs_split_changes")?;
    Ok(true)
}

/// Whether a split was begun and not ended.
pub fn is_begun(conn: &mut PgConnection) -> QueryResult<bool> {
    catalog::table_exists(conn, ASIDE)
}

/// Takes away all that [`begin`] made, with what was copied. Run it in a transaction.
pub fn abandon(conn: &mut PgConnection) -> QueryResult<()> {
    let default = default_partition(conn)?;
    run(conn, &format!("LOCK TABLE {default} IN ACCESS EXCLUSIVE MODE"))?;
    conn.batch_execute(
        "DROP FUNCTION IF EXISTS audit_logs_split_note() CASCADE; \
         DROP TABLE IF EXISTS audit_logs_split, audit_logs_split_changes",
    )
}

/// A foreign key of the log, as ALTER TABLE takes it.
#[derive(QueryableByName)]
struct ForeignKey {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    definition: String,
}

fn foreign_keys(conn: &mut PgConnection) -> QueryResult<Vec<ForeignKey>> {
    diesel::sql_query(
        "SELECT quote_ident(conname::text) AS name, pg_get_constraintdef(oid) AS definition \
         FROM pg_constraint WHERE conrelid = 'audit_logs'::regclass::oid AND contype = 'f' \
         ORDER BY conname",
    )
    .load(conn)
}
