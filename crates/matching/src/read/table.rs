//! The rows to match, as they come: one arena of text, no work done yet.
//!
//! Pushing a row is a copy of bytes, so that a COPY reader on one thread can feed it; all
//! parsing and normalising happens later, in parallel. Rows are put in the order of their ids
//! before anything else, which is why no result depends on the order of arrival.

use rayon::prelude::*;
use uuid::Uuid;

/// One contact as the database has it; handles and metadata are JSON objects in text form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row<'a> {
    pub id: Uuid,
    pub name: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub email: Option<&'a str>,
    /// `{"twitter": "@bob", ...}`; anything else counts as no handle.
    pub handles: &'a str,
    /// `{"city": "Graz", ...}`; nested objects are flattened, lists are left out.
    pub metadata: &'a str,
}

/// What a further identity of a contact is, such as the old number of a merged one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    Phone,
    Email,
    Handle,
}

/// Rows to be matched; at most 2^32 - 2 of them.
#[derive(Clone, Debug, Default)]
pub struct Table {
    text: String,
    ids: Vec<Uuid>,
    spans: Vec<Span>,
    more: Vec<(u32, Identity, Piece)>,
}

/// Where a row's text begins, and the lengths of its five pieces in order.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: usize,
    lengths: [u32; 5],
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    length: u32,
}

/// No value is looked at beyond this many bytes: nothing there tells people apart.
const LONGEST_TEXT: usize = 512;
const LONGEST_JSON: usize = 1 << 16;

impl Table {
    pub fn new() -> Table {
        Table::default()
    }

    /// Room for so many rows.
    pub fn with_capacity(rows: usize) -> Table {
        Table {
            text: String::with_capacity(rows * 128),
            ids: Vec::with_capacity(rows),
            spans: Vec::with_capacity(rows),
            more: Vec::new(),
        }
    }

    pub fn push(&mut self, row: Row<'_>) {
        let start = self.text.len();
        let json = |text| if str::len(text) > LONGEST_JSON { "" } else { text };
        let pieces = [
            cut(row.name.unwrap_or_default()),
            cut(row.phone.unwrap_or_default()),
            cut(row.email.unwrap_or_default()),
            json(row.handles),
            json(row.metadata),
        ];
        for piece in pieces {
            self.text.push_str(piece);
        }
        self.ids.push(row.id);
        self.spans.push(Span { start, lengths: pieces.map(|piece| piece.len() as u32) });
    }

    /// Adds a further phone, e-mail or handle to the row that was pushed last.
    pub fn also(&mut self, identity: Identity, value: &str) {
        let Some(row) = self.ids.len().checked_sub(1) else { return };
        let value = cut(value);
        let piece = Piece { start: self.text.len(), length: value.len() as u32 };
        self.text.push_str(value);
        self.more.push((row as u32, identity, piece));
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub fn id(&self, row: u32) -> Uuid {
        self.ids[row as usize]
    }

    /// The row as it was pushed.
    pub fn row(&self, row: u32) -> Row<'_> {
        let span = self.spans[row as usize];
        let mut at = span.start;
        let [name, phone, email, handles, metadata] = span.lengths.map(|length| {
            let piece = &self.text[at..at + length as usize];
            at += length as usize;
            piece
        });
        let some = |text: &'_ str| if text.is_empty() { None } else { Some(()) };
        Row {
            id: self.ids[row as usize],
            name: some(name).map(|()| name),
            phone: some(phone).map(|()| phone),
            email: some(email).map(|()| email),
            handles,
            metadata,
        }
    }

    /// Fetches the text of rows that are read next: they lie anywhere, and reading one after the
    /// other would wait for each.
    pub(crate) fn fetch(&self, rows: &[u32]) {
        const LINE: usize = 64;
        let text = self.text.as_bytes();
        let byte = |at: usize| text.get(at).copied().unwrap_or(0);
        let touch = |&row: &u32| {
            let start = self.spans[row as usize].start;
            byte(start) ^ byte(start + LINE) ^ byte(start + 2 * LINE)
        };
        std::hint::black_box(rows.iter().map(touch).fold(0, |all, byte| all ^ byte));
    }

    /// The further identities of a row.
    pub(crate) fn more(&self, row: u32) -> impl Iterator<Item = (Identity, &str)> {
        let start = self.more.partition_point(|&(owner, ..)| owner < row);
        self.more[start..].iter().take_while(move |&&(owner, ..)| owner == row).map(
            |&(_, identity, piece)| {
                (identity, &self.text[piece.start..piece.start + piece.length as usize])
            },
        )
    }

    /// Row numbers in the order of the ids.
    pub(crate) fn order(&self) -> Vec<u32> {
        // As numbers: sixteen bytes would be compared by a call.
        let keys = self.ids.iter().map(Uuid::as_u128);
        if keys.clone().is_sorted() {
            return (0..self.ids.len() as u32).collect();
        }
        let mut keyed: Vec<(u128, u32)> = keys.zip(0..).collect();
        keyed.par_sort_unstable();
        keyed.into_iter().map(|(_, row)| row).collect()
    }
}

/// The first bytes of a text, cut between two characters.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(LONGEST_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
