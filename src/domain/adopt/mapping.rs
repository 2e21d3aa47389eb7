//! Which table of the application is which of ours, and of what each column is made: what follows from
//! that for a table, a column or a key.

use super::model::{Field, Kind, Model, Otherwise};
use crate::domain::schema_diff::{self, Catalog};

/// What a column of ours is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Column(String),
    /// A column that leads to several tables, and the one that says of a row to which: only where that
    /// is one of `means`, in small letters, the singular and without what separates words.
    Of {
        column: String,
        says: String,
        means: Vec<String>,
    },
    /// `column` of the row of `table` whose `target` is what `key` holds.
    Through {
        key: String,
        table: String,
        target: String,
        column: String,
    },
    /// With a blank between them.
    Joined(Vec<String>),
    Constant(String),
    /// A column that says yes or no.
    Flag {
        column: String,
        yes: &'static str,
        no: &'static str,
    },
    /// The time of the last change, in rows where the column says this.
    When {
        column: String,
        is_when_true: bool,
    },
    /// Theirs has nothing.
    Nothing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub field: &'static Field,
    pub value: Value,
    /// Of theirs.
    pub sql_type: String,
}

/// A table of ours.
#[derive(Debug, Clone)]
pub struct Table {
    pub model: &'static Model,
    /// None: it is made empty.
    pub theirs: Option<schema_diff::Table>,
    pub columns: Vec<Column>,
    /// What ours has no column for: the column, and its name here.
    pub own: Vec<(schema_diff::Column, String)>,
}

#[derive(Debug, Clone, Default)]
pub struct Mapping {
    pub tables: Vec<Table>,
    /// What the map says that can't be.
    pub wrong: Vec<String>,
    /// Tables of ours for which there are two equally likely ones.
    pub ambiguous: Vec<(&'static str, Vec<String>)>,
}

impl Value {
    /// The one column of the row itself that it is made of.
    pub fn column(&self) -> Option<&str> {
        match self {
            Value::Column(name)
            | Value::Of { column: name, .. }
            | Value::When { column: name, .. }
            | Value::Flag { column: name, .. } => Some(name),
            Value::Through { .. } | Value::Joined(_) | Value::Constant(_) | Value::Nothing => None,
        }
    }

    /// As the map writes it.
    pub fn written(&self) -> String {
        match self {
            Value::Through { key, column, .. } => format!("{key} -> {column}"),
            Value::Joined(names) => names.join(" + "),
            Value::Constant(text) => format!("= {text}"),
            value => value.column().unwrap_or_default().to_owned(),
        }
    }
}

impl Table {
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.field.name == name)
    }

    /// The name of theirs, where there is one.
    pub fn name(&self) -> Option<&str> {
        self.theirs.as_ref().map(|table| table.name.as_str())
    }

    /// Whether a column of theirs has none of ours.
    pub fn has_own(&self, theirs: &str) -> bool {
        self.own.iter().any(|(own, _)| own.name == theirs)
    }

    /// Whether a key of theirs, which was checked, has this column lead to a row of `target`.
    pub fn is_kept_by_a_key(&self, column: &Column, target: &Table) -> bool {
        let (Some(theirs), Value::Column(name)) = (&self.theirs, &column.value) else {
            return false;
        };
        let id = target.column("id").map(|id| id.value.written()).unwrap_or_default();
        theirs.constraints.iter().any(|key| {
            key.validated
                && key.columns == [name.clone()]
                && key.references.as_ref().is_some_and(|reference| {
                    Some(reference.table.as_str()) == target.name()
                        && reference.columns == [id.clone()]
                })
        })
    }

    /// The columns here of a key of theirs that is one here too.
    pub fn key_of(&self, theirs: &[String]) -> Option<Vec<&str>> {
        let here: Vec<&str> =
            theirs.iter().map(|name| self.column_of(name)).collect::<Option<_>>()?;
        let is_there = here == ["id"]
            || here == ["email"] && self.model.table == "users"
            || self.theirs.as_ref().is_some_and(|table| table.is_unique(theirs));
        // Of the log, whose keys have the month in them, there is none.
        (is_there && self.model.table != "audit_logs").then_some(here)
    }

    /// The column here that holds what theirs of this name holds, unchanged or converted.
    pub fn column_of(&self, theirs: &str) -> Option<&str> {
        let own = self.own.iter().find(|(column, _)| column.name == theirs);
        let made = self.columns.iter().find(|column| match &column.value {
            Value::Column(name) => name == theirs,
            _ => false,
        });
        made.map(|column| column.field.name).or(own.map(|(_, name)| name.as_str()))
    }
}

impl Mapping {
    /// The table of ours that theirs of this name becomes.
    pub fn of(&self, theirs: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name() == Some(theirs))
    }

    /// What rows of ours get that says something of them, and that no column of theirs says:
    /// `users.role VIEWER`.
    pub fn invented(&self) -> Vec<String> {
        let tables = self.tables.iter().filter(|table| table.theirs.is_some());
        let columns = tables.flat_map(|table| table.columns.iter().map(move |one| (table, one)));
        columns
            .filter(|(_, column)| column.value == Value::Nothing)
            .filter_map(|(table, column)| {
                let what = match (column.field.otherwise, column.field.kind) {
                    (Otherwise::Now, _) => "the moment of the adoption",
                    (Otherwise::Constant(text), Kind::Text | Kind::Label(_)) => text,
                    _ => return None,
                };
                Some(format!("{}.{} {what}", table.model.table, column.field.name))
            })
            .collect()
    }

    pub fn ours(&self, table: &str) -> Option<&Table> {
        self.tables.iter().find(|one| one.model.table == table)
    }

    /// Those of theirs that become ours.
    pub fn taken(&self, catalog: &Catalog) -> Vec<String> {
        let names = catalog.tables.iter().map(|table| &table.name);
        names.filter(|name| self.is_taken(catalog, name)).cloned().collect()
    }

    /// Tables that become ours, the partitions of such tables too, and theirs.
    pub fn is_taken(&self, catalog: &Catalog, name: &str) -> bool {
        let parent = catalog.table(name).and_then(|table| table.partition_of.as_ref());
        self.of(name).is_some()
            || parent
                .is_some_and(|parent| parent.table != name && self.is_taken(catalog, &parent.table))
    }
}
