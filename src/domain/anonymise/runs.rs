//! Handles, ids and other values without spaces: each run of letters or digits becomes another, and
//! the signs between them stay.

use super::digits;
use super::key::Key;
use super::known::{Known, folded};
use super::words;
use crate::domain::matching::names_nobody;

/// From so many changes between letters and digits on it is an id.
const CHANGES: usize = 2;
const LONG: usize = 20;
/// Two names in one.
const LEAST_NAME: usize = 3;

/// All runs of a text.
pub(super) fn join(key: &Key, known: &Known, text: &str) -> String {
    let mut made = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while !rest.is_empty() {
        let is_of_run = |letter: char| letter.is_alphanumeric();
        let begin = rest.find(is_of_run).unwrap_or(rest.len());
        made.push_str(&rest[..begin]);
        rest = &rest[begin..];
        let end = rest.find(|letter| !is_of_run(letter)).unwrap_or(rest.len());
        if end > 0 {
            made.push_str(&run(key, known, &rest[..end]));
        }
        rest = &rest[end..];
    }
    made
}

/// One of letters and digits.
pub(super) fn run(key: &Key, known: &Known, text: &str) -> String {
    let parts = parts(text);
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() > CHANGES || parts.len() > 1 && text.len() >= LONG {
        return words::opaque(key, text);
    }
    parts
        .into_iter()
        .map(|part| match is_digits(part) {
            true => digits::phone(key, known, part).unwrap_or_else(|| digits::plain(key, part)),
            false => letters(key, known, part),
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

/// A word; where two names are written as one, both.
pub(super) fn letters(key: &Key, known: &Known, text: &str) -> String {
    let plain = folded(text);
    if names_nobody(&plain) {
        return text.to_owned();
    }
    if text.is_ascii() && !known.is_name_word(&plain) {
        let is_name = |word: &str| word.len() >= LEAST_NAME && known.is_name_word(word);
        let cut = (LEAST_NAME..plain.len().saturating_sub(LEAST_NAME - 1))
            .find(|at| is_name(&plain[..*at]) && is_name(&plain[*at..]));
        let initial = (plain.len() > LEAST_NAME + 1 && is_name(&plain[1..])).then_some(1);
        if let Some(cut) = cut.or(initial) {
            let (first, last) = text.split_at(cut);
            return words::word(key, known, first) + &words::word(key, known, last);
        }
    }
    words::word(key, known, text)
}
