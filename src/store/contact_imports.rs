//! Contacts of an import: adding and changing them, with the record of it, and taking that back.

use std::cell::RefCell;
use std::io::Write;

use diesel::connection::SimpleConnection;
use diesel::pg::CopyFormat;
use diesel::prelude::*;
use diesel::sql_types::{Array, Jsonb, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use uuid::Uuid;

use super::copy::Rows;
use super::interference::{self, Event};
use super::json::DbJson;
use super::schema::contacts;
use super::seed::CopyError;
use crate::domain::import::change::Change;
use crate::domain::import::person::Further;
use crate::domain::matching::Row;
use crate::domain::pg_time::PgTime;
use crate::domain::raw_json::RawJson;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// What an import does to tables, beside its entry in the audit log.
pub const NEEDED: [(&str, &[&str]); 5] = [
    ("contacts", &["SELECT", "INSERT", "UPDATE"]),
    ("contact_identities", &["SELECT", "INSERT"]),
    ("imported_contacts", &["SELECT", "INSERT"]),
    ("erased_contacts", &["SELECT"]),
    ("audit_logs", &["INSERT"]),
];

/// Tables that an import, or taking it back, writes to.
pub(super) const WRITTEN: [&str; 3] = ["contacts", "contact_identities", "imported_contacts"];

/// Rows of one statement.
const BATCH: usize = 5_000;

/// The moment of this transaction, which what it adds and changes carries.
pub fn moment(conn: &mut PgConnection) -> QueryResult<Timestamp> {
    let at: PgTime = diesel::sql_query("SELECT now() AS at").scalar::<Timestamptz, _>(conn)?;
    at.known().ok_or(diesel::NotFound)
}

/// Adds contacts, each with the id of its row, and that the import did.
///
/// # Errors
/// The server refuses, or a trigger swallows some.
pub fn insert<'a>(
    conn: &mut PgConnection,
    import: Uuid,
    rows: impl Iterator<Item = Row<'a>> + Clone,
    at: Timestamp,
) -> anyhow::Result<()> {
    use contacts::{created_at, email, id, metadata, name, phone, social_handles, updated_at};
    // As long as it takes: a million contacts take minutes.
    conn.batch_execute("SET LOCAL statement_timeout = 0")?;
    let columns = (id, name, phone, email, social_handles, metadata, created_at, updated_at);
    let ids: Vec<Uuid> = rows.clone().map(|row| row.id).collect();
    // Diesel calls it once but takes a Fn.
    let rows = RefCell::new(Some(rows));
    let copied = diesel::copy_from(contacts::table)
        .from_raw_data(columns, |out: &mut dyn Write| -> Result<(), CopyError> {
            let mut copy = Rows::new(out);
            for row in rows.take().into_iter().flatten() {
                copy.row(8)?
                    .uuid(row.id)
                    .optional_text(row.name)
                    .optional_text(row.phone)
                    .optional_text(row.email)
                    .json(row.handles)
                    .json(row.metadata)
                    .time(at)
                    .time(at);
            }
            Ok(copy.end()?)
        })
        .with_format(CopyFormat::Binary)
        .execute(conn)?;
    interference::none_swallowed(conn, "contacts", Event::Insert, (ids.len(), copied))?;
    for ids in ids.chunks(BATCH) {
        let recorded = diesel::sql_query(
            "INSERT INTO imported_contacts (import_id, contact_id, imported_at) \
             SELECT $1, added.id, now() FROM pg_catalog.unnest($2) AS added (id)",
        )
        .bind::<SqlUuid, _>(import)
        .bind::<Array<SqlUuid>, _>(ids)
        .execute(conn)?;
        interference::none_swallowed(
            conn,
            "imported_contacts",
            Event::Insert,
            (ids.len(), recorded),
        )?;
    }
    Ok(())
}

