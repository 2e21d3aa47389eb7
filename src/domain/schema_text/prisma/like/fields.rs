//! The fields of a model of the file, on the columns of the database.

use super::matching::{Matched, Matching};
use super::parts::{Attribute, Document, Field, Kind as Block};
use crate::domain::schema_diff::{Catalog, Column, ConstraintKind, Table};
use crate::domain::schema_text::prisma::names::Names;
use crate::domain::schema_text::prisma::types::{self, Kind};
use crate::domain::schema_text::prisma::{relations, text};

/// What a field is read with.
pub(super) struct Reader<'a> {
    pub document: &'a Document,
    pub matching: &'a Matching<'a>,
    /// What is shown of the database.
    pub catalog: &'a Catalog,
    pub names: &'a Names<'a>,
}

/// Types that Prisma takes for granted: naming them changes nothing.
const PLAIN: [&str; 7] = [
    "db.Text",
    "db.JsonB",
    "db.Integer",
    "db.BigInt",
    "db.Boolean",
    "db.DoublePrecision",
    "db.ByteA",
];

impl Reader<'_> {
    /// None where it is left out.
    pub(super) fn field(
        &self,
        model: &Matched<'_>,
        field: &Field,
        notes: &mut Vec<String>,
    ) -> Option<Field> {
        let is_relation =
            self.document.block(&field.kind).is_some_and(|block| block.kind != Block::Enum);
        if is_relation {
            let is_gone = self.matching.is_gone(&model.block.name, field);
            return (!is_gone).then(|| self.relation(model, field));
        }
        let column = model.columns.get(field.name.as_str())?;
        Some(self.column(model, field, column, notes))
    }

    /// As the foreign key is here.
    fn relation(&self, model: &Matched<'_>, field: &Field) -> Field {
        let mut field = field.clone();
        if self.document.has_emulated_keys {
            return field;
        }
        let key = foreign_key(model, &field);
        let relation = field.attributes.iter_mut().find(|attribute| attribute.name == "relation");
        if let (Some((name, reference)), Some(relation)) = (key, relation) {
            relation.set("onDelete", Some(relations::action(reference.0).to_owned()));
            relation.set("onUpdate", Some(relations::action(reference.1).to_owned()));
            relation.set("map", Some(text(name)));
        }
        field
    }

    fn column(
        &self,
        model: &Matched<'_>,
        field: &Field,
        column: &Column,
        notes: &mut Vec<String>,
    ) -> Field {
        let mut field = field.clone();
        let title = format!("{}.{}", model.block.name, field.name);
        let kind = Kind::of(self.catalog, self.names, column);
        let before = model.before.column(&field.mapped());
        let is_same = before.is_some_and(|before| before.sql_type == column.sql_type);
        let is_list = field.suffix == "[]";
        let is_other = field.kind != kind.name || is_list != kind.is_list;
        if is_other {
            notes.push(format!(
                "{title} was {}{}, and is {}{}",
                field.kind,
                field.suffix,
                kind.name,
                if kind.is_list { "[]" } else { "" }
            ));
            field.kind.clone_from(&kind.name);
            if kind.is_list != is_list {
                field.suffix = if kind.is_list { "[]" } else { "" }.to_owned();
                field.put("default", self.made(column, &kind));
            }
        }
        if !is_same || !self.is_default_fitting(&field) {
            self.default(&mut field, column, &kind, is_other);
        }
        field.map(&column.name);
        if !is_same {
            native(&mut field, &kind, is_other);
        }
        unique(model.here, &mut field, column, &title, notes);
        if model.is_ours {
            nulls(model.here, &field, column, &title, notes);
        }
        field
    }

    /// Whether the value that the file gives is one of its enum, if it is of one.
    fn is_default_fitting(&self, field: &Field) -> bool {
        let made = self.matching.enums.get(field.kind.as_str());
        let (Some([first, ..]), Some(default)) =
            (made.map(Vec::as_slice), field.attribute("default"))
        else {
            return true;
        };
        let value = default.first("value").unwrap_or_default();
        value.starts_with('[')
            || value.starts_with("dbgenerated(")
            || self.names.values(first).iter().any(|one| one == value)
    }

    /// The application's, as long as it makes what the column holds; else the database's.
    fn default(&self, field: &mut Field, column: &Column, kind: &Kind, is_other: bool) {
        let Some(default) = field.attribute("default") else { return };
        let value = default.first("value").unwrap_or_default();
        let function = value.split('(').next().unwrap_or_default();
        let is_fitting = match function {
            "uuid" => column.sql_type == "uuid",
            "now" => kind.name == "DateTime",
            "cuid" | "nanoid" | "ulid" | "autoincrement" | "dbgenerated" | "sequence" => {
                column.sql_type == "text" && function != "dbgenerated"
            }
            _ => !is_other && self.is_default_fitting(field),
        };
        if is_fitting {
            return;
        }
        field.put("default", self.made(column, kind));
    }

    /// What the database fills in.
    fn made(&self, column: &Column, kind: &Kind) -> Option<Attribute> {
        let made = types::default(self.catalog, self.names, column, kind)?;
        let inner = made.strip_prefix("@default(")?.strip_suffix(')')?;
        Some(Attribute::of("default", inner))
    }
}

