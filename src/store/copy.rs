//! Rows in the binary format of COPY.
//!
//! PostgreSQL manual, COPY, "Binary Format": a header, then for each row the
//! number of fields and each field with its length, all in network byte order.

use std::io::{self, Write};

use jiff::Timestamp;
use uuid::Uuid;

const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";
/// Microseconds from 1970 to 2000, where PostgreSQL's time begins.
pub(super) const EPOCH_US: i64 = 946_684_800_000_000;
/// Bytes that are handed to libpq at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// Writes rows of one table. [`Rows::end`] must come last.
pub(super) struct Rows<'a> {
    out: &'a mut dyn Write,
    buffer: Vec<u8>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Rows<'a> {
        let mut buffer = Vec::with_capacity(CHUNK_BYTES + 4096);
        buffer.extend_from_slice(SIGNATURE);
        // No flags, no header extension.
        buffer.extend_from_slice(&[0; 8]);
        Rows { out, buffer }
    }

    /// Starts a row of `fields` fields, which follow one by one.
    ///
    /// # Errors
    /// The connection.
    pub(super) fn row(&mut self, fields: i16) -> io::Result<&mut Self> {
        if self.buffer.len() >= CHUNK_BYTES {
            self.out.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        self.buffer.extend_from_slice(&fields.to_be_bytes());
        Ok(self)
    }

    /// text, and every enum: its label.
    pub(super) fn text(&mut self, value: &str) -> &mut Self {
        self.field(value.as_bytes())
    }

    pub(super) fn optional_text(&mut self, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.text(value),
            None => self.null(),
        }
    }

    /// jsonb: a version byte, then the text.
    pub(super) fn json(&mut self, value: &str) -> &mut Self {
        self.length(value.len() + 1);
        self.buffer.push(1);
        self.buffer.extend_from_slice(value.as_bytes());
        self
    }

    pub(super) fn uuid(&mut self, value: Uuid) -> &mut Self {
        self.field(value.as_bytes())
    }

    pub(super) fn optional_uuid(&mut self, value: Option<Uuid>) -> &mut Self {
        match value {
            Some(value) => self.uuid(value),
            None => self.null(),
        }
    }

    pub(super) fn integer(&mut self, value: i32) -> &mut Self {
        self.field(&value.to_be_bytes())
    }

    pub(super) fn time(&mut self, value: Timestamp) -> &mut Self {
        self.field(&(value.as_microsecond() - EPOCH_US).to_be_bytes())
    }

    pub(super) fn optional_time(&mut self, value: Option<Timestamp>) -> &mut Self {
        match value {
            Some(value) => self.time(value),
            None => self.null(),
        }
    }

    /// The trailer, and everything that is still buffered.
    ///
    /// # Errors
    /// The connection.
    pub(super) fn end(mut self) -> io::Result<()> {
        self.buffer.extend_from_slice(&(-1i16).to_be_bytes());
        self.out.write_all(&self.buffer)
    }

    fn null(&mut self) -> &mut Self {
        self.buffer.extend_from_slice(&(-1i32).to_be_bytes());
        self
    }

    fn field(&mut self, bytes: &[u8]) -> &mut Self {
        self.length(bytes.len());
        self.buffer.extend_from_slice(bytes);
        self
    }

    fn length(&mut self, bytes: usize) {
        // A field of 2 GiB doesn't fit into a row anyhow.
        let length = i32::try_from(bytes).unwrap_or(i32::MAX);
        self.buffer.extend_from_slice(&length.to_be_bytes());
    }
}
