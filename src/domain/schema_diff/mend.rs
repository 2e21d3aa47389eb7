//! The SQL that mends one difference, and when it must run among the others.

use super::create::{
    add, alter, comment_on_column, comment_on_table, create_enum, writable_columns,
};
use super::diff::{Detail, detail};
use super::identifier::name;
use super::model::{
    Catalog, Column, Constraint, ConstraintKind, Definition, DefinitionKind, Enum, Index, Table,
    Trigger,
};

/// What hangs on others goes first and comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    Rename,
    DropTriggers,
    DropViews,
    DropConstraints,
    DropIndexes,
    DropTables,
    DropColumns,
    DropRoutines,
    DropTypes,
    Types,
    Routines,
    Tables,
    Columns,
    Keys,
    ForeignKeys,
    Indexes,
    Views,
    Triggers,
    Privileges,
}

impl Phase {
    pub fn of(kind: DefinitionKind) -> Phase {
        match kind {
            _ if kind.is_view() => Phase::Views,
            _ if kind.is_routine() => Phase::Routines,
            _ => Phase::Types,
        }
    }

    pub fn drop_of(kind: DefinitionKind) -> Phase {
        match kind {
            _ if kind.is_view() => Phase::DropViews,
            _ if kind.is_routine() => Phase::DropRoutines,
            _ => Phase::DropTypes,
        }
    }

    pub fn of_constraint(constraint: &Constraint) -> Phase {
        match constraint.kind {
            ConstraintKind::ForeignKey => Phase::ForeignKeys,
            _ => Phase::Keys,
        }
    }
}

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

/// A routine keeps what hangs on it, unless its result is of another type.
pub fn replace_definition(expected: &Definition, found: &Definition) -> Vec<String> {
    let returns = |made: &Definition| {
        made.definition.lines().find(|line| line.starts_with(" RETURNS ")).map(str::to_owned)
    };
    if expected.kind == found.kind
        && expected.kind.is_routine()
        && returns(expected) == returns(found)
    {
        return vec![expected.definition.clone()];
    }
    vec![drop_definition(found), expected.definition.clone()]
}

/// A new label is added in its place; one too many, or another order, needs the
/// type made anew, for a label can't be dropped.
pub fn enum_labels(expected: &Enum, found: &Enum, catalog: &Catalog) -> Vec<String> {
    let kept: Vec<&String> =
        expected.labels.iter().filter(|label| found.labels.contains(label)).collect();
    if kept.iter().copied().eq(found.labels.iter()) {
        return added_labels(expected, found);
    }
    if let Some((old, new)) = one_renamed(expected, found) {
        let text = super::identifier::text;
        return vec![format!(
            "ALTER TYPE {} RENAME VALUE {} TO {}",
            name(&expected.name),
            text(old),
            text(new)
        )];
    }
    remade(expected, catalog)
}

fn added_labels(expected: &Enum, found: &Enum) -> Vec<String> {
    let text = super::identifier::text;
    let mut sql = Vec::new();
    for (at, label) in expected.labels.iter().enumerate() {
        if found.labels.contains(label) {
            continue;
        }
        let place = match at.checked_sub(1).and_then(|before| expected.labels.get(before)) {
            Some(before) => format!("AFTER {}", text(before)),
            None => match found.labels.first() {
                Some(first) => format!("BEFORE {}", text(first)),
                None => String::new(),
            },
        };
        let added =
            format!("ALTER TYPE {} ADD VALUE {} {place}", name(&expected.name), text(label));
        sql.push(added.trim_end().to_owned());
    }
    sql
}

fn one_renamed<'a>(expected: &'a Enum, found: &'a Enum) -> Option<(&'a str, &'a str)> {
    if expected.labels.len() != found.labels.len() {
        return None;
    }
    let pairs = found.labels.iter().zip(&expected.labels);
    let mut changed = pairs.filter(|(old, new)| old != new);
    let (old, new) = changed.next()?;
    let is_new = !expected.labels.contains(old) && !found.labels.contains(new);
    (changed.next().is_none() && is_new).then_some((old, new))
}

