//! Another word for a word: the same one for the same one, as long, in the same script, and a slip
//! of it for most slips.
//!
//! What is drawn follows from the consonants of a word as they sound; its vowels are exchanged among
//! each other. So Katherine and Catherine, or Anna and Ana, are still near each other.

use super::key::{Draws, Key, Use};
use super::known::{Known, folded};

const CONSONANTS: [char; 14] =
    ['b', 'd', 'f', 'g', 'j', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v'];
const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];
/// Words that look alike in too many ways are made longer.
const FEWEST_CONSONANTS: usize = 3;
/// So often another word is drawn where somebody is called so; then it is made longer.
const DRAWN: u64 = 6;
const DRAWN_LONGER: u64 = 24;

/// Another word of letters.
pub(super) fn word(key: &Key, known: &Known, text: &str) -> String {
    let sounds = Sounds::of(text);
    let mut made = String::new();
    for round in 0..DRAWN_LONGER {
        made = sounds.word(key, text, round);
        if !known.is_word(&folded(&made)) {
            break;
        }
    }
    made
}

/// What a word sounds like.
struct Sounds {
    /// Its letters, each as Latin ones.
    letters: Vec<(char, String)>,
    /// Its consonants, and its first letter.
    skeleton: String,
}

impl Sounds {
    fn of(text: &str) -> Sounds {
        let letters: Vec<(char, String)> = text
            .chars()
            .map(|letter| {
                let latin = match letter.is_ascii_alphabetic() {
                    true => letter.to_ascii_lowercase().to_string(),
                    false => folded(letter.encode_utf8(&mut [0; 4])),
                };
                (letter, latin)
            })
            .collect();
        let mut skeleton = String::new();
        let mut last = ' ';
        for sound in letters.iter().flat_map(|(_, latin)| latin.chars()).filter_map(sound) {
            let is_said = match VOWELS.contains(&sound) {
                true => skeleton.is_empty(),
                false => sound != last,
            };
            if is_said {
                skeleton.push(if VOWELS.contains(&sound) { 'a' } else { sound });
            }
            last = sound;
        }
        Sounds { letters, skeleton }
    }

    fn word(&self, key: &Key, text: &str, round: u64) -> String {
        let mut draws = key.draws(Use::Word, &self.skeleton, round);
        let drawn = Drawn::new(&mut draws, self.skeleton.chars().count());
        let mut made = String::with_capacity(text.len() + 4);
        let mut at = 0;
        let mut last = ' ';
        let mut own = key.draws(Use::Run, text, round);
        for (letter, latin) in &self.letters {
            let new = match Script::of(*letter) {
                Script::Digit | Script::Other => {
                    made.push(neighbour(*letter, &mut own));
                    continue;
                }
                script => drawn.letters(latin, script, &mut at, &mut last),
            };
            match letter.is_uppercase() {
                true => made.extend(new.chars().flat_map(char::to_uppercase)),
                false => made.push_str(&new),
            }
        }
        self.lengthen(&mut made, &mut draws, round);
        made
    }

    fn lengthen(&self, made: &mut String, draws: &mut Draws, round: u64) {
        let Some((last, _)) = self.letters.last() else { return };
        let script = Script::of(*last);
        if matches!(script, Script::Other | Script::Digit) {
            return;
        }
        let consonants = self.skeleton.trim_start_matches('a').len();
        let more = FEWEST_CONSONANTS.saturating_sub(consonants) + usize::from(round > DRAWN);
        let is_upper = last.is_uppercase() && self.letters.len() > 1;
        for _ in 0..more {
            for letter in [draws.of(&CONSONANTS), draws.of(&VOWELS)].into_iter().flatten() {
                let letter = script.write(letter);
                match is_upper {
                    true => made.extend(letter.to_uppercase()),
                    false => made.push(letter),
                }
            }
        }
    }
}

/// The class of a letter; none of those that are hardly heard.
fn sound(letter: char) -> Option<char> {
    Some(match letter {
        'c' | 'q' | 'x' => 'k',
        'z' => 's',
        'y' => 'i',
        'h' | 'w' => return None,
        letter if letter.is_ascii_lowercase() => letter,
        _ => return None,
    })
}

/// What a skeleton becomes.
struct Drawn {
    consonants: Vec<char>,
    vowels: [char; 5],
}

impl Drawn {
    fn new(draws: &mut Draws, length: usize) -> Drawn {
        let mut vowels = VOWELS;
        for at in (1..vowels.len()).rev() {
            vowels.swap(at, draws.below(at + 1));
        }
        let mut consonants: Vec<char> = Vec::with_capacity(length);
        for _ in 0..length {
            // Twice the same would sound as once.
            let others: Vec<char> =
                CONSONANTS.into_iter().filter(|letter| consonants.last() != Some(letter)).collect();
            consonants.extend(draws.of(&others));
        }
        Drawn { consonants, vowels }
    }

