//! Whether a copy still has what identifies somebody in the source: what the source has is learned as
//! fingerprints, and looked for in each value of the copy.

use std::collections::HashMap;

use super::copy_lines::{self, Heading, Line, Lines};
use super::digits;
use super::documents;
use super::identifying::identifiers;
use super::json::{self, Change, Place};
use super::kind::Kind;
use super::known::{Identifier, bare_handle, fingerprint, folded};
use super::plan::{Plan, Planned};
use super::shapes;

/// A name that so many bear says of none who it is.
const MANY: u8 = 5;
/// A longer text is somebody's own.
const OWN_TEXT: usize = 20;
/// A shorter handle is a word.
const OWN_HANDLE: usize = 5;
const LONGEST_NAME: usize = 5;
const LEAST_DIGITS: usize = 7;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leak {
    Name,
    Email,
    Phone,
    Handle,
    Text,
}

impl Leak {
    pub fn as_str(self) -> &'static str {
        match self {
            Leak::Name => "name",
            Leak::Email => "email",
            Leak::Phone => "phone",
            Leak::Handle => "handle",
            Leak::Text => "text",
        }
    }
}

#[derive(Debug, Default)]
pub struct Leaks {
    /// How many bear it, as far as it counts.
    names: HashMap<u64, u8>,
    emails: Vec<u64>,
    phones: Vec<u64>,
    handles: Vec<u64>,
    texts: Vec<u64>,
    lines: Lines,
}

impl Leaks {
    /// More of the source's dump.
    pub fn learn(&mut self, plan: &Plan, bytes: &[u8]) {
        let mut lines = std::mem::take(&mut self.lines);
        let taken = lines.take::<()>(bytes, &mut |line, text| {
            if let Line::Row(heading) = line
                && let Some(planned) = plan.table(&heading.schema, &heading.table)
            {
                for (kind, value) in values(planned, heading, text) {
                    self.learn_value(planned, kind, &value);
                }
            }
            Ok(())
        });
        debug_assert!(taken.is_ok());
        self.lines = lines;
    }

    /// All of the source was learned.
    pub fn settle(&mut self) {
        for prints in [&mut self.emails, &mut self.phones, &mut self.handles, &mut self.texts] {
            prints.sort_unstable();
            prints.dedup();
            prints.shrink_to_fit();
        }
        self.lines = Lines::default();
    }

    fn learn_value(&mut self, planned: &Planned, kind: Kind, value: &str) {
        let is_contacts = planned.table.root == "contacts";
        let is_identifying = planned.is_identifying(kind) || kind == Kind::Handle;
        let kind_of = if is_identifying { kind } else { Kind::Keep };
        identifiers(kind_of, value, &mut |what, text| match what {
            Identifier::Name => {
                if let Some(name) = full_name(text) {
                    let borne = self.names.entry(fingerprint(&name)).or_default();
                    *borne = borne.saturating_add(u8::from(is_contacts));
                }
            }
            Identifier::Email => self.emails.push(fingerprint(&bare_handle(text))),
            Identifier::Phone => {
                self.phones.extend(significant(text).map(|digits| fingerprint(&digits)))
            }
            Identifier::Handle => {
                let handle = bare_handle(text);
                if handle.chars().count() >= OWN_HANDLE && !shapes::is_uuid(&handle) {
                    self.handles.push(fingerprint(&handle));
                }
            }
        });
        match kind {
            Kind::Text => self.learn_text(value),
            Kind::Json => drop(json::rewrite(value, &mut Texts(self))),
            _ => {}
        }
    }

    fn learn_text(&mut self, text: &str) {
        // Digests and names of migrations are programs'.
        let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let is_somebodys =
            !text.bytes().all(is_word) && !shapes::is_uuid(text) && !shapes::is_time(text);
        if text.chars().count() > OWN_TEXT && is_somebodys {
            self.texts.push(fingerprint(text.trim()));
        }
    }

    /// More of the copy's dump: what leaked, and in which column. How many rows there were.
    pub fn look(&mut self, plan: &Plan, bytes: &[u8], found: &mut dyn FnMut(String, Leak)) -> u64 {
        let mut lines = std::mem::take(&mut self.lines);
        let mut rows = 0;
        let taken = lines.take::<()>(bytes, &mut |line, text| {
            if let Line::Row(heading) = line {
                rows += 1;
                let planned = plan.table(&heading.schema, &heading.table);
                for (name, field) in heading.columns.iter().zip(copy_lines::fields(text)) {
                    let Some(value) = copy_lines::text(field) else { continue };
                    self.look_at(&value, &mut |leak| {
                        let column = match planned {
                            Some(planned) => planned.table.named(name),
                            None => format!("{}.{}.{name}", heading.schema, heading.table),
                        };
                        found(column, leak);
                    });
                }
            }
            Ok(())
        });
        debug_assert!(taken.is_ok());
        self.lines = lines;
        rows
    }

