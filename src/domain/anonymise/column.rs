//! A column, as far as it counts what is in it.

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Text,
    Json,
    /// Of texts.
    List,
    /// Nothing that can be read: bytes, places, sentences for a search.
    Opaque,
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub shape: Shape,
    /// As the server calls it, without what stands in brackets.
    pub of_type: String,
    /// In letters, where it is bounded.
    pub length: Option<usize>,
    pub is_nullable: bool,
}

impl Column {
    /// Where it holds nothing that can be read: whether nothing can be written as a value all the same.
    pub(super) fn has_empty_value(&self) -> bool {
        self.of_type.ends_with("[]")
            || ["bytea", "tsvector", "hstore"].contains(&self.of_type.as_str())
    }
}