    /// For one letter, which may be written with several Latin ones.
    fn letters(&self, latin: &str, script: Script, at: &mut usize, last: &mut char) -> String {
        let mut made = String::new();
        for letter in latin.chars() {
            let Some(heard) = sound(letter) else {
                made.push(script.write(letter));
                continue;
            };
            let new = match VOWELS.iter().position(|vowel| *vowel == heard) {
                Some(_) if letter == 'y' => 'y',
                Some(place) => {
                    *at = (*at).max(1);
                    self.vowels[place]
                }
                None => {
                    *at += usize::from(heard != *last);
                    // A consonant that another letter could stand for has another one, too.
                    let new = self.consonants.get(at.saturating_sub(1)).copied().unwrap_or('n');
                    if letter == heard { new } else { twin(new) }
                }
            };
            *last = heard;
            made.push(script.write(new));
        }
        made
    }
}

/// What sounds nearly so.
fn twin(letter: char) -> char {
    match letter {
        'k' => 'c',
        's' => 'z',
        'j' => 'y',
        'f' => 'v',
        'v' => 'f',
        'b' => 'p',
        'p' => 'b',
        'd' => 't',
        't' => 'd',
        'm' => 'n',
        'n' => 'm',
        'l' => 'r',
        'r' => 'l',
        _ => 'k',
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    /// With an accent.
    Accented,
    Cyrillic,
    Greek,
    Digit,
    Other,
}

impl Script {
    fn of(letter: char) -> Script {
        match u32::from(letter) {
            _ if letter.is_ascii_alphabetic() => Script::Latin,
            _ if letter.is_ascii() => Script::Digit,
            0xc0..=0x24f | 0x1e00..=0x1eff => Script::Accented,
            0x370..=0x3ff | 0x1f00..=0x1fff => Script::Greek,
            0x400..=0x52f => Script::Cyrillic,
            _ => Script::Other,
        }
    }

    fn write(self, letter: char) -> char {
        let [from, to] = match self {
            Script::Accented => ["aeiousznclr", "áéíóúšžñčłř"],
            Script::Cyrillic => ["abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопкрстуввксз"],
            Script::Greek => ["abcdefghijklmnopqrstuvwxyz", "αβκδεφγχιγκλμνοπκρστυβωξυζ"],
            Script::Latin | Script::Digit | Script::Other => return letter,
        };
        let at = from.chars().position(|one| one == letter);
        at.and_then(|at| to.chars().nth(at)).unwrap_or(letter)
    }
}

/// Another letter or digit of the same script.
fn neighbour(letter: char, draws: &mut Draws) -> char {
    let (first, number) = match u32::from(letter) {
        0x30..=0x39 => (0x30, 10),
        // The digits of other scripts stand ten in a row.
        code if letter.is_numeric() && !letter.is_alphabetic() => (code & !0xf | code & 0x6, 8),
        0x4e00..=0x9fff => (0x4e00, 0x1000),
        0x3400..=0x4dbf | 0x20000..=0x323af => (0x4e00, 0x1000),
        0xac00..=0xd7a3 => (0xac00, 11172),
        0x3041..=0x3096 => (0x3042, 0x50),
        0x30a1..=0x30fa => (0x30a2, 0x50),
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

/// Letters and digits in one: each as its like, by all of it. For ids, which nobody can read.
pub(super) fn opaque(key: &Key, text: &str) -> String {
    let mut draws = key.draws(Use::Run, text, 0);
    let new = |letter: char| match letter {
        'a'..='f' => char::from(b'a' + draws.below(6) as u8),
        'g'..='z' => char::from(b'g' + draws.below(20) as u8),
        'A'..='F' => char::from(b'A' + draws.below(6) as u8),
        'G'..='Z' => char::from(b'G' + draws.below(20) as u8),
        letter => neighbour(letter, &mut draws),
    };
    text.chars().map(new).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::anonymise::known::Identifier;

    fn other(text: &str) -> String {
        word(&Key::of(b"secret"), &Known::default(), text)
    }

    /// Letters that differ where two words are laid on each other.
    fn off(left: &str, right: &str) -> usize {
        let differing = left.chars().zip(right.chars()).filter(|(a, b)| a != b).count();
        differing + left.chars().count().abs_diff(right.chars().count())
    }

    #[test]
    fn a_slip_stays_a_slip() {
        for (left, right) in [
            ("Katherine", "Catherine"),
            ("Jonathan", "Jonathon"),
            ("Philipp", "Philip"),
            ("Kowalski", "Kowalsky"),
            ("Müller", "Muller"),
        ] {
            let (left, right) = (other(left), other(right));
            assert!((1..=2).contains(&off(&left, &right)), "{left} {right}");
        }
        assert!(off(&other("Katherine"), &other("Margarita")) > 4);
        assert_eq!(other("ANNA").to_lowercase(), other("anna"));
    }

    #[test]
    fn scripts_stay() {
        for (text, first) in [("Иванов", 'а'..='я'), ("Παπαδάκης", 'α'..='ω'), ("יוסף", 'א'..='ת')]
        {
            let made = other(text).to_lowercase();
            assert!(made.chars().all(|letter| first.contains(&letter)), "{text} {made}");
            assert_ne!(made, text.to_lowercase());
        }
        assert_ne!(other("王小明"), "王小明");
    }

    #[test]
    fn nobody_is_called_so() {
        let mut known = Known::default();
        let key = Key::of(b"secret");
        for round in 0..10 {
            let made = word(&key, &known, "Rosa");
            assert!(!known.is_word(&folded(&made)), "{round}: {made}");
            known.add(Identifier::Name, &made);
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "\\PC{0,12}") {
            other(&text);
            opaque(&Key::of(b"secret"), &text);
        }
    }
}
