//! Asking whether rows and indexes are sound.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::statements::{names, quote_identifier};
use crate::domain::integrity::{Condition, Question};
use crate::store::scalar::ScalarQuery;

/// How many rows are wrong.
pub fn count(conn: &mut PgConnection, question: &Question) -> QueryResult<i64> {
    let condition = match &question.condition {
        Condition::Said => None,
        Condition::Refers { constraint } => Some(equal(conn, &question.table, constraint)?),
        Condition::Equal(condition) => Some(condition.clone()),
        Condition::Bounds => Some(bounds(conn, &question.table)?),
    };
    let rest = condition.map(|condition| format!("{condition})")).unwrap_or_default();
    let sql = format!("{}{rest}", question.sql);
    diesel::sql_query(sql).scalar::<BigInt, _>(conn)
}

/// The condition that the rows of a partition meet.
fn bounds(conn: &mut PgConnection, partition: &str) -> QueryResult<String> {
    let bounds = diesel::sql_query(
        "SELECT pg_get_partition_constraintdef(quote_ident($1)::regclass::oid) AS bounds",
    )
    .bind::<Text, _>(partition)
    .scalar::<Nullable<Text>, Option<String>>(conn)?;
    Ok(bounds.unwrap_or_else(|| String::from("true")))
}

/// That a row `c` has what a row `p` is referred to by, with the operators of the foreign key.
fn equal(conn: &mut PgConnection, table: &str, key: &str) -> QueryResult<String> {
    diesel::sql_query(
        "SELECT string_agg(pg_catalog.format('p.%I OPERATOR(%I.%s) c.%I', \
             p.attname, n.nspname, o.oprname, c.attname), ' AND ' ORDER BY u.place) AS equal \
         FROM pg_constraint k, unnest(k.conkey, k.confkey, k.conpfeqop) \
             WITH ORDINALITY AS u (own, other, operator, place) \
         JOIN pg_attribute c ON c.attnum = u.own JOIN pg_attribute p ON p.attnum = u.other \
         JOIN pg_operator o ON o.oid = u.operator JOIN pg_namespace n ON n.oid = o.oprnamespace \
         WHERE k.conrelid = quote_ident($1)::regclass::oid AND k.conname = $2 AND k.contype = 'f' \
             AND c.attrelid = k.conrelid AND p.attrelid = k.confrelid",
    )
    .bind::<Text, _>(table)
    .bind::<Text, _>(key)
    .scalar::<Text, _>(conn)
}

/// Whose expressions are computed as the operator: superusers', the operator's own, and those of
/// who owns the inbox.
pub fn trusted_roles(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    names(
        conn,
        "SELECT r.rolname::text AS name FROM pg_roles r \
         WHERE r.rolsuper OR r.rolname = current_user OR r.oid = ( \
             SELECT c.relowner FROM pg_class c WHERE c.oid = to_regclass('contacts')::oid)",
    )
}

/// The B-trees that amcheck can look into.
pub fn checkable_indexes(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    diesel::sql_query(
        "SELECT c.relname::text AS name FROM pg_index i \
         JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam \
         WHERE m.amname = 'btree' AND c.relkind = 'i' AND i.indisvalid \
           AND c.relnamespace = quote_ident(current_schema()::text)::regnamespace::oid ORDER BY 1",
    )
    .scalars::<Text, _>(conn)
}

/// Looks into one of them; an error says what is broken. `amcheck` is the schema of that extension.
pub fn check_index(conn: &mut PgConnection, amcheck: &str, index: &str) -> QueryResult<()> {
    diesel::sql_query(format!(
        "SELECT {}.bt_index_check(quote_ident($1)::regclass)",
        quote_identifier(amcheck)
    ))
    .bind::<Text, _>(index)
    .execute(conn)
    .map(drop)
}
