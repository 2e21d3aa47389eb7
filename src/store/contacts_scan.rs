//! Reading all contacts as fast as the server can send them: COPY in binary.

use std::collections::HashMap;
use std::io::{self, BufRead, Read};

use diesel::pg::CopyFormat;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text};
use uuid::Uuid;

use super::copy::EPOCH_US;
use super::schema::contacts;

type SqlUuid = diesel::sql_types::Uuid;

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
    pub updated_at_us: i64,
}

/// Columns that are read.
const FIELDS: usize = 7;

/// Hands every contact to `each`, in the order of the table.
///
/// # Errors
/// The connection, or a server that doesn't speak the binary format as
/// documented.
pub fn scan(conn: &mut PgConnection, mut each: impl FnMut(Scanned<'_>)) -> anyhow::Result<()> {
    use contacts::{email, id, metadata, name, phone, social_handles, updated_at};
    let mut input = diesel::copy_to((id, name, phone, email, social_handles, metadata, updated_at))
        .with_format(CopyFormat::Binary)
        .load_raw(conn)?;
    // Signature, flags, length of the header extension.
    let mut header = [0; 19];
    input.read_exact(&mut header)?;
    let extension = u64::from(u32::from_be_bytes([header[15], header[16], header[17], header[18]]));
    io::copy(&mut input.by_ref().take(extension), &mut io::sink())?;
    let mut row = RawRow::default();
    while row.read(&mut input)? {
        each(row.contact()?);
    }
    Ok(())
}

/// The bytes of one row, reused from row to row.
#[derive(Default)]
struct RawRow {
    bytes: Vec<u8>,
    /// Start and end of each field; `None` for NULL.
    fields: [Option<(usize, usize)>; FIELDS],
}

impl RawRow {
    /// False at the end.
    fn read(&mut self, input: &mut impl BufRead) -> io::Result<bool> {
        let mut count = [0; 2];
        input.read_exact(&mut count)?;
        match i16::from_be_bytes(count) {
            -1 => return Ok(false),
            count if usize::try_from(count) == Ok(FIELDS) => {}
            _ => return Err(malformed()),
        }
        self.bytes.clear();
        for field in &mut self.fields {
            let mut length = [0; 4];
            input.read_exact(&mut length)?;
            *field = match usize::try_from(i32::from_be_bytes(length)) {
                // NULL is -1.
                Err(_) => None,
                Ok(length) => {
                    let start = self.bytes.len();
                    self.bytes.resize(start + length, 0);
                    input.read_exact(&mut self.bytes[start..])?;
                    Some((start, start + length))
                }
            };
        }
        Ok(true)
    }

    fn contact(&self) -> io::Result<Scanned<'_>> {
        Ok(Scanned {
            id: self
                .bytes_of(0)
                .and_then(|bytes| Uuid::from_slice(bytes).ok())
                .ok_or_else(malformed)?,
            name: self.text(1)?,
            phone: self.text(2)?,
            email: self.text(3)?,
            social_handles: self.json(4)?,
            metadata: self.json(5)?,
            updated_at_us: self
                .bytes_of(6)
                .and_then(|bytes| bytes.try_into().ok())
                .map(|bytes| i64::from_be_bytes(bytes) + EPOCH_US)
                .ok_or_else(malformed)?,
        })
    }

    fn bytes_of(&self, field: usize) -> Option<&[u8]> {
        self.fields[field].map(|(start, end)| &self.bytes[start..end])
    }

    fn text(&self, field: usize) -> io::Result<Option<&str>> {
        self.bytes_of(field).map(std::str::from_utf8).transpose().map_err(|_| malformed())
    }

    /// jsonb: a version byte, then the text.
    fn json(&self, field: usize) -> io::Result<&str> {
        let text = self.text(field)?.unwrap_or_default();
        Ok(text.strip_prefix('\u{1}').unwrap_or(text))
    }
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the server sent rows in an unknown format")
}

/// A further identity of a contact.
#[derive(Debug, Clone, QueryableByName)]
pub struct Further {
    #[diesel(sql_type = SqlUuid)]
    pub contact_id: Uuid,
    /// PHONE, EMAIL or HANDLE.
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub network: Option<String>,
    #[diesel(sql_type = Text)]
    pub value: String,
}

/// All further identities, by contact.
pub fn further_identities(conn: &mut PgConnection) -> QueryResult<HashMap<Uuid, Vec<Further>>> {
    let rows: Vec<Further> = diesel::sql_query(
        "SELECT contact_id, kind::text AS kind, network, value FROM contact_identities ORDER BY id",
    )
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
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        contact_id: Uuid,
        #[diesel(sql_type = BigInt)]
        messages: i64,
    }
    let mut counts = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<Row> = diesel::sql_query(
            "SELECT contact_id, count(*) AS messages FROM messages \
             WHERE contact_id = ANY ($1) GROUP BY contact_id",
        )
        .bind::<Array<SqlUuid>, _>(chunk)
        .load(conn)?;
        counts.extend(rows.into_iter().map(|row| (row.contact_id, row.messages)));
    }
    Ok(counts)
}
