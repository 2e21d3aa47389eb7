//! The SQL that mends one difference, and when it must run among the others.

use super::create::{
    add, after_table, alter, comment_on_column, comment_on_table, create_table, create_trigger,
};
use super::difference::{Detail, detail};
use super::identifier::name;
use super::model::{
    Column, Constraint, ConstraintKind, Definition, DefinitionKind, Index, Table, Trigger,
};
use super::phase::{Phase, Step, mentions};

pub fn object(definition: &Definition) -> (&'static str, String) {
    let kind = match definition.kind {
        DefinitionKind::View => "view",
        DefinitionKind::MaterializedView => "materialized view",
        DefinitionKind::Sequence => "sequence",
        DefinitionKind::Function => "function",
        DefinitionKind::Procedure => "procedure",
        DefinitionKind::Domain => "domain",
        DefinitionKind::Composite => "type",
    };
    (kind, definition.name.clone())
}

fn spelled(definition: &Definition) -> String {
    if definition.kind.is_routine() { definition.name.clone() } else { name(&definition.name) }
}

pub fn privilege_target(definition: &Definition) -> String {
    format!("{} {}", definition.kind.as_sql(), spelled(definition))
}

pub fn drop_definition(definition: &Definition) -> String {
    format!("DROP {}", privilege_target(definition))
}

/// A routine keeps what hangs on it, unless its arguments have other names or its
/// result is of another type.
pub fn replace_definition(expected: &Definition, found: &Definition) -> Vec<String> {
    let head =
        |made: &Definition| made.definition.lines().take(2).map(str::to_owned).collect::<Vec<_>>();
    if expected.kind == found.kind && expected.kind.is_routine() && head(expected) == head(found) {
        return vec![expected.definition.clone()];
    }
    vec![drop_definition(found), expected.definition.clone()]
}

/// A table with all that hangs on it, each part when the script comes to it.
pub fn new_table(table: &Table) -> Vec<Step> {
    let mut steps = vec![(Phase::Tables, create_table(table))];
    for constraint in &table.constraints {
        let sql = format!("{} {}", alter(table), add(constraint));
        steps.push((Phase::of_constraint(constraint), sql));
    }
    let indexes = table.indexes.iter();
    steps.extend(indexes.map(|index| (Phase::Indexes, index.definition.clone())));
    steps.extend(after_table(table).into_iter().map(|sql| (Phase::Triggers, sql)));
    steps
}

pub fn attach(expected: &Table, found: &Table) -> Vec<String> {
    let this = name(&expected.name);
    let detach = found
        .partition_of
        .as_ref()
        .map(|place| format!("ALTER TABLE {} DETACH PARTITION {this}", name(&place.table)));
    let attach = expected.partition_of.as_ref().map(|place| {
        format!("ALTER TABLE {} ATTACH PARTITION {this} {}", name(&place.table), place.bound)
    });
    detach.into_iter().chain(attach).collect()
}

/// What is not a column of a table.
pub fn table_flags(expected: &Table, found: &Table) -> (Vec<Detail>, Vec<String>) {
    let (mut details, mut sql) = (Vec::new(), Vec::new());
    let mut flag = |property, (mine, theirs): (bool, bool), how: &str| {
        let word = |is_on| if is_on { "on" } else { "off" };
        details.push(detail(property, word(mine), word(theirs)));
        sql.push(format!("{} {how}", alter(expected)));
    };
    if expected.unlogged != found.unlogged {
        let how = if expected.unlogged { "SET UNLOGGED" } else { "SET LOGGED" };
        flag("unlogged", (expected.unlogged, found.unlogged), how);
    }
    // Where we have none, it is the application that guards its rows.
    if expected.row_security && !found.row_security {
        flag("row security", (true, false), "ENABLE ROW LEVEL SECURITY");
    }
    if expected.force_row_security && !found.force_row_security {
        flag("forced row security", (true, false), "FORCE ROW LEVEL SECURITY");
    }
    if expected.comment.is_some() && expected.comment != found.comment {
        let (mine, theirs) = (expected.comment.clone(), found.comment.clone());
        details.push(Detail { property: "comment", expected: mine, found: theirs });
        sql.push(comment_on_table(expected));
    }
    if expected.partition_key != found.partition_key {
        let (mine, theirs) = (expected.partition_key.clone(), found.partition_key.clone());
        details.push(Detail { property: "partition key", expected: mine, found: theirs });
        sql.push(format!(
            "-- {} can't be partitioned in place: make it anew and copy its rows",
            name(&expected.name)
        ));
    }
    (details, sql)
}

