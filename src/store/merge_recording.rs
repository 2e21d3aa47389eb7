//! What `contact_merges` keeps of a merge, and where each contact lives on.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Double, Jsonb, Nullable, Text};
use uuid::Uuid;

use super::contact_moves::ByHeir;
use super::contact_reference::Gone;
use super::interference::{self, Event};
use super::json::DbJson;
use super::merges::Decided;
use super::schema::merged_contacts;
use crate::domain::raw_json::RawJson;

type SqlUuid = diesel::sql_types::Uuid;

/// What `contact_merges` keeps of a merge.
pub(super) struct Record {
    survivor: Uuid,
    probability: Option<f64>,
    run: Option<Uuid>,
    before: RawJson,
    after: RawJson,
    moved: RawJson,
}

impl Record {
    /// `None` where the survivor has no row any more.
    pub(super) fn new(
        merge: &Decided,
        after: &HashMap<Uuid, RawJson>,
        [moved, followed, removed, added]: [&ByHeir; 4],
    ) -> Option<Record> {
        let survivor = merge.plan.survivor;
        let contacts = RawJson::list(merge.before.iter().map(|locked| &locked.row));
        let of = |rows: &ByHeir| rows.get(&survivor).cloned().unwrap_or_default();
        let only = |rows: &ByHeir| of(rows).pop().unwrap_or_else(|| RawJson::list([]));
        let [moved, followed] = [moved, followed].map(|rows| RawJson::list(&of(rows)));
        let removed = RawJson::object([("assignments", &only(removed))]);
        let added = RawJson::object([("contact_identities", &only(added))]);
        Some(Record {
            survivor,
            probability: merge.probability,
            run: merge.run,
            before: RawJson::object(
                [("contacts", &contacts)]
                    .into_iter()
                    .chain(merge.answer.as_ref().map(|answer| ("answer", answer))),
            ),
            after: after.get(&survivor)?.clone(),
            moved: RawJson::object([
                ("moved", &moved),
                ("followed", &followed),
                ("removed", &removed),
                ("added", &added),
            ]),
        })
    }
}

/// Writes the records down, and where each contact lives on; the id of each merge by survivor.
pub(super) fn record(
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
    let known = merged_contacts::table.filter(merged_contacts::contact_id.eq_any(&gone.contacts));
    diesel::delete(known).execute(conn)?;
    let rows: Vec<Row> = diesel::sql_query(
        "WITH gone AS (SELECT * FROM unnest($6, $7) AS rows (contact, heir)), \
         recorded AS ( \
             INSERT INTO contact_merges (survivor_id, merged_ids, probability, actor, before, after, moved, run_id) \
             SELECT m.heir, (SELECT pg_catalog.array_agg(g.contact ORDER BY g.contact) FROM gone g WHERE g.heir = m.heir), \
                 m.probability, $8, m.before, m.after, m.moved, m.run \
             FROM unnest($1, $2, $3, $4, $5, $9) AS m (heir, probability, before, after, moved, run) \
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
    .bind::<Array<Nullable<SqlUuid>>, _>(
        records.iter().map(|record| record.run).collect::<Vec<_>>(),
    )
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
