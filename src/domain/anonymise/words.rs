//! Another word for a word: the same one for the same one, about as long, in the same script, and a slip of
//! it for a slip.
//!
//! What is drawn follows from the consonants of a word as they sound; its vowels are exchanged among
//! each other. So Katherine and Catherine, or Anna and Ana, are near each other again.

use std::cell::RefCell;
use std::collections::HashMap;

use super::key::{Draws, Key, Use};
use super::known::{Known, folded};
use super::scripts::{Script, neighbour};
use super::slips;

const CONSONANTS: [char; 14] =
    ['b', 'd', 'f', 'g', 'j', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v'];
const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];
/// Words that look alike in too many ways are made longer.
const FEWEST_CONSONANTS: usize = 3;
/// So often another word is drawn where somebody is called so; then it is made longer.
const DRAWN: u64 = 6;
const DRAWN_LONGER: u64 = 24;
/// Words of two names in one.
const LEAST_NAME: usize = 3;
/// A slip of a shorter word is another word.
const LEAST_SLIPPED: usize = 4;
/// A slip of a slip of a slip.
const MOST_SLIPS: u8 = 4;
/// So many are remembered.
const REMEMBERED: usize = 100_000;

/// What words become.
pub(super) struct Words<'a> {
    pub key: &'a Key,
    pub known: &'a Known,
    made: RefCell<HashMap<String, String>>,
}

impl<'a> Words<'a> {
    pub(super) fn new(key: &'a Key, known: &'a Known) -> Words<'a> {
        Words { key, known, made: RefCell::default() }
    }

    /// Another word of letters; what names nobody stays.
    pub(super) fn word(&self, text: &str) -> String {
        let plain = folded(text);
        if self.known.names_nobody(&plain) {
            return text.to_owned();
        }
        match Script::of_all(text) {
            Some(script) if !plain.contains(' ') && !plain.is_empty() => {
                script.dress(text, &self.latin(&plain))
            }
            _ => self.of_no_alphabet(text, &plain),
        }
    }

    /// Of lower-case ASCII.
    fn latin(&self, plain: &str) -> String {
        if let Some(made) = self.made.borrow().get(plain) {
            return made.clone();
        }
        let made = self.drawn(plain, MOST_SLIPS);
        let mut remembered = self.made.borrow_mut();
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(plain.to_owned(), made.clone());
        made
    }

    fn drawn(&self, plain: &str, slips: u8) -> String {
        if let Some((one, other)) = self.two_names(plain) {
            return self.drawn(one, slips) + &self.drawn(other, slips);
        }
        if slips > 0
            && plain.len() >= LEAST_SLIPPED
            && let Some((root, slip)) = self.root(plain)
        {
            let made = self.drawn(&root, slips - 1);
            let slipped = slips::apply(self.key, slip, plain, &root, &made);
            if let Some(slipped) = slipped.filter(|slipped| !self.known.is_word(slipped)) {
                return slipped;
            }
        }
        let sounds = Sounds::of(plain);
        let mut made = String::new();
        for round in 0..DRAWN_LONGER {
            made = sounds.word(self.key, round);
            // A letter is nobody's.
            if plain.len() == 1 || !self.known.is_word(&made) {
                break;
            }
        }
        made
    }

    /// Two names that are written as one, or the first letter of one before another.
    fn two_names<'t>(&self, plain: &'t str) -> Option<(&'t str, &'t str)> {
        if self.known.is_name_word(plain) || plain.len() < LEAST_NAME + 2 {
            return None;
        }
        let is_name = |word: &str| word.len() >= LEAST_NAME && self.known.is_name_word(word);
        let cut = (LEAST_NAME..=plain.len() - LEAST_NAME)
            .find(|at| is_name(&plain[..*at]) && is_name(&plain[*at..]));
        let initial = (plain.len() > LEAST_NAME + 1 && is_name(&plain[1..])).then_some(1);
        cut.or(initial).map(|cut| plain.split_at(cut))
    }

    /// The word that comes more often and that this one is a slip of.
    fn root(&self, plain: &str) -> Option<(String, slips::Slip)> {
        let own = self.known.times(plain);
        let mut best: Option<(u32, String, slips::Slip)> = None;
        slips::all_of(plain, &mut |root, slip| {
            let times = self.known.times(root);
            let is_more = |than: u32, word: &str| times > than || times == than && root < word;
            let is_better = best.as_ref().is_none_or(|(than, word, _)| is_more(*than, word));
            if times > 0 && root.len() >= LEAST_SLIPPED && is_more(own, plain) && is_better {
                best = Some((times, root.to_owned(), slip));
            }
        });
        best.map(|(_, root, slip)| (root, slip))
    }

    /// Letter by letter, in the scripts that aren't written as Latin is.
    fn of_no_alphabet(&self, text: &str, plain: &str) -> String {
        let mut made = String::new();
        for round in 0..DRAWN {
            let mut draws = self.key.draws(Use::Run, text, round);
            made = text.chars().map(|letter| neighbour(letter, &mut draws)).collect();
            if plain.is_empty() || !self.known.is_word(&folded(&made)) && !self.known.is_name(&made)
            {
                break;
            }
        }
        made
    }

    /// Letters and digits in one: each as its like, by all of it. For ids, which nobody can read.
    pub(super) fn opaque(&self, text: &str) -> String {
        let mut draws = self.key.draws(Use::Run, text, 0);
        let new = |letter: char| match letter {
            'a'..='f' => char::from(b'a' + draws.below(6) as u8),
            'g'..='z' => char::from(b'g' + draws.below(20) as u8),
            'A'..='F' => char::from(b'A' + draws.below(6) as u8),
            'G'..='Z' => char::from(b'G' + draws.below(20) as u8),
            letter => neighbour(letter, &mut draws),
        };
        text.chars().map(new).collect()
    }
}

