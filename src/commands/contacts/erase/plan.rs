//! What goes with a person, and what stands in the way.

use diesel::PgConnection;
use uuid::Uuid;

use crate::commands::trust_arg::TrustArg;
use crate::domain::person_terms::Terms;
use crate::error::Failure;
use crate::store::erasing::{self, Erased};
use crate::store::erasing_ground::Ground;
use crate::store::erasing_kept;
use crate::store::people::{self, Person};
use crate::store::person_rows::{self, Fate, Mentions, Place};
use crate::store::statements::quote_identifier;
use crate::store::{databases, interference, server};
use crate::ui::human;

pub(super) struct Plan {
    pub person: Person,
    /// When it was erased before, and the contact is gone.
    pub erased: Option<Erased>,
    pub ground: Ground,
    /// What has rows of the person, and how many.
    pub places: Vec<(Place, u64)>,
    /// Messages stay, emptied and by nobody.
    pub keeps_messages: bool,
    /// Databases of the server that are copies of this one.
    pub copies: Vec<String>,
    /// Rows of others that name the person.
    pub mentions: Vec<Mentions>,
}

impl Plan {
    /// # Errors
    /// Nobody has or had that id. Refused: a hold, a row that refers to the contact and stays, or a
    /// table that this role can't read.
    pub(super) fn read(
        conn: &mut PgConnection,
        id: Uuid,
        named: &[String],
        keeps_messages: bool,
        trust: TrustArg,
    ) -> anyhow::Result<Plan> {
        let (person, erased) = match people::find(conn, id)? {
            Some(person) => (person, None),
            None => erased(conn, id)?
                .map(|(person, erased)| (person, Some(erased)))
                .ok_or_else(|| super::super::unknown_or_archived(id))?,
        };
        let (ground, places) = look(conn, &person.terms, named, trust)?;
        // What hangs on a message would stay with it.
        let hanging = places.iter().find(|(place, _)| keeps_messages && place.is_on_message);
        if let Some((place, rows)) = hanging {
            return Err(on_message(place, *rows).into());
        }
        if keeps_messages {
            let added = erasing_kept::columns_of_others(conn, &person.terms.ids)?;
            if !added.is_empty() {
                return Err(added_columns(&added).into());
            }
        }
        let copies = databases::copies(conn)?;
        let mentions = person_rows::mentions(conn, &person.terms)?;
        Ok(Plan { person, erased, ground, places, keeps_messages, copies, mentions })
    }
}

/// What erasing the person stands on, and what has rows of it, and how many.
///
/// # Errors
/// Refused: a hold, a row that refers to the contact and stays, or a table that this role can't read.
pub(in crate::commands) fn look(
    conn: &mut PgConnection,
    terms: &Terms,
    named: &[String],
    trust: TrustArg,
) -> anyhow::Result<(Ground, Vec<(Place, u64)>)> {
    let places = person_rows::places(conn, named)?;
    if let Some(hidden) = places.iter().find(|place| !place.is_readable) {
        let table = hidden.table().to_owned();
        let role = quote_identifier(&server::role(conn)?);
        return Err(Failure::refused(format!("this role may not read {table}"))
            .why("rows of the contact may lie there; nothing was changed")
            .hint(format!("have its owner run: GRANT SELECT ON {table} TO {role}"))
            .into());
    }
    let tables: Vec<&str> = places.iter().map(Place::table).collect();
    interference::see_all_rows(conn, &tables)?;
    let ground = Ground::read(conn, terms.clone(), places, trust.trust_functions)?;
    let mut found = Vec::new();
    for place in &ground.places {
        let rows = place.count(conn, terms)?.unsigned_abs();
        if rows > 0 && place.fate == Fate::Keeps {
            return Err(keeps(place, rows).into());
        }
        if rows > 0
            && let Some(column) = &place.never_empty
        {
            return Err(never_empty(place, column, rows).into());
        }
        if rows > 0 {
            found.push((place.clone(), rows));
        }
    }
    Ok((ground, found))
}

fn keeps(place: &Place, rows: u64) -> Failure {
    let rows = human::plural(rows, "row", "rows");
    let what = if place.is_on_message { "a message of the contact" } else { "the contact" };
    Failure::refused(format!("{rows} of {} would stay and refer to {what}", place.name))
        .why(match place.is_of_others {
            true => "they are contacts themselves; nothing was changed",
            false => "no foreign key lets them go along or empties them; nothing was changed",
        })
        .hint("delete them or have them refer to something else, or give the key ON DELETE CASCADE or SET NULL")
}

fn on_message(place: &Place, rows: u64) -> Failure {
    let rows = human::plural(rows, "row", "rows");
    Failure::refused(format!("{rows} of {} would stay with the messages", place.name))
        .why("they refer to messages of the contact, and what they hold of it isn't known; nothing was changed")
        .hint("delete them first, or erase without --keep-messages")
}

fn added_columns(names: &[String]) -> Failure {
    let names = human::listed(names, names.len());
    Failure::refused(format!("what the application keeps in {names} of messages would stay"))
        .why("it may tell who the contact is; nothing was changed")
        .hint("empty it in these messages first, or erase without --keep-messages")
}

fn never_empty(place: &Place, column: &str, rows: u64) -> Failure {
    let rows = human::plural(rows, "row", "rows");
    Failure::refused(format!("{rows} of {} would have to be emptied, and can't be", place.name))
        .why(format!(
            "the foreign key is ON DELETE SET NULL and {column} is NOT NULL; nothing was changed"
        ))
        .hint("delete these rows or have them refer to something else, or let the column be NULL")
}

/// Who was erased before: by ids alone.
fn erased(conn: &mut PgConnection, id: Uuid) -> anyhow::Result<Option<(Person, Erased)>> {
    if !erasing::is_there(conn)? {
        return Ok(None);
    }
    let known = erasing::list(conn)?.into_iter().find(|one| one.ids().contains(&id));
    let Some(one) = known else { return Ok(None) };
    let (terms, shared) = people::terms(conn, one.ids())?;
    let merged = one.merged_ids.clone();
    Ok(Some((Person { id: one.contact_id, merged, name: None, terms, shared }, one)))
}
