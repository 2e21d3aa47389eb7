//! What is stored of a person, in two files: all of it as one JSON document, and a page to read.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::Value;

use crate::atomic_file::{self, AtomicFile, PRIVATE};
use crate::domain::raw_json::RawJson;
use crate::ui::human;

pub(super) const JSON: &str = "data.json";
pub(super) const PAGE: &str = "data.md";

pub(super) struct Book {
    json: BufWriter<AtomicFile>,
    page: BufWriter<AtomicFile>,
    /// A place was written before, and a row of this one.
    is_begun: bool,
    has_rows: bool,
}

impl Book {
    /// `facts` are the first members of the document and the first lines of the page.
    ///
    /// # Errors
    /// The folder.
    pub(super) fn create(folder: &Path, title: &str, facts: &[(&str, Value)]) -> io::Result<Book> {
        let open = |name| AtomicFile::create(&folder.join(name), PRIVATE).map(BufWriter::new);
        let (mut json, mut page) = (open(JSON)?, open(PAGE)?);
        writeln!(page, "# {}\n", plain(title))?;
        json.write_all(b"{\n")?;
        for (name, value) in facts {
            writeln!(json, "{}: {value},", Value::from(*name))?;
            let text = match value {
                Value::Array(values) => {
                    let values = values.iter().filter_map(Value::as_str);
                    values.collect::<Vec<_>>().join(", ")
                }
                value => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
            };
            if !text.is_empty() {
                writeln!(page, "- {}: {}", name.replace('_', " "), plain(&text))?;
            }
        }
        json.write_all(b"\"places\": {")?;
        Ok(Book { json, page, is_begun: false, has_rows: false })
    }

    /// # Errors
    /// The disk.
    pub(super) fn begin(&mut self, place: &str) -> io::Result<()> {
        let comma = if self.is_begun { "," } else { "" };
        write!(self.json, "{comma}\n{}: [", Value::from(place))?;
        (self.is_begun, self.has_rows) = (true, false);
        Ok(())
    }

    /// # Errors
    /// The disk.
    pub(super) fn row(&mut self, place: &str, row: &str) -> io::Result<()> {
        let comma = if self.has_rows { "," } else { "" };
        write!(self.json, "{comma}\n{row}")?;
        if !self.has_rows {
            writeln!(self.page, "\n## {}\n", plain(place))?;
        }
        self.has_rows = true;
        let row = RawJson::parse(row.to_owned()).unwrap_or_default();
        self.page.write_all(item(&row).as_bytes())
    }

    /// # Errors
    /// The disk.
    pub(super) fn end(&mut self) -> io::Result<()> {
        self.json.write_all(b"]")
    }

    /// Says what was searched and what wasn't, and gives both files their names.
    ///
    /// # Errors
    /// The disk, or the folder.
    pub(super) fn finish(mut self, searched: &[String], not_searched: &[String]) -> io::Result<()> {
        let (found, missing) = (Value::from(searched), Value::from(not_searched));
        write!(self.json, "\n}},\n\"searched\": {found},\n\"not_searched\": {missing}\n}}\n")?;
        for (title, lines) in [("Searched", searched), ("Not searched", not_searched)] {
            writeln!(self.page, "\n## {title}\n")?;
            lines.iter().try_for_each(|line| writeln!(self.page, "- {}", plain(line)))?;
        }
        let [json, page] = [self.json, self.page].map(BufWriter::into_inner);
        atomic_file::place_all([json?, page?])
    }
}

/// What of a row comes first; of messages and notes nothing else is read by people.
const FIRST: [&str; 5] = ["created_at", "direction", "channel", "name", "content"];

/// A row as an item of a list: what it holds, without what is empty.
fn item(row: &RawJson) -> String {
    let members = row.members();
    let is_text = members.iter().any(|(name, _)| name == "content");
    let (mut first, rest): (Vec<_>, Vec<_>) =
        members.into_iter().partition(|(name, _)| FIRST.contains(&name.as_str()));
    first.sort_by_key(|(name, _)| FIRST.iter().position(|one| one == name));
    let rest = rest.into_iter().filter(|_| !is_text);
    let told = first.into_iter().chain(rest).filter_map(|(name, value)| {
        let value = value.plain();
        let is_empty = ["null", "", "{}", "[]"].contains(&value.as_str());
        (!is_empty).then(|| format!("{}: {}", plain(&name), plain(&value)))
    });
    format!("- {}\n", told.collect::<Vec<_>>().join("; "))
}

/// A text in which nothing is markup, on one line or, where it has several, with breaks.
fn plain(text: &str) -> String {
    let escaped = |line: &str| {
        let line = human::printable(line);
        let escape = |letter: char| match "\\`*_[]<>#|~&".contains(letter) {
            true => format!("\\{letter}"),
            false => letter.to_string(),
        };
        line.chars().map(escape).collect::<String>()
    };
    text.lines().map(escaped).collect::<Vec<_>>().join("  \n  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_is_no_markup() {
        let row = r##"{"id":"1","created_at":"2026-01-01","metadata":{},"content":"# <b>\n*x*"}"##;
        let row = RawJson::parse(row.to_owned()).unwrap();
        assert_eq!(item(&row), "- created\\_at: 2026-01-01; content: \\# \\<b\\>  \n  \\*x\\*\n");
    }
}
