//! Text in any script as words of lower-case ASCII letters and digits.

use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;

/// Appends the words of a text, each followed by one space. Folding twice is folding once.
///
/// Accents go, other scripts are transliterated, Han characters become one word each; signs,
/// emoji and apostrophes within a word are left out, everything else ends a word.
pub fn fold(text: &str, out: &mut String) {
    if text.is_ascii() {
        return fold_ascii(text, out);
    }
    let start = out.len();
    // The Arabic article is written with its word.
    let split = text.contains("ال").then(|| split_articles(text));
    let text = split.as_deref().unwrap_or(text);
    for letter in text.nfkc() {
        push(letter, out, start);
    }
    end_word(out, start);
}

fn split_articles(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for word in text.split(' ') {
        match word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3) {
            Some(rest) => out.extend(["ال ", rest, " "]),
            None => out.extend([word, " "]),
        }
    }
    out
}

fn fold_ascii(text: &str, out: &mut String) {
    let start = out.len();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'A'..=b'Z' => out.push(char::from(byte | 0x20)),
            b'\'' | b'`' => {}
            _ => end_word(out, start),
        }
    }
    end_word(out, start);
}

fn push(letter: char, out: &mut String, start: usize) {
    match letter {
        'a'..='z' | '0'..='9' => out.push(letter),
        'A'..='Z' => out.push(letter.to_ascii_lowercase()),
        '\'' | '`' | '\u{2019}' | '\u{02bc}' | '\u{05f3}' | '\u{05f4}' => {}
        'ı' | 'İ' => out.push('i'),
        // Transliterators leave the signs out or turn them into quotes.
        'ь' | 'ъ' | 'Ь' | 'Ъ' => {}
        // Arabic alef and ayin are quotes in the tables; as vowels they at least keep a place.
        'ا' | 'أ' | 'إ' | 'آ' | 'ع' | 'א' | 'ע' => out.push('a'),
        _ if is_mark(letter) => {}
        _ if !letter.is_alphanumeric() => end_word(out, start),
        _ => transliterate(letter, out, start),
    }
}

/// Combining accents and vowel points, which NFKC could not join to their letter.
fn is_mark(letter: char) -> bool {
    matches!(u32::from(letter),
        0x300..=0x36f | 0x591..=0x5c7 | 0x610..=0x61a | 0x64b..=0x65f | 0x670 | 0x200b..=0x200f
        | 0x202a..=0x202e | 0x2060..=0x2069 | 0xfe00..=0xfe0f | 0xfeff | 0x640)
}

fn transliterate(letter: char, out: &mut String, start: usize) {
    let Some(latin) = deunicode_char(letter) else { return end_word(out, start) };
    let own_word = is_syllable(letter);
    if own_word {
        end_word(out, start);
    }
    for byte in latin.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte.to_ascii_lowercase()));
        }
    }
    if own_word {
        end_word(out, start);
    }
}

/// Whether all letters stand before U+0340, as those of most Latin alphabets do with and without
/// accents: their UTF-8 has no byte from 0xcd on. Who has others is read more slowly, not otherwise.
pub(crate) fn is_latin(text: &str) -> bool {
    text.bytes().all(|byte| byte < 0xcd)
}

/// Characters that are a syllable with a meaning: Han and Hangul.
pub(crate) fn is_syllable(letter: char) -> bool {
    matches!(u32::from(letter), 0x3400..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0x20000..=0x323af)
}

fn end_word(out: &mut String, start: usize) {
    if out.len() > start && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Whether a text has letters of a script that leaves vowels out.
pub(crate) fn is_abjad(text: &str) -> bool {
    !text.is_ascii()
        && text.chars().any(
            |letter| matches!(u32::from(letter), 0x590..=0x6ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc),
        )
}

/// How a word sounds, roughly and in any language: what people and transliterators confuse
/// becomes the same letter.
pub(crate) fn sound(word: &str, out: &mut String) {
    let start = out.len();
    let bytes = word.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        let (letters, used): (&str, usize) = match (bytes[at], next) {
            (b'p', b'h') => ("f", 2),
            (b'c', b'k') | (b'k', b'h') | (b'q', b'u') => ("k", 2),
            (b's', b'c') if bytes.get(at + 2) == Some(&b'h') => ("s", 3),
            (b't', b's')
                if bytes.get(at + 2) == Some(&b'c') && bytes.get(at + 3) == Some(&b'h') =>
            {
                ("s", 4)
            }
            (b's', b'h')
            | (b's', b'z')
            | (b'c', b'h')
            | (b't', b's')
            | (b't', b'z')
            | (b'c', b'z') => ("s", 2),
            (b'z', b'h') | (b'd', b'j') | (b'd', b'z') => ("s", 2),
            (b't', b'h') | (b'd', b't') => ("t", 2),
            (b'd', b'h') => ("d", 2),
            (b'g', b'h') => ("g", 2),
            (b'b', b'h') => ("b", 2),
            (b'o', b'u') | (b'o', b'o') => ("u", 2),
            (b'a', b'e') => ("a", 2),
            (b'o', b'e') => ("o", 2),
            (b'u', b'e') => ("u", 2),
            (b'i', b'e') | (b'e', b'i') | (b'e', b'y') | (b'e', b'e') => ("i", 2),
            (b'c', b'e' | b'i' | b'y') => ("s", 1),
            (b'c' | b'q', _) => ("k", 1),
            (b'x', _) => ("ks", 1),
            (b'z', _) => ("s", 1),
            (b'w', _) => ("v", 1),
            (b'y' | b'j', _) => ("i", 1),
            (b'h', _) if at > 0 => ("", 1),
            (b'a'..=b'z' | b'0'..=b'9', _) => (&word[at..=at], 1),
            _ => ("", 1),
        };
        for letter in letters.chars() {
            if letter.is_ascii_digit() || out.len() == start || !out.ends_with(letter) {
                out.push(letter);
            }
        }
        at += used;
    }
}

/// The consonants of a sound: what Arabic and Hebrew write of a word.
pub(crate) fn consonants(sound: &str, out: &mut String) {
    for letter in sound.chars() {
        let letter = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'v' | 'h' => continue,
            'p' => 'b',
            'g' | 'q' => 'k',
            'd' => 't',
            letter => letter,
        };
        if !out.ends_with(letter) {
            out.push(letter);
        }
    }
}
