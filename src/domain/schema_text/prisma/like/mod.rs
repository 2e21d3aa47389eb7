//! An application's own schema.prisma, on the database that its own became: the names of its
//! models, fields and enums stay, and say by @map what the database calls them.

mod before;
mod brackets;
mod enums;
mod fields;
mod matching;
mod models;
mod notes;
mod parts;
mod psl;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use self::fields::Reader;
use self::matching::{Matched, Matching};
use self::parts::{Item, Kind as BlockKind, Part};
use super::names::Names;
use super::{enumeration, relations, text};
use crate::domain::adopt::Map;
use crate::domain::adopt::recognise::recognise;
use crate::domain::origin::BOOKS;
use crate::domain::schema_diff::{Catalog, Column, Table};

/// What a schema.prisma says that can't be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub line: usize,
    pub what: String,
}

/// What is asked for.
pub struct Request<'a> {
    /// The application's schema.prisma.
    pub text: &'a str,
    /// What was decided when its database was adopted.
    pub map: &'a Map,
    /// Nothing but what the file has.
    pub app_only: bool,
    /// The schema that the inbox is in.
    pub schema: &'a str,
}

/// A schema.prisma, and what code must know that goes by it.
#[derive(Debug)]
pub struct Alike {
    pub text: String,
    pub notes: Vec<String>,
}

/// Tables of an inbox that only inboxctl has to do with.
const INTERNAL: [&str; 8] = [
    "contact_merges",
    "distinct_contacts",
    "erased_contacts",
    "imported_contacts",
    "maintenance_runs",
    "matching_lessons",
    "retention_holds",
    "table_size_snapshots",
];
/// Sealed: nothing that an application could read.
const SEALED: (&str, &str) = ("integrations", "credentials");

const FIRST_LINE: &str = "// Made by `inboxctl db generate prisma --like`, for Prisma 7.";

/// `ours`: the schema of an inbox.
///
/// # Errors
/// The file can't be read, or says what can't be.
pub fn like(catalog: &Catalog, ours: &Catalog, request: &Request<'_>) -> Result<Alike, Wrong> {
    let document = psl::parse(request.text)?;
    let before = before::catalog(&document)?;
    let mapping = recognise(&before, request.map);
    let wrong = |what: String| Wrong { line: 1, what };
    if let Some((table, several)) = mapping.ambiguous.first() {
        let several = several.join(", ");
        return Err(wrong(format!("{table} may be any of {several}: say which in --map")));
    }
    if let Some(what) = mapping.wrong.first() {
        return Err(wrong(format!("of the map: {what}")));
    }
    let matching = Matching::new(&document, &before, &mapping, catalog, ours);
    if matching.models.is_empty() {
        return Err(wrong(String::from("none of its models is a table of this database")));
    }
    let shown = shown(catalog, ours, &matching, request.app_only);
    let names = Names::new(&shown, &matching.given(&document, request.map));
    let reader =
        Reader { document: &document, matching: &matching, catalog: &shown, names: &names };
    let mut notes = Vec::new();
    notes::lacking(&document, &matching, &mapping, &mut notes);
    let mut text = header(catalog, ours, request.schema);
    text.push_str(&blocks(&reader, request, &mut notes));
    text.push_str(&further(&reader, &mut notes));
    notes::general(&document, &matching, &mut notes);
    notes.extend(request.app_only.then(|| notes::besides(ours, &matching, &shown)).flatten());
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    Ok(Alike { text: format!("{}\n", text.trim_end()), notes })
}

