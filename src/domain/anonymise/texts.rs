//! What people write: other words of the same language, drawn by all of the text, so that no word can be
//! read by how often it comes. What identifies somebody becomes what it becomes elsewhere.

use std::collections::HashMap;

use super::addresses;
use super::digits;
use super::key::{Draws, Use};
use super::known::{Known, folded};
use super::runs;
use super::shapes;
use super::words::Words;
use crate::domain::sample::phrases_of_languages;

/// So many words are looked at to tell a language.
const LOOKED_AT: usize = 60;
/// Of the languages: each is a bit.
const MOST_LANGUAGES: usize = 64;

const GAP_BYTES: usize = 40;

/// The words of the languages that are known.
#[derive(Debug)]
pub struct Vocabulary {
    /// By language and then as they came, without what anybody is called.
    words: Vec<Vec<String>>,
    languages: HashMap<String, u64>,
}

impl Vocabulary {
    pub fn new(known: &Known) -> Vocabulary {
        let mut made = Vocabulary { words: Vec::new(), languages: HashMap::new() };
        for (number, phrases) in phrases_of_languages().take(MOST_LANGUAGES).enumerate() {
            let mut words = Vec::new();
            // Gaps are written as `{n}`.
            for word in phrases
                .iter()
                .flat_map(|phrase| phrase.split(|letter: char| !letter.is_alphabetic()))
            {
                let word = word.to_lowercase();
                let languages = made.languages.entry(word.clone()).or_default();
                if word.chars().any(is_unspaced) {
                    made.learn_unspaced(&word, number, &mut words);
                } else if word.chars().count() > 1 && *languages & 1 << number == 0 {
                    *languages |= 1 << number;
                    if !known.is_word(&folded(&word)) {
                        words.push(word);
                    }
                }
            }
            made.words.push(words);
        }
        made
    }

    /// Sentences that are written as one word: their letters are what tells the language.
    fn learn_unspaced(&mut self, text: &str, number: usize, words: &mut Vec<String>) {
        for letter in text.chars() {
            *self.languages.entry(letter.to_string()).or_default() |= 1 << number;
            words.push(letter.to_string());
        }
    }

    /// Whether it is a word of any language.
    pub(super) fn has(&self, word: &str) -> bool {
        self.languages.get(word).is_some_and(|languages| *languages != 0)
    }

    /// The language that most words are of; the first one where none is known.
    fn language(&self, text: &str) -> usize {
        let mut counts = [0_u32; MOST_LANGUAGES];
        let words =
            text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
        let pieces = words.flat_map(|word| match word.chars().any(is_unspaced) {
            true => word.chars().map(String::from).collect(),
            false => vec![word.to_lowercase()],
        });
        for word in pieces.take(LOOKED_AT) {
            let languages = self.languages.get(&word).copied().unwrap_or_default();
            (0..MOST_LANGUAGES)
                .filter(|at| languages >> at & 1 == 1)
                .for_each(|at| counts[at] += 1);
        }
        let most = counts.iter().max().copied().unwrap_or_default();
        counts.iter().position(|count| *count == most).unwrap_or_default()
    }

    fn draw(&self, language: usize, like: &str, draws: &mut Draws) -> Option<String> {
        let words = self.words.get(language).filter(|words| !words.is_empty())?;
        if like.chars().any(is_unspaced) {
            let mut made = String::new();
            for _ in like.chars() {
                made.push_str(&words[draws.below(words.len())]);
            }
            return made.chars().any(is_unspaced).then_some(made);
        }
        let drawn = &words[draws.below(words.len())];
        let is_latin = |word: &str| word.chars().all(|letter| u32::from(letter) < 0x250);
        if is_latin(drawn) != is_latin(like) {
            return None;
        }
        Some(in_case_of(like, drawn))
    }
}

/// Of a script that puts no spaces between words.
fn is_unspaced(letter: char) -> bool {
    matches!(u32::from(letter), 0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff)
}

