//! Handles, ids and other values without spaces: each run of letters or digits becomes another, and
//! the signs between them stay.

use super::digits;
use super::words::Words;

/// From so many changes between letters and digits on it is an id.
const CHANGES: usize = 2;
const LONG: usize = 20;

/// All runs of a text.
pub(super) fn join(words: &Words<'_>, text: &str) -> String {
    let mut made = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while !rest.is_empty() {
        let is_of_run = |letter: char| letter.is_alphanumeric();
        let begin = rest.find(is_of_run).unwrap_or(rest.len());
        made.push_str(&rest[..begin]);
        rest = &rest[begin..];
        let end = rest.find(|letter| !is_of_run(letter)).unwrap_or(rest.len());
        if end > 0 {
            made.push_str(&run(words, &rest[..end]));
        }
        rest = &rest[end..];
    }
    made
}

/// One of letters and digits.
pub(super) fn run(words: &Words<'_>, text: &str) -> String {
    let parts = parts(text);
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() > CHANGES || parts.len() > 1 && text.len() >= LONG {
        return words.opaque(text);
    }
    parts
        .into_iter()
        .map(|part| match is_digits(part) {
            true => digits::phone(words.key, words.known, part)
                .unwrap_or_else(|| digits::plain(words.key, part)),
            false => words.word(part),
        })
        .collect()
}

/// Letters, or digits, in turn.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_digit = first.is_ascii_digit();
        let end =
            rest.find(|letter: char| letter.is_ascii_digit() != is_digit).unwrap_or(rest.len());
        parts.push(&rest[..end]);
        rest = &rest[end..];
    }
    parts
}
