//! Queries about certain versions of rows: what is in an archive, or was looked at.

use diesel::pg::Pg;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::retention::Slice;
use super::row_version::Version;

/// The versions that a query is about, as `v`.
pub(super) const VERSIONS: &str =
    "unnest($5, $6, $7, $8, $9) WITH ORDINALITY AS v (id, time, place, xmin, proof, number)";

/// A query about these versions, which it joins as [`VERSIONS`].
pub(super) fn about<'a>(
    slice: &'a Slice,
    versions: &[&Version],
    sql: &str,
) -> BoxedSqlQuery<'a, Pg, SqlQuery> {
    let texts = |text: &dyn Fn(&Version) -> String| -> Vec<String> {
        versions.iter().map(|version| text(version)).collect()
    };
    let ids: Vec<Uuid> = versions.iter().map(|version| version.id).collect();
    let proofs: Vec<Option<String>> =
        versions.iter().map(|version| version.proof.as_deref().map(str::to_owned)).collect();
    slice
        .query(sql.to_owned())
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Array<Text>, _>(texts(&|version| version.time.to_string()))
        .bind::<Array<Text>, _>(texts(&ToString::to_string))
        .bind::<Array<Text>, _>(texts(&|version| version.xmin.to_string()))
        .bind::<Array<Nullable<Text>>, _>(proofs)
}

/// Whether a row `t` is a version `v`.
pub(super) fn is_version(slice: &Slice) -> String {
    format!(
        "t.ctid = v.place::tid AND t.xmin::text = v.xmin AND t.id = v.id \
         AND {} = v.time::timestamptz",
        slice.time()
    )
}

/// Whether a row `t`, that is a version `v`, may go now.
pub(super) fn may_go(slice: &Slice) -> String {
    let proof = match slice.references.dependants().filter(|_| !slice.references.has_first()) {
        // Without an archive there is none.
        Some(dependants) => {
            format!(" AND (v.proof IS NULL OR md5(({dependants})::text) = v.proof)")
        }
        None => String::new(),
    };
    format!(
        "{} AND NOT {} AND NOT {}{proof}",
        slice.is_old(),
        slice.is_held(),
        slice.references.keeps()
    )
}
