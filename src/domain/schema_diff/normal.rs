//! Definitions as they are compared: what server versions spell differently is
//! spelled one way.

use std::borrow::Cow;

/// The text to compare. Between two databases of one server version it is the
/// text itself.
pub(super) fn definition(text: &str, same_server: bool) -> Cow<'_, str> {
    if same_server { Cow::Borrowed(text) } else { Cow::Owned(loose(text)) }
}

/// Without layout, parentheses and qualified column names: from version 16 on
/// views name columns without their table where that is clear.
fn loose(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || "(),;".contains(c)) {
        if !word.is_empty() {
            words.push(word.rsplit('.').next().unwrap_or(word).to_lowercase());
        }
    }
    words.join(" ")
}
