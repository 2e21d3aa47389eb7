//! Rows of `contacts`: finding and showing them.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Jsonb, Nullable, Text, Timestamptz};
use uuid::Uuid;

use super::interference::{self, Event};
use super::json::DbJson;
use super::schema::distinct_contacts;
use crate::domain::pg_time::PgTime;
use crate::domain::raw_json::RawJson;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// A contact with what hangs on it.
#[derive(Debug, Clone, QueryableByName)]
pub struct Contact {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub phone: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub email: Option<String>,
    #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
    pub social_handles: RawJson,
    #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
    pub metadata: RawJson,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: PgTime,
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: PgTime,
    #[diesel(sql_type = BigInt)]
    pub messages: i64,
    #[diesel(sql_type = BigInt)]
    pub notes: i64,
    /// E-mail of the user that the contact is assigned to.
    #[diesel(sql_type = Nullable<Text>)]
    pub assigned_to: Option<String>,
    /// E-mails of the users who have the contact open.
    #[diesel(sql_type = Array<Text>)]
    pub open_at: Vec<String>,
    /// `[{"kind", "network", "value"}]`.
    #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
    pub identities: RawJson,
}

/// A contact by id, or the survivor of the merges that it went through.
pub fn find(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<Contact>> {
    let survivor = survivor_of(conn, id)?;
    diesel::sql_query(
        "SELECT c.id, c.name, c.phone, c.email, c.social_handles, c.metadata, \
             c.created_at, c.updated_at, \
             (SELECT count(*) FROM messages m WHERE m.contact_id = c.id) AS messages, \
             (SELECT count(*) FROM notes n WHERE n.contact_id = c.id) AS notes, \
             (SELECT u.email FROM assignments a JOIN users u ON u.id = a.user_id \
              WHERE a.contact_id = c.id) AS assigned_to, \
             ARRAY(SELECT u.email FROM presence p JOIN users u ON u.id = p.user_id \
                   WHERE p.contact_id = c.id ORDER BY 1) AS open_at, \
             (SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object( \
                  'kind', i.kind, 'network', i.network, 'value', i.value) ORDER BY i.kind, i.value), '[]') \
              FROM contact_identities i WHERE i.contact_id = c.id) AS identities \
         FROM contacts c WHERE c.id = $1",
    )
    .bind::<SqlUuid, _>(survivor)
    .get_result(conn)
    .optional()
}

/// The contact with this id, or the survivor of its merges; none if nobody has or
/// had it.
pub fn find_existing(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<Uuid>> {
    use super::schema::contacts;
    let survivor = survivor_of(conn, id)?;
    contacts::table.find(survivor).select(contacts::id).first(conn).optional()
}

/// A contact, whom it was merged into, and whom that one was, to where it lives.
pub fn way_of(conn: &mut PgConnection, id: Uuid) -> QueryResult<Vec<Uuid>> {
    diesel::sql_query(
        "WITH RECURSIVE way (id, step) AS ( \
             SELECT $1, 0 \
             UNION ALL \
             SELECT m.survivor_id, way.step + 1 FROM way \
             JOIN merged_contacts m ON m.contact_id = way.id WHERE way.step < 1000) \
         SELECT id FROM way GROUP BY id ORDER BY min(step)",
    )
    .bind::<SqlUuid, _>(id)
    .scalars::<SqlUuid, _>(conn)
}

/// Where a contact lives: itself, also if it came again, or whom it was merged into, and that one, ...
pub fn survivor_of(conn: &mut PgConnection, id: Uuid) -> QueryResult<Uuid> {
    diesel::sql_query(
        "WITH RECURSIVE way (id, step) AS ( \
             SELECT $1, 0 \
             UNION ALL \
             SELECT m.survivor_id, way.step + 1 FROM way \
             JOIN merged_contacts m ON m.contact_id = way.id \
             WHERE way.step < 1000 AND NOT EXISTS (SELECT FROM contacts c WHERE c.id = way.id)) \
         SELECT id FROM way ORDER BY step DESC LIMIT 1",
    )
    .bind::<SqlUuid, _>(id)
    .scalar::<SqlUuid, _>(conn)
}

/// Remembers that the two are not the same, in either order. False if that was
/// known.
pub fn insert_distinct(
    conn: &mut PgConnection,
    left: Uuid,
    right: Uuid,
    actor: &str,
) -> QueryResult<bool> {
    let (low, high) = if left < right { (left, right) } else { (right, left) };
    let added = diesel::insert_into(distinct_contacts::table)
        .values((
            distinct_contacts::low_id.eq(low),
            distinct_contacts::high_id.eq(high),
            distinct_contacts::actor.eq(actor),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?;
    if added == 0 && !list_distinct(conn)?.contains(&(low, high)) {
        interference::none_swallowed(conn, "distinct_contacts", Event::Insert, (1, 0))?;
    }
    Ok(added > 0)
}

/// All pairs that somebody called different.
pub fn list_distinct(conn: &mut PgConnection) -> QueryResult<Vec<(Uuid, Uuid)>> {
    let pair = (distinct_contacts::low_id, distinct_contacts::high_id);
    distinct_contacts::table.select(pair).order(pair).load(conn)
}

/// A pair that somebody called different.
#[derive(Debug, Clone, QueryableByName)]
pub struct Distinct {
    #[diesel(sql_type = SqlUuid)]
    pub low_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub high_id: Uuid,
    /// Of those that are there still.
    #[diesel(sql_type = Nullable<Text>)]
    pub low_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub high_name: Option<String>,
    #[diesel(sql_type = Text)]
    pub actor: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: PgTime,
}

/// The newest of those pairs.
pub fn newest_distinct(conn: &mut PgConnection, limit: i64) -> QueryResult<Vec<Distinct>> {
    diesel::sql_query(
        "SELECT d.low_id, d.high_id, l.name AS low_name, h.name AS high_name, d.actor, d.created_at \
         FROM distinct_contacts d \
         LEFT JOIN contacts l ON l.id = d.low_id LEFT JOIN contacts h ON h.id = d.high_id \
         ORDER BY d.created_at DESC, d.low_id, d.high_id LIMIT $1",
    )
    .bind::<BigInt, _>(limit)
    .load(conn)
}

/// Forgets that the two are not the same, in either order. False if nobody said so.
pub fn delete_distinct(conn: &mut PgConnection, left: Uuid, right: Uuid) -> QueryResult<bool> {
    let pair = (left.min(right), left.max(right));
    let gone = diesel::delete(distinct_contacts::table.find(pair)).execute(conn)?;
    if gone == 0 && list_distinct(conn)?.contains(&pair) {
        interference::none_swallowed(conn, "distinct_contacts", Event::Delete, (1, 0))?;
    }
    Ok(gone > 0)
}
