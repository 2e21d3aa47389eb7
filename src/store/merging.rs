//! Carrying out merges that have been decided: what refers to the contacts that go moves to their
//! survivors, and everything that is needed to take it back is recorded.

use std::collections::HashMap;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::{Array, BigInt, Bool, Double, Jsonb, Nullable, Text};
use uuid::Uuid;

use super::contact_moves::{self, ByHeir, Gone};
use super::contact_references::References;
use super::contact_returns::id_of;
use super::interference::{self, Event};
use super::json::DbJson;
use super::merges::Decided;
use crate::domain::consent::Consent;
use crate::domain::merge_plan::{Identity, MergePlan};
use crate::domain::raw_json::RawJson;
use crate::error::Failure;

type SqlUuid = diesel::sql_types::Uuid;

/// What every merge does to tables of the inbox; to others as they refer to its contacts.
pub const NEEDED: [(&str, &[&str]); 4] = [
    ("contacts", &["SELECT", "UPDATE", "DELETE"]),
    ("contact_merges", &["SELECT", "INSERT"]),
    ("merged_contacts", &["SELECT", "INSERT", "DELETE"]),
    ("audit_logs", &["INSERT"]),
];

/// How every transaction works that merges or takes merges back. Rows that move from one contact
/// to another are not edited: see set_updated_at(). Plans that the session made while tables were
/// still empty, those of the foreign keys too, would read them from end to end ever after: hence no
/// sequential scans, and no compiling of what they would cost. All rows are seen, or the server
/// refuses.
pub fn prepare(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute(
        "SET LOCAL inboxctl.keep_updated_at = 'on'; SET LOCAL enable_seqscan = off; \
         SET LOCAL jit = off; SET LOCAL row_security = off",
    )
}

/// Carries out merges that have no contact in common, in a transaction that has locked their
/// contacts, and returns the id of each.
///
/// # Errors
/// Refused: a row can't move, or a trigger or a rule of the application's did something else. The
/// transaction has to be rolled back then.
pub fn merge(
    conn: &mut PgConnection,
    merges: &[Decided],
    references: &References,
    actor: &str,
    _consent: &Consent,
) -> anyhow::Result<Vec<Uuid>> {
    if merges.is_empty() {
        return Ok(Vec::new());
    }
    prepare(conn)?;
    if !references.is_current(conn)? {
        return Err(Failure::refused("nothing was merged")
            .why("a foreign key to contacts or a column came or went meanwhile")
            .hint("run it again")
            .into());
    }
    let pairs = merges.iter().map(|merge| &merge.plan);
    let pairs = pairs.flat_map(|plan| plan.merged.iter().map(|gone| (*gone, plan.survivor)));
    let (contacts, heirs) = pairs.unzip();
    let gone = Gone { contacts, heirs };
    let removed = remove_assignments(conn, references, &gone)?;
    let moved = contact_moves::move_all(conn, references, &gone)?;
    let added = add_identities(conn, merges)?;
    // Before the survivors get their values: the application may let each stand in one row only.
    delete(conn, references, &gone)?;
    let after = update_survivors(conn, references, merges)?;
    let records: Vec<Record> = merges
        .iter()
        .map(|merge| Record::new(merge, &after, [&moved, &removed, &added]))
        .collect::<Option<_>>()
        .ok_or(DieselError::NotFound)?;
    let ids = record(conn, &records, &gone, actor)?;
    // What is deferred is said here, and not at the end of a transaction that nobody looks at.
    conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
    interference::none_again(conn, "contacts", &gone.contacts)?;
    merges
        .iter()
        .map(|merge| ids.get(&merge.plan.survivor).copied().ok_or(DieselError::NotFound.into()))
        .collect()
}

#[derive(QueryableByName)]
struct Documents {
    #[diesel(sql_type = SqlUuid)]
    heir: Uuid,
    #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
    documents: RawJson,
}