/// What is left of the database: no column, key or index of what isn't shown.
fn shown(catalog: &Catalog, ours: &Catalog, matching: &Matching<'_>, app_only: bool) -> Catalog {
    let mut shown = catalog.clone();
    shown.tables.retain(|table| {
        let is_further = ours.table(&table.name).is_some() && table.partition_of.is_none();
        matching.of_table(&table.name).is_some()
            || is_further && !app_only && !INTERNAL.contains(&table.name.as_str())
    });
    for table in &mut shown.tables {
        let model = matching.of_table(&table.name);
        let ours = ours.table(&table.name);
        let needed: BTreeSet<String> = (table.columns.iter())
            .filter(|column| fields::is_needed(table, column))
            .map(|column| column.name.clone())
            .collect();
        let Table { name, columns, constraints, indexes, .. } = table;
        columns.retain(|column| {
            let Some(model) = model else { return true };
            let is_ours = ours.is_some_and(|table| table.column(&column.name).is_some());
            model.has(&column.name)
                || needed.contains(&column.name)
                || is_ours && !app_only && (name.as_str(), column.name.as_str()) != SEALED
        });
        let has = |wanted: &[String]| {
            wanted.iter().all(|name| columns.iter().any(|column| column.name == *name))
        };
        constraints.retain(|key| has(&key.columns));
        indexes.retain(|index| has(&index.columns));
    }
    shown
}

/// The parts of the file, each in its place.
fn blocks(reader: &Reader<'_>, request: &Request<'_>, notes: &mut Vec<String>) -> String {
    let mut text = String::new();
    for (at, part) in reader.document.parts.iter().enumerate() {
        let block = match part {
            Part::Text(found) => {
                text.push_str(if at == 0 { without_header(found) } else { found });
                continue;
            }
            Part::Block(block) => block,
        };
        match block.kind {
            BlockKind::Model => {
                let Some(model) = reader.matching.model(&block.name) else {
                    text.truncate(before_documentation(&text));
                    continue;
                };
                let added = added(reader, model, notes);
                text.push_str(&models::block(reader, model, added, notes));
            }
            BlockKind::View => text.push_str(&kept(block)),
            BlockKind::Enum => {
                let types = reader.matching.enums.get(block.name.as_str());
                let made = types.and_then(|types| types.first());
                let made = reader.catalog.enums.iter().find(|one| Some(&&*one.name) == made);
                match made {
                    Some(made) => text.push_str(&enums::block(
                        block,
                        reader.catalog,
                        reader.names,
                        made,
                        request.map,
                        notes,
                    )),
                    None => text.push_str(&kept(block)),
                }
            }
        }
    }
    text
}

/// Where the comments begin that are about the block after them.
fn before_documentation(text: &str) -> usize {
    let mut end = text.len();
    while let Some(line) = text[..end].trim_end_matches('\n').rsplit('\n').next() {
        if !line.starts_with("///") {
            break;
        }
        end = text[..end].trim_end_matches('\n').len() - line.len();
    }
    end
}

/// As it is written.
fn kept(block: &parts::Block) -> String {
    let mut text = format!("{} {} {{\n", block.kind.word(), block.name);
    for item in &block.items {
        let line = match item {
            Item::Text(text) => text.clone(),
            Item::Field(field) => field.cells().join(" "),
            Item::Attribute(one, comment) => format!("@@{} {comment}", one.written()),
        };
        text.push_str(format!("  {}", line.trim_end()).trim_end());
        text.push('\n');
    }
    text.push('}');
    text
}

/// Fields for columns that the model lacks, and for relations by way of them.
fn added(reader: &Reader<'_>, model: &Matched<'_>, notes: &mut Vec<String>) -> Vec<Vec<String>> {
    let Some(table) = reader.catalog.table(&model.here.name) else { return Vec::new() };
    let new = table.columns.iter().filter(|column| !model.has(&column.name));
    let mut cells: Vec<Vec<String>> = Vec::new();
    for column in new {
        let mut field = super::field(reader.catalog, reader.names, table, column);
        if fields::is_needed(table, column) {
            notes.push(format!("{}.{} is added: a new row needs it", model.block.name, field[0]));
        } else if column.not_null && fields::is_filled(table, column) {
            field[1].push('?');
        }
        cells.push(field);
    }
    cells.extend(relations::fields(reader.names, &further_relations(reader), table));
    cells
}

