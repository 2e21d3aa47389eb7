//! Reads out of a catalogue which table of the application is which of ours, and of what each column
//! is made: by the names that we know, and by what the map decides.

use super::labels;
use super::map::Map;
use super::mapping::{Column, Mapping, Table, Value};
use super::model::{self, Field, Kind, MODELS, Model, Otherwise};
use super::names::{singular, snake};
use super::words;
use crate::domain::schema_diff::{self, Catalog, ConstraintKind};

/// Where what holds the secrets of an integration is kept aside: no command prints it.
pub const CREDENTIALS_ASIDE: &str = "application_credentials";
/// What is called that on an integration, theirs and ours.
const CREDENTIALS: &str = "credentials";

/// Reads the catalogue with the decisions of the map.
pub fn recognise(catalog: &Catalog, map: &Map) -> Mapping {
    let mut mapping = Mapping::default();
    for (ours, theirs) in &map.tables {
        let found = theirs.is_empty() || theirs == "?" || catalog.table(theirs).is_some();
        if model::model(ours).is_none() {
            mapping.wrong.push(format!("[tables] {ours} is no table of an inbox"));
        } else if !found {
            mapping.wrong.push(format!("[tables] {ours}: there is no table {theirs}"));
        }
    }
    let mut chosen: Vec<(&'static Model, Option<&schema_diff::Table>)> = Vec::new();
    for model in &MODELS {
        let table = match map.decision("tables", model.table) {
            Some(name) => catalog.table(name),
            None => match candidates(catalog, model).as_slice() {
                [] => None,
                [only] => Some(*only),
                several => {
                    let names = several.iter().map(|table| table.name.clone()).collect();
                    mapping.ambiguous.push((model.table, names));
                    None
                }
            },
        };
        chosen.push((model, table));
    }
    let taken: Vec<&str> =
        chosen.iter().filter_map(|(_, table)| table.map(|table| table.name.as_str())).collect();
    for (model, table) in &chosen {
        let reader = Reader { catalog, map, model, taken: &taken, chosen: &chosen };
        mapping.tables.push(match table {
            Some(table) => reader.table(table, &mut mapping.wrong),
            None => Table { model, theirs: None, columns: Vec::new(), own: Vec::new() },
        });
    }
    mapping
}

/// Whether one of these tables may be one of contacts.
pub fn has_contacts(tables: &[String]) -> bool {
    let is_contacts = |table: &String| {
        let name = singular(table);
        MODELS.iter().any(|model| model.table == "contacts" && model.names.contains(&name.as_str()))
    };
    tables.iter().any(is_contacts)
}

/// Those of the likeliest name that there are.
fn candidates<'a>(catalog: &'a Catalog, model: &Model) -> Vec<&'a schema_diff::Table> {
    let whole = || catalog.tables.iter().filter(|table| table.partition_of.is_none());
    for name in model.names {
        let found: Vec<_> = whole().filter(|table| singular(&table.name) == *name).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

struct Reader<'a> {
    catalog: &'a Catalog,
    map: &'a Map,
    model: &'static Model,
    /// Tables that become ours.
    taken: &'a [&'a str],
    /// The same, each with the one of ours that it becomes.
    chosen: &'a [(&'static Model, Option<&'a schema_diff::Table>)],
}