    fn look_at(&self, value: &str, found: &mut dyn FnMut(Leak)) {
        match value.starts_with(['{', '[']) {
            true => drop(json::rewrite(value, &mut Leaves { leaks: self, found })),
            false => self.look_in(value, found),
        }
    }

    /// In a text.
    fn look_in(&self, text: &str, found: &mut dyn FnMut(Leak)) {
        let has = |prints: &[u64], text: &str| prints.binary_search(&fingerprint(text)).is_ok();
        if shapes::is_uuid(text) || shapes::is_time(text) {
            return;
        }
        if has(&self.texts, text.trim()) {
            found(Leak::Text);
        }
        for (from, to) in shapes::phones(text) {
            if significant(&text[from..to]).any(|digits| has(&self.phones, &digits)) {
                found(Leak::Phone);
            }
        }
        let is_between =
            |letter: char| letter.is_whitespace() || "<>()[]{},;\"':=/|?&".contains(letter);
        for piece in text.split(is_between) {
            let piece = piece
                .trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '_')
                .to_lowercase();
            if piece.contains('@') && has(&self.emails, &piece) {
                found(Leak::Email);
            }
            if piece.len() >= OWN_HANDLE && has(&self.handles, &piece) {
                found(Leak::Handle);
            }
        }
        self.look_for_names(text, found);
    }

    fn look_for_names(&self, text: &str, found: &mut dyn FnMut(Leak)) {
        let mut look = |name: &str| {
            let borne = self.names.get(&fingerprint(name));
            if borne.is_some_and(|borne| *borne < MANY) {
                found(Leak::Name);
            }
        };
        // What Han sounds like in Latin letters is a coincidence.
        let folded = folded(&text.replace(is_syllable, " 0 "));
        let words: Vec<&str> = folded.split(' ').collect();
        for from in 0..words.len() {
            for to in from + 2..=words.len().min(from + LONGEST_NAME) {
                look(&words[from..to].join(" "));
            }
        }
        for run in text.split(|letter| !is_syllable(letter)).filter(|run| !run.is_empty()) {
            let letters: Vec<char> = run.chars().collect();
            for from in 0..letters.len() {
                for to in from + 2..=letters.len().min(from + LONGEST_NAME) {
                    look(&letters[from..to].iter().collect::<String>());
                }
            }
        }
    }
}

/// A name of two words at least, as it is compared: those of Han and Hangul by their letters, as many sound alike.
fn full_name(text: &str) -> Option<String> {
    let name = match text.chars().any(is_syllable) {
        true => text.chars().filter(|letter| is_syllable(*letter)).collect(),
        false => folded(text),
    };
    let is_full =
        name.contains(' ') || name.chars().filter(|letter| is_syllable(*letter)).count() > 1;
    is_full.then_some(name)
}

fn is_syllable(letter: char) -> bool {
    matches!(u32::from(letter), 0x3400..=0x9fff | 0xac00..=0xd7a3 | 0x20000..=0x323af)
}

/// Of a row, what is in each column.
fn values<'a>(
    planned: &'a Planned,
    heading: &'a Heading,
    line: &'a [u8],
) -> impl Iterator<Item = (Kind, std::borrow::Cow<'a, str>)> {
    heading.columns.iter().zip(copy_lines::fields(line)).filter_map(|(name, field)| {
        let at = planned.table.columns.iter().position(|column| column.name == *name)?;
        Some((*planned.kinds.get(at)?, copy_lines::text(field)?))
    })
}

/// The digits of a number that says enough, with its country and without.
fn significant(text: &str) -> impl Iterator<Item = String> {
    let digits: String = text.replacen("(0)", "", 1).chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0').to_owned();
    let without = digits::behind_country(text, &digits);
    [Some(digits), without].into_iter().flatten().filter(|digits| digits.len() >= LEAST_DIGITS)
}

/// Texts of a document of the source.
struct Texts<'a>(&'a mut Leaks);

impl Change for Texts<'_> {
    fn text(&mut self, place: &Place<'_>, text: &str) -> Option<String> {
        if !documents::is_label(&place.key.to_lowercase()) {
            self.0.learn_text(text);
        }
        None
    }

    fn number(&mut self, _: &Place<'_>, _: &str) -> Option<String> {
        None
    }

    fn name(&mut self, _: &str) -> Option<String> {
        None
    }
}

/// What stands in a document of the copy.
struct Leaves<'a> {
    leaks: &'a Leaks,
    found: &'a mut dyn FnMut(Leak),
}

impl Change for Leaves<'_> {
    fn text(&mut self, _: &Place<'_>, text: &str) -> Option<String> {
        self.leaks.look_in(text, self.found);
        None
    }

    fn number(&mut self, _: &Place<'_>, number: &str) -> Option<String> {
        self.leaks.look_in(number, self.found);
        None
    }

    fn name(&mut self, name: &str) -> Option<String> {
        self.leaks.look_in(name, self.found);
        None
    }
}
