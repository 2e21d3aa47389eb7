//! Types and defaults of columns, in Prisma's words.

use super::names::Names;
use super::text;
use crate::domain::schema_diff::{Catalog, Column, Enum, identifier};

/// A column's type, taken apart.
pub(super) struct Kind {
    /// Prisma's type.
    pub name: String,
    /// What the database calls it, where it isn't what Prisma takes for granted.
    pub native: Option<String>,
    pub is_list: bool,
}

impl Kind {
    pub(super) fn of(catalog: &Catalog, names: &Names<'_>, column: &Column) -> Kind {
        let is_list = column.sql_type.ends_with("[]");
        let element = column.sql_type.trim_end_matches("[]");
        let (name, native) = match enum_of(catalog, element) {
            Some(made) => (names.enumeration(&made.name).to_owned(), None),
            None => match scalar(element) {
                Some((name, native)) => (name.to_owned(), native),
                None => (format!("Unsupported({})", text(element)), None),
            },
        };
        Kind { name, native, is_list }
    }

    /// Nothing but its place in the row is known of it.
    pub(super) fn is_unsupported(&self) -> bool {
        self.name.starts_with("Unsupported(")
    }

    /// Whether Prisma knows a GIN index on it without being told its operators.
    pub(super) fn has_gin(&self) -> bool {
        self.is_list || self.name == "Json"
    }
}

fn enum_of<'a>(catalog: &'a Catalog, sql_type: &str) -> Option<&'a Enum> {
    catalog.enums.iter().find(|made| identifier::name(&made.name) == sql_type)
}

/// `timestamp(3) with time zone` without its number, and the number.
fn without_size(sql_type: &str) -> (String, Option<&str>) {
    match sql_type.split_once('(').and_then(|(start, rest)| Some((start, rest.split_once(')')?))) {
        Some((start, (size, end))) => (format!("{start}{end}"), Some(size)),
        None => (sql_type.to_owned(), None),
    }
}

fn scalar(sql_type: &str) -> Option<(&'static str, Option<String>)> {
    let (base, size) = without_size(sql_type);
    let plain = |name: &str| Some(format!("@db.{name}"));
    let sized = |name: &str| match size {
        Some(size) => Some(format!("@db.{name}({size})")),
        None => Some(format!("@db.{name}")),
    };
    let precise = |name: &str| Some(format!("@db.{name}({})", size.unwrap_or("6")));
    Some(match base.as_str() {
        "text" => ("String", None),
        "citext" => ("String", plain("Citext")),
        "character varying" => ("String", sized("VarChar")),
        "character" => ("String", sized("Char")),
        "uuid" => ("String", plain("Uuid")),
        "inet" => ("String", plain("Inet")),
        "xml" => ("String", plain("Xml")),
        "bit" => ("String", sized("Bit")),
        "bit varying" => ("String", sized("VarBit")),
        "boolean" => ("Boolean", None),
        "smallint" => ("Int", plain("SmallInt")),
        "integer" => ("Int", None),
        "oid" => ("Int", plain("Oid")),
        "bigint" => ("BigInt", None),
        "real" => ("Float", plain("Real")),
        "double precision" => ("Float", None),
        "numeric" => ("Decimal", sized("Decimal")),
        "money" => ("Decimal", plain("Money")),
        "bytea" => ("Bytes", None),
        "jsonb" => ("Json", None),
        "json" => ("Json", plain("Json")),
        "date" => ("DateTime", plain("Date")),
        "time without time zone" => ("DateTime", precise("Time")),
        "time with time zone" => ("DateTime", precise("Timetz")),
        "timestamp with time zone" => ("DateTime", precise("Timestamptz")),
        "timestamp without time zone" => ("DateTime", precise("Timestamp")),
        _ => return None,
    })
}

/// The attribute for what the database fills in. What Prisma has no word for is the
/// database's own expression: the client leaves the column out and reads what came of it.
pub(super) fn default(
    catalog: &Catalog,
    names: &Names<'_>,
    column: &Column,
    kind: &Kind,
) -> Option<String> {
    if column.identity.is_some() {
        return Some(String::from("@default(autoincrement())"));
    }
    if column.generated.is_some() {
        return Some(String::from("@default(dbgenerated())"));
    }
    let expression = column.default.as_deref()?;
    let value = word_for(catalog, names, expression, kind)
        .unwrap_or_else(|| format!("dbgenerated({})", text(expression)));
    Some(format!("@default({value})"))
}

fn word_for(catalog: &Catalog, names: &Names<'_>, expression: &str, kind: &Kind) -> Option<String> {
    let (literal, cast) = expression.split_once("::").unwrap_or((expression, ""));
    let quoted = literal.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    let inner = quoted.filter(|inner| !inner.contains(['\'', '\\']));
    if kind.is_list {
        return (inner == Some("{}")).then(|| String::from("[]"));
    }
    if let Some(made) = enum_of(catalog, cast) {
        let place = made.labels.iter().position(|label| Some(label.as_str()) == inner)?;
        return names.values(&made.name).get(place).cloned();
    }
    match kind.name.as_str() {
        "DateTime" if ["now()", "CURRENT_TIMESTAMP"].contains(&expression) => {
            Some(String::from("now()"))
        }
        "Boolean" => Some(literal).filter(|word| ["true", "false"].contains(word)).map(Into::into),
        // A negative number is stored as the text of one.
        "Int" | "BigInt" => {
            let number = inner.unwrap_or(literal);
            number.parse::<i64>().is_ok().then(|| number.to_owned())
        }
        "Float" | "Decimal" => {
            let number = inner.unwrap_or(literal);
            let is_plain = number.chars().all(|c| c.is_ascii_digit() || "-.".contains(c));
            (is_plain && number.parse::<f64>().is_ok()).then(|| number.to_owned())
        }
        "String" | "Json" => inner.map(text),
        _ => None,
    }
}
