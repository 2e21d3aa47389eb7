//! A schema as the catalogue tells it, without what differs between two databases
//! that are the same: no oids, no sizes, no statistics.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Everything in the schema.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Catalog {
    /// 150004 for 15.4: how expressions are spelled depends on it.
    pub server_version_num: u32,
    pub extensions: Vec<String>,
    pub enums: Vec<Enum>,
    pub definitions: Vec<Definition>,
    pub tables: Vec<Table>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enum {
    pub name: String,
    /// In the order of the type.
    pub labels: Vec<String>,
}

/// What is made by one statement and replaced as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    pub kind: DefinitionKind,
    /// Of a routine with its arguments.
    pub name: String,
    /// The CREATE statement.
    pub definition: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DefinitionKind {
    View,
    MaterializedView,
    Sequence,
    Function,
    Procedure,
    Domain,
    Composite,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    pub name: String,
    #[serde(skip_serializing_if = "is_false")]
    pub unlogged: bool,
    /// `RANGE (created_at)`, if it has partitions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partition_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partition_of: Option<Partition>,
    #[serde(skip_serializing_if = "is_false")]
    pub row_security: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub force_row_security: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    pub columns: Vec<Column>,
    pub constraints: Vec<Constraint>,
    /// Those of constraints are not among them.
    pub indexes: Vec<Index>,
    pub triggers: Vec<Trigger>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<Policy>,
    /// Names only: we have none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// `SELECT TO reader`; not those of the owner.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<String>,
}

/// The place of a partition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partition {
    pub table: String,
    /// `DEFAULT`, or `FOR VALUES FROM (...) TO (...)`.
    pub bound: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    /// Its number in the table, which no renaming changes.
    #[serde(default)]
    pub position: i16,
    #[serde(rename = "type")]
    pub sql_type: String,
    pub not_null: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The expression of a generated column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated: Option<String>,
    /// `ALWAYS` or `BY DEFAULT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// Where it isn't that of the type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraint {
    pub name: String,
    pub kind: ConstraintKind,
    pub definition: String,
    pub validated: bool,
    pub columns: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub references: Option<Reference>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConstraintKind {
    PrimaryKey,
    Unique,
    ForeignKey,
    Check,
    Exclusion,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    pub table: String,
    pub columns: Vec<String>,
    /// The letter of pg_constraint: a, r, c, n, d.
    pub on_delete: char,
    pub on_update: char,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    pub name: String,
    pub definition: String,
    /// False for what a broken CREATE INDEX CONCURRENTLY left behind.
    pub valid: bool,
    pub unique: bool,
    pub method: String,
    /// Of columns only, and of all rows.
    pub is_plain: bool,
    pub columns: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    pub name: String,
    pub definition: String,
    /// The letter of pg_trigger: O fires, D is disabled.
    pub enabled: char,
    /// What it runs, with its arguments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub function: Option<String>,
    /// The owner of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    pub name: String,
    pub definition: String,
}

impl Catalog {
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// Without owners and grants, which belong to the installation.
    pub fn without_privileges(mut self) -> Catalog {
        for table in &mut self.tables {
            table.owner = None;
            table.grants.clear();
            table.triggers.iter_mut().for_each(|trigger| trigger.owner = None);
        }
        for definition in &mut self.definitions {
            definition.owner = None;
            definition.grants.clear();
        }
        self
    }

    /// Every name that is taken in the schema; of routines with their arguments.
    pub fn names(&self) -> BTreeSet<&str> {
        let tables = self.tables.iter().flat_map(|table| {
            // A key and an exclusion take a name by their index.
            let keys = table.constraints.iter().filter(|one| one.kind.has_index());
            std::iter::once(table.name.as_str())
                .chain(table.indexes.iter().map(|index| index.name.as_str()))
                .chain(keys.map(|key| key.name.as_str()))
        });
        tables
            .chain(self.enums.iter().map(|one| one.name.as_str()))
            .chain(self.definitions.iter().map(|one| one.name.as_str()))
            .collect()
    }

    /// Without the objects that `is_ignored` names: what hangs on a table as
    /// `contacts.nickname`, an index by its own name too.
    pub fn without(mut self, is_ignored: impl Fn(&str) -> bool) -> Catalog {
        self.tables.retain(|table| !is_ignored(&table.name));
        self.enums.retain(|found| !is_ignored(&found.name));
        self.definitions.retain(|definition| {
            !is_ignored(definition.name.split('(').next().unwrap_or(&definition.name))
        });
        for Table { name, columns, constraints, indexes, triggers, policies, rules, .. } in
            &mut self.tables
        {
            let is_kept = |part: &str| !is_ignored(&format!("{name}.{part}"));
            columns.retain(|column| is_kept(&column.name));
            constraints.retain(|constraint| is_kept(&constraint.name));
            indexes.retain(|index| !is_ignored(&index.name) && is_kept(&index.name));
            triggers.retain(|trigger| is_kept(&trigger.name));
            policies.retain(|policy| is_kept(&policy.name));
            rules.retain(|rule| is_kept(rule));
        }
        self
    }
}

impl Table {
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether a foreign key has this column.
    pub fn refers_by(&self, column: &str) -> bool {
        self.constraints.iter().any(|key| {
            key.kind == ConstraintKind::ForeignKey && key.columns.iter().any(|one| one == column)
        })
    }

    pub fn primary_key(&self) -> &[String] {
        let key = |constraint: &&Constraint| constraint.kind == ConstraintKind::PrimaryKey;
        self.constraints.iter().find(key).map_or(&[], |key| &key.columns)
    }

    /// Whether no two rows have the same values there.
    pub fn is_unique(&self, columns: &[String]) -> bool {
        let unique = |kind| matches!(kind, ConstraintKind::PrimaryKey | ConstraintKind::Unique);
        self.constraints.iter().any(|key| unique(key.kind) && key.columns == columns)
            || self
                .indexes
                .iter()
                .any(|index| index.unique && index.is_plain && index.columns == columns)
    }
}

impl ConstraintKind {
    fn has_index(self) -> bool {
        matches!(
            self,
            ConstraintKind::PrimaryKey | ConstraintKind::Unique | ConstraintKind::Exclusion
        )
    }
}

impl DefinitionKind {
    /// As SQL spells it.
    pub fn as_sql(self) -> &'static str {
        match self {
            DefinitionKind::View => "VIEW",
            DefinitionKind::MaterializedView => "MATERIALIZED VIEW",
            DefinitionKind::Sequence => "SEQUENCE",
            DefinitionKind::Function => "FUNCTION",
            DefinitionKind::Procedure => "PROCEDURE",
            DefinitionKind::Domain => "DOMAIN",
            DefinitionKind::Composite => "TYPE",
        }
    }

    pub fn is_routine(self) -> bool {
        matches!(self, DefinitionKind::Function | DefinitionKind::Procedure)
    }

    pub fn is_view(self) -> bool {
        matches!(self, DefinitionKind::View | DefinitionKind::MaterializedView)
    }
}

fn is_false(value: &bool) -> bool {
    !value
}
