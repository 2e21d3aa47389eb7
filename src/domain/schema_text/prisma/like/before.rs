//! The database that a schema.prisma describes, as its application had it: in the form in which a
//! catalogue is recognised.

use std::collections::BTreeMap;

use super::Wrong;
use super::brackets::list;
use super::parts::{Block, Document, Field, Kind, names};
use crate::domain::schema_diff::{
    Catalog, Column, Constraint, ConstraintKind, Enum, Reference, Table, identifier,
};

/// # Errors
/// Something there can't be: two blocks of one name, a type that nothing has.
pub(super) fn catalog(document: &Document) -> Result<Catalog, Wrong> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for block in document.blocks() {
        if let Some(line) = seen.insert(&block.name, block.line) {
            let what = format!("{} is the name of a block in line {line} too", block.name);
            return Err(Wrong { line: block.line, what });
        }
    }
    one_schema(document)?;
    let mut catalog = Catalog::default();
    for block in document.blocks().filter(|block| block.kind == Kind::Enum) {
        let labels = block.fields().map(Field::mapped).collect();
        catalog.enums.push(Enum { name: block.mapped(), labels });
    }
    for block in document.blocks().filter(|block| block.kind == Kind::Model) {
        let table = table(document, block)?;
        if catalog.table(&table.name).is_some() {
            let what = format!("{} is the second model of the table {}", block.name, table.name);
            return Err(Wrong { line: block.line, what });
        }
        catalog.tables.push(table);
    }
    Ok(catalog)
}

/// An inbox is in one.
fn one_schema(document: &Document) -> Result<(), Wrong> {
    let mut first: Option<String> = None;
    for block in document.blocks() {
        let schema = block.attributes().find(|attribute| attribute.name == "schema");
        let Some(schema) = schema.and_then(|schema| schema.text("map")) else { continue };
        match &first {
            Some(first) if *first != schema => {
                let what = format!(
                    "{} is in the schema {schema}, others are in {first}, and an inbox is in one",
                    block.name
                );
                return Err(Wrong { line: block.line, what });
            }
            _ => first = Some(schema),
        }
    }
    Ok(())
}

fn table(document: &Document, block: &Block) -> Result<Table, Wrong> {
    let mut table = Table { name: block.mapped(), ..Table::default() };
    let columns = |fields: &[String]| -> Vec<String> {
        let found = fields.iter().filter_map(|name| block.field(name));
        found.map(Field::mapped).collect()
    };
    let mut key = |kind, columns: Vec<String>, references| {
        table.constraints.push(Constraint {
            name: String::new(),
            kind,
            definition: String::new(),
            validated: true,
            columns,
            references,
        });
    };
    for attribute in block.attributes().filter(|attribute| attribute.name == "id") {
        let fields = names(attribute.first("fields").unwrap_or_default());
        key(ConstraintKind::PrimaryKey, columns(&fields), None);
    }
    for field in block.fields() {
        if field.attribute("id").is_some() {
            key(ConstraintKind::PrimaryKey, vec![field.mapped()], None);
        }
        let other = document.block(&field.kind).filter(|other| other.kind != Kind::Enum);
        let (Some(other), Some((from, to))) = (other, field.relation()) else { continue };
        let to = to.iter().filter_map(|name| other.field(name)).map(Field::mapped).collect();
        let reference =
            Reference { table: other.mapped(), columns: to, on_delete: 'a', on_update: 'a' };
        key(ConstraintKind::ForeignKey, columns(&from), Some(reference));
    }
    for field in block.fields() {
        if let Some(sql_type) = sql_type(document, block, field)? {
            table.columns.push(Column {
                name: field.mapped(),
                sql_type,
                not_null: field.suffix != "?",
                ..Column::default()
            });
        }
    }
    Ok(table)
}

/// None for a relation.
fn sql_type(document: &Document, block: &Block, field: &Field) -> Result<Option<String>, Wrong> {
    let element = match document.block(&field.kind) {
        Some(made) if made.kind == Kind::Enum => identifier::name(&made.mapped()),
        Some(_) => return Ok(None),
        None => match native(field).or_else(|| plain(&field.kind)) {
            Some(sql_type) => sql_type,
            None => {
                let what = format!(
                    "{}.{} is of the type {}, which is neither Prisma's nor a model or enum of the file",
                    block.name,
                    field.name,
                    if field.kind.is_empty() { "?" } else { &field.kind }
                );
                return Err(Wrong { line: field.line, what });
            }
        },
    };
    Ok(Some(if field.suffix == "[]" { format!("{element}[]") } else { element }))
}

/// What Prisma takes for granted of a type.
fn plain(kind: &str) -> Option<String> {
    let name = match kind {
        "String" => "text",
        "Boolean" => "boolean",
        "Int" => "integer",
        "BigInt" => "bigint",
        "Float" => "double precision",
        "Decimal" => "numeric(65,30)",
        "DateTime" => "timestamp(3) without time zone",
        "Json" => "jsonb",
        "Bytes" => "bytea",
        _ => return kind.strip_prefix("Unsupported(\"")?.strip_suffix("\")").map(str::to_owned),
    };
    Some(name.to_owned())
}

/// `@db.VarChar(20)`, as the server spells it.
fn native(field: &Field) -> Option<String> {
    let native = field.native()?;
    let size: Vec<&str> =
        native.arguments.iter().flat_map(|argument| list(&argument.value)).collect();
    let sized = |name: &str| match size.is_empty() {
        true => name.to_owned(),
        false => format!("{name}({})", size.join(",")),
    };
    Some(match native.name.strip_prefix("db.")? {
        "Text" => String::from("text"),
        "VarChar" => sized("character varying"),
        "Char" => sized("character"),
        "Citext" => String::from("citext"),
        "Uuid" => String::from("uuid"),
        "Inet" => String::from("inet"),
        "Xml" => String::from("xml"),
        "Bit" => sized("bit"),
        "VarBit" => sized("bit varying"),
        "Boolean" => String::from("boolean"),
        "SmallInt" => String::from("smallint"),
        "Integer" => String::from("integer"),
        "BigInt" => String::from("bigint"),
        "Oid" => String::from("oid"),
        "Real" => String::from("real"),
        "DoublePrecision" => String::from("double precision"),
        "Decimal" => sized("numeric"),
        "Money" => String::from("money"),
        "ByteA" => String::from("bytea"),
        "Json" => String::from("json"),
        "JsonB" => String::from("jsonb"),
        "Date" => String::from("date"),
        "Time" => format!("{} without time zone", sized("time")),
        "Timetz" => format!("{} with time zone", sized("time")),
        "Timestamp" => format!("{} without time zone", sized("timestamp")),
        "Timestamptz" => format!("{} with time zone", sized("timestamp")),
        _ => return None,
    })
}
