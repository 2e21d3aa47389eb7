//! What this role lacks on the server, and the GRANT that gives it.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use super::server;
use super::statements::quote_identifier;
use crate::domain::denied;
use crate::store::scalar::ScalarQuery;

/// Something that the role has not every right on.
#[derive(Debug, QueryableByName)]
struct Candidate {
    #[diesel(sql_type = Text)]
    name: String,
    /// As SQL writes it.
    #[diesel(sql_type = Text)]
    written: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Array<Text>)]
    rights: Vec<String>,
    #[diesel(sql_type = Bool)]
    is_visible: bool,
    #[diesel(sql_type = Text)]
    owner: String,
}

/// Statements that only the owner of a table may give.
const OWNERS: [&str; 5] = ["ALTER", "CREATE", "DROP", "REINDEX", "COMMENT"];

impl Candidate {
    /// Those of the rights that the statement needs.
    fn narrow(mut self, statement: &str) -> Candidate {
        let mut needed: Vec<&str> = match self.kind.as_str() {
            "SCHEMA" if statement.trim_start().starts_with("CREATE") => vec!["CREATE", "USAGE"],
            "SCHEMA" => vec!["USAGE"],
            "FUNCTION" => vec!["EXECUTE"],
            _ => denied::needed(statement, &self.name).into_iter().collect(),
        };
        if needed.is_empty() {
            // The statement doesn't name it: a default, or a function, which reads more often than
            // it locks, and locks more often than it writes.
            let usual = ["USAGE", "SELECT", "UPDATE", "INSERT", "DELETE"];
            let lacks = |right: &&str| self.rights.iter().any(|lacking| lacking == right);
            needed.extend(usual.into_iter().find(lacks));
        }
        self.rights.retain(|right| needed.contains(&right.as_str()));
        self
    }
}

/// The statement that gives this role what it lacked, when the server denied `statement` with this
/// message, in whatever language; none if that can't be told.
pub fn grant(
    conn: &mut PgConnection,
    statement: &str,
    message: &str,
) -> QueryResult<Option<String>> {
    let role = quote_identifier(&server::role(conn)?);
    let verb: Vec<&str> = statement.split_whitespace().take(2).collect();
    match verb.as_slice() {
        ["CREATE", "DATABASE"] => return Ok(Some(format!("ALTER ROLE {role} CREATEDB"))),
        ["CREATE", "ROLE"] => return Ok(Some(format!("ALTER ROLE {role} CREATEROLE"))),
        _ => {}
    }
    let found: Vec<Candidate> =
        diesel::sql_query(include_str!("sql/lacking.sql")).bind::<Text, _>(message).load(conn)?;
    let is_owners = verb.first().is_some_and(|verb| OWNERS.contains(verb));
    let mut found: Vec<Candidate> = found
        .into_iter()
        .filter(|one| denied::names(message, &one.name))
        .map(|one| one.narrow(statement))
        .filter(|one| !one.rights.is_empty() || is_owners && one.kind != "SCHEMA")
        .collect();
    // A name in another schema is meant only where the path finds none.
    if found.iter().any(|one| one.is_visible && one.kind != "SCHEMA") {
        found.retain(|one| one.is_visible && one.kind != "SCHEMA");
    }
    let Some(one) = found.into_iter().next() else { return Ok(None) };
    if is_owners && one.kind != "SCHEMA" {
        return Ok(Some(format!("GRANT {} TO {role}", one.owner)));
    }
    let kind = if one.kind == "TABLE" { String::new() } else { format!("{} ", one.kind) };
    Ok(Some(format!("GRANT {} ON {kind}{} TO {role}", one.rights.join(", "), one.written)))
}

/// What is lacking of rights on tables of the inbox, as one GRANT for each set of them; none that
/// aren't there. To change or to lock a row, a column that may be written is enough.
pub fn grants(conn: &mut PgConnection, wanted: &[(&str, &[&str])]) -> QueryResult<Vec<String>> {
    let written: Vec<String> = wanted.iter().map(|(table, _)| quote_identifier(table)).collect();
    let wanted: Vec<(&str, &[&str])> =
        written.iter().zip(wanted).map(|(table, (_, rights))| (table.as_str(), *rights)).collect();
    grants_on(conn, &wanted)
}