fn remade(expected: &Enum, catalog: &Catalog) -> Vec<String> {
    let (made, old) = (name(&expected.name), name(&format!("{}_old", expected.name)));
    let mut before = vec![format!("ALTER TYPE {made} RENAME TO {old}"), create_enum(expected)];
    let (mut change, mut after) = (Vec::new(), Vec::new());
    let names_it = |text: &str| text.contains(&format!("::{made}"));
    for table in catalog.tables.iter().filter(|table| table.partition_of.is_none()) {
        let of_type = |column: &&Column| column.sql_type.trim_end_matches("[]") == made;
        for column in table.columns.iter().filter(of_type) {
            let (at, place) = (name(&column.name), alter(table));
            if let Some(default) = &column.default {
                before.push(format!("{place} ALTER COLUMN {at} DROP DEFAULT"));
                after.push(format!("{place} ALTER COLUMN {at} SET DEFAULT {default}"));
            }
            let new = &column.sql_type;
            let text = if new.ends_with("[]") { "text[]" } else { "text" };
            change.push(format!("{place} ALTER COLUMN {at} TYPE {new} USING {at}::{text}::{new}"));
        }
        for index in table.indexes.iter().filter(|index| names_it(&index.definition)) {
            before.push(format!("DROP INDEX {}", name(&index.name)));
            after.push(index.definition.clone());
        }
        for found in table.constraints.iter().filter(|found| names_it(&found.definition)) {
            before.push(drop_constraint(table, found));
            after.push(format!("{} {}", alter(table), add(found)));
        }
    }
    // Expressions that mention the type are dropped while it has its old name.
    before.rotate_left(2);
    before.extend(change);
    before.extend(after);
    before.push(format!("DROP TYPE {old}"));
    before
}

/// A partition's rows go back to the parent, which has a place for all.
pub fn drop_table(table: &Table, found: &Catalog) -> (Phase, Vec<String>) {
    let this = name(&table.name);
    let parent = table.partition_of.as_ref().and_then(|place| found.table(&place.table));
    let Some(parent) = parent else {
        return (Phase::DropTables, vec![format!("DROP TABLE {this}")]);
    };
    let columns = writable_columns(parent);
    let back =
        format!("INSERT INTO {} ({columns}) SELECT {columns} FROM {this}", name(&parent.name));
    let detach = format!("{} DETACH PARTITION {this}", alter(parent));
    (Phase::Tables, vec![detach, back, format!("DROP TABLE {this}")])
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
    let mut flag = |property, (mine, theirs): (bool, bool), on: &str, off: &str| {
        if mine != theirs {
            let word = |is_on| if is_on { "on" } else { "off" };
            details.push(detail(property, word(mine), word(theirs)));
            sql.push(format!("{} {}", alter(expected), if mine { on } else { off }));
        }
    };
    flag("unlogged", (expected.unlogged, found.unlogged), "SET UNLOGGED", "SET LOGGED");
    flag(
        "row security",
        (expected.row_security, found.row_security),
        "ENABLE ROW LEVEL SECURITY",
        "DISABLE ROW LEVEL SECURITY",
    );
    flag(
        "forced row security",
        (expected.force_row_security, found.force_row_security),
        "FORCE ROW LEVEL SECURITY",
        "NO FORCE ROW LEVEL SECURITY",
    );
    if expected.comment != found.comment {
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

pub fn column(table: &Table, expected: &Column, found: &Column) -> (Vec<Detail>, Vec<String>) {
    let (mut details, mut sql) = (Vec::new(), Vec::new());
    let this = name(&expected.name);
    let alter_column = format!("{} ALTER COLUMN {this}", alter(table));
    if expected.generated != found.generated {
        details.push(optional("generated", &expected.generated, &found.generated));
        sql.push(format!("{} DROP COLUMN {this}", alter(table)));
        sql.push(format!("{} ADD COLUMN {}", alter(table), super::create::column(expected)));
        return (details, sql);
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
        sql.push(format!("{alter_column} TYPE {}{using}", text(expected)));
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
    if expected.default != found.default {
        details.push(optional("default", &expected.default, &found.default));
    }
    if expected.default != found.default || is_other_type && found.default.is_some() {
        sql.push(match &expected.default {
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
    if expected.comment != found.comment {
        details.push(optional("comment", &expected.comment, &found.comment));
        sql.push(comment_on_column(table, expected));
    }
    (details, sql)
}

fn optional(property: &'static str, expected: &Option<String>, found: &Option<String>) -> Detail {
    Detail { property, expected: expected.clone(), found: found.clone() }
}

/// Where the server can, first without reading the table, then without locking
/// writers out of it.
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

pub fn drop_index(table: &Table, index: &Index) -> String {
    let online = if table.partition_key.is_none() { "CONCURRENTLY " } else { "" };
    format!("DROP INDEX {online}{}", name(&index.name))
}

pub fn rebuild_index(table: &Table, index: &Index) -> String {
    let online = if table.partition_key.is_none() { "CONCURRENTLY " } else { "" };
    format!("REINDEX INDEX {online}{}", name(&index.name))
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