/// What differs in a column of ours. A default or a comment where we have none is
/// the application's.
pub fn column(
    table: &Table,
    found_table: &Table,
    expected: &Column,
    found: &Column,
) -> (Vec<Detail>, Vec<String>) {
    let (mut details, mut sql) = (Vec::new(), Vec::new());
    let this = name(&expected.name);
    let alter_column = format!("{} ALTER COLUMN {this}", alter(table));
    if expected.generated != found.generated {
        details.push(optional("generated", &expected.generated, &found.generated));
        if expected.generated.is_some() {
            return (details, computed_again(table, found_table, expected));
        }
        sql.push(format!("{alter_column} DROP EXPRESSION"));
    }
    let is_other_type =
        expected.sql_type != found.sql_type || expected.collation != found.collation;
    if is_other_type {
        let text = |column: &Column| match &column.collation {
            Some(collation) => format!("{} COLLATE {}", column.sql_type, name(collation)),
            None => column.sql_type.clone(),
        };
        details.push(detail("type", text(expected), text(found)));
        if found.default.is_some() {
            sql.push(format!("{alter_column} DROP DEFAULT"));
        }
        let new = &expected.sql_type;
        let using = if expected.sql_type == found.sql_type {
            String::new()
        } else {
            format!(" USING {this}::{new}")
        };
        // A trigger that looks at the column would stand in the way.
        let looks = |trigger: &&Trigger| {
            mentions(&trigger.definition, &this)
                && found_table.triggers.iter().any(|other| other.name == trigger.name)
        };
        let triggers: Vec<&Trigger> = table.triggers.iter().filter(looks).collect();
        sql.extend(triggers.iter().map(|trigger| drop_trigger(table, &trigger.name)));
        sql.push(format!("{alter_column} TYPE {}{using}", text(expected)));
        sql.extend(triggers.iter().flat_map(|trigger| create_trigger(table, trigger)));
    }
    if expected.identity != found.identity {
        details.push(optional("identity", &expected.identity, &found.identity));
        if found.identity.is_some() {
            sql.push(format!("{alter_column} DROP IDENTITY"));
        }
        if let Some(when) = &expected.identity {
            sql.push(format!("{alter_column} ADD GENERATED {when} AS IDENTITY"));
        }
    }
    let is_other_default = expected.default != found.default
        && (expected.default.is_some() || expected.identity != found.identity);
    if is_other_default {
        details.push(optional("default", &expected.default, &found.default));
    }
    if is_other_default || is_other_type && found.default.is_some() {
        let own = found.default.as_ref().filter(|_| !is_other_default);
        sql.push(match expected.default.as_ref().or(own) {
            Some(default) => format!("{alter_column} SET DEFAULT {default}"),
            None => format!("{alter_column} DROP DEFAULT"),
        });
    }
    if expected.not_null != found.not_null {
        let word = |column: &Column| if column.not_null { "NOT NULL" } else { "NULL" };
        details.push(detail("nullability", word(expected), word(found)));
        let how = if expected.not_null { "SET" } else { "DROP" };
        sql.push(format!("{alter_column} {how} NOT NULL"));
    }
    if expected.comment.is_some() && expected.comment != found.comment {
        details.push(optional("comment", &expected.comment, &found.comment));
        sql.push(comment_on_column(table, expected));
    }
    (details, sql)
}

