//! Taking an import back, where nothing has been built on it.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text};
use uuid::Uuid;

use super::contact_import_losses::{self, Meant};
use super::foreign_keys;
use super::interference::{self, Event};
use super::retention_references::Blocker;
use super::retention_subject;
use super::rows_written::Changed;
use super::schema::imported_contacts;
use super::statements::quote_literal;
use super::watched_tables::Known;
use crate::domain::consent::Consent;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// What it does to tables, beside its entry in the audit log.
pub const NEEDED: [(&str, &[&str]); 4] = [
    ("contacts", &["SELECT", "UPDATE", "DELETE"]),
    ("contact_identities", &["SELECT", "DELETE"]),
    ("imported_contacts", &["SELECT", "DELETE"]),
    ("audit_logs", &["INSERT"]),
];

/// What an import added and changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Imported {
    #[diesel(sql_type = BigInt)]
    pub added: i64,
    #[diesel(sql_type = BigInt)]
    pub changed: i64,
}

pub fn count(conn: &mut PgConnection, import: Uuid) -> QueryResult<Imported> {
    diesel::sql_query(
        "SELECT count(*) FILTER (WHERE before IS NULL) AS added, pg_catalog.count(before) AS changed \
         FROM imported_contacts WHERE import_id = $1",
    )
    .bind::<SqlUuid, _>(import)
    .get_result(conn)
}

/// A contact that has to stay as it is.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Left {
    #[diesel(sql_type = SqlUuid)]
    pub contact_id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    #[diesel(sql_type = Text)]
    pub reason: String,
    /// It had been added.
    #[diesel(sql_type = diesel::sql_types::Bool)]
    pub is_added: bool,
}

/// Those that somebody or something changed since, or that something refers to which the import
/// didn't bring, by a key or without: `named` are references that the settings name. With `lock`
/// they stay so until the transaction ends.
///
/// # Errors
/// Refused: this role can't see all that may refer to them. Usage: the settings name a reference that is
/// none.
pub fn left(
    conn: &mut PgConnection,
    import: Uuid,
    named: &[String],
    lock: bool,
) -> anyhow::Result<Vec<Left>> {
    conn.batch_execute("SET LOCAL statement_timeout = 0")?;
    if lock {
        diesel::sql_query(
            "SELECT c.id FROM contacts c JOIN imported_contacts i ON i.contact_id = c.id \
             WHERE i.import_id = $1 ORDER BY c.id FOR UPDATE OF c",
        )
        .bind::<SqlUuid, _>(import)
        .execute(conn)?;
    }
    let keys = foreign_keys::pointing_at(conn, "contacts")?;
    let to_identities = foreign_keys::pointing_at(conn, "contact_identities")?;
    let without_key = retention_subject::keepers_of_contacts(conn, named)?;
    let mut relations: Vec<&str> =
        keys.iter().chain(&to_identities).map(|key| key.relation.as_str()).collect();
    relations.extend(without_key.iter().map(|one| one.relation.as_str()));
    interference::see_all_rows(
        conn,
        &[&["contacts", "imported_contacts"][..], &relations].concat(),
    )?;
    let refers = keys.iter().map(|key| {
        // Those that came with it go with it.
        let others = match key.label.as_str() {
            "contact_identities" => {
                " AND (child.created_at <> i.imported_at OR child.updated_at <> i.imported_at)"
            }
            _ => "",
        };
        format!(
            "WHEN i.before IS NULL AND EXISTS (SELECT FROM {} child WHERE {}{others}) THEN {}",
            key.relation,
            key.points("child", "t"),
            quote_literal(&format!("rows of {} refer to it", key.label))
        )
    });
    let names = without_key.iter().map(|Blocker { table, condition, .. }| {
        let said = quote_literal(&format!("rows of {table} look as if they referred to it"));
        format!("WHEN i.before IS NULL AND {condition} THEN {said}")
    });
    let leans = to_identities.iter().map(|key| {
        format!(
            "WHEN EXISTS (SELECT FROM contact_identities x JOIN {} child ON {} \
                 WHERE x.contact_id = i.contact_id AND x.created_at = i.imported_at) THEN {}",
            key.relation,
            key.points("child", "x"),
            quote_literal(&format!("rows of {} refer to an identity of it", key.label))
        )
    });
    let found = diesel::sql_query(format!(
        "SELECT * FROM ( \
             SELECT i.contact_id, t.name, i.before IS NULL AS is_added, CASE \
                 WHEN t.id IS NULL AND EXISTS (SELECT FROM merged_contacts m WHERE m.contact_id = i.contact_id) \
                     THEN 'it was merged into another contact' \
                 WHEN t.id IS NULL THEN 'it was deleted' \
                 WHEN t.updated_at <> i.imported_at THEN 'it was changed since' {} END AS reason \
             FROM imported_contacts i LEFT JOIN contacts t ON t.id = i.contact_id \
             WHERE i.import_id = $1) AS l \
         WHERE l.reason IS NOT NULL ORDER BY l.contact_id",
        refers.chain(names).chain(leans).collect::<Vec<_>>().join(" ")
    ))
    .bind::<SqlUuid, _>(import)
    .load(conn)?;
    Ok(found)
}