/// Adds further identities of contacts.
pub fn insert_identities(conn: &mut PgConnection, all: &[(Uuid, &Further)]) -> QueryResult<()> {
    for all in all.chunks(BATCH) {
        let inserted = diesel::sql_query(
            "INSERT INTO contact_identities (contact_id, kind, network, value, created_at, updated_at) \
             SELECT n.contact, n.kind::identity_kind, n.network, n.value, now(), now() \
             FROM unnest($1, $2, $3, $4) AS n (contact, kind, network, value)",
        )
        .bind::<Array<SqlUuid>, _>(all.iter().map(|(contact, _)| *contact).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(all.iter().map(|(_, one)| one.kind_name()).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(all.iter().map(|(_, one)| one.network.as_deref()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(all.iter().map(|(_, one)| one.value.as_str()).collect::<Vec<_>>())
        .execute(conn)?;
        let counts = (all.len(), inserted);
        interference::none_swallowed(conn, "contact_identities", Event::Insert, counts)?;
    }
    Ok(())
}

/// A change of a contact, and when that was changed last, as it was read.
pub type Changed = (Uuid, PgTime, Change);

/// Changes contacts that are as they were read, with their further identities and the record of how
/// they were. The ids of those: the others changed meanwhile, or are gone, and are left.
///
/// # Errors
/// The server refuses, or a trigger swallows some.
pub fn update(conn: &mut PgConnection, import: Uuid, all: &[Changed]) -> anyhow::Result<Vec<Uuid>> {
    let mut updated = Vec::new();
    for batch in all.chunks(BATCH) {
        let kept = diesel::sql_query(
            "INSERT INTO imported_contacts (import_id, contact_id, imported_at, before) \
             SELECT $1, c.id, now(), pg_catalog.jsonb_build_object('name', c.name, 'phone', c.phone, \
                 'email', c.email, 'social_handles', c.social_handles, 'metadata', c.metadata, \
                 'updated_at', c.updated_at) \
             FROM (SELECT c.* FROM contacts c JOIN unnest($2, $3) AS n (id, updated_at) \
                       ON n.id = c.id AND n.updated_at = c.updated_at \
                   ORDER BY c.id FOR UPDATE OF c) AS c \
             RETURNING contact_id",
        )
        .bind::<SqlUuid, _>(import)
        .bind::<Array<SqlUuid>, _>(batch.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
        .bind::<Array<Timestamptz>, _>(batch.iter().map(|(_, at, _)| *at).collect::<Vec<_>>())
        .scalars::<SqlUuid, Uuid>(conn)?;
        let changes: Vec<(Uuid, &Change)> = batch
            .iter()
            .filter(|(id, ..)| kept.contains(id))
            .map(|(id, _, change)| (*id, change))
            .collect();
        let done = change(conn, &changes)?;
        interference::none_swallowed(conn, "contacts", Event::Update, (changes.len(), done))?;
        let further =
            changes.iter().flat_map(|(id, change)| change.more.iter().map(|one| (*id, one)));
        insert_identities(conn, &further.collect::<Vec<_>>())?;
        updated.extend(kept);
    }
    Ok(updated)
}

fn change(conn: &mut PgConnection, all: &[(Uuid, &Change)]) -> QueryResult<usize> {
    let texts = |of: fn(&Change) -> Option<&str>| {
        all.iter().map(|(_, change)| of(change)).collect::<Vec<_>>()
    };
    let json = |of: fn(&Change) -> &String| {
        let parsed = all.iter().map(|(_, change)| RawJson::parse(of(change).clone()));
        parsed.map(|json| DbJson(json.unwrap_or_default())).collect::<Vec<_>>()
    };
    diesel::sql_query(
        // What is no object is left alone.
        "UPDATE contacts c SET name = coalesce(n.name, c.name), phone = coalesce(n.phone, c.phone), \
             email = coalesce(n.email, c.email), \
             social_handles = CASE WHEN n.handles = '{}'::jsonb THEN c.social_handles \
                 ELSE c.social_handles || n.handles END, \
             metadata = CASE WHEN n.metadata = '{}'::jsonb THEN c.metadata ELSE c.metadata || n.metadata END, \
             updated_at = now() \
         FROM unnest($1, $2, $3, $4, $5, $6) AS n (id, name, phone, email, handles, metadata) \
         WHERE n.id = c.id",
    )
    .bind::<Array<SqlUuid>, _>(all.iter().map(|(id, _)| *id).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(texts(|change| change.name.as_deref()))
    .bind::<Array<Nullable<Text>>, _>(texts(|change| change.phone.as_deref()))
    .bind::<Array<Nullable<Text>>, _>(texts(|change| change.email.as_deref()))
    .bind::<Array<Jsonb>, _>(json(|change| &change.handles))
    .bind::<Array<Jsonb>, _>(json(|change| &change.metadata))
    .execute(conn)
}

/// Where contacts that were merged away live now, of those that were.
pub fn survivors(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, Uuid)>> {
    #[derive(QueryableByName)]
    struct Gone {
        #[diesel(sql_type = SqlUuid)]
        contact_id: Uuid,
        #[diesel(sql_type = SqlUuid)]
        survivor_id: Uuid,
    }
    let gone: Vec<Gone> = diesel::sql_query(
        "WITH RECURSIVE way (contact_id, survivor_id, step) AS ( \
             SELECT m.contact_id, m.survivor_id, 0 FROM merged_contacts m WHERE m.contact_id = ANY ($1) \
             UNION ALL \
             SELECT way.contact_id, m.survivor_id, way.step + 1 FROM way \
             JOIN merged_contacts m ON m.contact_id = way.survivor_id \
             WHERE way.step < 1000 AND NOT EXISTS (SELECT FROM contacts c WHERE c.id = way.survivor_id)) \
         SELECT DISTINCT ON (contact_id) contact_id, survivor_id FROM way ORDER BY contact_id, step DESC",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .load(conn)?;
    Ok(gone.into_iter().map(|one| (one.contact_id, one.survivor_id)).collect())
}