/// A column that is computed is made anew, with the indexes and keys that go with it.
fn computed_again(table: &Table, found: &Table, column: &Column) -> Vec<String> {
    let mut sql = vec![
        format!("{} DROP COLUMN {}", alter(table), name(&column.name)),
        format!("{} ADD COLUMN {}", alter(table), super::create::column(column)),
    ];
    let is_there = |index: &&Index| found.indexes.iter().any(|other| other.name == index.name);
    let indexes = table.indexes.iter().filter(is_there);
    let names_it = |definition: &str| mentions(definition, &name(&column.name));
    sql.extend(indexes.filter(|one| names_it(&one.definition)).map(|one| one.definition.clone()));
    let is_there = |key: &&Constraint| found.constraints.iter().any(|one| one.name == key.name);
    let keys =
        table.constraints.iter().filter(is_there).filter(|key| key.columns.contains(&column.name));
    sql.extend(keys.map(|key| format!("{} {}", alter(table), add(key))));
    sql
}

fn optional(property: &'static str, expected: &Option<String>, found: &Option<String>) -> Detail {
    Detail { property, expected: expected.clone(), found: found.clone() }
}

/// In two steps where that is possible: who runs the script a statement at a time
/// doesn't lock writers out while rows are read.
pub fn add_constraint(table: &Table, constraint: &Constraint) -> Vec<String> {
    let made = format!("{} {}", alter(table), add(constraint));
    let in_two_steps = match constraint.kind {
        ConstraintKind::Check => true,
        ConstraintKind::ForeignKey => table.partition_key.is_none(),
        _ => false,
    };
    match (constraint.validated, in_two_steps) {
        (true, true) => vec![format!("{made} NOT VALID"), validate_constraint(table, constraint)],
        (true, false) => vec![made],
        (false, _) => vec![format!("{made} NOT VALID")],
    }
}

pub fn validate_constraint(table: &Table, constraint: &Constraint) -> String {
    format!("{} VALIDATE CONSTRAINT {}", alter(table), name(&constraint.name))
}

pub fn drop_constraint(table: &Table, constraint: &Constraint) -> String {
    format!("{} DROP CONSTRAINT {}", alter(table), name(&constraint.name))
}

pub fn rename_constraint(table: &Table, old: &str, new: &str) -> String {
    format!("{} RENAME CONSTRAINT {} TO {}", alter(table), name(old), name(new))
}

/// Not CONCURRENTLY: the script is one transaction.
pub fn drop_index(index: &Index) -> String {
    format!("DROP INDEX {}", name(&index.name))
}

pub fn rebuild_index(index: &Index) -> String {
    format!("REINDEX INDEX {}", name(&index.name))
}

pub fn drop_trigger(table: &Table, trigger: &str) -> String {
    format!("DROP TRIGGER {} ON {}", name(trigger), name(&table.name))
}

pub fn drop_policy(table: &Table, policy: &str) -> String {
    format!("DROP POLICY {} ON {}", name(policy), name(&table.name))
}

pub fn firing(trigger: &Trigger) -> &'static str {
    match trigger.enabled {
        'D' => "disabled",
        'R' => "on a replica only",
        'A' => "always",
        _ => "enabled",
    }
}

/// Owner and grants of `target` (`TABLE contacts`).
pub fn privileges(
    target: &str,
    (owner, found_owner): (&Option<String>, &Option<String>),
    (grants, found_grants): (&[String], &[String]),
) -> (Vec<Detail>, Vec<String>) {
    let (mut details, mut sql) = (Vec::new(), Vec::new());
    if let (Some(owner), Some(found_owner)) = (owner, found_owner)
        && owner != found_owner
    {
        details.push(detail("owner", owner, found_owner));
        sql.push(format!("ALTER {target} OWNER TO {}", name(owner)));
    }
    // GRANT knows no kind for a view.
    let target = target.replace("MATERIALIZED VIEW ", "").replace("VIEW ", "");
    for grant in found_grants.iter().filter(|grant| !grants.contains(grant)) {
        details.push(Detail { property: "grant", expected: None, found: Some(grant.clone()) });
        if let Some((privilege, role)) = grant.split_once(" TO ") {
            sql.push(format!("REVOKE {privilege} ON {target} FROM {role}"));
        }
    }
    for grant in grants.iter().filter(|grant| !found_grants.contains(grant)) {
        details.push(Detail { property: "grant", expected: Some(grant.clone()), found: None });
        if let Some((privilege, role)) = grant.split_once(" TO ") {
            sql.push(format!("GRANT {privilege} ON {target} TO {role}"));
        }
    }
    (details, sql)
}
