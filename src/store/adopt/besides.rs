//! In the source: what stands beside the tables that become ours, in every schema, and whether it can.

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::domain::adopt::mapping::Mapping;
use crate::domain::adopt::relation::{self, Besides, Relation};
use crate::domain::schema_diff::{Catalog, Definition, DefinitionKind};
use crate::store::catalog_snapshot;
use crate::store::scalar::ScalarQuery;
use crate::store::statements::{self, names, quote_identifier};
use crate::store::tx;

/// In the transaction that is open, which need not write.
///
/// # Errors
/// The server refuses.
pub fn read(
    conn: &mut PgConnection,
    catalog: &Catalog,
    mapping: &Mapping,
) -> anyhow::Result<Besides> {
    let relations = diesel::sql_query(include_str!("../sql/adopt_relations.sql"));
    let relations: Vec<Relation> = serde_json::from_str(&relations.scalar::<Text, String>(conn)?)?;
    let failing_views = failing_views(conn, catalog, &relation::changed(&relations, mapping))?;
    Ok(Besides { relations, schemas: schemas(conn)?, failing_views })
}

/// The other schemas, each read as if it were the inbox's.
///
/// # Errors
/// The server refuses.
pub fn schemas(conn: &mut PgConnection) -> anyhow::Result<Vec<(String, Catalog)>> {
    let found = names(
        conn,
        "SELECT n.nspname::text AS name FROM pg_namespace n \
         WHERE n.nspname !~ '^pg_'::text AND n.nspname <> 'information_schema' AND n.nspname IS DISTINCT FROM current_schema() \
             AND has_schema_privilege(n.oid, 'USAGE'::text) ORDER BY 1",
    )?;
    let path = diesel::sql_query("SELECT current_setting('search_path'::text) AS path")
        .scalar::<Text, String>(conn)?;
    let mut schemas = Vec::new();
    for name in found {
        look_in(conn, &format!("{}, pg_temp", quote_identifier(&name)))?;
        let catalog = catalog_snapshot::read(conn)?;
        schemas.push((name, catalog));
    }
    look_in(conn, &path)?;
    Ok(schemas)
}

fn look_in(conn: &mut PgConnection, path: &str) -> QueryResult<()> {
    diesel::sql_query("SELECT set_config('search_path'::text, $1, true)")
        .bind::<Text, _>(path)
        .execute(conn)
        .map(drop)
}

/// Views of the inbox's schema that the server takes no more once the columns are uuids. It is asked
/// by a query that is only parsed, in which each table has the types to come: nothing of it runs.
fn failing_views(
    conn: &mut PgConnection,
    catalog: &Catalog,
    changed: &relation::Changed,
) -> QueryResult<Vec<(String, String)>> {
    let tables = catalog.tables.iter().filter(|table| {
        changed.iter().any(|(schema, of, _)| schema.is_empty() && *of == table.name)
    });
    let mut readable: Vec<String> = tables
        .map(|table| {
            let columns: Vec<String> = table
                .columns
                .iter()
                .map(|column| {
                    let name = quote_identifier(&column.name);
                    let place = (String::new(), table.name.clone(), column.name.clone());
                    match changed.contains(&place) {
                        true => format!("NULL::uuid AS {name}"),
                        false => format!("o.{name}"),
                    }
                })
                .collect();
            let name = quote_identifier(&table.name);
            format!("{name} AS (SELECT {} FROM {name} AS o)", columns.join(", "))
        })
        .collect();
    let mut failing = Vec::new();
    if readable.is_empty() {
        return Ok(failing);
    }
    for view in in_order(catalog) {
        let text = view.definition.split_once(" AS").map_or("", |(_, text)| text);
        let text = text.trim().trim_end_matches(';');
        let name = quote_identifier(&view.name);
        let query = format!(
            "PREPARE inboxctl_view AS WITH {} SELECT FROM ({text}) AS tried",
            readable.join(", ")
        );
        match tx::attempt(conn, |conn| statements::run(conn, &query)) {
            Ok(()) => {
                statements::run(conn, "DEALLOCATE inboxctl_view")?;
                readable.push(format!("{name} AS ({text})"));
            }
            Err(diesel::result::Error::DatabaseError(_, info)) => {
                failing.push((view.name.clone(), info.message().to_owned()));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(failing)
}

/// Each after those that it may read.
fn in_order(catalog: &Catalog) -> Vec<&Definition> {
    let views = catalog.definitions.iter().filter(|one| one.kind == DefinitionKind::View);
    let mut open: Vec<&Definition> = views.collect();
    let mut done = Vec::new();
    while !open.is_empty() {
        let is_free = |view: &&Definition| {
            let mut others = open.iter().filter(|other| other.name != view.name);
            !others.any(|other| view.definition.contains(&other.name))
        };
        let at = open.iter().position(is_free).unwrap_or_default();
        done.push(open.remove(at));
    }
    done
}
