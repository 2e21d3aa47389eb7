//! Values of which not much is known: words of the application's, days, and anything.

use std::collections::HashSet;

use super::key::Use;
use super::shapes;
use super::texts::Writer;

/// A longer text is what somebody wrote.
const SHORT: usize = 60;
const FEW_WORDS: usize = 4;

pub(super) struct Values<'a> {
    pub writer: Writer<'a>,
    /// Tables, columns, labels and actions.
    pub words: &'a HashSet<String>,
}

impl Values<'_> {
    /// Kept unless it says who somebody is.
    pub(super) fn label(&self, text: &str) -> String {
        let known = self.writer.words.known;
        let words: Vec<&str> = text.split_whitespace().collect();
        let names_somebody = text.contains('@')
            || text.contains("://")
            || !shapes::phones(text).is_empty()
            || shapes::is_ip(text)
            || known.has_whole(text)
            || words.windows(2).any(|pair| known.is_name(&pair.join(" ")))
            || words.iter().any(|word| word.len() > 4 && known.is_reached_by(word));
        match names_somebody {
            true => self.writer.short(text),
            false => text.to_owned(),
        }
    }

    /// `contacts`, `public.contacts`, `audit_logs_2026_01`.
    pub(super) fn is_word(&self, text: &str) -> bool {
        let is_of_month = |last: char| last.is_ascii_digit() || last == '_';
        let is_one = |word: &str| {
            self.words.contains(word)
                || word.ends_with(is_of_month)
                    && self.words.contains(word.trim_end_matches(is_of_month))
        };
        !text.is_empty() && text.split('.').all(is_one) || self.words.contains(text)
    }

    /// A text of which nothing is known.
    pub(super) fn any(&self, text: &str) -> String {
        if self.is_word(text) && !self.writer.words.known.has_whole(text) {
            return text.to_owned();
        }
        let is_short = text.len() <= SHORT && text.split_whitespace().count() <= FEW_WORDS;
        match is_short {
            true => self.writer.short(text),
            false => self.writer.prose(text),
        }
    }

    /// Another day of the same year.
    pub(super) fn birth(&self, text: &str) -> String {
        if !shapes::is_date(text.as_bytes()) {
            return self.writer.short(text);
        }
        let mut draws = self.writer.words.key.draws(Use::Day, text, 0);
        let (month, day) = (1 + draws.below(12), 1 + draws.below(28));
        format!("{}{month:02}-{day:02}{}", &text[..5], &text[10..])
    }
}
