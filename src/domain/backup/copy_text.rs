//! Rows of a dump: what pg_dump and pg_restore write between `COPY ... FROM stdin;` and `\.`.

use std::borrow::Cow;

/// Takes the text of a dump, and hands over each row of its tables.
pub struct CopyText<F> {
    rows: F,
    /// Of the table in hand; none between two tables.
    columns: Option<Vec<String>>,
    /// The line in hand, so far.
    line: Vec<u8>,
}

impl<F: FnMut(&Row<'_>)> CopyText<F> {
    pub fn new(rows: F) -> CopyText<F> {
        CopyText { rows, columns: None, line: Vec::new() }
    }

    /// More of the text.
    pub fn take(&mut self, bytes: &[u8]) {
        let mut parts = bytes.split(|byte| *byte == b'\n');
        self.line.extend_from_slice(parts.next().unwrap_or_default());
        for part in parts {
            self.line_ends();
            self.line.extend_from_slice(part);
        }
    }

    fn line_ends(&mut self) {
        let line = String::from_utf8_lossy(&self.line);
        match &self.columns {
            Some(_) if line == "\\." => self.columns = None,
            Some(columns) => {
                (self.rows)(&Row { columns, fields: line.split('\t').collect() });
            }
            None => self.columns = columns(&line),
        }
        self.line.clear();
    }
}

/// Those that `COPY public.contacts (id, name) FROM stdin;` names.
fn columns(line: &str) -> Option<Vec<String>> {
    let list = line.strip_prefix("COPY ")?.strip_suffix(") FROM stdin;")?.rsplit_once(" (")?.1;
    Some(list.split(", ").map(|name| name.trim_matches('"').to_owned()).collect())
}

/// A row, and the columns that it has.
pub struct Row<'a> {
    columns: &'a [String],
    fields: Vec<&'a str>,
}

impl Row<'_> {
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// The text of a column; none of NULL, and of a column that isn't there.
    pub fn text(&self, column: &str) -> Option<String> {
        let at = self.columns.iter().position(|name| name == column)?;
        let field = self.fields.get(at).filter(|field| **field != "\\N")?;
        Some(unescaped(field).into_owned())
    }
}

/// The manual's section on COPY, "Text Format": of its escapes the server writes these alone.
pub fn unescaped(field: &str) -> Cow<'_, str> {
    if !field.contains('\\') {
        return Cow::Borrowed(field);
    }
    let mut text = String::with_capacity(field.len());
    let mut characters = field.chars();
    while let Some(character) = characters.next() {
        text.push(match character {
            '\\' => match characters.next() {
                Some('b') => '\u{8}',
                Some('f') => '\u{c}',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('v') => '\u{b}',
                Some(other) => other,
                None => '\\',
            },
            other => other,
        });
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_out_as_they_went_in() {
        let dump = "SET x = 1;\n\nCOPY public.a (id, \"user\", note) FROM stdin;\n\
            1\t\\N\ta\\tb\\nc\\\\d\n2\tx\t\n\\.\n\nCOPY public.b (id) FROM stdin;\n\\.\nSELECT 1;\n";
        for size in [1, 7, dump.len()] {
            let mut rows = Vec::new();
            let mut copy = CopyText::new(|row: &Row<'_>| {
                rows.push(["id", "user", "note", "none"].map(|column| row.text(column)));
            });
            dump.as_bytes().chunks(size).for_each(|part| copy.take(part));
            let some = |text: &str| Some(text.to_owned());
            assert_eq!(
                rows,
                [
                    [some("1"), None, some("a\tb\nc\\d"), None],
                    [some("2"), some("x"), some(""), None]
                ],
                "{size}"
            );
        }
    }
}