/// Takes back what isn't left, and forgets it.
///
/// # Errors
/// The server refuses, a trigger swallows something, or other tables would lose something.
pub fn undo(
    conn: &mut PgConnection,
    import: Uuid,
    left: &[Left],
    _: &Consent,
) -> anyhow::Result<Changed> {
    let known = |conn: &mut PgConnection| -> QueryResult<Known> {
        let ids: Vec<Uuid> = imported_contacts::table
            .filter(imported_contacts::import_id.eq(import))
            .select(imported_contacts::contact_id)
            .load(conn)?;
        let values = diesel::sql_query(
            "SELECT told.value FROM imported_contacts i JOIN contacts c ON c.id = i.contact_id \
             CROSS JOIN LATERAL (VALUES (c.phone::text), (c.email::text), \
                 (i.before ->> 'phone'::text), (i.before ->> 'email'::text)) AS told (value) \
             WHERE i.import_id = $1 AND i.before IS NOT NULL AND told.value IS NOT NULL",
        )
        .bind::<SqlUuid, _>(import)
        .scalars::<Text, String>(conn)?;
        Ok(Known::of_rows(&ids).or_by(values))
    };
    let with = "contacts of an import that is taken back";
    let (_, changed) = contact_import_losses::none_lost_with(conn, with, known, |conn| {
        Ok(((), take_back(conn, import, left)?))
    })?;
    Ok(changed)
}

fn take_back(conn: &mut PgConnection, import: Uuid, left: &[Left]) -> anyhow::Result<Vec<Meant>> {
    let kept: Vec<Uuid> = left.iter().map(|one| one.contact_id).collect();
    let all = count(conn, import)?;
    let stay = |is_added| left.iter().filter(|one| one.is_added == is_added).count();
    let meant = |rows: i64, stay: usize| usize::try_from(rows).unwrap_or_default() - stay;
    let mut run = |statement: &str| {
        diesel::sql_query(statement)
            .bind::<SqlUuid, _>(import)
            .bind::<Array<SqlUuid>, _>(&kept)
            .execute(conn)
    };
    let identities = run("DELETE FROM contact_identities x USING imported_contacts i \
         WHERE i.import_id = $1 AND x.contact_id = i.contact_id AND x.created_at = i.imported_at \
         AND NOT EXISTS (SELECT FROM pg_catalog.unnest($2) AS kept (id) WHERE kept.id = i.contact_id)")?;
    let changed = run(
        "UPDATE contacts c SET name = i.before ->> 'name'::text, phone = i.before ->> 'phone'::text, \
             email = i.before ->> 'email'::text, social_handles = i.before -> 'social_handles'::text, \
             metadata = i.before -> 'metadata'::text, updated_at = (i.before ->> 'updated_at'::text)::timestamptz \
         FROM imported_contacts i \
         WHERE i.import_id = $1 AND c.id = i.contact_id AND i.before IS NOT NULL \
         AND NOT EXISTS (SELECT FROM pg_catalog.unnest($2) AS kept (id) WHERE kept.id = i.contact_id)",
    )?;
    let deleted = run("DELETE FROM contacts c USING imported_contacts i \
         WHERE i.import_id = $1 AND c.id = i.contact_id AND i.before IS NULL \
         AND NOT EXISTS (SELECT FROM pg_catalog.unnest($2) AS kept (id) WHERE kept.id = i.contact_id)")?;
    let forgotten = run("DELETE FROM imported_contacts i WHERE i.import_id = $1 \
         AND NOT EXISTS (SELECT FROM pg_catalog.unnest($2) AS kept (id) WHERE kept.id = i.contact_id)")?;
    let (to_delete, to_change) = (meant(all.added, stay(true)), meant(all.changed, stay(false)));
    interference::none_swallowed(conn, "contacts", Event::Update, (to_change, changed))?;
    interference::none_swallowed(conn, "contacts", Event::Delete, (to_delete, deleted))?;
    let counts = (to_delete + to_change, forgotten);
    interference::none_swallowed(conn, "imported_contacts", Event::Delete, counts)?;
    Ok(vec![
        ("contact_identities", identities as u64, 0),
        ("contacts", deleted as u64, changed as u64),
        ("imported_contacts", forgotten as u64, 0),
    ])
}
