//! What begins as somebody has typed it so far.

use diesel::prelude::*;
use diesel::sql_types::Text;
use uuid::Uuid;

use super::schema::contacts;
use crate::domain::id_prefix::IdRange;

diesel::define_sql_function! {
    fn lower(text: Text) -> Text;
}

/// What names a contact, and its name.
type Known = (String, Option<String>);

/// Ids, e-mails and phone numbers of contacts; those of the newest contacts where nothing was typed.
/// From the indexes that there are; in which order a collation has what follows a text, nobody knows,
/// so others may be among them.
///
/// # Errors
/// The server's.
pub fn of_contacts(conn: &mut PgConnection, typed: &str, limit: i64) -> QueryResult<Vec<Known>> {
    let by_id = contacts::table.select((contacts::id, contacts::name)).limit(limit);
    let with_text = |rows: Vec<(Uuid, Option<String>)>| {
        rows.into_iter().map(|(id, name)| (id.to_string(), name)).collect::<Vec<Known>>()
    };
    if typed.is_empty() {
        return by_id.order(contacts::created_at.desc()).load(conn).map(with_text);
    }
    let mut found = match IdRange::parse(typed) {
        Some(range) => {
            let here = contacts::id.between(range.low, range.high);
            by_id.filter(here).order(contacts::id).load(conn).map(with_text)?
        }
        None => Vec::new(),
    };
    let emails: Vec<(Option<String>, Option<String>)> = contacts::table
        .filter(lower(contacts::email.assume_not_null()).ge(lower(typed)))
        .select((contacts::email, contacts::name))
        .order(lower(contacts::email.assume_not_null()))
        .limit(limit)
        .load(conn)?;
    let phones: Vec<(Option<String>, Option<String>)> = match typed.starts_with(['+', '0']) {
        true => contacts::table
            .filter(contacts::phone.ge(typed))
            .select((contacts::phone, contacts::name))
            .order(contacts::phone)
            .limit(limit)
            .load(conn)?,
        false => Vec::new(),
    };
    found.extend(emails.into_iter().chain(phones).filter_map(|(value, name)| Some((value?, name))));
    Ok(found)
}
