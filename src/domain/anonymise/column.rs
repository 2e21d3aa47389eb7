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
    /// Whether a copy can hold nothing there: no value, or one that says nothing.
    pub(super) fn may_be_empty(&self) -> bool {
        let has_empty_value = match self.shape {
            Shape::Text | Shape::Json | Shape::List => true,
            Shape::Opaque => {
                let of = self.of_type.as_str();
                of.ends_with("[]") || ["bytea", "tsvector", "hstore"].contains(&of)
            }
            Shape::Other => false,
        };
        self.is_nullable || has_empty_value
    }
}