/// What a word sounds like.
struct Sounds<'a> {
    plain: &'a str,
    /// Its consonants, and its first letter.
    skeleton: String,
}

impl Sounds<'_> {
    fn of(plain: &str) -> Sounds<'_> {
        let mut skeleton = String::new();
        let mut last = ' ';
        for sound in plain.chars().filter_map(sound) {
            let is_said = match VOWELS.contains(&sound) {
                true => skeleton.is_empty(),
                false => sound != last,
            };
            if is_said {
                skeleton.push(if VOWELS.contains(&sound) { 'a' } else { sound });
            }
            last = sound;
        }
        Sounds { plain, skeleton }
    }

    fn word(&self, key: &Key, round: u64) -> String {
        let mut draws = key.draws(Use::Word, &self.skeleton, round);
        let mut drawn = Drawn::new(&mut draws, self.skeleton.chars().count());
        let mut made = String::with_capacity(self.plain.len() + 4);
        for (at, letter) in self.plain.chars().enumerate() {
            let new = drawn.letter(letter);
            made.push(match at {
                0 if letter.is_ascii_alphabetic() => slips::first(key, letter),
                _ => new,
            });
        }
        if self.plain.len() > 1 {
            self.lengthen(&mut made, &mut draws, round);
        }
        made
    }

    fn lengthen(&self, made: &mut String, draws: &mut Draws, round: u64) {
        let consonants = self.skeleton.trim_start_matches('a').len();
        let more = FEWEST_CONSONANTS.saturating_sub(consonants) + usize::from(round > DRAWN);
        for _ in 0..more {
            made.extend(draws.of(&CONSONANTS));
            made.extend(draws.of(&VOWELS));
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

/// What a skeleton becomes, letter by letter.
struct Drawn {
    consonants: Vec<char>,
    vowels: [char; 5],
    at: usize,
    last: char,
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
        Drawn { consonants, vowels, at: 0, last: ' ' }
    }

    fn letter(&mut self, letter: char) -> char {
        let Some(heard) = sound(letter) else { return letter };
        let new = match VOWELS.iter().position(|vowel| *vowel == heard) {
            Some(_) if letter == 'y' => 'y',
            Some(place) => {
                self.at = self.at.max(1);
                self.vowels[place]
            }
            None => {
                self.at += usize::from(heard != self.last);
                // A consonant that another letter could stand for has another one, too.
                let new = self.consonants.get(self.at.saturating_sub(1)).copied().unwrap_or('n');
                if letter == heard { new } else { twin(new) }
            }
        };
        self.last = heard;
        new
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::anonymise::known::Identifier;

    fn other(text: &str) -> String {
        Words::new(&Key::of(b"secret"), &Known::default()).word(text)
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
    fn a_slip_of_what_somebody_is_called_stays_one() {
        let (key, mut known) = (Key::of(b"secret"), Known::default());
        for name in ["Franco Galini", "Franco Galini", "Franco Gakini", "Afreitas", "Sofia Freitas"]
        {
            known.add(Identifier::Name, name);
        }
        let words = Words::new(&key, &known);
        assert_eq!(off(&words.word("Galini"), &words.word("Gakini")), 1);
        let [right, wrong] = ["freitas", "feritas"].map(|word| words.word(word));
        assert_eq!(off(&right, &wrong), 2, "{right} {wrong}");
        assert_eq!(words.word("francogalini"), words.word("franco") + &words.word("galini"));
        assert_eq!(words.word("F"), words.word("Franco")[..1]);
        // Particles stay, unless somebody has no other name.
        assert_eq!(words.word("van"), "van");
        known.add(Identifier::Name, "Lê Vân");
        assert_ne!(Words::new(&key, &known).word("van"), "van");
    }

    #[test]
    fn scripts_stay() {
        for (text, first) in
            [("Иванов", 'а'..='я'), ("Παπαδάκης", 'α'..='ω'), ("יוסף", '\u{5d0}'..='\u{5f2}')]
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
            let made = Words::new(&key, &known).word("Rosa");
            assert!(!known.is_word(&folded(&made)), "{round}: {made}");
            known.add(Identifier::Name, &made);
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "\\PC{0,12}") {
            other(&text);
            Words::new(&Key::of(b"secret"), &Known::default()).opaque(&text);
        }
    }
}