impl Reader<'_> {
    fn table(&self, theirs: &schema_diff::Table, wrong: &mut Vec<String>) -> Table {
        let section = format!("columns.{}", self.model.table);
        if let Some(columns) = self.map.columns.get(self.model.table) {
            for name in columns.keys().filter(|name| self.model.field(name).is_none()) {
                wrong.push(format!("[{section}] {name} is no column of an inbox"));
            }
        }
        let mut columns = Vec::new();
        for field in self.model.fields {
            let value = match self.map.decision(&section, field.name) {
                Some(text) => self.parsed(theirs, field, text).unwrap_or_else(|why| {
                    wrong.push(format!("[{section}] {}: {why}", field.name));
                    Value::Nothing
                }),
                None => self.found(theirs, field),
            };
            let sql_type = self.sql_type(theirs, &value);
            columns.push(Column { field, value, sql_type });
        }
        let own = self.own(theirs, &columns);
        Table { model: self.model, theirs: Some(theirs.clone()), columns, own }
    }

    /// By the names that we know.
    fn found(&self, theirs: &schema_diff::Table, field: &'static Field) -> Value {
        let key = theirs.primary_key();
        if field.kind == Kind::Id && key.len() == 1 {
            return Value::Column(key[0].clone());
        }
        for name in std::iter::once(&field.name).chain(field.names) {
            if let Some((first, second)) = name.split_once(" + ") {
                if let (Some(first), Some(second)) = (column(theirs, first), column(theirs, second))
                {
                    return Value::Joined(vec![first.name.clone(), second.name.clone()]);
                }
                continue;
            }
            if let Some(value) =
                column(theirs, name).and_then(|one| self.fitting(theirs, one, field))
            {
                return value;
            }
        }
        match field.otherwise {
            Otherwise::Asked => self.through(theirs, field).unwrap_or(Value::Nothing),
            _ => Value::Nothing,
        }
    }

    /// A column whose type can become what ours holds.
    fn fitting(
        &self,
        theirs: &schema_diff::Table,
        column: &schema_diff::Column,
        field: &Field,
    ) -> Option<Value> {
        let is = |types: &[&str]| types.iter().any(|one| column.sql_type.starts_with(one));
        if field.kind == Kind::Time && is(&["boolean"]) {
            let is_when_true = labels::deactivates(&snake(&column.name))?;
            return Some(Value::When { column: column.name.clone(), is_when_true });
        }
        let fits = match field.kind {
            Kind::Time => is(&["timestamp", "date"]),
            Kind::Flag => is(&["boolean"]),
            Kind::Number => is(&["integer", "smallint", "bigint", "numeric"]),
            Kind::Names => is(&["json", "text[]", "character varying[]"]),
            Kind::Label(_) => {
                if is(&["boolean"]) {
                    let (yes, no) = labels::of_flag(&snake(&column.name))?;
                    return Some(Value::Flag { column: column.name.clone(), yes, no });
                }
                labels::may_be_labels(&column.sql_type)
            }
            Kind::Reference(_) => is(&["text", "character", "uuid", "integer", "bigint"]),
            Kind::Id | Kind::Text | Kind::Json => true,
        };
        let several = match field.kind {
            Kind::Reference(to) => self.to_several(theirs, column, to),
            _ => None,
        };
        fits.then(|| several.unwrap_or_else(|| Value::Column(column.name.clone())))
    }

    /// `sender_id` with `sender_type` beside it, and no key: it leads to several tables.
    fn to_several(
        &self,
        theirs: &schema_diff::Table,
        column: &schema_diff::Column,
        to: &str,
    ) -> Option<Value> {
        let says = words::says_where(theirs, &column.name)?;
        let (model, table) = self.chosen.iter().find(|(model, _)| model.table == to)?;
        let means = words::words(model, table.map(|table| table.name.as_str()));
        (!theirs.refers_by(&column.name)).then(|| Value::Of {
            column: column.name.clone(),
            says: says.name.clone(),
            means,
        })
    }

    /// One step along a foreign key: messages of a conversation that knows its contact.
    fn through(&self, theirs: &schema_diff::Table, field: &'static Field) -> Option<Value> {
        theirs.constraints.iter().find_map(|key| {
            let reference = key.references.as_ref()?;
            let ([column_here], [target]) = (key.columns.as_slice(), reference.columns.as_slice())
            else {
                return None;
            };
            let table = self.catalog.table(&reference.table)?;
            // Of an inbox's own tables, none says of its rows what it says of others.
            if self.taken.contains(&table.name.as_str()) || field.kind == Kind::Id {
                return None;
            }
            let names = std::iter::once(&field.name).chain(field.names);
            let found = names
                .filter_map(|name| column(table, name))
                .find(|one| matches!(self.fitting(table, one, field), Some(Value::Column(_))))?;
            Some(Value::Through {
                key: column_here.clone(),
                table: table.name.clone(),
                target: target.clone(),
                column: found.name.clone(),
            })
        })
    }

    /// As the map writes it.
    fn parsed(
        &self,
        theirs: &schema_diff::Table,
        field: &'static Field,
        text: &str,
    ) -> Result<Value, String> {
        let named = |name: &str| {
            let found = theirs.column(name.trim()).map(|column| column.name.clone());
            found.ok_or_else(|| format!("{} has no column {}", theirs.name, name.trim()))
        };
        if text.is_empty() {
            return Ok(Value::Nothing);
        }
        if let Some(constant) = text.strip_prefix('=') {
            return Ok(Value::Constant(constant.trim().to_owned()));
        }
        if let Some((key, wanted)) = text.split_once(" -> ") {
            let key = named(key)?;
            let reference = theirs.constraints.iter().find_map(|one| {
                let reference = one.references.as_ref()?;
                (one.columns == [key.clone()] && reference.columns.len() == 1).then_some(reference)
            });
            let reference = reference.ok_or_else(|| format!("{key} is no foreign key"))?;
            let table = self.catalog.table(&reference.table);
            let column = table.and_then(|table| table.column(wanted.trim()));
            let column =
                column.ok_or_else(|| format!("{} has no column {wanted}", reference.table))?;
            return Ok(Value::Through {
                key,
                table: reference.table.clone(),
                target: reference.columns[0].clone(),
                column: column.name.clone(),
            });
        }
        if text.contains(" + ") && theirs.column(text).is_none() {
            let names: Result<Vec<_>, _> = text.split(" + ").map(named).collect();
            return names.map(Value::Joined);
        }
        named(text)?;
        let column = theirs.column(text).and_then(|column| self.fitting(theirs, column, field));
        column.ok_or_else(|| format!("{text} is of a type that can't become it"))
    }

    fn sql_type(&self, theirs: &schema_diff::Table, value: &Value) -> String {
        let column = match value {
            Value::Through { table, column, .. } => {
                self.catalog.table(table).and_then(|table| table.column(column))
            }
            value => value.column().and_then(|name| theirs.column(name)),
        };
        column.map_or_else(|| String::from("text"), |column| column.sql_type.clone())
    }

    /// What no column of ours is made of, and keys to tables of the application, which it goes on
    /// to follow.
    fn own(
        &self,
        theirs: &schema_diff::Table,
        columns: &[Column],
    ) -> Vec<(schema_diff::Column, String)> {
        let is_used = |name: &str| {
            columns.iter().any(|column| match &column.value {
                Value::Column(used) | Value::Flag { column: used, .. } => used == name,
                // What an id was made of says more than that.
                Value::Joined(used) if column.field.kind != Kind::Id => {
                    used.iter().any(|one| one == name)
                }
                _ => false,
            })
        };
        let leads_to_application = |name: &str| {
            theirs.constraints.iter().any(|key| {
                key.kind == ConstraintKind::ForeignKey
                    && key.columns.iter().any(|column| column == name)
                    && key
                        .references
                        .as_ref()
                        .is_some_and(|reference| !self.taken.contains(&reference.table.as_str()))
            })
        };
        let found = theirs.columns.iter().filter(|column| {
            column.generated.is_none()
                && (!is_used(&column.name) || leads_to_application(&column.name))
        });
        found.map(|column| (column.clone(), self.name_here(&column.name))).collect()
    }

    /// Its own name, unless ours has a column of that.
    fn name_here(&self, name: &str) -> String {
        if self.model.table == "integrations" && snake(name) == CREDENTIALS {
            return CREDENTIALS_ASIDE.to_owned();
        }
        match self.model.field(name).is_some() {
            true => format!("application_{name}"),
            false => name.to_owned(),
        }
    }
}

fn column<'a>(table: &'a schema_diff::Table, name: &str) -> Option<&'a schema_diff::Column> {
    table.columns.iter().find(|column| snake(&column.name) == name)
}
