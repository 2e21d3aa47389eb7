//! The lines of a file of contacts, whatever program wrote it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use super::decoded::{Decoded, LONGEST_LINE};
use crate::domain::import::columns::{self, Field};
use crate::domain::raw_json::RawJson;
use crate::domain::suggest;
use crate::error::Failure;
use crate::store::contact_list::Form;

/// The widest sheet that a spreadsheet program makes.
const MOST_COLUMNS: usize = 16_384;
/// What tells the form and the separator of a file.
const BEGINNING: usize = 1 << 16;

/// A column, and what its cells become.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub name: String,
    pub field: Option<Field>,
}

/// A line as it was read.
pub(super) struct Line<'a> {
    pub number: u64,
    /// Its cells with something in them and their columns; or what is wrong with it.
    pub cells: Result<Vec<(usize, Cow<'a, str>)>, String>,
    /// As it stands in the file; a line of JSON as one.
    pub raw: Vec<&'a [u8]>,
    pub is_json: bool,
}

/// What a file is made of.
pub(super) struct Reading {
    input: Box<dyn Read>,
    form: Form,
    separator: u8,
    /// The number of the first line that is left.
    first: u64,
    since: Rc<Cell<usize>>,
    columns: Vec<Column>,
    /// `--map`: names of columns and what they are, the used ones first.
    mapped: Vec<(String, Option<Field>)>,
}

impl Reading {
    /// Looks at the beginning of a file; the form, where it isn't said, is what that looks like.
    pub(super) fn new(
        input: impl Read + 'static,
        form: Option<Form>,
        mapped: Vec<(String, Option<Field>)>,
    ) -> io::Result<Reading> {
        let since = Rc::new(Cell::new(0));
        let mut decoded = Decoded::new(input, Rc::clone(&since));
        let mut beginning = Vec::new();
        decoded.by_ref().take(BEGINNING as u64).read_to_end(&mut beginning)?;
        let looks_like = beginning.iter().find(|byte| !byte.is_ascii_whitespace());
        let form = form.unwrap_or(match looks_like {
            Some(b'{') => Form::Jsonl,
            _ => Form::Csv,
        });
        let before = beginning.len();
        let separator = take_separator(&mut beginning);
        let first = if beginning.len() < before { 2 } else { 1 };
        let input = Box::new(Cursor::new(beginning).chain(decoded));
        Ok(Reading { input, form, separator, first, since, columns: Vec::new(), mapped })
    }

    /// Hands every line to `each`, with the columns so far; returns them.
    pub(super) fn lines(
        mut self,
        mut each: impl FnMut(Line<'_>, &[Column]) -> anyhow::Result<()>,
    ) -> anyhow::Result<Vec<Column>> {
        let input = std::mem::replace(&mut self.input, Box::new(io::empty()));
        match self.form {
            Form::Csv => self.csv(input, &mut each)?,
            Form::Jsonl => self.jsonl(BufReader::new(input), &mut each)?,
        }
        let missing = self
            .mapped
            .iter()
            .find(|(name, _)| !self.columns.iter().any(|column| column.name == *name));
        if let Some((name, _)) = missing {
            let names = self.columns.iter().map(|column| column.name.as_str());
            let failure = Failure::usage(format!("the file has no column {name:?}"));
            return Err(match suggest::nearest(name, names) {
                Some(near) => failure.hint(format!("did you mean {near:?}?")),
                None => failure.hint("--map takes the name of a column as the file has it"),
            }
            .into());
        }
        Ok(self.columns)
    }

    fn add_column(&mut self, name: String) -> Result<(), Failure> {
        if self.columns.len() == MOST_COLUMNS {
            return Err(Failure::failed("the file has too many columns")
                .why(format!("there are more than {MOST_COLUMNS}")));
        }
        let mapped = self.mapped.iter().find(|(column, _)| *column == name);
        let field = match mapped {
            Some((_, field)) => field.clone(),
            None => columns::recognise(&name),
        };
        self.columns.push(Column { name, field });
        Ok(())
    }

    fn csv(&mut self, input: Box<dyn Read>, each: Each<'_>) -> anyhow::Result<()> {
        let starts = Rc::new(RefCell::new(Starts::new(self.first)));
        let input = Noted { input, starts: Rc::clone(&starts) };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .from_reader(input);
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record).map_err(into_io)? {
            self.since.set(0);
            let begins = record.position().map_or(0, csv::Position::byte);
            let number = starts.borrow_mut().number(begins);
            let goes_on = starts.borrow().unclosed(begins, reader.position().byte());
            if self.columns.is_empty() {
                for name in &record {
                    let name = std::str::from_utf8(name).map_err(|_| {
                        Failure::failed("the file is not UTF-8").hint("save it as CSV UTF-8")
                    })?;
                    self.add_column(name.trim().to_owned())?;
                }
                continue;
            }
            let cells = record.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
            let cells = cells.map(|(column, cell)| match std::str::from_utf8(cell) {
                _ if column >= self.columns.len() => {
                    Err(String::from("it has more cells than there are columns"))
                }
                Ok(cell) => Ok((column, Cow::Borrowed(cell))),
                Err(_) => Err(String::from("it is not UTF-8")),
            });
            let cells = match goes_on {
                None => cells.collect(),
                Some(last) => {
                    Err(format!("a quote in it is not closed, so that it goes on to line {last}"))
                }
            };
            let line = Line { number, cells, raw: record.iter().collect(), is_json: false };
            each(line, &self.columns)?;
        }
        Ok(())
    }

