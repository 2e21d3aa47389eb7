//! Scripts: how a word that was drawn in Latin letters is written.

use super::key::Draws;
use super::known::folded;

/// One that Latin letters are written in, by their sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Greek,
}

impl Script {
    /// Of a word; none of those that are written otherwise, or in two.
    pub(super) fn of_all(text: &str) -> Option<Script> {
        let mut scripts = text.chars().map(Script::of);
        let first = scripts.next()??;
        scripts.all(|script| script == Some(first)).then_some(first)
    }

    fn of(letter: char) -> Option<Script> {
        match u32::from(letter) {
            _ if letter.is_ascii_alphabetic() => Some(Script::Latin),
            0xc0..=0x24f | 0x1e00..=0x1eff => Some(Script::Latin),
            0x370..=0x3ff | 0x1f00..=0x1fff => Some(Script::Greek),
            0x400..=0x52f => Some(Script::Cyrillic),
            _ => None,
        }
    }

    /// A word of lower-case ASCII, with accents and capitals where `like` has them.
    pub(super) fn dress(self, like: &str, made: &str) -> String {
        let letters: Vec<char> = like.chars().collect();
        let is_capital = letters.first().is_some_and(|first| first.is_uppercase());
        let is_upper =
            letters.len() > 1 && !letters.iter().any(|letter| letter.is_lowercase()) && is_capital;
        let mut dressed = String::with_capacity(made.len() * 2);
        for (at, letter) in made.chars().enumerate() {
            let model = letters.get(at).copied().unwrap_or('a');
            let letter = match self {
                Script::Latin if model.is_ascii() => letter,
                Script::Latin => instead(letter, "aeiousznclr", "áéíóúšžñčłř"),
                Script::Cyrillic => {
                    instead(letter, "abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопкрстуввксз")
                }
                Script::Greek => {
                    instead(letter, "abcdefghijklmnopqrstuvwxyz", "αβκδεφγχιγκλμνοπκρστυβωξυζ")
                }
            };
            match is_upper || at == 0 && is_capital || at > 0 && model.is_uppercase() {
                true => dressed.extend(letter.to_uppercase()),
                false => dressed.push(letter),
            }
        }
        dressed
    }
}

fn instead(letter: char, from: &str, to: &str) -> char {
    let at = from.chars().position(|one| one == letter);
    at.and_then(|at| to.chars().nth(at)).unwrap_or(letter)
}

/// Another letter or digit of the same script.
pub(super) fn neighbour(letter: char, draws: &mut Draws) -> char {
    let (first, number) = match u32::from(letter) {
        0x30..=0x39 => (0x30, 10),
        // The digits of other scripts stand ten in a row.
        code if letter.is_numeric() && !letter.is_alphabetic() => (code & !0xf | code & 0x6, 8),
        0x4e00..=0x9fff => (0x4e00, 0x1000),
        0x3400..=0x4dbf | 0x20000..=0x323af => (0x4e00, 0x1000),
        0xac00..=0xd7a3 => (0xac00, 11172),
        0x3041..=0x3096 => (0x3042, 0x50),
        0x30a1..=0x30fa => (0x30a2, 0x50),
        0x5d0..=0x5ea => (0x5d0, 27),
        code => (code & !0x7f, 0x80),
    };
    let is_alike = |new: char| {
        // Marks above and below letters are none.
        let is_read =
            || !letter.is_alphabetic() || !folded(new.encode_utf8(&mut [0; 4])).is_empty();
        new.is_alphabetic() == letter.is_alphabetic()
            && new.is_lowercase() == letter.is_lowercase()
            && is_read()
    };
    (0..16)
        .filter_map(|_| char::from_u32(first + draws.below(number) as u32))
        .find(|new| is_alike(*new))
        .unwrap_or(letter)
}
