//! Contacts that changed since a time, and those that may be one with them: found by indexes, however
//! large the table is.

use std::collections::HashSet;

use diesel::connection::SimpleConnection;
use diesel::pg::data_types::PgTimestamp;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::Timestamp as DbTimestamp;
use uuid::Uuid;

use super::contacts_scan::{Further, Scanned};
use super::schema::{contact_identities as identities, contacts};
use super::server_time;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// Contacts of one question: what it finds fits the memory of both sides.
const CHUNK: usize = 1_000;
/// Of what so many have, no more are looked at.
const MOST_ALIKE: i64 = 200;

/// A contact, and what of its name is looked for.
#[derive(Debug)]
pub struct Wanted {
    pub id: Uuid,
    pub rare_words: Vec<String>,
    /// Two words each, with a space between them.
    pub pairs: Vec<String>,
}

/// For the rest of this transaction, indexes are used wherever there is one, whatever the planner
/// believes of how many rows lie where: each lookup is for a few.
pub fn by_index(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("SET LOCAL enable_seqscan = off")
}

/// The contacts that changed at a time or after it, in the order of their ids.
pub fn changed_since(conn: &mut PgConnection, since: Timestamp) -> QueryResult<Vec<Uuid>> {
    contacts::table
        .filter(contacts::updated_at.ge(DbTimestamp::from(since)))
        .select(contacts::id)
        .order(contacts::id)
        .load(conn)
}

/// Contacts that may be one with some of these, which are among them, in the order of their ids.
/// `keys` are those of metadata whose values tell people apart.
pub fn of(conn: &mut PgConnection, wanted: &[Wanted], keys: &[&str]) -> QueryResult<Vec<Uuid>> {
    let mut found: HashSet<Uuid> = HashSet::new();
    for chunk in wanted.chunks(CHUNK) {
        let ids: Vec<Uuid> = chunk.iter().map(|one| one.id).collect();
        let rare: Vec<&String> = chunk.iter().flat_map(|one| &one.rare_words).collect();
        let pairs = chunk.iter().flat_map(|one| one.pairs.iter().map(|pair| (one.id, pair)));
        let (named, pairs): (Vec<Uuid>, Vec<&String>) = pairs.unzip();
        let all = diesel::sql_query(include_str!("sql/contact_neighbours.sql"))
            .bind::<Array<SqlUuid>, _>(ids)
            .bind::<BigInt, _>(MOST_ALIKE)
            .bind::<Array<Text>, _>(keys)
            .bind::<Array<Text>, _>(rare)
            .bind::<Array<SqlUuid>, _>(named)
            .bind::<Array<Text>, _>(pairs)
            .scalars::<SqlUuid, Uuid>(conn)?;
        found.extend(all);
    }
    let mut found: Vec<Uuid> = found.into_iter().collect();
    found.sort_unstable();
    Ok(found)
}

/// Hands contacts to `each`, in the order of their ids, each with its further identities.
///
/// # Errors
/// The server refuses.
pub fn read(
    conn: &mut PgConnection,
    ids: &[Uuid],
    mut each: impl FnMut(Scanned<'_>, &[Further]),
) -> QueryResult<()> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
        #[diesel(sql_type = Nullable<Text>)]
        name: Option<String>,
        #[diesel(sql_type = Nullable<Text>)]
        phone: Option<String>,
        #[diesel(sql_type = Nullable<Text>)]
        email: Option<String>,
        #[diesel(sql_type = Text)]
        social_handles: String,
        #[diesel(sql_type = Text)]
        metadata: String,
        #[diesel(sql_type = Timestamptz)]
        created_at: PgTimestamp,
        #[diesel(sql_type = Timestamptz)]
        updated_at: PgTimestamp,
    }
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<Row> = diesel::sql_query(
            "SELECT id, name, phone, email, social_handles::text AS social_handles, \
                 metadata::text AS metadata, created_at, updated_at \
             FROM contacts WHERE id = ANY ($1) ORDER BY id",
        )
        .bind::<Array<SqlUuid>, _>(chunk)
        .load(conn)?;
        let further: Vec<Further> = identities::table
            .filter(identities::contact_id.eq_any(chunk))
            .select(Further::as_select())
            .order((identities::contact_id, identities::id))
            .load(conn)?;
        for row in rows {
            let start = further.partition_point(|one| one.contact_id < row.id);
            let end = further.partition_point(|one| one.contact_id <= row.id);
            let contact = Scanned {
                id: row.id,
                name: row.name.as_deref(),
                phone: row.phone.as_deref(),
                email: row.email.as_deref(),
                social_handles: &row.social_handles,
                metadata: &row.metadata,
                created_at_us: server_time::since_1970_us(row.created_at.0),
                updated_at_us: server_time::since_1970_us(row.updated_at.0),
            };
            each(contact, &further[start..end]);
        }
    }
    Ok(())
}