    fn jsonl(&mut self, mut input: impl BufRead, each: Each<'_>) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        for number in 1.. {
            bytes.clear();
            let limit = LONGEST_LINE as u64 + 1;
            if input.by_ref().take(limit).read_until(b'\n', &mut bytes)? == 0 {
                break;
            }
            self.since.set(0);
            if bytes.len() > LONGEST_LINE {
                return Err(io::Error::other(format!("line {number} has more than 1 MiB")).into());
            }
            let raw = bytes.trim_ascii();
            if raw.is_empty() {
                continue;
            }
            let object = std::str::from_utf8(raw).ok();
            let object = object.and_then(RawJson::storable);
            let cells = match object.filter(RawJson::is_object) {
                None => Err(String::from("it is no JSON object")),
                Some(object) => Ok(self.cells(&object)?),
            };
            each(Line { number, cells, raw: vec![raw], is_json: true }, &self.columns)?;
        }
        Ok(())
    }

    fn cells(&mut self, object: &RawJson) -> Result<Vec<(usize, Cow<'static, str>)>, Failure> {
        let mut cells = Vec::new();
        for (name, value) in object.members() {
            let known = self.columns.iter().position(|column| column.name == name);
            let column = match known {
                Some(column) => column,
                None => {
                    self.add_column(name)?;
                    self.columns.len() - 1
                }
            };
            if !value.is_null() {
                cells.push((column, Cow::Owned(value.plain())));
            }
        }
        Ok(cells)
    }
}

/// Where lines begin that have something in them: what reads records counts neither empty lines nor the
/// end of one that it hasn't come to.
struct Starts {
    all: VecDeque<Start>,
    bytes: u64,
    line: u64,
    quotes: u64,
    is_start: bool,
}

struct Start {
    byte: u64,
    line: u64,
    /// Of the file so far.
    quotes: u64,
}

impl Starts {
    fn new(line: u64) -> Starts {
        Starts { all: VecDeque::new(), bytes: 0, line, quotes: 0, is_start: true }
    }

