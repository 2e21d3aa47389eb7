//! The parts of a schema.prisma, and how each is read and written.

use std::collections::BTreeMap;

use super::brackets::list;
use crate::domain::schema_text::prisma::text;

pub(super) struct Document {
    pub parts: Vec<Part>,
    /// Whether the client does what foreign keys do: they are as the file says, not as the
    /// database has them.
    pub has_emulated_keys: bool,
    /// The place of each block, by its name.
    places: BTreeMap<String, usize>,
}

pub(super) enum Part {
    /// Comments and blank lines between blocks, and blocks of other kinds.
    Text(String),
    Block(Block),
}

/// A model, a view or an enum.
pub(super) struct Block {
    pub kind: Kind,
    pub name: String,
    pub line: usize,
    pub items: Vec<Item>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Model,
    View,
    Enum,
}

pub(super) enum Item {
    /// A comment or a blank line.
    Text(String),
    /// A field of a model or a value of an enum.
    Field(Field),
    /// `@@map("contacts")`
    Attribute(Attribute, String),
}

#[derive(Clone)]
pub(super) struct Field {
    pub name: String,
    pub line: usize,
    /// Without `[]` or `?`; empty for a value of an enum.
    pub kind: String,
    /// `[]`, `?` or nothing.
    pub suffix: String,
    pub attributes: Vec<Attribute>,
    /// With its slashes, or empty.
    pub comment: String,
}

#[derive(Clone)]
pub(super) struct Attribute {
    /// `map`, `db.Uuid`
    pub name: String,
    pub arguments: Vec<Argument>,
}

#[derive(Clone)]
pub(super) struct Argument {
    pub name: Option<String>,
    pub value: String,
}

impl Kind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::Model => "model",
            Kind::View => "view",
            Kind::Enum => "enum",
        }
    }
}

impl Document {
    pub(super) fn new(parts: Vec<Part>) -> Document {
        let mut places = BTreeMap::new();
        let mut has_emulated_keys = false;
        for (place, part) in parts.iter().enumerate() {
            match part {
                Part::Block(block) => drop(places.insert(block.name.clone(), place)),
                Part::Text(text) => has_emulated_keys |= text.lines().any(emulates_keys),
            }
        }
        Document { parts, has_emulated_keys, places }
    }

    pub(super) fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.parts.iter().filter_map(|part| match part {
            Part::Block(block) => Some(block),
            Part::Text(_) => None,
        })
    }

    pub(super) fn block(&self, name: &str) -> Option<&Block> {
        match self.parts.get(*self.places.get(name)?)? {
            Part::Block(block) => Some(block),
            Part::Text(_) => None,
        }
    }
}

impl Block {
    pub(super) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.items.iter().filter_map(|item| match item {
            Item::Field(field) => Some(field),
            _ => None,
        })
    }

    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields().find(|field| field.name == name)
    }

    pub(super) fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.items.iter().filter_map(|item| match item {
            Item::Attribute(attribute, _) => Some(attribute),
            _ => None,
        })
    }

    /// What the database calls it.
    pub(super) fn mapped(&self) -> String {
        let map = self.attributes().find(|attribute| attribute.name == "map");
        map.and_then(|map| map.text("name")).unwrap_or_else(|| self.name.clone())
    }
}

impl Field {
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// What the database calls it.
    pub(super) fn mapped(&self) -> String {
        let map = self.attribute("map").and_then(|map| map.text("name"));
        map.unwrap_or_else(|| self.name.clone())
    }

    /// `@map("...")`, where that is another name.
    pub(super) fn map(&mut self, name: &str) {
        let map = (name != self.name).then(|| Attribute::of("map", &text(name)));
        self.put("map", map);
    }