fn in_case_of(like: &str, word: &str) -> String {
    let mut letters = like.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    let second = letters.next().is_some_and(char::is_uppercase);
    match (first, second) {
        (true, true) => word.to_uppercase(),
        (true, false) => {
            let mut rest = word.chars();
            rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect()
        }
        (false, _) => word.to_owned(),
    }
}

/// How plain words are replaced: each by itself, as in names and handles, or by all of the text.
pub(super) struct Writer<'a> {
    pub words: Words<'a>,
    pub vocabulary: &'a Vocabulary,
}

/// What is drawn for a text.
struct Prose {
    language: usize,
    draws: Draws,
}

impl Writer<'_> {
    /// Names, handles, ids: the same piece is always the same other one.
    pub(super) fn short(&self, text: &str) -> String {
        self.write(text, &mut None)
    }

    /// What somebody wrote.
    pub(super) fn prose(&self, text: &str) -> String {
        if self.words.known.is_name(text) {
            return self.short(text);
        }
        let language = self.vocabulary.language(text);
        let draws = self.words.key.draws(Use::Text, text, 0);
        self.write(text, &mut Some(Prose { language, draws }))
    }

    fn write(&self, text: &str, prose: &mut Option<Prose>) -> String {
        let mut made = String::with_capacity(text.len() + 16);
        let mut at = 0;
        for (from, to) in shapes::phones(text) {
            self.plain(&text[at..from], prose, &mut made);
            let number = digits::phone(self.words.key, self.words.known, &text[from..to]);
            made.push_str(&number.unwrap_or_else(|| runs::join(&self.words, &text[from..to])));
            at = to;
        }
        self.plain(&text[at..], prose, &mut made);
        made
    }

    fn plain(&self, text: &str, prose: &mut Option<Prose>, made: &mut String) {
        let mut rest = text;
        while let Some((before, gap, behind)) = gap(rest) {
            self.chunks(before, prose, made);
            made.push_str(gap);
            rest = behind;
        }
        self.chunks(rest, prose, made);
    }

    fn chunks(&self, text: &str, prose: &mut Option<Prose>, made: &mut String) {
        let mut rest = text;
        while !rest.is_empty() {
            let begin = rest.find(|letter: char| !letter.is_whitespace()).unwrap_or(rest.len());
            made.push_str(&rest[..begin]);
            rest = &rest[begin..];
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            self.chunk(&rest[..end], prose, made);
            rest = &rest[end..];
        }
    }

    /// What stands between two spaces.
    fn chunk(&self, chunk: &str, prose: &mut Option<Prose>, made: &mut String) {
        let is_around = |letter: char| !letter.is_alphanumeric() && letter != '@';
        let core = chunk.trim_matches(is_around);
        let begin = chunk.len() - chunk.trim_start_matches(is_around).len();
        if core.is_empty() {
            return made.push_str(chunk);
        }
        made.push_str(&chunk[..begin]);
        self.core(core, prose, made);
        made.push_str(&chunk[begin + core.len()..]);
    }

    fn core(&self, core: &str, prose: &mut Option<Prose>, made: &mut String) {
        if shapes::is_uuid(core) || shapes::is_time(core) {
            return made.push_str(core);
        }
        if core.contains("://")
            && let Some(url) = addresses::url(&self.words, core)
        {
            return made.push_str(&url);
        }
        if core.contains('@') && self.emails(core, made) {
            return;
        }
        if shapes::is_ip(core) {
            return made.push_str(&addresses::ip(self.words.key, core));
        }
        let is_reached_by =
            prose.is_some() && self.words.known.is_reached_by(core) && !self.vocabulary.has(core);
        match prose {
            Some(prose) if !core.starts_with('@') && !is_reached_by => self.runs(core, prose, made),
            _ => made.push_str(&runs::join(&self.words, core)),
        }
    }

    /// `<anna@mail.example>,bob@mail.example`: whether there is one.
    fn emails(&self, core: &str, made: &mut String) -> bool {
        let is_between = |letter: char| "<>()[]{},;\"':=/|".contains(letter);
        if !core.split(is_between).any(shapes::is_email) {
            return false;
        }
        for piece in core.split_inclusive(is_between) {
            let bare = piece.trim_end_matches(is_between);
            match addresses::email(&self.words, bare).filter(|_| shapes::is_email(bare)) {
                Some(email) => made.push_str(&email),
                None => made.push_str(&runs::join(&self.words, bare)),
            }
            made.push_str(&piece[bare.len()..]);
        }
        true
    }

    fn runs(&self, core: &str, prose: &mut Prose, made: &mut String) {
        let mut rest = core;
        while !rest.is_empty() {
            let begin = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
            made.push_str(&rest[..begin]);
            rest = &rest[begin..];
            let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
            if end > 0 {
                self.run(&rest[..end], prose, made);
            }
            rest = &rest[end..];
        }
    }

    fn run(&self, run: &str, prose: &mut Prose, made: &mut String) {
        if !run.chars().all(char::is_alphabetic) {
            return made.push_str(&runs::run(&self.words, run));
        }
        let is_called = || {
            run.chars().next().is_some_and(|first| !first.is_lowercase())
                && !self.vocabulary.has(&run.to_lowercase())
                && self.words.known.is_name_word(&folded(run))
        };
        if is_called() {
            return made.push_str(&self.words.word(run));
        }
        let drawn = self.vocabulary.draw(prose.language, run, &mut prose.draws);
        made.push_str(&drawn.unwrap_or_else(|| self.words.word(run)));
    }
}

