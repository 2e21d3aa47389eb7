//! The distinct words of all names, and what is known about each of them.

use crate::distance;
use crate::hash;
use crate::read::fold;
use crate::read::nicknames;
use crate::read::rows::{ABJAD_GROUP, Words};
use crate::read::titles;
use rayon::prelude::*;

/// What is known about a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    start: u32,
    length: u8,
    pub flags: u8,
    pub initial: u8,
    /// Hashes of its sound and of the consonants of it, and of the word itself.
    pub sound: u32,
    pub consonants: u32,
    pub word: u32,
    /// Which letters it has, one bit each.
    letters: u32,
    /// Nickname groups, 0 where there is none.
    groups: [u16; 6],
}

pub(crate) const TITLE: u8 = 1;
pub(crate) const SUFFIX: u8 = 2;
pub(crate) const LEGAL: u8 = 4;
pub(crate) const ABJAD: u8 = 8;
pub(crate) const NUMBER: u8 = 16;
/// Words that join others: de, van, bin.
pub(crate) const PARTICLE: u8 = 32;
/// One Han or Hangul sign.
pub(crate) const SYLLABLE: u8 = 64;

const PARTICLES: [&str; 30] = [
    "de", "del", "la", "las", "los", "da", "do", "dos", "das", "di", "du", "des", "le", "van",
    "von", "der", "den", "ter", "ten", "zu", "zum", "y", "e", "i", "and", "und", "et", "bin",
    "ibn", "al",
];

/// How two words agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    Same,
    /// Another form of the name: nickname, transliteration, spelling that sounds the same.
    Variant,
    Slip,
    Different,
}

/// All words of a table.
#[derive(Default)]
pub(crate) struct Tokens {
    text: String,
    list: Vec<Token>,
}

impl Tokens {
    pub(crate) fn new(words: &Words) -> Tokens {
        let numbers: Vec<u32> = (0..words.len()).collect();
        let list = numbers
            .par_iter()
            .with_min_len(1024)
            .map(|&number| {
                let text = words.get(number);
                let (end, _, group) = words.entries[number as usize];
                describe(text, end - text.len() as u32, group)
            })
            .collect();
        Tokens { text: words.text.clone(), list }
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn get(&self, number: u32) -> &Token {
        &self.list[number as usize]
    }

    pub(crate) fn text(&self, number: u32) -> &str {
        let token = self.get(number);
        &self.text[token.start as usize..][..usize::from(token.length)]
    }

    pub(crate) fn like(&self, left: u32, right: u32) -> Likeness {
        if left == right {
            return Likeness::Same;
        }
        let (a, b) = (self.get(left), self.get(right));
        if a.flags & b.flags & SYLLABLE != 0 {
            return Likeness::Different;
        }
        if a.word == b.word {
            return Likeness::Same;
        }
        if a.length == 1 || b.length == 1 {
            return Likeness::Different;
        }
        if a.sound == b.sound && a.length.min(b.length) >= 2 || a.shares_group(b) {
            return Likeness::Variant;
        }
        let abjad = (a.flags | b.flags) & ABJAD != 0;
        if abjad && a.consonants == b.consonants && a.consonants != 0 {
            return Likeness::Variant;
        }
        if (a.flags | b.flags) & NUMBER != 0 {
            return Likeness::Different;
        }
        if a.length.abs_diff(b.length) >= 2 && self.is_part(left, right) {
            return Likeness::Variant;
        }
        let slips = distance::slips(usize::from(a.length.max(b.length)));
        // Each slip changes two letters at most.
        let changed = (a.letters ^ b.letters).count_ones() as usize;
        if slips > 0 && changed <= 2 * slips && a.length().abs_diff(b.length()) <= slips {
            let left = self.text(left).as_bytes();
            let right = self.text(right).as_bytes();
            if distance::osa(left, right, slips) <= slips {
                return Likeness::Slip;
            }
        }
        Likeness::Different
    }

    /// Whether one is how the other is called for short: Cami and Camila, Renzo and Lorenzo.
    fn is_part(&self, left: u32, right: u32) -> bool {
        let (left, right) = (self.text(left), self.text(right));
        let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
        short.len() >= 3 && long.len() >= short.len() + 2 && long.starts_with(short)
            || short.len() >= 4
                && (2..=4).contains(&(long.len() - short.len()))
                && long.ends_with(short)
    }
}

impl Token {
    pub(crate) fn is_initial(&self) -> bool {
        self.length == 1 && self.flags & NUMBER == 0
    }

    pub(crate) fn length(&self) -> usize {
        usize::from(self.length)
    }

    fn shares_group(&self, other: &Token) -> bool {
        self.groups[0] != 0
            && other.groups[0] != 0
            && self.groups.iter().any(|group| *group != 0 && other.groups.contains(group))
    }

    /// Hashes under which other forms of the word are found: its sound and its nickname groups.
    pub(crate) fn forms(&self) -> impl Iterator<Item = u32> + '_ {
        let groups = self.groups.iter().take_while(|&&group| group != 0);
        std::iter::once(self.sound).chain(groups.map(|&group| group_form(group)))
    }
}

fn group_form(group: u16) -> u32 {
    hash::mix(0x6e69_636b ^ u64::from(group) << 32) as u32
}

/// Words within names that are everybody's.
pub(crate) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

fn sound(text: &str) -> String {
    let mut sound = String::new();
    fold::sound(text, &mut sound);
    sound
}

fn short(text: &str) -> u32 {
    if text.is_empty() { 0 } else { hash::bytes(text.as_bytes()) as u32 }
}

/// The hash of a word's sound, as [`Token::sound`] has it.
pub(crate) fn sound_hash(text: &str) -> u32 {
    short(&sound(text))
}

fn describe(text: &str, start: u32, group: u32) -> Token {
    let sound = sound(text);
    let mut consonants = String::new();
    fold::consonants(&sound, &mut consonants);
    let mut groups = [0; 6];
    for (place, group) in groups.iter_mut().zip(nicknames::groups(text)) {
        *place = *group;
    }
    let number = text.bytes().any(|byte| byte.is_ascii_digit());
    let flag = |is: bool, flag: u8| if is { flag } else { 0 };
    Token {
        start,
        length: text.len() as u8,
        flags: flag(titles::is_title(text), TITLE)
            | flag(titles::is_suffix(text), SUFFIX)
            | flag(titles::is_legal_form(text), LEGAL)
            | flag(is_particle(text), PARTICLE)
            | flag(group == ABJAD_GROUP, ABJAD)
            | flag(group > ABJAD_GROUP, SYLLABLE)
            | flag(number, NUMBER),
        initial: text.as_bytes().first().copied().unwrap_or(0),
        sound: short(&sound),
        consonants: if !consonants.is_empty() { short(&consonants) } else { 0 },
        word: short(text),
        letters: text
            .bytes()
            .filter(u8::is_ascii_lowercase)
            .fold(0, |set, letter| set | 1 << (letter - b'a')),
        groups,
    }
}
