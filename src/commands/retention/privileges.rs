//! What the role may do, asked before anything is counted or deleted.

use diesel::PgConnection;

use crate::error::Failure;
use crate::store::connect::Db;
use crate::store::retention::{Slice, Subject};
use crate::store::retention_references::References;
use crate::store::statements::quote_identifier;
use crate::store::{interference, retention, server, tx};

/// All rows of the table, and of those that point at it, are seen from here on.
///
/// # Errors
/// Refused: a policy hides some. Or the role may not read a table that points.
pub(super) fn check_readable(
    conn: &mut PgConnection,
    table: &str,
    references: &References,
    is_plan: bool,
) -> anyhow::Result<()> {
    for (relation, wanted) in references.tables() {
        let mut missing = retention::missing_privileges(conn, relation, wanted)?;
        missing.retain(|privilege| !is_plan || privilege != "DELETE");
        if !missing.is_empty() {
            return Err(denied(
                conn,
                relation,
                &missing.join(", "),
                &format!("it points at rows of {table}, and what it points at has to be known"),
            )?
            .into());
        }
    }
    let own = quote_identifier(table);
    let tables = references.tables();
    let tables: Vec<&str> =
        [own.as_str()].into_iter().chain(tables.iter().map(|(relation, _)| *relation)).collect();
    interference::see_all_rows(conn, &tables)
}

/// # Errors
/// The role may not delete what would go; names the privilege.
pub(super) fn check<'a>(
    db: &mut Db,
    slices: impl IntoIterator<Item = &'a Slice> + Clone,
    by_function: bool,
) -> anyhow::Result<()> {
    tx::read(db, |conn| {
        for slice in slices.clone() {
            let relation = &slice.relation;
            let wanted: &[&str] = match slice.locks() {
                _ if slice.subject.redaction().is_some() => &["SELECT", "UPDATE"],
                true => &["SELECT", "DELETE", "UPDATE"],
                false if by_function => &["SELECT"],
                false => &["SELECT", "DELETE"],
            };
            let missing = retention::missing_privileges(conn, &relation.sql, wanted)?;
            if !missing.is_empty() {
                let failure =
                    denied(conn, &relation.name, &missing.join(", "), "nothing was changed")?;
                // A right to delete would be one to delete without a trace.
                return Err(match slice.subject {
                    Subject::Audit { .. } => failure.hint(crate::commands::denied::BY_WHO_MAY),
                    _ => failure,
                }
                .into());
            }
        }
        Ok(())
    })
}

fn denied(
    conn: &mut PgConnection,
    relation: &str,
    missing: &str,
    why: &str,
) -> anyhow::Result<Failure> {
    let role = server::role(conn)?;
    Ok(Failure::failed(format!("the role {role} may not delete from {relation}"))
        .why(format!("it lacks the privilege {missing} on {relation}; {why}"))
        .hint(format!(
            "have its owner run: GRANT {missing} ON {relation} TO {}",
            quote_identifier(&role)
        )))
}
