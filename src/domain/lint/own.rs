//! What squawk has no rule for, or sees only in part.

use std::collections::BTreeSet;

use squawk_syntax::ast::{
    AlterColumnOption, AlterTableAction, AlterTypeAction, AstNode, Constraint,
    DetachPartitionOption, Literal, LockMode, Reindex, ReindexOption, ReindexTarget, SourceFile,
    Stmt,
};

use super::made::{Made, Subject, subjects};
use super::{Facts, Hit, Script};

/// What the statements before this one did in the same transaction.
#[derive(Debug, Default)]
pub(super) struct Before {
    enum_values: BTreeSet<String>,
    types: BTreeSet<String>,
}

impl Before {
    pub(super) fn add(&mut self, statement: &Stmt) {
        match statement {
            Stmt::CreateType(create) => {
                let name = create.type_name().map(|name| name.syntax().text().to_string());
                self.types.extend(name.map(|name| name.to_lowercase()));
            }
            Stmt::AlterType(alter) => {
                let name = alter.type_name_ref().map(|name| name.syntax().text().to_string());
                // Values of a type that is as new as they are can be used at once.
                let is_new = name.is_some_and(|name| self.types.contains(&name.to_lowercase()));
                if let (Some(AlterTypeAction::AddValue(add)), false) = (alter.action(), is_new) {
                    self.enum_values.extend(add.literal().and_then(|value| value.string_value()));
                }
            }
            _ => {}
        }
    }
}

/// What is wrong with the script as a whole.
pub(super) fn whole(script: &Script, file: &SourceFile) -> Option<Hit> {
    let second = file.stmts().nth(1).filter(|_| !script.transactional)?;
    hit("one-statement-without-transaction", &second)
}

/// What is wrong with a statement of it.
pub(super) fn statement(
    script: &Script,
    statement: &Stmt,
    before: &Before,
    made: &Made,
    facts: &Facts,
) -> Vec<Hit> {
    let mut hits = Vec::new();
    if let Some(words) = needs_no_transaction(statement).filter(|_| script.transactional) {
        let what = format!("{words} can't run inside a transaction, and this migration does.");
        hits.extend(hit("not-in-transaction", statement).map(|hit| hit.saying(what)));
    }
    if script.transactional {
        hits.extend(enum_value(statement, before));
    }
    hits.extend(blocking(statement));
    hits.extend(checks_of_new_columns(statement));
    if let (Stmt::CreateIndex(create), Some(Subject::Table(table))) =
        (statement, subjects(statement, facts).first())
        && create.concurrently_token().is_some()
        && made.is_partitioned(table, facts)
    {
        hits.extend(hit("concurrent-index-on-partitioned-table", statement));
    }
    hits
}

fn hit(rule: &str, statement: &Stmt) -> Option<Hit> {
    let range = statement.syntax().text_range();
    Hit::new(rule, range.start().into(), range.end().into())
}

/// How a statement is called that PostgreSQL refuses inside a transaction.
fn needs_no_transaction(statement: &Stmt) -> Option<&'static str> {
    match statement {
        Stmt::CreateIndex(create) => {
            create.concurrently_token().map(|_| "CREATE INDEX CONCURRENTLY")
        }
        Stmt::DropIndex(drop) => drop.concurrently_token().map(|_| "DROP INDEX CONCURRENTLY"),
        Stmt::Reindex(reindex) => match reindex.reindex_target()? {
            _ if is_concurrent(reindex) => Some("REINDEX CONCURRENTLY"),
            ReindexTarget::ReindexTargetTable(_) | ReindexTarget::ReindexTargetIndex(_) => None,
            _ => Some("REINDEX of a schema or database"),
        },
        Stmt::AlterTable(alter) => {
            let mut actions = alter.actions();
            let is_detach = |action| match action {
                AlterTableAction::DetachPartition(detach) => matches!(
                    detach.detach_partition_option(),
                    Some(DetachPartitionOption::DetachConcurrently(_))
                ),
                _ => false,
            };
            actions.any(is_detach).then_some("DETACH PARTITION CONCURRENTLY")
        }
        Stmt::Cluster(cluster) => {
            let has_table =
                cluster.table_name_ref().is_some() || cluster.cluster_legacy().is_some();
            (!has_table).then_some("CLUSTER of all tables")
        }
        Stmt::Vacuum(_) => Some("VACUUM"),
        Stmt::AlterSystem(_) => Some("ALTER SYSTEM"),
        Stmt::CreateDatabase(_) => Some("CREATE DATABASE"),
        Stmt::DropDatabase(_) => Some("DROP DATABASE"),
        Stmt::CreateTablespace(_) => Some("CREATE TABLESPACE"),
        Stmt::DropTablespace(_) => Some("DROP TABLESPACE"),
        _ => None,
    }
}

