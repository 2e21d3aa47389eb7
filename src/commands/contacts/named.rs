//! A contact on the command line: by its id or the beginning of one, the id that it had before the
//! database was adopted, or what it alone is reached by.

use std::convert::Infallible;
use std::str::FromStr;

use diesel::PgConnection;
use uuid::Uuid;

use super::search;
use crate::commands::id_arg;
use crate::domain::id_prefix;
use crate::error::{Failure, Kind};
use crate::store::contact_search::{self, Hit};
use crate::store::{adopt, contacts};
use crate::ui::human;

#[derive(Debug, Clone)]
pub struct ContactArg(String);

impl FromStr for ContactArg {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<ContactArg, Infallible> {
        Ok(ContactArg(text.to_owned()))
    }
}

impl ContactArg {
    /// Who is meant. One that was merged away is found by its id alone, and a whole id may be
    /// nobody's.
    ///
    /// # Errors
    /// NotFound: nobody. Usage: several.
    pub fn find(&self, conn: &mut PgConnection) -> anyhow::Result<Uuid> {
        match self.find_whole(conn)? {
            Some(id) => Ok(id),
            None => self.find_by_part(conn),
        }
    }

    /// As [`ContactArg::find`]; where nobody is asked, by a whole id alone.
    ///
    /// # Errors
    /// As it; usage: it is no whole id.
    pub fn find_for(&self, conn: &mut PgConnection, yes: bool) -> anyhow::Result<Uuid> {
        match self.find_whole(conn)? {
            Some(id) => Ok(id),
            None if yes => Err(id_arg::whole_only(&self.0).into()),
            None => self.find_by_part(conn),
        }
    }

    /// Who is meant or was merged into whom, so that it is there.
    ///
    /// # Errors
    /// As [`ContactArg::find`].
    pub fn find_existing(&self, conn: &mut PgConnection) -> anyhow::Result<Uuid> {
        let id = self.find(conn)?;
        contacts::find_existing(conn, id)?.ok_or_else(|| super::unknown(id).into())
    }

    fn find_whole(&self, conn: &mut PgConnection) -> anyhow::Result<Option<Uuid>> {
        match Uuid::try_parse(self.0.trim()) {
            Ok(id) => Ok(Some(id)),
            Err(_) => Ok(adopt::find_id(conn, "contacts", &self.0)?),
        }
    }

    fn find_by_part(&self, conn: &mut PgConnection) -> anyhow::Result<Uuid> {
        let text = self.0.trim();
        let is_other_number = |hit: &Hit| {
            hit.matched.ends_with("phone")
                && !id_prefix::is_same_number(text, hit.value.as_deref().unwrap_or_default())
        };
        let mut found = match search::identities(text) {
            Some(search) => contact_search::identified(conn, &search)?,
            None => Vec::new(),
        };
        found.retain(|hit| !is_other_number(hit));
        match found.as_slice() {
            [one] => Ok(one.id),
            [] => Err(Failure::new(Kind::NotFound, format!("no contact is known by {text:?}"))
                .why("none has it for its id or the beginning of one, phone, e-mail or handle")
                .hint("`inboxctl contacts search` finds contacts by name, too")
                .into()),
            many => Err(Failure::usage(format!("{text:?} may be several contacts"))
                .why(many.iter().take(SHOWN).map(described).collect::<Vec<_>>().join("; "))
                .hint("give more of its id, or all of it")
                .into()),
        }
    }
}

/// Of those who may be meant.
const SHOWN: usize = 10;

/// `01900000-... Ana Lima, +34 600...`
fn described(hit: &Hit) -> String {
    let known: Vec<&str> =
        [&hit.name, &hit.phone, &hit.email].into_iter().flatten().map(String::as_str).collect();
    let known = if known.is_empty() { hit.matched.clone() } else { known.join(", ") };
    format!("{} {}", hit.id, human::one_line(&known, 80))
}