/// One assignment a contact: the survivor's stays, else the oldest of the others.
fn remove_assignments(
    conn: &mut PgConnection,
    references: &References,
    gone: &Gone,
) -> anyhow::Result<ByHeir> {
    let Some(assignment) = references.of_table("assignments").first().copied() else {
        return Ok(ByHeir::new());
    };
    let surplus: Vec<Documents> = diesel::sql_query(format!(
        "WITH gone AS (SELECT * FROM unnest($1, $2) AS rows (contact, heir)), \
         members AS (SELECT contact, heir FROM gone UNION SELECT heir, heir FROM gone), \
         ranked AS ( \
             SELECT m.heir, a.id, {} AS document, row_number() OVER ( \
                 PARTITION BY m.heir ORDER BY a.contact_id <> m.heir, a.created_at, a.id) AS place \
             FROM members m JOIN assignments a ON a.contact_id = m.contact) \
         SELECT heir, pg_catalog.jsonb_agg(document ORDER BY id) AS documents FROM ranked \
         WHERE place > 1 GROUP BY heir",
        assignment.shape.document("a", &assignment.shape.all())
    ))
    .bind::<Array<SqlUuid>, _>(&gone.contacts)
    .bind::<Array<SqlUuid>, _>(&gone.heirs)
    .load(conn)?;
    let documents: Vec<RawJson> = surplus.iter().flat_map(|row| row.documents.elements()).collect();
    let ids: Vec<Uuid> = documents.iter().filter_map(id_of).collect();
    if !ids.is_empty() {
        interference::refuse_dependents(conn, "assignments", &ids)?;
        let went = diesel::sql_query("DELETE FROM assignments WHERE id = ANY ($1)")
            .bind::<Array<SqlUuid>, _>(&ids)
            .execute(conn)?;
        interference::none_swallowed(conn, "assignments", Event::Delete, (ids.len(), went))?;
        interference::none_again(conn, "assignments", &ids)?;
    }
    Ok(surplus.into_iter().map(|row| (row.heir, vec![row.documents])).collect())
}

fn add_identities(conn: &mut PgConnection, merges: &[Decided]) -> anyhow::Result<ByHeir> {
    let columns = IdentityColumns::of(merges);
    let meant = columns.owners.len();
    if meant == 0 {
        return Ok(ByHeir::new());
    }
    let rows: Vec<Documents> = diesel::sql_query(
        "WITH added AS ( \
             INSERT INTO contact_identities (contact_id, kind, network, value) \
             SELECT owner, kind::identity_kind, network, value \
             FROM unnest($1, $2, $3, $4) AS rows (owner, kind, network, value) \
             RETURNING contact_id, id) \
         SELECT contact_id AS heir, pg_catalog.jsonb_agg(id ORDER BY id) AS documents FROM added GROUP BY contact_id",
    )
    .bind::<Array<SqlUuid>, _>(columns.owners)
    .bind::<Array<Text>, _>(columns.kinds)
    .bind::<Array<Nullable<Text>>, _>(columns.networks)
    .bind::<Array<Text>, _>(columns.values)
    .load(conn)?;
    let went = rows.iter().map(|row| row.documents.elements().len()).sum();
    interference::none_swallowed(conn, "contact_identities", Event::Insert, (meant, went))?;
    Ok(rows.into_iter().map(|row| (row.heir, vec![row.documents])).collect())
}

/// An element an identity that has no place in the row of its survivor.
#[derive(Default)]
struct IdentityColumns<'a> {
    owners: Vec<Uuid>,
    kinds: Vec<&'static str>,
    networks: Vec<Option<&'a str>>,
    values: Vec<&'a str>,
}

impl IdentityColumns<'_> {
    fn of(merges: &[Decided]) -> IdentityColumns<'_> {
        let mut columns = IdentityColumns::default();
        for plan in merges.iter().map(|merge| &merge.plan) {
            for identity in &plan.identities {
                let (kind, network, value) = match identity {
                    Identity::Phone(value) => ("PHONE", None, value),
                    Identity::Email(value) => ("EMAIL", None, value),
                    Identity::Handle { network, value } => {
                        ("HANDLE", Some(network.as_str()), value)
                    }
                };
                columns.owners.push(plan.survivor);
                columns.kinds.push(kind);
                columns.networks.push(network);
                columns.values.push(value.as_str());
            }
        }
        columns
    }
}

