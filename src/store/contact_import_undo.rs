//! Taking an import back, where nothing has been built on it.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text};
use uuid::Uuid;

use super::foreign_keys;
use super::interference::{self, Event};
use super::statements::quote_literal;
use crate::domain::consent::Consent;

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
/// didn't bring. With `lock` they stay so until the transaction ends.
///
/// # Errors
/// Refused: this role can't see all that may refer to them.
pub fn left(conn: &mut PgConnection, import: Uuid, lock: bool) -> anyhow::Result<Vec<Left>> {
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
    let relations: Vec<&str> =
        keys.iter().chain(&to_identities).map(|key| key.relation.as_str()).collect();
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
            key.points("child", "c"),
            quote_literal(&format!("rows of {} refer to it", key.label))
        )
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
             SELECT i.contact_id, c.name, i.before IS NULL AS is_added, CASE \
                 WHEN c.id IS NULL AND EXISTS (SELECT FROM merged_contacts m WHERE m.contact_id = i.contact_id) \
                     THEN 'it was merged into another contact' \
                 WHEN c.id IS NULL THEN 'it was deleted' \
                 WHEN c.updated_at <> i.imported_at THEN 'it was changed since' {} END AS reason \
             FROM imported_contacts i LEFT JOIN contacts c ON c.id = i.contact_id \
             WHERE i.import_id = $1) AS l \
         WHERE l.reason IS NOT NULL ORDER BY l.contact_id",
        refers.chain(leans).collect::<Vec<_>>().join(" ")
    ))
    .bind::<SqlUuid, _>(import)
    .load(conn)?;
    Ok(found)
}

/// Takes back what isn't left, and forgets it.
///
/// # Errors
/// The server refuses, or a trigger swallows something.
pub fn undo(
    conn: &mut PgConnection,
    import: Uuid,
    left: &[Left],
    _: &Consent,
) -> anyhow::Result<()> {
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
    run("DELETE FROM contact_identities x USING imported_contacts i \
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
    Ok(())
}
