//! Words that are a slip of each other: what is a letter off in the source is a letter off in the copy.

use super::key::{Key, Use};

const CONSONANTS: &str = "bcdfghjklmnpqrstvwxz";
const VOWELS: &str = "aeiouy";

/// How a word is written out of another one, at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// Another letter there.
    Other(usize),
    /// One letter more.
    More(usize),
    /// One letter less.
    Less(usize),
    /// With the next one in the wrong order.
    Swapped(usize),
}

/// Every word that a word of ASCII letters is one slip of, with the slip.
pub(super) fn all_of(word: &str, each: &mut dyn FnMut(&str, Slip)) {
    let letters = word.as_bytes();
    let mut tried = Vec::with_capacity(word.len() + 1);
    let mut give = |tried: &[u8], slip| {
        if let Ok(text) = std::str::from_utf8(tried) {
            each(text, slip);
        }
    };
    for at in 0..=letters.len() {
        for letter in b'a'..=b'z' {
            tried.clear();
            tried.extend_from_slice(letters);
            tried.insert(at, letter);
            give(&tried, Slip::Less(at));
            if at < letters.len() && letters[at] != letter {
                tried.clear();
                tried.extend_from_slice(letters);
                tried[at] = letter;
                give(&tried, Slip::Other(at));
            }
        }
        if at < letters.len() {
            tried.clear();
            tried.extend_from_slice(letters);
            tried.remove(at);
            give(&tried, Slip::More(at));
        }
        if at + 1 < letters.len() && letters[at] != letters[at + 1] {
            tried.clear();
            tried.extend_from_slice(letters);
            tried.swap(at, at + 1);
            give(&tried, Slip::Swapped(at));
        }
    }
}

/// The same slip in what `root` became, for `word`; none where it would show nothing.
pub(super) fn apply(key: &Key, slip: Slip, word: &str, root: &str, made: &str) -> Option<String> {
    let mut letters: Vec<char> = made.chars().collect();
    let nth = |text: &str, at: usize| text.chars().nth(at);
    match slip {
        Slip::Other(at) => {
            let (old, new) = (nth(root, at)?, nth(word, at)?);
            let stood = *letters.get(at)?;
            letters[at] = match at {
                0 => first(key, new),
                _ => letter(key, &format!("{at}{root}"), new, Some((old, stood))),
            };
        }
        Slip::More(at) => {
            let new = nth(word, at)?;
            let is_double = at > 0 && nth(word, at - 1) == Some(new);
            let before = at.checked_sub(1).and_then(|before| letters.get(before)).copied();
            let new = match (at, before) {
                (0, _) => first(key, new),
                (_, Some(before)) if is_double => before,
                _ => letter(key, &format!("{at}{root}"), new, None),
            };
            letters.insert(at.min(letters.len()), new);
        }
        Slip::Less(at) => drop((at < letters.len()).then(|| letters.remove(at))?),
        Slip::Swapped(at) => {
            (at + 1 < letters.len() && letters[at] != letters[at + 1]).then_some(())?;
            letters.swap(at, at + 1);
        }
    }
    Some(letters.into_iter().collect())
}

/// What words that begin with a letter begin with, so that an initial stays one.
pub(super) fn first(key: &Key, of: char) -> char {
    letter(key, "", of, None)
}

/// Another letter for a letter, no two the same; one pair may be fixed.
fn letter(key: &Key, place: &str, of: char, fixed: Option<(char, char)>) -> char {
    let alphabet = if VOWELS.contains(of) { VOWELS } else { CONSONANTS };
    let mut made: Vec<char> = alphabet.chars().collect();
    let mut draws = key.draws(Use::Letter, place, alphabet.len() as u64);
    for at in (1..made.len()).rev() {
        made.swap(at, draws.below(at + 1));
    }
    let place = |letter: char| alphabet.chars().position(|one| one == letter);
    if let Some((from, to)) = fixed
        && let (Some(from), Some(to)) = (place(from), made.iter().position(|one| *one == to))
    {
        made.swap(from, to);
    }
    place(of).and_then(|at| made.get(at)).copied().unwrap_or(of)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_slip_is_the_same_way_off(word in "[a-z]{4,9}", made in "[a-z]{9}") {
            let key = Key::of(b"secret");
            all_of(&word, &mut |root, slip| {
                let Some(off) = apply(&key, slip, &word, root, &made) else { return };
                let length = match slip {
                    Slip::More(_) => made.len() + 1,
                    Slip::Less(_) => made.len() - 1,
                    Slip::Other(_) | Slip::Swapped(_) => made.len(),
                };
                assert_eq!(off.len(), length, "{word} {root} {slip:?}");
            });
        }
    }

    #[test]
    fn the_slips_of_a_word_are_found() {
        let mut found = Vec::new();
        all_of("gakini", &mut |root, slip| {
            if ["galini", "gakiin", "gakni", "gakinis"].contains(&root) {
                found.push((root.to_owned(), slip));
            }
        });
        let expected = [
            ("gakni", Slip::More(3)),
            ("galini", Slip::Other(2)),
            ("gakiin", Slip::Swapped(4)),
            ("gakinis", Slip::Less(6)),
        ];
        for (root, slip) in expected {
            assert!(found.contains(&(root.to_owned(), slip)), "{root} {found:?}");
        }
    }
}
