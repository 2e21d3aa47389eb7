//! In the copy: every trigger of the application fires once, and what it did is taken back.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};

use super::expression::ROW;
use crate::domain::adopt::recognise::Mapping;
use crate::domain::adopt::stands::{Kind, Stand};
use crate::domain::schema_diff::Catalog;
use crate::store::statements::quote_identifier;
use crate::store::tx;

/// A table with triggers of the application, and its columns here.
struct Fired {
    name: String,
    columns: Vec<String>,
    /// It has columns that no insert may give.
    is_inserted_into: bool,
}

/// What fails: `delete from Invoice: column "x" does not exist`. Run it in a transaction.
///
/// # Errors
/// The connection is gone.
pub fn fire(
    conn: &mut PgConnection,
    catalog: &Catalog,
    mapping: &Mapping,
    moved: &[&Stand],
) -> QueryResult<Vec<String>> {
    let mut failing = Vec::new();
    for table in tables(catalog, mapping, moved) {
        let name = quote_identifier(&table.name);
        let same: Vec<String> = table
            .columns
            .iter()
            .map(|column| format!("{0} = {ROW}.{0}", quote_identifier(column)))
            .collect();
        let one = format!("{ROW}.ctid = (SELECT ctid FROM {name} LIMIT 1)");
        let delete = format!("DELETE FROM {name} AS {ROW} WHERE {one}");
        let mut events = vec![
            ("update of", format!("UPDATE {name} AS {ROW} SET {} WHERE {one}", same.join(", "))),
            ("delete from", delete.clone()),
        ];
        if table.is_inserted_into {
            let insert = format!(
                "WITH gone AS ({delete} RETURNING {ROW}.*) INSERT INTO {name} SELECT * FROM gone"
            );
            events.push(("insert into", insert));
        }
        for (event, statement) in events {
            if let Some(why) = taken_back(conn, &statement)? {
                failing.push(format!("{event} {}: {why}", table.name));
            }
        }
    }
    Ok(failing)
}

fn tables(catalog: &Catalog, mapping: &Mapping, moved: &[&Stand]) -> Vec<Fired> {
    let own = catalog.tables.iter().filter(|table| {
        !table.triggers.is_empty()
            && table.partition_key.is_none()
            && !mapping.is_taken(catalog, &table.name)
    });
    let own = own.map(|table| Fired {
        name: table.name.clone(),
        columns: table
            .columns
            .iter()
            .filter(|column| column.generated.is_none() && column.identity.is_none())
            .map(|column| column.name.clone())
            .collect(),
        is_inserted_into: table
            .columns
            .iter()
            .all(|column| column.generated.is_none() && column.identity.is_none()),
    });
    let ours = mapping.tables.iter().filter(|table| {
        let is_on =
            |stand: &&&Stand| stand.kind == Kind::Trigger && stand.table.as_deref() == table.name();
        table.model.table != "audit_logs" && moved.iter().any(|stand| is_on(&stand))
    });
    let ours = ours.map(|table| Fired {
        name: table.model.table.to_owned(),
        columns: table
            .columns
            .iter()
            .map(|column| column.field.name.to_owned())
            .chain(table.own.iter().map(|(_, here)| here.clone()))
            .collect(),
        is_inserted_into: false,
    });
    own.chain(ours).collect()
}

/// Why it fails, but for what a key or a check forbids, which says nothing of a trigger.
fn taken_back(conn: &mut PgConnection, statement: &str) -> QueryResult<Option<String>> {
    let tried = tx::attempt(conn, |conn| {
        diesel::sql_query(statement).execute(conn)?;
        Err::<(), _>(Error::RollbackTransaction)
    });
    match tried {
        Ok(()) | Err(Error::RollbackTransaction) => Ok(None),
        Err(Error::DatabaseError(
            DatabaseErrorKind::ForeignKeyViolation
            | DatabaseErrorKind::UniqueViolation
            | DatabaseErrorKind::CheckViolation
            | DatabaseErrorKind::NotNullViolation,
            _,
        )) => Ok(None),
        Err(Error::DatabaseError(DatabaseErrorKind::ClosedConnection, info)) => {
            Err(Error::DatabaseError(DatabaseErrorKind::ClosedConnection, info))
        }
        Err(error) => Ok(Some(error.to_string())),
    }
}