/// `{{name}}`, which a template is filled in at, and what stands around it.
fn gap(text: &str) -> Option<(&str, &str, &str)> {
    let begin = text.find("{{")?;
    let end = begin + text[begin..].find("}}")? + 2;
    let is_plain = |letter: char| letter.is_ascii_lowercase() || " _.".contains(letter);
    let name = &text[begin + 2..end - 2];
    (name.len() <= GAP_BYTES && name.chars().all(is_plain))
        .then(|| (&text[..begin], &text[begin..end], &text[end..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::anonymise::key::Key;
    use crate::domain::anonymise::known::Identifier;

    fn with<T>(work: impl FnOnce(&Writer<'_>) -> T) -> T {
        let mut known = Known::default();
        known.add(Identifier::Name, "Anna Kowalska");
        known.add(Identifier::Handle, "@anna_k");
        known.settle();
        let (key, vocabulary) = (Key::of(b"secret"), Vocabulary::new(&known));
        work(&Writer { words: Words::new(&key, &known), vocabulary: &vocabulary })
    }

    #[test]
    fn what_identifies_somebody_becomes_what_it_becomes_elsewhere() {
        with(|writer| {
            let made = writer.prose(
                "Hello Anna Kowalska, your parcel is late.\nCall +34 600 111 222 or write to anna@mail.example, anna_k!",
            );
            for part in ["Anna Kowalska", "+34 600 111 222", "anna@mail.example", "anna_k"] {
                assert!(made.contains(&writer.short(part)), "{part}: {made}");
                assert!(!made.contains(part), "{part}: {made}");
            }
            assert!(made.contains('\n') && !made.contains("parcel"), "{made}");
        });
    }

    #[test]
    fn a_language_stays() {
        with(|writer| {
            for text in ["¿Dónde está mi pedido?", "Where is my order?", "Wo ist meine Bestellung?"]
            {
                let language = writer.vocabulary.language(text);
                let made = writer.prose(text);
                assert_ne!(made, text);
                assert_eq!(writer.vocabulary.language(&made), language, "{text}: {made}");
            }
        });
    }

    #[test]
    fn ids_times_and_gaps_stay() {
        with(|writer| {
            let text = "01900000-0000-7000-8000-0000000000a1 2026-01-05T10:00:00Z {{name}}";
            assert_eq!(writer.prose(text), text);
        });
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "\\PC{0,60}", more in "[a-zA-Z0-9@.:/ +()-]{0,40}") {
            with(|writer| {
                writer.prose(&format!("{text}{more}"));
                writer.short(&format!("{more}{text}"));
            });
        }
    }
}
