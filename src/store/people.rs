//! A person: a contact with all that were merged into it, and by what texts it is known.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};
use uuid::Uuid;

use super::schema::{contacts as rows, messages, notes};
use super::statements::truth;
use super::{catalog, contacts};
use crate::domain::person_terms::Terms;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// Whom a command is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The contact that stays of all merges.
    pub id: Uuid,
    /// Those that were merged into it, in the order of their ids.
    pub merged: Vec<Uuid>,
    pub name: Option<String>,
    pub terms: Terms,
    /// Phones and e-mails that another contact has too: nothing is looked for by them.
    pub shared: Vec<String>,
}

/// The person of a contact, or of one that was merged away; none if nobody has or had that id.
pub fn find(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<Person>> {
    let Some(id) = contacts::find_existing(conn, id)? else { return Ok(None) };
    let merged = merged_into(conn, id)?;
    let ids: Vec<Uuid> = [vec![id], merged.clone()].concat();
    let name = rows::table.find(id).select(rows::name).get_result(conn)?;
    let (terms, shared) = terms(conn, ids)?;
    Ok(Some(Person { id, merged, name, terms, shared }))
}

/// Contacts that were merged into this one, and into those, as far as they aren't there again.
fn merged_into(conn: &mut PgConnection, id: Uuid) -> QueryResult<Vec<Uuid>> {
    diesel::sql_query(
        "WITH RECURSIVE found (id) AS ( \
             SELECT $1 \
             UNION \
             SELECT m.contact_id FROM found JOIN merged_contacts m ON m.survivor_id = found.id \
             WHERE NOT EXISTS (SELECT FROM contacts c WHERE c.id = m.contact_id)) \
         SELECT id FROM found WHERE id <> $1 ORDER BY id",
    )
    .bind::<SqlUuid, _>(id)
    .scalars::<SqlUuid, _>(conn)
}

/// The messages and notes of these contacts.
pub fn things(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<BTreeSet<Uuid>> {
    let messages = messages::table.filter(messages::contact_id.eq_any(ids)).select(messages::id);
    let notes = notes::table.filter(notes::contact_id.eq_any(ids)).select(notes::id);
    let found: Vec<Uuid> = messages.union_all(notes).load(conn)?;
    Ok(found.into_iter().collect())
}

/// Whether anything is there of these contacts: a row, what forwards to them or from them, or what a
/// merge kept of them.
pub fn is_back(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<bool> {
    let mut conditions = vec!["EXISTS (SELECT FROM contacts WHERE id = ANY ($1))"];
    if catalog::table_exists(conn, "merged_contacts")? {
        conditions.push("EXISTS (SELECT FROM merged_contacts WHERE contact_id = ANY ($1) OR survivor_id = ANY ($1))");
    }
    if catalog::table_exists(conn, "contact_merges")? {
        conditions.push(
            "EXISTS (SELECT FROM contact_merges WHERE before <> '{}'::jsonb \
                 AND (survivor_id = ANY ($1) OR merged_ids OPERATOR(pg_catalog.&&) $1))",
        );
    }
    diesel::sql_query(format!("SELECT {} AS is_back", conditions.join(" OR ")))
        .bind::<Array<SqlUuid>, _>(ids)
        .scalar::<Bool, _>(conn)
}

/// Whether the database is migrated so far that merges and imports are recorded, and this role may read
/// of them.
fn may_read_records(conn: &mut PgConnection) -> QueryResult<bool> {
    truth(
        conn,
        "SELECT coalesce(pg_catalog.bool_and(has_table_privilege(c, 'SELECT'::text)), false) AS truth \
         FROM (VALUES (to_regclass('contact_merges'::text)::oid), (to_regclass('imported_contacts'::text)::oid)) AS v (c)",
    )
}

/// By what texts these contacts are known, and what others have too.
pub fn terms(conn: &mut PgConnection, ids: Vec<Uuid>) -> QueryResult<(Terms, Vec<String>)> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        is_phone: bool,
        #[diesel(sql_type = Text)]
        value: String,
        #[diesel(sql_type = Bool)]
        is_shared: bool,
    }
    let former = match may_read_records(conn)? {
        true => include_str!("sql/person_former_terms.sql"),
        false => "",
    };
    let query = include_str!("sql/person_terms.sql").replace("    -- former\n", former);
    let rows: Vec<Row> = diesel::sql_query(query).bind::<Array<SqlUuid>, _>(&ids).load(conn)?;
    let of = |is_phone: bool| {
        let those = rows.iter().filter(|row| row.is_phone == is_phone && !row.is_shared);
        those.map(|row| row.value.clone()).collect::<Vec<_>>()
    };
    let shared = rows.iter().filter(|row| row.is_shared).map(|row| row.value.clone()).collect();
    Ok((Terms::new(ids, &of(true), &of(false)), shared))
}
