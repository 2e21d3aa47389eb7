//! The contacts that a merge keeps get what their plans say.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Jsonb, Nullable, Text};
use uuid::Uuid;

use super::contact_references::References;
use super::interference::{self, Event};
use super::json::DbJson;
use super::merges::Decided;
use crate::domain::merge_plan::MergePlan;
use crate::domain::raw_json::RawJson;

type SqlUuid = diesel::sql_types::Uuid;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
    document: RawJson,
    #[diesel(sql_type = Bool)]
    is_kept: bool,
}

/// The survivors' rows as they are afterwards.
///
/// # Errors
/// A constraint stands in the way, or a trigger or a rule of the application's.
pub(super) fn update(
    conn: &mut PgConnection,
    merges: &[Decided],
    references: &References,
) -> anyhow::Result<HashMap<Uuid, RawJson>> {
    let plans = || merges.iter().map(|merge| &merge.plan);
    let texts = |of: fn(&MergePlan) -> Option<&str>| plans().map(of).collect::<Vec<_>>();
    let json = |of: fn(&MergePlan) -> &RawJson| {
        plans().map(|plan| DbJson(of(plan).clone())).collect::<Vec<_>>()
    };
    let filled = |plan: &MergePlan| {
        let columns = plan.filled.iter().map(|one| (one.column.as_str(), &one.value));
        DbJson(RawJson::object(columns))
    };
    let names = plans().flat_map(|plan| plan.filled.iter().map(|one| &one.column));
    let rows: Vec<Row> = diesel::sql_query(statement(&names.collect(), references))
        .bind::<Array<SqlUuid>, _>(plans().map(|plan| plan.survivor).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(texts(|plan| plan.name.as_deref()))
        .bind::<Array<Nullable<Text>>, _>(texts(|plan| plan.phone.as_deref()))
        .bind::<Array<Nullable<Text>>, _>(texts(|plan| plan.email.as_deref()))
        .bind::<Array<Jsonb>, _>(json(|plan| &plan.handles))
        .bind::<Array<Jsonb>, _>(json(|plan| &plan.metadata))
        .bind::<Array<Jsonb>, _>(plans().map(filled).collect::<Vec<_>>())
        .load(conn)
        .map_err(|error| {
            interference::refusal(String::from("the survivor can't take the values"), error)
        })?;
    // An application may write a value in its own way, but not drop it: it was filled from a contact
    // that is gone.
    let kept = rows.iter().filter(|row| row.is_kept).count();
    interference::none_swallowed(conn, "contacts", Event::Update, (merges.len(), kept))?;
    Ok(rows.into_iter().map(|row| (row.id, row.document)).collect())
}

/// Columns of the application are filled where they are empty. Of contacts that refer to contacts no
/// circle is made: whoever is below the survivor doesn't come above it.
fn statement(filled: &BTreeSet<&String>, references: &References) -> String {
    let shape = &references.contacts;
    let mut names = shape.all();
    names.retain(|name| filled.contains(name));
    let (mut set, mut is_kept) = (String::new(), String::new());
    for (name, (column, value)) in names.iter().zip(shape.values(&names)) {
        let mut own = references.all.iter().filter(|one| one.is_own());
        if own.any(|one| one.columns == [name.clone()]) {
            set += &format!(
                ", {column} = coalesce(t.{column}, CASE WHEN NOT EXISTS ( \
                     WITH RECURSIVE above (id) AS ( \
                         SELECT {value} UNION SELECT c.{column} FROM above JOIN contacts c ON c.id = above.id) \
                     SELECT FROM above WHERE above.id = t.id) THEN {value} END)"
            );
        } else {
            set += &format!(", {column} = coalesce(t.{column}, {value})");
            is_kept +=
                &format!(" AND pg_catalog.num_nulls(t.{column}) <= pg_catalog.num_nulls({value})");
        }
    }
    let given = match names.is_empty() {
        true => String::new(),
        false => {
            format!(", pg_catalog.jsonb_to_record(m.filled) AS o ({})", shape.definitions(&names))
        }
    };
    format!(
        "UPDATE ONLY contacts t \
         SET name = m.name, phone = m.phone, email = m.email, social_handles = m.handles, \
             metadata = m.metadata, updated_at = clock_timestamp(){set} \
         FROM unnest($1, $2, $3, $4, $5, $6, $7) \
             AS m (heir, name, phone, email, handles, metadata, filled){given} \
         WHERE t.id = m.heir RETURNING t.id, {} AS document, \
             (m.name IS NULL OR t.name IS NOT NULL) AND (m.phone IS NULL OR t.phone IS NOT NULL) \
             AND (m.email IS NULL OR t.email IS NOT NULL){is_kept} AS is_kept",
        shape.document("t", &shape.all())
    )
}
