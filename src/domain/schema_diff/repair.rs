//! The SQL that mends one difference, and when it must run among the others.

use super::create::{add, after_table, alter, comment_on_column, comment_on_table, create_table};
use super::difference::{Detail, detail};
use super::identifier::{name, role as role_name};
use super::model::{
    Catalog, Column, Constraint, ConstraintKind, Definition, DefinitionKind, Index, Table, Trigger,
};
use super::phase::{Phase, Step, mentions};
use super::way::{self, Ground, Way};

pub(super) fn object(definition: &Definition) -> (&'static str, String) {
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

pub(super) fn privilege_target(definition: &Definition) -> String {
    format!("{} {}", definition.kind.as_sql(), spelled(definition))
}

pub(super) fn drop_definition(definition: &Definition) -> String {
    format!("DROP {}", privilege_target(definition))
}

/// A routine keeps what hangs on it, unless its arguments have other names or its
/// result is of another type.
pub(super) fn replace_definition(
    ground: Ground<'_>,
    expected: &Definition,
    found: &Definition,
) -> Vec<Step> {
    let phase = Phase::of(expected.kind);
    let head =
        |made: &Definition| made.definition.lines().take(2).map(str::to_owned).collect::<Vec<_>>();
    if expected.kind == found.kind && expected.kind.is_routine() && head(expected) == head(found) {
        return vec![(phase, expected.definition.clone())];
    }
    match Way::without_routine(ground, &found.name) {
        Ok(way) => way.around(phase, vec![drop_definition(found), expected.definition.clone()]),
        Err(why) => vec![(phase, way::blocked("make it anew", &why))],
    }
}

/// A table with all that hangs on it, each part when the script comes to it.
pub(super) fn new_table(table: &Table) -> Vec<Step> {
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

pub(super) fn attach(expected: &Table, found: &Table) -> Vec<String> {
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
pub(super) fn table_flags(expected: &Table, found: &Table) -> (Vec<Detail>, Vec<String>) {
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
pub(super) fn column(
    ground: Ground<'_>,
    (table, found_table): (&Table, &Table),
    (expected, found): (&Column, &Column),
) -> (Vec<Detail>, Vec<Step>) {
    let (mut details, mut sql) = (Vec::new(), Vec::new());
    let (mut after, mut is_stuck) = (Vec::new(), false);
    let this = name(&expected.name);
    let alter_column = format!("{} ALTER COLUMN {this}", alter(table));
    if expected.generated != found.generated {
        details.push(optional("generated", &expected.generated, &found.generated));
        if expected.generated.is_some() {
            let sql = computed_again(table, found_table, expected);
            return (details, sql.into_iter().map(|sql| (Phase::Columns, sql)).collect());
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
        let types = (found.sql_type.as_str(), expected.sql_type.as_str());
        match Way::to_other_type(ground, found_table, &expected.name, types) {
            Ok(way) => {
                sql.extend(way.before);
                if found.default.is_some() {
                    sql.push(format!("{alter_column} DROP DEFAULT"));
                }
                // An enum has casts from and to text alone.
                let is_enum =
                    |name: &str, of: &Catalog| of.enums.iter().any(|one| one.name == name);
                let by_text = is_enum(&found.sql_type, ground.found)
                    || is_enum(&expected.sql_type, ground.expected);
                let by = if by_text { "::text" } else { "" };
                let using = match expected.sql_type == found.sql_type {
                    true => String::new(),
                    false => {
                        sql.extend(way::misfits(ground, table, &expected.name, types));
                        format!(" USING {this}{by}::{}", expected.sql_type)
                    }
                };
                sql.push(format!("{alter_column} TYPE {}{using}", text(expected)));
                after = way.after;
            }
            Err(why) => {
                is_stuck = true;
                sql.push(way::blocked_type(types, &why));
            }
        }
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
    // A default of the right type may not fit the wrong one.
    if !is_stuck && (is_other_default || is_other_type && found.default.is_some()) {
        let own = found.default.as_ref().filter(|_| !is_other_default);
        sql.push(match expected.default.as_ref().or(own) {
            Some(default) => format!("{alter_column} SET DEFAULT {default}"),
            None => format!("{alter_column} DROP DEFAULT"),
        });
    }
    if expected.not_null != found.not_null {
        let word = |column: &Column| if column.not_null { "NOT NULL" } else { "NULL" };
        details.push(detail("nullability", word(expected), word(found)));
        sql.push(match expected.not_null {
            true if ground.obstacles.is_unfilled(&table.name, &expected.name) => {
                way::unfilled(table, &expected.name)
            }
            true => format!("{alter_column} SET NOT NULL"),
            false => format!("{alter_column} DROP NOT NULL"),
        });
    }
    if expected.comment.is_some() && expected.comment != found.comment {
        details.push(optional("comment", &expected.comment, &found.comment));
        sql.push(comment_on_column(table, expected));
    }
    let steps = sql.into_iter().map(|sql| (Phase::Columns, sql));
    (details, steps.chain(after).collect())
}

/// A column that is missing; without NOT NULL where rows would have no value.
pub(super) fn missing_column(ground: Ground<'_>, table: &Table, made: &Column) -> Vec<String> {
    let is_unfilled = ground.obstacles.is_unfilled(&table.name, &made.name);
    let column = Column { not_null: made.not_null && !is_unfilled, ..made.clone() };
    let mut sql = vec![format!("{} ADD COLUMN {}", alter(table), super::create::column(&column))];
    if is_unfilled {
        sql.push(way::unfilled(table, &made.name));
    }
    if made.comment.is_some() {
        sql.push(comment_on_column(table, made));
    }
    sql
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
pub(super) fn add_constraint(
    ground: Ground<'_>,
    table: &Table,
    constraint: &Constraint,
) -> Vec<String> {
    let made = format!("{} {}", alter(table), add(constraint));
    let in_two_steps = match constraint.kind {
        ConstraintKind::Check => true,
        ConstraintKind::ForeignKey => table.partition_key.is_none(),
        _ => false,
    };
    let is_broken = ground.obstacles.is_broken(&table.name, &constraint.name);
    match (constraint.validated, in_two_steps) {
        (_, true) if is_broken => {
            vec![format!("{made} NOT VALID"), validate_constraint(ground, table, constraint)]
        }
        _ if is_broken => vec![way::blocked("make it", BROKEN)],
        (true, true) => {
            vec![format!("{made} NOT VALID"), validate_constraint(ground, table, constraint)]
        }
        (true, false) => vec![made],
        (false, _) => vec![format!("{made} NOT VALID")],
    }
}

/// Rows that a constraint or a unique index would refuse.
pub(super) const BROKEN: &str = "there are rows that break it, which must be fixed first";

/// Or a comment, where it would fail.
pub(super) fn validate_constraint(
    ground: Ground<'_>,
    table: &Table,
    constraint: &Constraint,
) -> String {
    let sql = format!("{} VALIDATE CONSTRAINT {}", alter(table), name(&constraint.name));
    match ground.obstacles.is_broken(&table.name, &constraint.name) {
        true => format!("-- not valid yet, for {BROKEN}: then run {sql}"),
        false => sql,
    }
}

pub(super) fn rename_constraint(table: &Table, old: &str, new: &str) -> String {
    format!("{} RENAME CONSTRAINT {} TO {}", alter(table), name(old), name(new))
}

pub(super) fn rebuild_index(index: &Index) -> String {
    format!("REINDEX INDEX {}", name(&index.name))
}

pub(super) fn firing(trigger: &Trigger) -> &'static str {
    match trigger.enabled {
        'D' => "disabled",
        'R' => "on a replica only",
        'A' => "always",
        _ => "enabled",
    }
}

/// Owner and grants of `target` (`TABLE contacts`).
pub(super) fn privileges(
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
            sql.push(format!("REVOKE {privilege} ON {target} FROM {}", role_name(role)));
        }
    }
    for grant in grants.iter().filter(|grant| !found_grants.contains(grant)) {
        details.push(Detail { property: "grant", expected: Some(grant.clone()), found: None });
        if let Some((privilege, role)) = grant.split_once(" TO ") {
            sql.push(format!("GRANT {privilege} ON {target} TO {}", role_name(role)));
        }
    }
    (details, sql)
}
