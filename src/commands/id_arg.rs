//! Ids on the command line: whole, or the beginning of one.

use std::str::FromStr;

use diesel::PgConnection;
use uuid::Uuid;

use crate::domain::id_prefix::IdRange;
use crate::error::{Failure, Kind};
use crate::store::id_ranges::{self, Of};

#[derive(Debug, Clone)]
pub struct IdArg {
    text: String,
    range: IdRange,
}

impl FromStr for IdArg {
    type Err = String;

    fn from_str(text: &str) -> Result<IdArg, String> {
        let range = IdRange::parse(text).ok_or_else(|| {
            String::from("an id is 32 hexadecimal digits; its first four and more are enough")
        })?;
        Ok(IdArg { text: text.to_owned(), range })
    }
}

impl IdArg {
    /// The id that is meant; a whole one may be of nothing.
    ///
    /// # Errors
    /// NotFound: none begins so. Usage: several do.
    pub fn find(&self, conn: &mut PgConnection, of: Of) -> anyhow::Result<Uuid> {
        if let Some(id) = self.range.whole() {
            return Ok(id);
        }
        let found = id_ranges::list(conn, of, self.range)?;
        let noun = noun(of);
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(Failure::new(Kind::NotFound, format!("no {noun} begins with {}", self.text))
                .hint(format!("`inboxctl {}` shows them", list_command(of)))
                .into()),
            many => Err(ambiguous(&format!("{noun}s"), &self.text, many).into()),
        }
    }

    /// As [`IdArg::find`]; where nobody is asked, the id is whole.
    ///
    /// # Errors
    /// As it; usage: it isn't whole.
    pub fn find_for(&self, conn: &mut PgConnection, of: Of, yes: bool) -> anyhow::Result<Uuid> {
        let id = self.find(conn, of)?;
        match self.range.whole() {
            None if yes => Err(whole_only(&self.text, Asked::NotWithYes, &[id.to_string()]).into()),
            _ => Ok(id),
        }
    }
}

/// Whether somebody looks at what was found before it is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Yes,
    /// The command would ask, but for `--yes`.
    NotWithYes,
    /// The command never asks.
    Never,
}

impl Asked {
    pub fn unless(yes: bool) -> Asked {
        if yes { Asked::NotWithYes } else { Asked::Yes }
    }
}

/// The failure for what names something by a part of it where nobody is asked.
pub fn whole_only(text: &str, asked: Asked, found: &[String]) -> Failure {
    let found = found.join("; ");
    Failure::usage(format!("nobody is asked here, so {text} isn't enough"))
        .why(format!("today it means {found}; tomorrow it may mean another one"))
        .hint(match asked {
            Asked::NotWithYes => "give the whole id, or leave --yes out and look at the question",
            Asked::Yes | Asked::Never => "give the whole id",
        })
}

fn ambiguous(nouns: &str, text: &str, found: &[Uuid]) -> Failure {
    let shown: Vec<String> = found.iter().take(5).map(Uuid::to_string).collect();
    let more = if found.len() > shown.len() { " and more" } else { "" };
    Failure::usage(format!("several {nouns} begin with {text}"))
        .why(format!("{}{more}", shown.join(", ")))
        .hint("give more of its id")
}

fn noun(of: Of) -> &'static str {
    match of {
        Of::Hold => "hold",
        Of::Import => "import",
        Of::Job => "job",
        Of::Merge => "merge",
        Of::Message => "message",
        Of::Run => "run",
    }
}

fn list_command(of: Of) -> &'static str {
    match of {
        Of::Hold => "retention holds list",
        Of::Import => "audit list --action contact.import --columns resource_id,created_at,actor",
        Of::Job => "jobs list",
        Of::Merge => "contacts merges",
        Of::Message => "messages thread --contact ID --columns id,content",
        Of::Run => "contacts merges --columns run,merged_at",
    }
}