fn delete(conn: &mut PgConnection, references: &References, gone: &Gone) -> anyhow::Result<()> {
    let deleted = diesel::sql_query("DELETE FROM contacts WHERE id = ANY ($1)")
        .bind::<Array<SqlUuid>, _>(&gone.contacts)
        .execute(conn);
    let went = deleted.map_err(|error| match &error {
        // By a row that this role couldn't read.
        DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => {
            let unread = references.all.iter().find(|one| !one.can_select);
            unread.map_or(error, |one| contact_moves::denied(one, "read").into())
        }
        _ => error,
    })?;
    Ok(interference::none_swallowed(conn, "contacts", Event::Delete, (gone.contacts.len(), went))?)
}

/// The survivors' rows as they are now.
fn update_survivors(
    conn: &mut PgConnection,
    references: &References,
    merges: &[Decided],
) -> anyhow::Result<HashMap<Uuid, RawJson>> {
    let plans = || merges.iter().map(|merge| &merge.plan);
    let texts = |of: fn(&MergePlan) -> Option<&str>| plans().map(of).collect::<Vec<_>>();
    let json = |of: fn(&MergePlan) -> &RawJson| {
        plans().map(|plan| DbJson(of(plan).clone())).collect::<Vec<_>>()
    };
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(embed)]
        document: Documents,
        #[diesel(sql_type = Bool)]
        is_kept: bool,
    }
    let rows: Vec<Row> = diesel::sql_query(format!(
        "UPDATE contacts t \
         SET name = m.name, phone = m.phone, email = m.email, social_handles = m.handles, \
             metadata = m.metadata, updated_at = clock_timestamp() \
         FROM unnest($1, $2, $3, $4, $5, $6) AS m (heir, name, phone, email, handles, metadata) \
         WHERE t.id = m.heir RETURNING t.id AS heir, {} AS documents, \
             (m.name IS NULL OR t.name IS NOT NULL) AND (m.phone IS NULL OR t.phone IS NOT NULL) \
             AND (m.email IS NULL OR t.email IS NOT NULL) AS is_kept",
        references.contacts.document("t", &references.contacts.all())
    ))
    .bind::<Array<SqlUuid>, _>(plans().map(|plan| plan.survivor).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(texts(|plan| plan.name.as_deref()))
    .bind::<Array<Nullable<Text>>, _>(texts(|plan| plan.phone.as_deref()))
    .bind::<Array<Nullable<Text>>, _>(texts(|plan| plan.email.as_deref()))
    .bind::<Array<Jsonb>, _>(json(|plan| &plan.handles))
    .bind::<Array<Jsonb>, _>(json(|plan| &plan.metadata))
    .load(conn)?;
    // An application may write a value in its own way, but not drop it: it was filled from a contact
    // that is gone.
    let kept = rows.iter().filter(|row| row.is_kept).count();
    interference::none_swallowed(conn, "contacts", Event::Update, (merges.len(), kept))?;
    let documents = rows.into_iter().map(|row| row.document);
    Ok(documents.map(|row| (row.heir, row.documents)).collect())
}

/// What `contact_merges` keeps of a merge.
struct Record {
    survivor: Uuid,
    probability: Option<f64>,
    before: RawJson,
    after: RawJson,
    moved: RawJson,
}

