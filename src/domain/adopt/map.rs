//! The map: a file in which a person decides what can't be known, and may correct the rest.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

/// What stands for a decision that is still to be made.
pub const OPEN: &str = "?";

/// A user becomes the one whose e-mail is the same but for case.
pub const MERGE: &str = "merge";

/// A line of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub section: String,
    pub key: String,
    /// [`OPEN`] where it is still to be decided.
    pub value: String,
    pub why: Option<String>,
}

type Section = BTreeMap<String, String>;

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Map {
    /// Our table: theirs, or nothing.
    pub tables: Section,
    /// By our table: our column, and what it is made of.
    pub columns: BTreeMap<String, Section>,
    /// By our type: their label, and ours.
    pub labels: BTreeMap<String, Section>,
    /// `notes.user_id`: what stands there where theirs has nothing.
    pub missing: Section,
    /// Our table: which of several rows stays.
    pub duplicates: Section,
    /// E-mails that are equal but for case, and what they become.
    pub emails: Section,
    /// `view open_messages`: what becomes of it.
    pub objects: Section,
    /// The zone of times that have none.
    pub times: Section,
}

/// # Errors
/// What is wrong with the file, in one line.
pub fn parse(text: &str) -> Result<Map, String> {
    toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map(|span| text.bytes().take(span.start).filter(|&byte| byte == b'\n').count() + 1);
        match line {
            Some(line) => format!("line {line}: {}", error.message()),
            None => error.message().to_owned(),
        }
    })
}

impl Map {
    /// E-mails of users who become another.
    pub fn merged(&self) -> Vec<&str> {
        let merged = self.emails.iter().filter(|(_, how)| *how == MERGE);
        merged.map(|(email, _)| email.as_str()).collect()
    }

    /// The decision in `[section]`, or in `[section.part]`, under `key`.
    pub fn decision(&self, section: &str, key: &str) -> Option<&str> {
        let found = match section.split_once('.') {
            Some(("columns", table)) => self.columns.get(table)?,
            Some(("labels", name)) => self.labels.get(name)?,
            _ => match section {
                "tables" => &self.tables,
                "missing" => &self.missing,
                "duplicates" => &self.duplicates,
                "emails" => &self.emails,
                "objects" => &self.objects,
                "times" => &self.times,
                _ => return None,
            },
        };
        found.get(key).map(String::as_str).filter(|value| *value != OPEN)
    }
}

/// The file that says what was decided, with a line to fill in for what was not.
pub fn render(decided: &[Decided]) -> String {
    let mut text = String::from(
        "# How the application's database becomes an inbox: read by `inboxctl db adopt --map`.\n\
         # Each line is ours = theirs, but labels, emails and objects are theirs = ours.\n\
         # A column is made of one of theirs, of \"a + b\", of \"key -> column\" of the table that key\n\
         # refers to, or of a constant: \"= SMS\". Fill in what is \"?\".\n",
    );
    let mut section = "";
    for one in decided {
        if one.section != section {
            section = &one.section;
            let _ = write!(text, "\n[{section}]\n");
        }
        if let Some(why) = &one.why {
            let _ = writeln!(text, "# {}", why.replace(['\n', '\r'], " "));
        }
        let _ = writeln!(text, "{}", line(&one.key, &one.value));
    }
    text
}

/// `DRAFT = "?"`
pub fn line(key: &str, value: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let key = match !key.is_empty() && key.chars().all(is_bare) {
        true => key.to_owned(),
        false => quoted(key),
    };
    format!("{key} = {}", quoted(value))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(letter);
            }
            _ if letter.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rendered_is_read_again() {
        let one = |section: &str, key: &str, value: &str, why: Option<&str>| Decided {
            section: section.to_owned(),
            key: key.to_owned(),
            value: value.to_owned(),
            why: why.map(str::to_owned),
        };
        let text = render(&[
            one("tables", "contacts", "Contact", None),
            one("columns.messages", "content", "bo\"dy\\", None),
            one("labels.channel", "VOICE \n", OPEN, Some("3 rows\nof it")),
        ]);
        let map = parse(&text).unwrap();
        assert_eq!(map.decision("tables", "contacts"), Some("Contact"));
        assert_eq!(map.decision("columns.messages", "content"), Some("bo\"dy\\"));
        assert_eq!(map.labels["channel"]["VOICE \n"], OPEN);
        assert_eq!(map.decision("labels.channel", "VOICE \n"), None);
        assert!(parse("[tabels]").unwrap_err().contains("line 1"));
    }
}