/// As [`grants`], of tables as SQL writes them.
pub fn grants_on(conn: &mut PgConnection, wanted: &[(&str, &[&str])]) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        written: String,
        #[diesel(sql_type = Array<Text>)]
        rights: Vec<String>,
    }
    let (tables, rights) = pairs(wanted);
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT c.oid::regclass::text AS written, pg_catalog.array_agg(DISTINCT w.name ORDER BY w.name) AS rights \
         FROM unnest($1, $2) AS w (relation, name) \
         JOIN pg_class c ON c.oid = to_regclass(w.relation)::oid \
         WHERE NOT CASE w.name WHEN 'DELETE' THEN has_table_privilege(c.oid, w.name) \
             ELSE has_any_column_privilege(c.oid, w.name) END \
         GROUP BY c.oid ORDER BY written",
    )
    .bind::<Array<Text>, _>(tables)
    .bind::<Array<Text>, _>(rights)
    .load(conn)?;
    let mut by_rights: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Row { written, rights } in rows {
        by_rights.entry(rights.join(", ")).or_default().push(written);
    }
    let role = quote_identifier(&server::role(conn)?);
    let grant = |(rights, tables): (String, Vec<String>)| {
        format!("GRANT {rights} ON {} TO {role}", tables.join(", "))
    };
    Ok(by_rights.into_iter().map(grant).collect())
}

/// Whether the role has one of these rights on tables of the inbox; also where there are none.
pub fn has_any(conn: &mut PgConnection, wanted: &[(&str, &[&str])]) -> QueryResult<bool> {
    let (tables, rights) = pairs(wanted);
    diesel::sql_query(
        "SELECT coalesce(bool_or(CASE WHEN w.name = 'DELETE' THEN has_table_privilege(c.oid, w.name) \
             ELSE has_any_column_privilege(c.oid, w.name) END), true) AS truth \
         FROM unnest($1, $2) AS w (relation, name) \
         JOIN pg_class c ON c.oid = to_regclass(quote_ident(w.relation))::oid",
    )
    .bind::<Array<Text>, _>(tables)
    .bind::<Array<Text>, _>(rights).scalar::<Bool, _>(conn)
}

fn pairs<'a>(wanted: &[(&'a str, &[&'a str])]) -> (Vec<&'a str>, Vec<&'a str>) {
    let pair = |(table, rights): &(&'a str, &[&'a str])| {
        rights.iter().map(|right| (*table, *right)).collect::<Vec<_>>()
    };
    wanted.iter().flat_map(pair).unzip()
}

/// What a dump of the database needs and the role may not read.
pub fn to_dump(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    diesel::sql_query(
        "SELECT pg_catalog.format('GRANT USAGE ON SCHEMA %I TO %I', n.nspname, current_user) AS grant \
         FROM pg_namespace n \
         WHERE n.nspname !~ '^pg_'::text AND n.nspname <> 'information_schema' \
             AND NOT has_schema_privilege(n.oid, 'USAGE') \
         UNION ALL \
         SELECT pg_catalog.format('GRANT SELECT ON ALL %sS IN SCHEMA %I TO %I', w.kind, n.nspname, current_user) \
         FROM pg_namespace n, (VALUES ('TABLE'), ('SEQUENCE')) AS w (kind) \
         WHERE n.nspname !~ '^pg_'::text AND n.nspname <> 'information_schema' \
             AND EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid \
                 AND CASE w.kind WHEN 'TABLE' THEN c.relkind IN ('r', 'p') AND NOT has_table_privilege(c.oid, 'SELECT') \
                     ELSE c.relkind = 'S' AND NOT has_sequence_privilege(c.oid, 'SELECT') END) \
         ORDER BY 1",
    ).scalars::<Text, _>(conn)
}