    fn note(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\n' => {
                    self.line += 1;
                    self.is_start = true;
                }
                b'\r' => self.is_start = true,
                _ if self.is_start => {
                    let Starts { bytes: byte, line, quotes, .. } = *self;
                    self.all.push_back(Start { byte, line, quotes });
                    self.is_start = false;
                }
                _ => {}
            }
            self.quotes += u64::from(*byte == b'"');
            self.bytes += 1;
        }
    }

    /// Of the first line that begins there or later. They are asked for in their order.
    fn number(&mut self, begins: u64) -> u64 {
        while let Some(start) = self.all.front() {
            if start.byte >= begins {
                return start.line;
            }
            self.all.pop_front();
        }
        self.line
    }

    /// The last line of a record of several in which one quote is left over: whoever forgot to close
    /// it meant other lines.
    fn unclosed(&self, begins: u64, ends: u64) -> Option<u64> {
        let quotes = |from: u64| {
            let start = self.all.iter().find(|start| start.byte >= from);
            start.map_or(self.quotes, |start| start.quotes)
        };
        let last = self.all.iter().take_while(|start| start.byte < ends).last()?;
        let is_left_over = (quotes(ends) - quotes(begins)) % 2 == 1;
        (last.byte > begins && is_left_over).then_some(last.line)
    }
}

struct Noted<R> {
    input: R,
    starts: Rc<RefCell<Starts>>,
}

impl<R: Read> Read for Noted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        self.starts.borrow_mut().note(&buffer[..length]);
        Ok(length)
    }
}

type Each<'a> = &'a mut dyn FnMut(Line<'_>, &[Column]) -> anyhow::Result<()>;

/// What separates the cells: as a first line `sep=;` says, which goes, else what the names of the
/// columns have most of.
fn take_separator(beginning: &mut Vec<u8>) -> u8 {
    if let [b's', b'e', b'p', b'=', separator, b'\r' | b'\n', ..] = beginning[..] {
        let end = beginning.iter().position(|&byte| byte == b'\n').unwrap_or(5);
        beginning.drain(..=end);
        return separator;
    }
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for &byte in beginning.iter() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => break,
            _ if is_quoted => {}
            _ => {
                counts.iter_mut().filter(|(one, _)| *one == byte).for_each(|(_, count)| *count += 1)
            }
        }
    }
    // The first one of those that are equal.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(byte, _)| *byte)
}

/// csv hides an I/O error in its own.
fn into_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_the_numbers_that_an_editor_shows() {
        for (text, expected) in [
            ("n\na\nb\n", vec![2, 3]),
            ("n\r\na\r\nb\r\n", vec![2, 3]),
            ("n\r\n\r\na\r\n\r\n\r\nb", vec![3, 6]),
            ("n\n\"a\nb\"\nc\n", vec![2, 4]),
            ("sep=;\r\nn\r\na\r\n", vec![3]),
        ] {
            let reading = Reading::new(text.as_bytes(), None, Vec::new()).unwrap();
            let mut found = Vec::new();
            let read = reading.lines(|line, _| {
                found.push(line.number);
                Ok(())
            });
            read.unwrap();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn a_quote_that_nobody_closed_is_named_with_the_lines_that_it_took() {
        for (text, expected) in [
            ("n\n\"a\nb\nc\n", vec![(2, Some(4))]),
            ("n\n\"a\nb\n\"c\"\nd\n", vec![(2, Some(4)), (5, None)]),
            ("n\n\"a\nb\"\n\"\"\"c\"\n", vec![(2, None), (4, None)]),
            ("n\n5\" pipe\nb\n", vec![(2, None), (3, None)]),
        ] {
            let reading = Reading::new(text.as_bytes(), None, Vec::new()).unwrap();
            let mut found = Vec::new();
            let read = reading.lines(|line, _| {
                let last = line.cells.err().map(|why| why[why.len() - 1..].parse().unwrap());
                found.push((line.number, last));
                Ok(())
            });
            read.unwrap();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn the_separator_is_what_the_columns_have_most_of() {
        for (text, separator, rest) in [
            ("a,b;c,d\n1;2;3;4;5", b',', "a,b;c,d\n1;2;3;4;5"),
            ("\"a,b,c\";d\n", b';', "\"a,b,c\";d\n"),
            ("a\tb\n,,,", b'\t', "a\tb\n,,,"),
            ("sep=;\r\na;b", b';', "a;b"),
            ("name\nAna", b',', "name\nAna"),
            ("", b',', ""),
        ] {
            let mut bytes = text.as_bytes().to_vec();
            assert_eq!(take_separator(&mut bytes), separator, "{text}");
            assert_eq!(bytes, rest.as_bytes());
        }
    }
}