fn is_concurrent(reindex: &Reindex) -> bool {
    let by_option =
        |option: ReindexOption| matches!(option, ReindexOption::ReindexOptionConcurrently(_));
    reindex.reindex_target().is_some_and(|target| target.concurrently_token().is_some())
        || reindex.reindex_option_list().is_some_and(|list| list.reindex_options().any(by_option))
}

/// Where a value is used that an earlier statement added.
fn enum_value(statement: &Stmt, before: &Before) -> Option<Hit> {
    // Placing one new value beside another is fine.
    if before.enum_values.is_empty() || matches!(statement, Stmt::AlterType(_)) {
        return None;
    }
    let is_block = matches!(statement, Stmt::Do(_));
    let literals = statement.syntax().descendants().filter_map(Literal::cast);
    for literal in literals {
        let Some(text) = literal.string_value() else { continue };
        let used = before
            .enum_values
            .iter()
            .find(|value| text == **value || is_block && text.contains(&format!("'{value}'")));
        if let Some(value) = used {
            let range = literal.syntax().text_range();
            let what = format!(
                "'{value}' is added to its enum in this very transaction, and can't be used \
                 before that has committed."
            );
            let hit = Hit::new(
                "enum-value-used-in-transaction",
                range.start().into(),
                range.end().into(),
            );
            return hit.map(|hit| hit.saying(what));
        }
    }
    None
}

/// What keeps others from a table, or changes all of it.
fn blocking(statement: &Stmt) -> Option<Hit> {
    let rule = match statement {
        Stmt::Vacuum(vacuum) if vacuum.is_full() => "rewriting-table",
        Stmt::Cluster(_) => "rewriting-table",
        Stmt::AlterTable(alter) if alter.actions().any(|action| rewrites(&action)) => {
            "rewriting-table"
        }
        Stmt::Refresh(refresh) if refresh.concurrently_token().is_none() => "refreshing-view",
        Stmt::Lock(lock) => {
            let mode = lock.lock_mode_clause().and_then(|clause| clause.lock_mode());
            let is_weak = matches!(
                mode,
                Some(
                    LockMode::AccessShare(_)
                        | LockMode::RowShare(_)
                        | LockMode::RowExclusive(_)
                        | LockMode::ShareUpdateExclusive(_)
                )
            );
            return hit("locking-table", statement).filter(|_| !is_weak);
        }
        Stmt::Update(update) if update.where_clause_or_current_of().is_none() => {
            "changing-every-row"
        }
        Stmt::Delete(delete) if delete.where_clause_or_current_of().is_none() => {
            "changing-every-row"
        }
        // With CASCADE it is squawk's.
        Stmt::Truncate(truncate)
            if !truncate.drop_behavior().is_some_and(|behaviour| {
                behaviour.syntax().text().to_string().eq_ignore_ascii_case("cascade")
            }) =>
        {
            "truncating-table"
        }
        _ => return None,
    };
    hit(rule, statement)
}

fn rewrites(action: &AlterTableAction) -> bool {
    let is_computed_anew = match action {
        AlterTableAction::AlterColumn(column) => {
            matches!(column.option(), Some(AlterColumnOption::SetExpression(_)))
        }
        _ => false,
    };
    is_computed_anew
        || matches!(
            action,
            AlterTableAction::SetAccessMethod(_)
                | AlterTableAction::SetLogged(_)
                | AlterTableAction::SetTablespace(_)
                | AlterTableAction::SetUnlogged(_)
        )
}

/// `ADD COLUMN ... CHECK (...)` reads the table like any other new constraint.
fn checks_of_new_columns(statement: &Stmt) -> Vec<Hit> {
    let Stmt::AlterTable(alter) = statement else {
        return Vec::new();
    };
    let columns = alter.actions().filter_map(|action| match action {
        AlterTableAction::AddColumn(column) => Some(column),
        _ => None,
    });
    let checks = columns.flat_map(|column| column.constraints()).filter_map(|constraint| {
        let is_check = matches!(constraint, Constraint::CheckConstraint(_));
        is_check.then(|| constraint.syntax().text_range())
    });
    checks
        .filter_map(|range| {
            Hit::new("constraint-missing-not-valid", range.start().into(), range.end().into())
        })
        .collect()
}
