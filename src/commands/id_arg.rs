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
        match self.range.whole() {
            None if yes => Err(whole_only(&self.text).into()),
            _ => self.find(conn, of),
        }
    }
}

/// The failure for what names something by its beginning where nobody is asked.
pub fn whole_only(text: &str) -> Failure {
    Failure::usage(format!("with --yes {text} isn't enough"))
        .why("nobody is asked, and what means one today may mean another one tomorrow")
        .hint("give the whole id, or leave --yes out and look at the question")
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
