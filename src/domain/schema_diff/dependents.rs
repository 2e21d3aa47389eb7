//! What depends on objects of the inbox's schema, whoever made it: it keeps them from
//! being changed or dropped. `store::dependents` reads it.

use std::collections::BTreeSet;

use super::identifier::shown;
use super::model::Catalog;

/// What something depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Table,
    /// The type of a table's rows.
    Rows,
    Column,
    Index,
    Constraint,
    Type,
    Function,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    pub on: On,
    /// The table that the thing belongs to; of a type its own name, of a function nothing.
    pub on_table: String,
    pub on_name: String,
    /// `view`, `trigger`, `foreign key`, `generated column`, ...
    pub kind: String,
    /// What a trigger, a policy, a column, ... hangs on.
    pub table: Option<String>,
    pub name: String,
    /// In the inbox's schema.
    pub is_here: bool,
    pub schema: Option<String>,
}

/// What stands in the way of changing a schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Obstacles {
    pub dependents: Vec<Dependent>,
    /// Columns that some rows have no value for, by table and name.
    pub unfilled: BTreeSet<(String, String)>,
    /// Constraints and unique indexes that rows break, as `notes.notes_user_id_fkey`.
    pub broken: BTreeSet<String>,
}

/// Whether rows of a table lack a value for what is to be NOT NULL: those where the
/// column is null, or all where there is no such column yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub table: String,
    pub column: String,
    pub is_there: bool,
}

/// What must be asked of the rows before columns can be made NOT NULL.
pub fn questions(expected: &Catalog, found: &Catalog) -> Vec<Question> {
    let mut questions = Vec::new();
    for table in expected.tables.iter().filter(|table| table.partition_of.is_none()) {
        let Some(other) = found.table(&table.name) else { continue };
        for column in table.columns.iter().filter(|column| column.not_null) {
            let is_filled =
                column.default.is_some() || column.identity.is_some() || column.generated.is_some();
            let is_there = match other.column(&column.name) {
                Some(one) if one.not_null => continue,
                None if is_filled => continue,
                one => one.is_some(),
            };
            let (table, column) = (table.name.clone(), column.name.clone());
            questions.push(Question { table, column, is_there });
        }
    }
    questions
}

impl Obstacles {
    pub fn on<'a>(
        &'a self,
        on: On,
        table: &'a str,
        name: &'a str,
    ) -> impl Iterator<Item = &'a Dependent> {
        self.dependents
            .iter()
            .filter(move |one| one.on == on && one.on_table == table && one.on_name == name)
    }

    pub fn is_broken(&self, table: &str, part: &str) -> bool {
        self.broken.contains(&format!("{table}.{part}"))
    }

    pub fn is_unfilled(&self, table: &str, column: &str) -> bool {
        self.unfilled.contains(&(table.to_owned(), column.to_owned()))
    }
}

impl Dependent {
    /// Whether it goes on without what it depends on, and loses no more than that.
    pub fn is_detached(&self) -> bool {
        ["publication", "statistics object"].contains(&self.kind.as_str())
    }

    /// `view app_people`, `trigger keep of contacts`, on one line whatever the name.
    pub fn title(&self) -> String {
        let name = match self.name.ends_with(')') {
            true => super::path_shown(&self.name),
            false => shown(&self.name),
        };
        let table = self.table.as_ref().map(|table| format!(" of {}", shown(table)));
        let schema = self.schema.as_ref().filter(|_| !self.is_here);
        let schema = schema.map(|schema| format!(" in the schema {}", shown(schema)));
        format!("{} {name}{}{}", self.kind, table.unwrap_or_default(), schema.unwrap_or_default())
    }
}

/// What keeps `dropped` (kind and name) from being dropped: it depends on that, and doesn't go with
/// it. Partitions go with their table.
pub fn in_the_way<'a>(
    dependents: &'a [Dependent],
    dropped: &[(String, String)],
    found: &Catalog,
) -> Vec<&'a Dependent> {
    let goes = |kind: &str, name: &str| dropped.iter().any(|one| one.0 == kind && one.1 == name);
    let table_goes = |name: &str| {
        let parent = found.table(name).and_then(|table| table.partition_of.as_ref());
        goes("table", name) || parent.is_some_and(|place| goes("table", &place.table))
    };
    let is_needed = |one: &Dependent| match one.on {
        On::Table | On::Rows | On::Column | On::Constraint => table_goes(&one.on_table),
        On::Index => table_goes(&one.on_table) || goes("index", &one.on_name),
        On::Type => goes("type", &one.on_name),
        On::Function => goes("function", &one.on_name),
    };
    let goes_along = |one: &Dependent| match (&one.table, one.kind.as_str()) {
        // Parts of what they depend on.
        (_, "sequence" | "publication" | "statistics object") => true,
        _ if !one.is_here => false,
        (Some(table), "index") => table_goes(table) || goes("index", &one.name),
        (Some(table), "trigger") => {
            table_goes(table) || goes("trigger", &format!("{} ON {table}", one.name))
        }
        (Some(table), _) => table_goes(table),
        (None, "function") => goes("function", &one.name),
        (None, _) => table_goes(&one.name),
    };
    dependents.iter().filter(|one| is_needed(one) && !goes_along(one)).collect()
}

/// Each once, in a sentence.
pub fn titles<'a>(list: impl IntoIterator<Item = &'a Dependent>) -> Vec<String> {
    let titles: BTreeSet<String> = list.into_iter().map(Dependent::title).collect();
    titles.into_iter().collect()
}