    /// In the place of the one of that name; None takes it away.
    pub(super) fn put(&mut self, name: &str, attribute: Option<Attribute>) {
        let place = self.attributes.iter().position(|one| one.name == name);
        match (place, attribute) {
            (Some(place), Some(attribute)) => self.attributes[place] = attribute,
            (Some(place), None) => drop(self.attributes.remove(place)),
            (None, Some(attribute)) => self.attributes.push(attribute),
            (None, None) => {}
        }
    }

    /// `@db.Uuid`: what is `db.Uuid`, and what stands in its brackets.
    pub(super) fn native(&self) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name.starts_with("db."))
    }

    /// The fields of this model, and those of the other, that a relation goes by.
    pub(super) fn relation(&self) -> Option<(Vec<String>, Vec<String>)> {
        let relation = self.attribute("relation")?;
        Some((names(relation.get("fields")?), names(relation.get("references")?)))
    }

    /// The name of its relation, or nothing.
    pub(super) fn relation_name(&self) -> Option<String> {
        self.attribute("relation").and_then(|relation| relation.text("name"))
    }

    /// As cells of a line.
    pub(super) fn cells(&self) -> Vec<String> {
        let attributes = self.attributes.iter().map(|one| format!("@{}", one.written()));
        let mut last: Vec<String> = attributes.collect();
        last.extend((!self.comment.is_empty()).then(|| self.comment.clone()));
        let kind = format!("{}{}", self.kind, self.suffix);
        let mut cells = vec![self.name.clone(), kind, last.join(" ")];
        cells.retain(|cell| !cell.is_empty());
        cells
    }
}

impl Attribute {
    pub(super) fn of(name: &str, argument: &str) -> Attribute {
        let arguments = vec![Argument { name: None, value: argument.to_owned() }];
        Attribute { name: name.to_owned(), arguments }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut arguments = self.arguments.iter();
        let found = arguments.find(|argument| argument.name.as_deref() == Some(name));
        found.map(|argument| argument.value.as_str())
    }

    /// By its name, or the one without a name.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        let mut unnamed = self.arguments.iter().filter(|argument| argument.name.is_none());
        self.get(name).or_else(|| unnamed.next().map(|argument| argument.value.as_str()))
    }

    /// As [`Attribute::first`], of a text between quotation marks.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.first(name).and_then(unquoted)
    }

    /// None takes it away.
    pub(super) fn set(&mut self, name: &str, value: Option<String>) {
        let mut arguments = self.arguments.iter_mut();
        match (arguments.find(|argument| argument.name.as_deref() == Some(name)), value) {
            (Some(argument), Some(value)) => argument.value = value,
            (None, Some(value)) => {
                self.arguments.push(Argument { name: Some(name.to_owned()), value });
            }
            (_, None) => {
                self.arguments.retain(|argument| argument.name.as_deref() != Some(name));
            }
        }
    }

    pub(super) fn written(&self) -> String {
        let arguments = self.arguments.iter().map(|argument| match &argument.name {
            Some(name) => format!("{name}: {}", argument.value),
            None => argument.value.clone(),
        });
        let arguments: Vec<String> = arguments.collect();
        match arguments.is_empty() {
            true => self.name.clone(),
            false => format!("{}({})", self.name, arguments.join(", ")),
        }
    }
}

/// The line of a data source.
fn emulates_keys(line: &str) -> bool {
    let words: String = line.split_whitespace().collect();
    words.starts_with("relationMode=\"prisma\"")
}

fn unquoted(quoted: &str) -> Option<String> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let mut letters = inner.chars();
    let mut plain = String::new();
    while let Some(letter) = letters.next() {
        plain.push(match letter {
            '\\' => match letters.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            },
            other => other,
        });
    }
    Some(plain)
}

/// `[a, b(sort: Desc)]`: a and b.
pub(super) fn names(fields: &str) -> Vec<String> {
    let inner = fields.trim_start_matches('[').trim_end_matches(']');
    let name = |part: &str| part.split('(').next().unwrap_or_default().trim().to_owned();
    list(inner).into_iter().map(name).collect()
}
