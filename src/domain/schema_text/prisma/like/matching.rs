//! Which table, column and type of the database each model, field and enum of the file is.

use std::collections::{BTreeMap, BTreeSet};

use super::enums;
use super::parts::{Block, Document, Field, Kind};
use crate::domain::adopt::{Map, Mapping};
use crate::domain::schema_diff::{Catalog, Column, Table, identifier};
use crate::domain::schema_text::prisma::names::Given;

pub(super) struct Matched<'a> {
    pub block: &'a Block,
    /// As the application had it.
    pub before: &'a Table,
    pub here: &'a Table,
    pub is_ours: bool,
    /// By field.
    pub columns: BTreeMap<&'a str, &'a Column>,
}

pub(super) struct Matching<'a> {
    pub catalog: &'a Catalog,
    pub models: Vec<Matched<'a>>,
    /// The types of the database that an enum of the file is: one, but where a table of the
    /// application keeps its own.
    pub enums: BTreeMap<&'a str, Vec<&'a str>>,
    /// Relations of which a side is left out: the model and the field.
    gone: BTreeSet<(String, String)>,
}

impl Matched<'_> {
    /// Whether one of its fields is this column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.values().any(|known| known.name == column)
    }
}

impl<'a> Matching<'a> {
    pub(super) fn new(
        document: &'a Document,
        before: &'a Catalog,
        mapping: &Mapping,
        catalog: &'a Catalog,
        ours: &Catalog,
    ) -> Matching<'a> {
        let blocks = document.blocks().filter(|block| block.kind == Kind::Model);
        let models = blocks.filter_map(|block| {
            let before = before.table(&block.mapped())?;
            let table = mapping.of(&before.name).map(|table| table.model.table);
            let here = catalog.table(table.unwrap_or(&before.name))?;
            let columns = block.fields().filter_map(|field| {
                let column = column(before, here, mapping, field)?;
                Some((field.name.as_str(), column))
            });
            let is_ours = ours.table(&here.name).is_some();
            Some(Matched { block, before, here, is_ours, columns: columns.collect() })
        });
        let models: Vec<Matched<'a>> = models.collect();
        let mut matching =
            Matching { catalog, models, enums: BTreeMap::new(), gone: BTreeSet::new() };
        matching.enums = matching.types(document, ours);
        matching.gone = matching.gone(document);
        matching
    }

    pub(super) fn model(&self, name: &str) -> Option<&Matched<'a>> {
        self.models.iter().find(|model| model.block.name == name)
    }

    pub(super) fn of_table(&self, table: &str) -> Option<&Matched<'a>> {
        self.models.iter().find(|model| model.here.name == table)
    }

    pub(super) fn is_gone(&self, model: &str, field: &Field) -> bool {
        self.gone.contains(&(model.to_owned(), field.name.clone()))
    }

    /// The enum of the database that a column is of.
    pub(super) fn type_of(&self, column: &Column) -> Option<&'a str> {
        let element = column.sql_type.trim_end_matches("[]");
        let mut enums = self.catalog.enums.iter();
        enums.find(|made| identifier::name(&made.name) == element).map(|made| made.name.as_str())
    }

    /// No type is two enums: the first one has it.
    fn types(&self, document: &'a Document, ours: &Catalog) -> BTreeMap<&'a str, Vec<&'a str>> {
        let mut types: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut claimed: BTreeSet<&str> = BTreeSet::new();
        for block in document.blocks().filter(|block| block.kind == Kind::Enum) {
            let mut found: Vec<&'a str> = Vec::new();
            for model in &self.models {
                let fields = model.block.fields().filter(|field| field.kind == block.name);
                let columns = fields.filter_map(|field| model.columns.get(field.name.as_str()));
                found.extend(columns.filter_map(|column| self.type_of(column)));
            }
            // The one of the inbox keeps the name.
            found.sort_by_key(|name| !ours.enums.iter().any(|made| made.name == **name));
            found.retain(|name| claimed.insert(name));
            types.insert(&block.name, found);
        }
        types
    }

    /// Both sides of each relation that lacks a model or a column.
    fn gone(&self, document: &Document) -> BTreeSet<(String, String)> {
        let mut gone = BTreeSet::new();
        let is_model = |name: &str| document.block(name).is_some_and(|one| one.kind != Kind::Enum);
        let blocks = || document.blocks().filter(|block| block.kind == Kind::Model);
        for block in blocks() {
            for field in block.fields().filter(|field| is_model(&field.kind)) {
                let here = self.model(&block.name);
                let is_there = |kind: &str| {
                    self.model(kind).is_some()
                        || document.block(kind).is_some_and(|one| one.kind == Kind::View)
                };
                let has = |model: Option<&Matched<'_>>, names: &[String]| {
                    names.iter().all(|name| {
                        model.is_none_or(|model| model.columns.contains_key(name.as_str()))
                    })
                };
                let is_whole = field
                    .relation()
                    .is_none_or(|(from, to)| has(here, &from) && has(self.model(&field.kind), &to));
                if here.is_some() && is_there(&field.kind) && is_whole {
                    continue;
                }
                gone.insert((block.name.clone(), field.name.clone()));
                let Some(other) = document.block(&field.kind) else { continue };
                let backs = other.fields().filter(|back| {
                    back.kind == block.name
                        && back.relation_name() == field.relation_name()
                        && (other.name != block.name || back.name != field.name)
                });
                gone.extend(backs.map(|back| (other.name.clone(), back.name.clone())));
            }
        }
        gone
    }

    /// What the file calls everything that it has a name for.
    pub(super) fn given(&self, document: &Document, map: &Map) -> Given {
        let mut given = Given {
            kinds: document.blocks().map(|block| block.name.clone()).collect(),
            ..Given::default()
        };
        for model in &self.models {
            let table = model.here.name.clone();
            given.models.insert(table.clone(), model.block.name.clone());
            let fields = model.columns.iter();
            let fields = fields.map(|(field, column)| (column.name.clone(), (*field).to_owned()));
            given.fields.insert(table.clone(), fields.collect());
            let names = model.block.fields().map(|field| field.name.clone());
            given.taken.insert(table, names.collect());
        }
        for (name, types) in &self.enums {
            let Some(block) = document.block(name) else { continue };
            for (at, made) in types.iter().enumerate() {
                if at == 0 {
                    given.enums.insert((*made).to_owned(), (*name).to_owned());
                }
                let values = enums::values(block, self.catalog, made, map);
                let values = values.into_iter().filter_map(|(field, label)| {
                    label.map(|label| (label.to_owned(), field.name.clone()))
                });
                given.values.insert((*made).to_owned(), values.collect());
            }
        }
        given
    }
}

/// Where what a column of theirs held is now.
fn column<'a>(
    before: &Table,
    here: &'a Table,
    mapping: &Mapping,
    field: &Field,
) -> Option<&'a Column> {
    let theirs = before.column(&field.mapped())?;
    let same = || here.column(&theirs.name).filter(|column| column.sql_type == theirs.sql_type);
    let Some(table) = mapping.of(&before.name) else { return here.column(&theirs.name) };
    let own = table.own.iter().find(|(own, _)| own.name == theirs.name);
    own.and_then(|(_, name)| here.column(name))
        .or_else(|| table.column_of(&theirs.name).and_then(|name| here.column(name)))
        .or_else(same)
}
