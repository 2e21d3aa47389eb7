//! The text of a dump, line by line: rows between `COPY ... FROM stdin;` and `\.`, and all else.

use std::borrow::Cow;

use crate::domain::backup::copy_text;

/// Which table's rows follow, and their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    pub schema: String,
    pub table: String,
    pub columns: Vec<String>,
}

/// A line, with its end.
pub(super) enum Line<'a> {
    Heading(&'a Heading),
    Row(&'a Heading),
    /// `\.`
    End,
    Other,
}

/// Is handed each line, with its text.
pub(super) type Each<'a, E> = &'a mut dyn FnMut(Line<'_>, &[u8]) -> Result<(), E>;

#[derive(Debug, Default)]
pub(super) struct Lines {
    heading: Option<Heading>,
    /// The line in hand, so far.
    line: Vec<u8>,
}

impl Lines {
    /// More of the text; what is left of it is a line once its end comes.
    pub(super) fn take<E>(&mut self, bytes: &[u8], each: Each<'_, E>) -> Result<(), E> {
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (line, behind) = rest.split_at(end + 1);
            rest = behind;
            if self.line.is_empty() {
                self.ends(line, each)?;
                continue;
            }
            self.line.extend_from_slice(line);
            let line = std::mem::take(&mut self.line);
            self.ends(&line, each)?;
            // Its room is used again.
            self.line = line;
            self.line.clear();
        }
        self.line.extend_from_slice(rest);
        Ok(())
    }

    /// A last line that has no end.
    pub(super) fn rest(self) -> Vec<u8> {
        self.line
    }

    fn ends<E>(&mut self, line: &[u8], each: Each<'_, E>) -> Result<(), E> {
        match &self.heading {
            Some(_) if line == b"\\.\n" => {
                self.heading = None;
                each(Line::End, line)
            }
            Some(heading) => each(Line::Row(heading), line),
            None => match heading(line) {
                Some(heading) => {
                    each(Line::Heading(&heading), line)?;
                    self.heading = Some(heading);
                    Ok(())
                }
                None => each(Line::Other, line),
            },
        }
    }
}

/// `COPY public.contacts (id, "user") FROM stdin;`
fn heading(line: &[u8]) -> Option<Heading> {
    let line = std::str::from_utf8(line).ok()?;
    let names = line.strip_prefix("COPY ")?.strip_suffix(" FROM stdin;\n")?;
    let (table, columns) = match names.strip_suffix(')') {
        Some(names) => names.split_once(" (")?,
        // A table without columns.
        None => (names, ""),
    };
    let mut table = identifiers(table, '.').into_iter();
    let (schema, table) = (table.next()?, table.next()?);
    Some(Heading { schema, table, columns: identifiers(columns, ',') })
}

/// As the server quotes them where it has to.
fn identifiers(text: &str, between: char) -> Vec<String> {
    let mut names = Vec::new();
    let mut name = String::new();
    let mut is_quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => name.extend(letters.next()),
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => {}
            letter if letter == between && !is_quoted => names.push(std::mem::take(&mut name)),
            letter => name.push(letter),
        }
    }
    if !text.is_empty() {
        names.push(name);
    }
    names
}

/// The fields of a row, as they are written.
pub(super) fn fields(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.strip_suffix(b"\n").unwrap_or(line).split(|byte| *byte == b'\t')
}

/// The text of a field; none of NULL. The manual's section on COPY, "Text Format": of its escapes the
/// server writes these alone.
pub(super) fn text(field: &[u8]) -> Option<Cow<'_, str>> {
    if field == b"\\N" {
        return None;
    }
    Some(match String::from_utf8_lossy(field) {
        Cow::Borrowed(text) => copy_text::unescaped(text),
        Cow::Owned(text) => Cow::Owned(copy_text::unescaped(&text).into_owned()),
    })
}

pub(super) fn write(text: &str, out: &mut Vec<u8>) {
    for byte in text.bytes() {
        match byte {
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            8 => out.extend_from_slice(b"\\b"),
            11 => out.extend_from_slice(b"\\v"),
            12 => out.extend_from_slice(b"\\f"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_come_whole_however_they_are_cut() {
        let dump = "SET x = 1;\nCOPY public.\"a\"\"b\" (id, \"us er\") FROM stdin;\n1\ta\n2\t\\N\n\\.\n\nend";
        for size in [1, 7, dump.len()] {
            let (mut lines, mut seen) = (Lines::default(), Vec::new());
            for part in dump.as_bytes().chunks(size) {
                lines
                    .take::<()>(part, &mut |line, text| {
                        let kind = match line {
                            Line::Heading(heading) => {
                                format!(
                                    "{}/{}({})",
                                    heading.schema,
                                    heading.table,
                                    heading.columns.join("|")
                                )
                            }
                            Line::Row(_) => format!("row of {}", fields(text).count()),
                            Line::End => String::from("end"),
                            Line::Other => String::from("other"),
                        };
                        seen.push(kind);
                        Ok(())
                    })
                    .unwrap();
            }
            let expected =
                ["other", "public/a\"b(id|us er)", "row of 2", "row of 2", "end", "other"];
            assert_eq!(seen, expected, "{size}");
            assert_eq!(lines.rest(), b"end");
        }
    }

    proptest! {
        #[test]
        fn a_field_comes_out_as_it_went_in(value in "[\\PC\\\\\n\r\t\u{8}\u{b}\u{c}]{0,30}") {
            let mut written = Vec::new();
            write(&value, &mut written);
            prop_assert!(!written.contains(&b'\n') && !written.contains(&b'\t'));
            prop_assert_eq!(text(&written).unwrap(), value.as_str());
        }
    }
}
