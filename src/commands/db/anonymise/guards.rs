//! Why the server took no value that was made for a column, told by the rule that made it.

use diesel::PgConnection;

use crate::domain::anonymise::{Kind, Plan};
use crate::domain::denied;
use crate::error::Failure;
use crate::store::anonymise::{self, Guard};

/// What it complained of, by the column and the rules that go; else as it is.
pub(super) fn explain(conn: &mut PgConnection, plan: &Plan, failure: Failure) -> Failure {
    let Some(why) = &failure.why else { return failure };
    // Nothing is lost if that can't be told: the server's own words are there.
    let Ok(guards) = anonymise::guards(conn) else { return failure };
    let mut found: Vec<(&Guard, Judged)> = guards
        .iter()
        .filter(|guard| denied::names(why, &guard.name))
        .filter_map(|guard| Some((guard, judged(plan, guard)?)))
        .collect();
    // A partition is named as it is, and another table may have a constraint of that name.
    if found.iter().any(|(guard, _)| denied::names(why, &guard.table_name)) {
        found.retain(|(guard, _)| denied::names(why, &guard.table_name));
    }
    let Some((guard, _)) = found.first() else { return failure };
    let columns: Vec<String> = found
        .iter()
        .map(|(_, one)| format!("{} (by the rule {})", one.column, one.kind.as_str()))
        .collect();
    let rules: Vec<String> = found.iter().map(|(_, one)| one.rules()).collect();
    Failure::failed("the copy can't be made")
        .why(format!("{} takes no value that was made for {}", guard.name, columns.join(", ")))
        .hint(format!(
            "say in [anonymise.columns] of inboxctl.toml: {}; what was made was dropped again",
            rules.join(", and ")
        ))
}

struct Judged {
    /// As rules name it.
    column: String,
    kind: Kind,
    is_nullable: bool,
}

impl Judged {
    fn rules(&self) -> String {
        let name = serde_json::Value::from(self.column.as_str());
        match self.is_nullable && self.kind != Kind::Empty {
            true => format!("{name} = \"empty\" or \"keep\""),
            false => format!("{name} = \"keep\""),
        }
    }
}

/// A column whose values are others in the copy.
fn judged(plan: &Plan, guard: &Guard) -> Option<Judged> {
    let is_its =
        |schema: &str, table: &str| schema == guard.schema_name && table == guard.table_name;
    let planned = plan.tables().find(|one| {
        is_its(&one.table.schema, &one.table.name) || is_its(&one.table.schema, &one.table.root)
    })?;
    let columns = planned.table.columns.iter().zip(&planned.kinds);
    let mut its = columns.filter(|(column, _)| column.name == guard.column_name);
    let (column, kind) = its.next().filter(|(_, kind)| **kind != Kind::Keep)?;
    let name = planned.table.named(&column.name);
    Some(Judged { column: name, kind: *kind, is_nullable: column.is_nullable })
}
