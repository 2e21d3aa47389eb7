//! Reading all contacts as fast as the server can send them: COPY in binary.

use std::collections::HashMap;
use std::io::{self, BufRead, Read};

use diesel::connection::SimpleConnection;
use diesel::dsl::count_star;
use diesel::pg::CopyFormat;
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use uuid::Uuid;

use super::liveness::Rest;
use super::schema::{contact_identities, contacts, messages};
use super::server_time;
use crate::domain::matching::Row;
use crate::domain::named::Label;
use crate::domain::vocabulary::IdentityKind;

/// A contact as it is scanned; JSON columns as text.
#[derive(Debug, Clone, Copy)]
pub struct Scanned<'a> {
    pub id: Uuid,
    pub name: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub email: Option<&'a str>,
    pub social_handles: &'a str,
    pub metadata: &'a str,
    /// Microseconds since 1970.
    pub created_at_us: i64,
    pub updated_at_us: i64,
}

impl<'a> Scanned<'a> {
    /// What is compared of it.
    pub fn row(&self) -> Row<'a> {
        Row {
            id: self.id,
            name: self.name,
            phone: self.phone,
            email: self.email,
            handles: self.social_handles,
            metadata: self.metadata,
        }
    }
}

/// Columns that are read.
const FIELDS: usize = 8;

/// Hands every contact to `each`, in the order of the table.
///
/// # Errors
/// The connection, or a server that doesn't speak the binary format as
/// documented.
pub fn scan(conn: &mut PgConnection, mut each: impl FnMut(Scanned<'_>)) -> anyhow::Result<()> {
    use contacts::{created_at, email, id, metadata, name, phone, social_handles, updated_at};
    let columns = (id, name, phone, email, social_handles, metadata, created_at, updated_at);
    let mut input = diesel::copy_to(columns).with_format(CopyFormat::Binary).load_raw(conn)?;
    let answer = Rest::begin();
    skip_header(&mut input)?;
    // Each message of the server's is a row, and is read where it lies.
    for row in 0_usize.. {
        if row.is_multiple_of(1024) {
            answer.arrives();
        }
        let message = input.fill_buf().map_err(of_the_server)?;
        let mut rest = message;
        match take(&mut rest).map(i16::from_be_bytes) {
            Some(-1) => break,
            Some(count) if usize::try_from(count) == Ok(FIELDS) => {}
            _ => return Err(malformed().into()),
        }
        each(contact(&mut rest).ok_or_else(malformed)?);
        let length = message.len() - rest.len();
        input.consume(length);
    }
    drop(input);
    Ok(end(conn)?)
}

/// Ends a COPY whose rows were all read, so that the transaction can go on. Diesel takes an error
/// among the rows for their end; the transaction doesn't.
pub(super) fn end(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("SELECT")
}

/// What comes before the first row of the binary format.
pub(super) fn skip_header(input: &mut impl Read) -> anyhow::Result<()> {
    // Signature, flags, length of the header extension.
    let mut header = [0; 19];
    input.read_exact(&mut header).map_err(of_the_server)?;
    let extension = u64::from(u32::from_be_bytes([header[15], header[16], header[17], header[18]]));
    io::copy(&mut input.take(extension), &mut io::sink())?;
    Ok(())
}

/// Diesel wraps what the server says in an I/O error, which hides it.
pub(super) fn of_the_server(error: io::Error) -> anyhow::Error {
    match error.downcast::<DieselError>() {
        Ok(said) => said.into(),
        Err(error) => error.into(),
    }
}

fn contact<'a>(rest: &mut &'a [u8]) -> Option<Scanned<'a>> {
    Some(Scanned {
        id: Uuid::from_slice(field(rest)??).ok()?,
        name: text(field(rest)?)?,
        phone: text(field(rest)?)?,
        email: text(field(rest)?)?,
        social_handles: json(field(rest)?)?,
        metadata: json(field(rest)?)?,
        created_at_us: time(field(rest)??)?,
        updated_at_us: time(field(rest)??)?,
    })
}

fn time(bytes: &[u8]) -> Option<i64> {
    Some(server_time::since_1970_us(i64::from_be_bytes(bytes.try_into().ok()?)))
}

/// The next field, `Some(None)` for NULL; its length comes first, -1 for NULL.
fn field<'a>(rest: &mut &'a [u8]) -> Option<Option<&'a [u8]>> {
    let Ok(length) = usize::try_from(i32::from_be_bytes(take(rest)?)) else { return Some(None) };
    let (bytes, others) = rest.split_at_checked(length)?;
    *rest = others;
    Some(Some(bytes))
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (bytes, others) = rest.split_first_chunk()?;
    *rest = others;
    Some(*bytes)
}

fn text(bytes: Option<&[u8]>) -> Option<Option<&str>> {
    bytes.map_or(Some(None), |bytes| std::str::from_utf8(bytes).ok().map(Some))
}

/// jsonb: a version byte, then the text.
fn json(bytes: Option<&[u8]>) -> Option<&str> {
    let text = text(bytes)?.unwrap_or_default();
    Some(text.strip_prefix('\u{1}').unwrap_or(text))
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the server sent rows in an unknown format")
}

/// A further identity of a contact.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = contact_identities)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Further {
    pub contact_id: Uuid,
    pub kind: Label<IdentityKind>,
    pub network: Option<String>,
    pub value: String,
}

/// All further identities, by contact.
pub fn further_identities(conn: &mut PgConnection) -> QueryResult<HashMap<Uuid, Vec<Further>>> {
    let rows: Vec<Further> = contact_identities::table
        .select(Further::as_select())
        .order(contact_identities::id)
        .load(conn)?;
    let mut by_contact: HashMap<Uuid, Vec<Further>> = HashMap::new();
    for row in rows {
        by_contact.entry(row.contact_id).or_default().push(row);
    }
    Ok(by_contact)
}

/// Contacts of one question: the server plans an index scan for so many.
const CHUNK: usize = 10_000;

/// How many messages these contacts have; those without one are left out.
pub fn message_counts(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<HashMap<Uuid, i64>> {
    let mut counts = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<(Uuid, i64)> = messages::table
            .filter(messages::contact_id.eq_any(chunk))
            .group_by(messages::contact_id)
            .select((messages::contact_id, count_star()))
            .load(conn)?;
        counts.extend(rows);
    }
    Ok(counts)
}
