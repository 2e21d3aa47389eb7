//! Text as programs save it, as UTF-8: what begins with a byte order mark may be UTF-16, which
//! spreadsheets call Unicode.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// One line may have so many bytes: a quote that nobody closed would take the rest of the file for one.
pub(super) const LONGEST_LINE: usize = 1 << 20;
const CHUNK: usize = 1 << 16;

#[derive(Debug, Clone, Copy)]
enum Encoding {
    Utf8,
    Utf16(fn([u8; 2]) -> u16),
}

pub(super) struct Decoded<R> {
    input: R,
    encoding: Option<Encoding>,
    /// Bytes that are not decoded yet.
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    is_over: bool,
    /// Bytes that were handed out since the reader last said that a line was over.
    since: Rc<Cell<usize>>,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(input: R, since: Rc<Cell<usize>>) -> Decoded<R> {
        Decoded {
            input,
            encoding: None,
            raw: Vec::new(),
            text: Vec::new(),
            at: 0,
            is_over: false,
            since,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.at = 0;
        while self.text.is_empty() && !self.is_over {
            let before = self.raw.len();
            self.raw.resize(before + CHUNK, 0);
            let read = self.input.read(&mut self.raw[before..])?;
            self.raw.truncate(before + read);
            self.is_over = read == 0;
            // A byte order mark has three bytes at most.
            if self.encoding.is_none() && (self.raw.len() >= 3 || self.is_over) {
                self.encoding = Some(self.recognise());
            }
            match self.encoding {
                None => {}
                Some(Encoding::Utf8) => std::mem::swap(&mut self.text, &mut self.raw),
                Some(Encoding::Utf16(unit)) => self.decode(unit),
            }
        }
        Ok(())
    }

    fn recognise(&mut self) -> Encoding {
        let (mark, encoding) = match self.raw.as_slice() {
            [0xef, 0xbb, 0xbf, ..] => (3, Encoding::Utf8),
            [0xff, 0xfe, ..] => (2, Encoding::Utf16(u16::from_le_bytes)),
            [0xfe, 0xff, ..] => (2, Encoding::Utf16(u16::from_be_bytes)),
            _ => (0, Encoding::Utf8),
        };
        self.raw.drain(..mark);
        encoding
    }

    /// What is whole; half a letter waits for the rest, or is none.
    fn decode(&mut self, unit: fn([u8; 2]) -> u16) {
        let mut units: Vec<u16> =
            self.raw.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        let is_half = units.last().is_some_and(|last| (0xd800..0xdc00).contains(last));
        if is_half && !self.is_over {
            units.pop();
        }
        self.raw.drain(..units.len() * 2);
        let letters = char::decode_utf16(units);
        let letters = letters.map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER));
        self.text = letters.collect::<String>().into_bytes();
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.text.len() {
            self.fill()?;
        }
        let rest = &self.text[self.at..];
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.at += length;
        self.since.set(self.since.get() + length);
        // What was read ahead is another line's.
        match self.since.get() > LONGEST_LINE + 2 * CHUNK {
            true => Err(io::Error::other("a line has more than 1 MiB: is a quote not closed?")),
            false => Ok(length),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        Decoded::new(bytes, Rc::default()).read_to_end(&mut text).unwrap();
        text
    }

    #[test]
    fn marks_go_and_utf_16_becomes_utf_8() {
        let text = "Ana López 🙂;\u{2028}x";
        assert_eq!(decoded(text.as_bytes()), text.as_bytes());
        assert_eq!(decoded(format!("\u{feff}{text}").as_bytes()), text.as_bytes());
        for unit in [u16::to_le_bytes, u16::to_be_bytes] {
            // Letters of two units lie over the ends of chunks.
            for letters in [1, CHUNK / 2, CHUNK] {
                let long = format!("{}{}", "x".repeat(letters), "🙂".repeat(CHUNK));
                let mut bytes: Vec<u8> = unit(0xfeff).to_vec();
                bytes.extend(long.encode_utf16().flat_map(unit));
                assert!(decoded(&bytes) == long.as_bytes());
            }
        }
        assert_eq!(decoded(&[0xff, 0xfe, 0x41, 0, 0x3d, 0xd8]), "A\u{fffd}".as_bytes());
        assert_eq!(decoded(b"a"), b"a");
        assert_eq!(decoded(&[0xff, 0xfe]), b"");
    }
}