/// Those that the file lacks: of tables and columns that it lacks.
fn further_relations<'a>(reader: &'a Reader<'_>) -> Vec<relations::Relation<'a>> {
    if reader.document.has_emulated_keys {
        return Vec::new();
    }
    let mut all = relations::all(reader.catalog, reader.names);
    all.retain(|relation| {
        let (table, columns) = relation.key();
        let known = reader.matching.of_table(table);
        known.is_none_or(|model| !columns.iter().all(|name| model.has(name)))
    });
    all
}

/// Models and enums that the file lacks.
fn further(reader: &Reader<'_>, notes: &mut Vec<String>) -> String {
    let relations = further_relations(reader);
    let mut added: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut types: BTreeSet<&str> = BTreeSet::new();
    let mut models = String::new();
    let is_written = |name: &str| {
        reader.matching.enums.values().any(|types| types.first().is_some_and(|one| *one == name))
    };
    for table in &reader.catalog.tables {
        let used = table.columns.iter().filter_map(|column| reader.matching.type_of(column));
        types.extend(used.filter(|name| !is_written(name)));
        let Some(name) = reader.names.model(&table.name) else { continue };
        if let Some(model) = reader.matching.of_table(&table.name) {
            let is_new =
                |column: &&Column| !model.has(&column.name) && !fields::is_needed(table, column);
            let fields = table.columns.iter().filter(is_new);
            let fields = fields.map(|column| reader.names.field(&table.name, &column.name));
            added.extend(fields.map(|field| format!("{name}.{field}")));
        } else {
            added.push(name.to_owned());
            models.push_str(&format!("\nmodel {name} {{\n"));
            models.push_str(&super::model(reader.catalog, reader.names, &relations, table));
            models.push_str("}\n");
        }
    }
    for made in reader.catalog.enums.iter().filter(|made| types.contains(made.name.as_str())) {
        added.push(reader.names.enumeration(&made.name).to_owned());
        text.push_str(&enumeration(reader.names, made));
    }
    if !added.is_empty() {
        notes.push(format!("added: {}", added.join(", ")));
    }
    match text.is_empty() && models.is_empty() {
        true => String::new(),
        false => format!("\n{text}{models}"),
    }
}

/// What says how it was made, and keeps Prisma Migrate from the tables that inboxctl migrates.
fn header(catalog: &Catalog, ours: &Catalog, schema: &str) -> String {
    let quoted = |name: &str| text(&format!("{schema}.{name}"));
    let is_whole = |table: &&Table| table.partition_of.is_none();
    let tables = catalog.tables.iter().filter(is_whole);
    let tables = tables.filter(|table| ours.table(&table.name).is_some());
    let mut tables: Vec<String> = tables.map(|table| quoted(&table.name)).collect();
    tables.extend(BOOKS.iter().map(|name| quoted(name)));
    let is_ours = |name: &str| ours.enums.iter().any(|made| made.name == name);
    let enums = catalog.enums.iter().filter(|made| is_ours(&made.name));
    let enums: Vec<String> = enums.map(|made| quoted(&made.name)).collect();
    format!(
        "{FIRST_LINE}\n\
         // inboxctl migrates the tables of the inbox; in prisma.config.ts, this keeps Prisma Migrate from them:\n\
         //   experimental: {{ externalTables: true }},\n\
         //   tables: {{ external: [{}] }},\n\
         //   enums: {{ external: [{}] }},\n\n",
        tables.join(", "),
        enums.join(", ")
    )
}

/// Of a file that was made before, without what [`header`] wrote.
fn without_header(text: &str) -> &str {
    match text.starts_with(FIRST_LINE) {
        true => text.split_once("\n\n").map_or("", |(_, rest)| rest),
        false => text,
    }
}