impl Record {
    fn new(
        merge: &Decided,
        after: &HashMap<Uuid, RawJson>,
        [moved, removed, added]: [&ByHeir; 3],
    ) -> Option<Record> {
        let survivor = merge.plan.survivor;
        let contacts = RawJson::list(merge.before.iter().map(|locked| &locked.row));
        let of = |rows: &ByHeir| rows.get(&survivor).cloned().unwrap_or_default();
        let only = |rows: &ByHeir| of(rows).pop().unwrap_or_else(|| RawJson::list([]));
        let moved = RawJson::list(&of(moved));
        let removed = RawJson::object([("assignments", &only(removed))]);
        let added = RawJson::object([("contact_identities", &only(added))]);
        Some(Record {
            survivor,
            probability: merge.probability,
            before: RawJson::object([("contacts", &contacts)]),
            after: after.get(&survivor)?.clone(),
            moved: RawJson::object([("moved", &moved), ("removed", &removed), ("added", &added)]),
        })
    }
}

/// Writes the records down, and where each contact lives on; the id of each merge by survivor.
fn record(
    conn: &mut PgConnection,
    records: &[Record],
    gone: &Gone,
    actor: &str,
) -> anyhow::Result<HashMap<Uuid, Uuid>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        survivor: Uuid,
        #[diesel(sql_type = SqlUuid)]
        merge: Uuid,
        #[diesel(sql_type = BigInt)]
        remembered: i64,
    }
    let json = |of: fn(&Record) -> &RawJson| {
        records.iter().map(|record| DbJson(of(record).clone())).collect::<Vec<_>>()
    };
    // A contact that was merged away, came again and is merged once more: where it lives on is what
    // counts now.
    diesel::sql_query("DELETE FROM merged_contacts WHERE contact_id = ANY ($1)")
        .bind::<Array<SqlUuid>, _>(&gone.contacts)
        .execute(conn)?;
    let rows: Vec<Row> = diesel::sql_query(
        "WITH gone AS (SELECT * FROM unnest($6, $7) AS rows (contact, heir)), \
         recorded AS ( \
             INSERT INTO contact_merges (survivor_id, merged_ids, probability, actor, before, after, moved) \
             SELECT m.heir, (SELECT pg_catalog.array_agg(g.contact ORDER BY g.contact) FROM gone g WHERE g.heir = m.heir), \
                 m.probability, $8, m.before, m.after, m.moved \
             FROM unnest($1, $2, $3, $4, $5) AS m (heir, probability, before, after, moved) \
             RETURNING id, survivor_id), \
         remembered AS ( \
             INSERT INTO merged_contacts (contact_id, survivor_id, merge_id) \
             SELECT g.contact, g.heir, recorded.id \
             FROM gone g JOIN recorded ON recorded.survivor_id = g.heir \
             RETURNING merge_id) \
         SELECT recorded.survivor_id AS survivor, recorded.id AS merge, \
             (SELECT count(*) FROM remembered WHERE merge_id = recorded.id) AS remembered \
         FROM recorded",
    )
    .bind::<Array<SqlUuid>, _>(records.iter().map(|record| record.survivor).collect::<Vec<_>>())
    .bind::<Array<Nullable<Double>>, _>(
        records.iter().map(|record| record.probability).collect::<Vec<_>>(),
    )
    .bind::<Array<Jsonb>, _>(json(|record| &record.before))
    .bind::<Array<Jsonb>, _>(json(|record| &record.after))
    .bind::<Array<Jsonb>, _>(json(|record| &record.moved))
    .bind::<Array<SqlUuid>, _>(&gone.contacts)
    .bind::<Array<SqlUuid>, _>(&gone.heirs)
    .bind::<Text, _>(actor)
    .load(conn)?;
    interference::none_swallowed(
        conn,
        "contact_merges",
        Event::Insert,
        (records.len(), rows.len()),
    )?;
    let remembered: i64 = rows.iter().map(|row| row.remembered).sum();
    let remembered = usize::try_from(remembered).unwrap_or_default();
    interference::none_swallowed(
        conn,
        "merged_contacts",
        Event::Insert,
        (gone.contacts.len(), remembered),
    )?;
    Ok(rows.into_iter().map(|row| (row.survivor, row.merge)).collect())
}
