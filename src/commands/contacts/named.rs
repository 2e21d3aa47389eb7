//! A contact on the command line: by its id or the beginning of one, the id that it had before the
//! database was adopted, or what it alone is reached by.

use std::convert::Infallible;
use std::str::FromStr;

use diesel::PgConnection;
use uuid::Uuid;

use crate::commands::id_arg::{self, Asked};
use crate::context::Context;
use crate::domain::id_prefix::IdRange;
use crate::domain::phone_numbers;
use crate::error::{Failure, Kind};
use crate::store::contact_search::{self, Hit, Search};
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
    pub fn find(&self, ctx: &Context, conn: &mut PgConnection) -> anyhow::Result<Uuid> {
        Ok(self.resolve(ctx, conn)?.0)
    }

    /// As [`ContactArg::find`]; where nobody is asked, by a whole id alone.
    ///
    /// # Errors
    /// As it; usage: it is no whole id.
    pub fn find_for(
        &self,
        ctx: &Context,
        conn: &mut PgConnection,
        asked: Asked,
    ) -> anyhow::Result<Uuid> {
        match self.resolve(ctx, conn)? {
            (_, Some(hit)) if asked != Asked::Yes => {
                Err(id_arg::whole_only(&self.0, asked, &[described(&hit)]).into())
            }
            (id, _) => Ok(id),
        }
    }

    /// Who is meant or was merged into whom, so that it is there.
    ///
    /// # Errors
    /// As [`ContactArg::find`].
    pub fn find_existing(&self, ctx: &Context, conn: &mut PgConnection) -> anyhow::Result<Uuid> {
        let id = self.find(ctx, conn)?;
        contacts::find_existing(conn, id)?.ok_or_else(|| super::unknown(id).into())
    }

    /// The id, and what it was found by where that wasn't all of it.
    fn resolve(
        &self,
        ctx: &Context,
        conn: &mut PgConnection,
    ) -> anyhow::Result<(Uuid, Option<Hit>)> {
        let text = self.0.trim();
        if let Ok(id) = Uuid::try_parse(text) {
            return Ok((id, None));
        }
        let (mut hits, truncated) = find_by_part(ctx, conn, text)?;
        // An id of before the adoption may be the beginning of another one's, or a phone by now.
        if let Some(id) = adopt::find_id(conn, "contacts", text)? {
            hits.retain(|hit| hit.id != id);
            if hits.is_empty() {
                return Ok((id, None));
            }
            hits.insert(0, by_old_id(conn, id)?);
        }
        match hits.as_slice() {
            [one] if !truncated => Ok((one.id, Some(one.clone()))),
            [] if !truncated => {
                Err(Failure::new(Kind::NotFound, format!("no contact is known by {text:?}"))
                    .why("no contact has this as its phone, e-mail, handle or id, or as the beginning of its id")
                    .hint("`inboxctl contacts search` finds contacts by name, too")
                    .into())
            }
            several => Err(Failure::usage(format!("{text:?} matches several contacts"))
                .why(several.iter().take(SHOWN).map(described).collect::<Vec<_>>().join("; "))
                .hint("give more of its id, or all of it")
                .into()),
        }
    }
}

/// Those who may be meant by a part of what they are, and whether there are too many to look at.
fn find_by_part(
    ctx: &Context,
    conn: &mut PgConnection,
    text: &str,
) -> anyhow::Result<(Vec<Hit>, bool)> {
    let Some(search) = Search::identities(text) else { return Ok((Vec::new(), false)) };
    let region = ctx.config.phone_region.as_deref().map(super::region).transpose()?;
    let is_meant = |hit: &Hit| {
        !hit.matched.ends_with("phone")
            || phone_numbers::is_meant(text, hit.value.as_deref().unwrap_or(""), region.as_ref())
    };
    Ok(contact_search::identified(conn, &search, is_meant)?)
}

fn by_old_id(conn: &mut PgConnection, id: Uuid) -> anyhow::Result<Hit> {
    let search = Search { id: Some(IdRange { low: id, high: id }), ..Search::default() };
    let (mut hits, _) = contact_search::identified(conn, &search, |_| true)?;
    Ok(hits.pop().unwrap_or_else(|| Hit::gone(id)))
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
