//! The statements that move rows which refer to contacts to their survivors: $1 are the contacts that
//! go, $2 the survivor of each.

use super::contact_followers::Follower;
use super::contact_reference::Reference;
use super::statements::{quote_identifier, quote_literal};

/// What a member of the cluster refers to stands in its own row.
pub(super) fn is_member(reference: &Reference) -> &'static str {
    if reference.is_own() { "(t.id = ANY ($1) OR t.id = ANY ($2))" } else { "false" }
}

/// Has the rows of one reference refer to the survivors; what it made of them comes back by survivor,
/// and with them as they were where it `is_recorded`.
pub(super) fn shift(reference: &Reference, is_recorded: bool) -> String {
    let columns: Vec<String> = reference.columns.iter().map(|one| quote_identifier(one)).collect();
    let (old, new) = (reference.values("g", "t", "g"), reference.values("h", "t", "g"));
    // Nobody is their own parent, unless everybody must have one.
    let alone = reference.is_own() && columns.len() == 1 && !reference.is_required;
    let set = columns.iter().zip(&new).map(|(column, value)| match alone {
        true => format!("{column} = CASE WHEN t.id <> h.id THEN {value} END"),
        false => format!("{column} = {value}"),
    });
    let set: Vec<String> = set.collect();
    let pairs = reference.pairs("t", "h");
    let right = columns.iter().zip(&new).zip(&pairs).map(|((column, value), equal)| match alone {
        true => {
            format!("(t.id = h.id OR coalesce({equal}, t.{column} IS NULL AND {value} IS NULL))")
        }
        false => format!("coalesce({equal}, false)"),
    });
    let right: Vec<String> = right.collect();
    let names =
        if reference.key.is_empty() { reference.shape.all() } else { reference.key.clone() };
    let olds = reference.columns.iter().zip(&old);
    let olds = olds.map(|(column, value)| format!("{}, {value}", quote_literal(column)));
    let document = match is_recorded {
        true => format!(
            "{} || pg_catalog.jsonb_build_object({})",
            reference.shape.document("t", &names),
            olds.collect::<Vec<_>>().join(", ")
        ),
        false => String::from("NULL::jsonb"),
    };
    format!(
        "WITH moved AS ( \
             UPDATE {table} t SET {set} \
             FROM unnest($1, $2) AS gone (contact, heir) \
             JOIN contacts g ON g.id = gone.contact JOIN contacts h ON h.id = gone.heir \
             WHERE {matches} \
             RETURNING gone.heir, {right} AS is_right, {is_member} AS is_member, {document} AS document) \
         SELECT heir, count(*) AS rows, count(*) FILTER (WHERE NOT is_member) AS others, \
             count(*) FILTER (WHERE NOT is_right) AS altered, \
             coalesce(pg_catalog.jsonb_agg(document ORDER BY document) FILTER (WHERE NOT is_member), '[]') AS documents \
         FROM moved GROUP BY heir",
        table = reference.relation(),
        set = set.join(", "),
        matches = reference.matches("t", "g"),
        right = right.join(" AND "),
        is_member = is_member(reference),
    )
}

/// What the server will move along, as it is before.
pub(super) fn follow(follower: &Follower, led: &Reference) -> String {
    let Reference { shape, key, columns, .. } = &follower.reference;
    let names = match key.is_empty() {
        true => shape.all(),
        false => key.iter().chain(columns).cloned().collect(),
    };
    let rows = follower.rows_of(led, "unnest($1, $2) AS gone (contact, heir)");
    format!(
        "SELECT heir, count(*) AS rows, count(*) AS others, 0::bigint AS altered, \
             pg_catalog.jsonb_agg(document ORDER BY document) AS documents \
         FROM (SELECT gone.heir, {} AS document FROM {rows}) AS rows GROUP BY heir",
        shape.document("f", &names)
    )
}
