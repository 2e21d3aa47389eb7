//! Tables that the scripts themselves make: nobody uses them yet, and they are empty.

use std::collections::{BTreeMap, BTreeSet};

use squawk_syntax::ast::{
    AlterTableAction, AstNode, IndexRef, Path, PathRef, RelationNameRef, Stmt, TableNameRef,
};

use super::Facts;

/// What a statement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    /// Or a materialized view.
    Table(String),
    Index(String),
}

/// What the statements so far have made.
#[derive(Debug, Default)]
pub(super) struct Made {
    tables: BTreeSet<String>,
    partitioned: BTreeSet<String>,
    indexes: BTreeMap<String, String>,
}

impl Made {
    /// `None` if all that the statement is about is new; else the table that is in
    /// use, if one can tell which.
    pub(super) fn used(&self, subjects: &[Subject], facts: &Facts) -> Option<Option<String>> {
        let tables = subjects.iter().map(|subject| self.table(subject, facts));
        let mut used =
            tables.filter(|table| table.as_ref().is_none_or(|table| !self.tables.contains(table)));
        match used.next() {
            None if subjects.is_empty() => Some(None),
            None => None,
            Some(first) => Some(first),
        }
    }

    pub(super) fn is_partitioned(&self, table: &str, facts: &Facts) -> bool {
        self.partitioned.contains(table)
            || facts.tables.get(table).is_some_and(|table| table.is_partitioned)
    }

    fn table(&self, subject: &Subject, facts: &Facts) -> Option<String> {
        match subject {
            Subject::Table(name) => Some(name.clone()),
            Subject::Index(name) => {
                self.indexes.get(name).or_else(|| facts.indexes.get(name)).cloned()
            }
        }
    }

    pub(super) fn add(&mut self, statement: &Stmt, facts: &Facts) {
        match statement {
            Stmt::CreateTable(create) => {
                let Some(name) = create.table_name().and_then(|name| name.path()) else {
                    return;
                };
                let name = path_name(&name, facts);
                let may_be_there =
                    create.if_not_exists().is_some() && facts.tables.contains_key(&name);
                if !may_be_there {
                    if create.partition_by().is_some() {
                        self.partitioned.insert(name.clone());
                    }
                    self.tables.insert(name);
                }
            }
            Stmt::CreateIndex(create) => {
                let name = create.index().and_then(|index| index.path());
                if let (Some(name), Some(Subject::Table(table))) =
                    (name, subjects(statement, facts).into_iter().next())
                {
                    self.indexes.insert(path_name(&name, facts), table);
                }
            }
            Stmt::AlterTable(alter) => {
                let new_name = alter.actions().find_map(|action| match action {
                    AlterTableAction::TableRenameTo(rename) => rename.table_name()?.path(),
                    _ => None,
                });
                if let (Some(new_name), Some(Subject::Table(name))) =
                    (new_name, subjects(statement, facts).into_iter().next())
                {
                    self.rename(&name, path_name(&new_name, facts));
                }
            }
            Stmt::DropTable(_) => {
                for subject in subjects(statement, facts) {
                    if let Subject::Table(name) = subject {
                        self.tables.remove(&name);
                        self.partitioned.remove(&name);
                    }
                }
            }
            _ => {}
        }
    }

    fn rename(&mut self, old: &str, new: String) {
        if self.partitioned.remove(old) {
            self.partitioned.insert(new.clone());
        }
        for table in self.indexes.values_mut().filter(|table| *table == old) {
            table.clone_from(&new);
        }
        if self.tables.remove(old) {
            self.tables.insert(new);
        } else {
            // The name of a table that is in use no longer stands for a new one.
            self.tables.remove(&new);
        }
    }
}

/// The tables and indexes that a statement works on.
pub(super) fn subjects(statement: &Stmt, facts: &Facts) -> Vec<Subject> {
    let all = |statement: &dyn Fn(PathRef) -> Subject, paths: Vec<PathRef>| {
        paths.into_iter().map(statement).collect::<Vec<_>>()
    };
    let table = |path: PathRef| Subject::Table(path_ref_name(&path, facts));
    let index = |path: PathRef| Subject::Index(path_ref_name(&path, facts));
    let node = statement.syntax();
    let tables = || -> Vec<PathRef> {
        node.descendants().filter_map(TableNameRef::cast).filter_map(|one| one.path_ref()).collect()
    };
    let relation = |relation: Option<squawk_syntax::ast::RelationName>| -> Vec<PathRef> {
        let reference =
            relation.and_then(|name| name.syntax().descendants().find_map(RelationNameRef::cast));
        reference.and_then(|one| one.path_ref()).into_iter().collect()
    };
    let indexes = || -> Vec<PathRef> {
        node.descendants().filter_map(IndexRef::cast).filter_map(|one| one.path_ref()).collect()
    };
    match statement {
        // Further names there are those that it points to.
        Stmt::AlterTable(_) | Stmt::CreateIndex(_) | Stmt::CreateTrigger(_) => {
            all(&table, tables().into_iter().take(1).collect())
        }
        Stmt::DropTable(_) | Stmt::Truncate(_) | Stmt::Vacuum(_) | Stmt::Cluster(_) => {
            all(&table, tables())
        }
        Stmt::DropIndex(_) => all(&index, indexes()),
        Stmt::Reindex(_) => [all(&table, tables()), all(&index, indexes())].concat(),
        Stmt::Lock(_) => {
            let names = node.descendants().filter_map(RelationNameRef::cast);
            all(&table, names.filter_map(|one| one.path_ref()).collect())
        }
        Stmt::Update(update) => all(&table, relation(update.relation_name())),
        Stmt::Delete(delete) => all(&table, relation(delete.relation_name())),
        Stmt::Refresh(refresh) => {
            all(&table, refresh.view_ref().and_then(|view| view.path_ref()).into_iter().collect())
        }
        _ => Vec::new(),
    }
}

/// The name as the catalogue has it, with its schema unless that is the inbox's own.
fn path_ref_name(path: &PathRef, facts: &Facts) -> String {
    let name = path.segment().map(|segment| segment.text()).unwrap_or_default();
    let schema = path.qualifier().and_then(|schema| schema.segment()).map(|one| one.text());
    qualified(schema, name, facts)
}

fn path_name(path: &Path, facts: &Facts) -> String {
    let name = path.segment().map(|segment| segment.text()).unwrap_or_default();
    let schema = path.qualifier().and_then(|schema| schema.segment()).map(|one| one.text());
    qualified(schema, name, facts)
}

fn qualified(schema: Option<String>, name: String, facts: &Facts) -> String {
    match schema.filter(|schema| schema != facts.own_schema()) {
        Some(schema) => format!("{schema}.{name}"),
        None => name,
    }
}
