//! Values of which not much is known: words of the application's, days, and anything.

use super::key::Use;
use super::shapes;
use super::texts::Writer;

/// A longer text is what somebody wrote.
const SHORT: usize = 60;
const FEW_WORDS: usize = 4;

pub(super) struct Values<'a>(pub Writer<'a>);

impl Values<'_> {
    /// Kept unless it says who somebody is.
    pub(super) fn label(&self, text: &str) -> String {
        let known = self.0.known;
        let words: Vec<&str> = text.split_whitespace().collect();
        let names_somebody = text.contains('@')
            || text.contains("://")
            || !shapes::phones(text).is_empty()
            || shapes::is_ip(text)
            || known.has_whole(text)
            || words.windows(2).any(|pair| known.is_name(&pair.join(" ")))
            || words.iter().any(|word| word.len() > 4 && known.is_reached_by(word));
        match names_somebody {
            true => self.0.short(text),
            false => text.to_owned(),
        }
    }

    /// A text of which nothing is known.
    pub(super) fn any(&self, text: &str) -> String {
        let is_short = text.len() <= SHORT && text.split_whitespace().count() <= FEW_WORDS;
        match is_short {
            true => self.0.short(text),
            false => self.0.prose(text),
        }
    }

    /// Another day of the same year.
    pub(super) fn birth(&self, text: &str) -> String {
        if !shapes::is_date(text.as_bytes()) {
            return self.0.short(text);
        }
        let mut draws = self.0.key.draws(Use::Day, text, 0);
        let (month, day) = (1 + draws.below(12), 1 + draws.below(28));
        format!("{}{month:02}-{day:02}{}", &text[..5], &text[10..])
    }
}