/// What the database calls its type, where Prisma has to be told.
fn native(field: &mut Field, kind: &Kind, is_other: bool) {
    let is_plain = field.native().is_some_and(|one| PLAIN.contains(&one.name.as_str()));
    if kind.native.is_none() && is_plain && !is_other {
        return;
    }
    field.attributes.retain(|attribute| !attribute.name.starts_with("db."));
    let native = kind.native.as_deref().and_then(|native| native.strip_prefix("@"));
    field.attributes.extend(native.map(|native| match native.split_once('(') {
        Some((name, size)) => Attribute::of(name, size.trim_end_matches(')')),
        None => Attribute { name: native.to_owned(), arguments: Vec::new() },
    }));
}

/// Its name, and its letters on deleting and on updating.
pub(super) fn foreign_key<'a>(
    model: &Matched<'a>,
    field: &Field,
) -> Option<(&'a str, (char, char))> {
    let (from, _) = field.relation()?;
    let columns: Option<Vec<&str>> = from
        .iter()
        .map(|name| model.columns.get(name.as_str()).map(|column| column.name.as_str()))
        .collect();
    let columns = columns?;
    model.here.constraints.iter().find_map(|key| {
        let reference = key.references.as_ref()?;
        (key.columns == columns)
            .then_some((key.name.as_str(), (reference.on_delete, reference.on_update)))
    })
}

/// The name of what keeps values from standing twice, as the database has it.
pub(super) fn unique_name<'a>(table: &'a Table, columns: &[String]) -> Option<&'a str> {
    let mut keys = table.constraints.iter();
    let key = keys.find(|key| key.kind == ConstraintKind::Unique && key.columns == columns);
    let mut indexes = table.indexes.iter();
    let index = indexes.find(|one| one.unique && one.is_plain && one.columns == columns);
    key.map(|key| key.name.as_str()).or_else(|| index.map(|index| index.name.as_str()))
}

fn unique(table: &Table, field: &mut Field, column: &Column, title: &str, notes: &mut Vec<String>) {
    let own = std::slice::from_ref(&column.name);
    let Some(unique) = field.attributes.iter_mut().find(|one| one.name == "unique") else { return };
    let name = unique_name(table, own);
    if unique.get("map").is_some() {
        unique.set("map", name.map(text));
    }
    if name.is_none() && table.primary_key() != own {
        notes.push(format!("{title} is unique in the model, and may stand in several rows here"));
    }
}

/// Whether a new row can't do without it.
pub(super) fn is_needed(table: &Table, column: &Column) -> bool {
    column.not_null
        && column.default.is_none()
        && column.identity.is_none()
        && column.generated.is_none()
        && !is_filled(table, column)
}

/// Whether a trigger puts something there where null is written.
pub(super) fn is_filled(table: &Table, column: &Column) -> bool {
    let condition = format!("(new.{} IS NULL)", column.name);
    table.triggers.iter().any(|trigger| trigger.definition.contains(&condition))
}

/// Where the model and the column differ about null. What a trigger fills in is no matter.
fn nulls(table: &Table, field: &Field, column: &Column, title: &str, notes: &mut Vec<String>) {
    let is_optional = field.suffix == "?";
    let is_filled = column.sql_type == "jsonb" || is_filled(table, column);
    match (is_optional, column.not_null) {
        (false, false) if field.suffix.is_empty() => {
            notes.push(format!("{title} is required in the model, and may be null here"));
        }
        (true, true) if is_filled => {}
        (true, true) if column.default.is_some() => {
            notes.push(format!("{title} may be left out, and can't be null here"));
        }
        (true, true) => notes.push(format!("{title} is optional in the model, and required here")),
        _ => {}
    }
}
