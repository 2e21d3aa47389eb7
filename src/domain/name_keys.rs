//! What to look for in the indexes of contacts' names. One has the whole name as it sounds; the
//! other every word as it sounds and every sound with one letter left out: two words that are a
//! letter apart have such a key in common.

use std::collections::BTreeSet;

/// The words of a name in ASCII as `contact_name_sounds` makes them, in their order. Every
/// server reads such a name alike, so that none has to be asked; `None` for others.
pub fn sounds_of_ascii(name: &str) -> Option<Vec<String>> {
    if !name.is_ascii() {
        return None;
    }
    let plain = name[..name.len().min(200)].to_ascii_lowercase();
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty()).take(8);
    Some(words.map(|word| sound(&word[..word.len().min(24)])).collect())
}

fn sound(word: &str) -> String {
    let alike = |letter| match letter {
        'c' | 'q' => 'k',
        'z' => 's',
        'y' => 'i',
        other => other,
    };
    let mut letters: Vec<char> = word.replace("ph", "f").chars().map(alike).collect();
    let mut place = 0;
    letters.retain(|letter| {
        place += 1;
        place == 1 || !"aeiouhw".contains(*letter)
    });
    skeleton(letters)
}

/// What a name is looked for by, the surest first: made when it is asked for, because a slip may
/// make it many things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameKeys {
    sounds: Vec<String>,
}

impl NameKeys {
    /// From the sounds of a name's words: letters and digits only. `None` without any.
    pub fn of(sounds: Vec<String>) -> Option<NameKeys> {
        (!sounds.is_empty()).then_some(NameKeys { sounds })
    }

    pub fn is_one_word(&self) -> bool {
        self.sounds.len() == 1
    }

    /// The whole name as `contact_name_sound` has it.
    pub fn whole(&self) -> String {
        whole(&self.sounds)
    }

    /// The same with a slip in one of the words.
    pub fn whole_off(&self) -> Vec<String> {
        let mut found = BTreeSet::new();
        for (place, sound) in self.sounds.iter().enumerate() {
            for slip in slips(sound) {
                let mut words = self.sounds.clone();
                words[place] = slip;
                found.insert(whole(&words));
            }
        }
        found.remove(&self.whole());
        found.into_iter().collect()
    }

    /// Every word as it sounds, as the text of a tsquery, as are the others.
    pub fn sounding(&self) -> String {
        self.exact().join(" & ")
    }

    /// One of the words a letter off.
    pub fn near(&self) -> String {
        let one_off = |(place, sound): (usize, &String)| {
            let mut words = self.exact();
            words[place] = letter_off(sound);
            format!("({})", words.join(" & "))
        };
        let near: Vec<String> = self.sounds.iter().enumerate().map(one_off).collect();
        near.join(" | ")
    }

    /// All of them a letter off.
    pub fn far(&self) -> String {
        let off: Vec<String> = self.sounds.iter().map(|sound| letter_off(sound)).collect();
        off.join(" & ")
    }

    fn exact(&self) -> Vec<String> {
        self.sounds.iter().map(|sound| quoted(sound)).collect()
    }
}

/// The words in the order of their bytes, which is that of COLLATE "C".
fn whole(sounds: &[String]) -> String {
    let mut sounds = sounds.to_vec();
    sounds.sort();
    sounds.join(" ")
}

/// The letters that `contact_name_sounds` leaves at the beginning of a word and in it: the
/// others it takes for one of these or leaves out.
const FIRST: &str = "abdefghijklmnoprstuvwx";
const LATER: &str = "bdfgjklmnprstvx";

/// A sound with one letter more, less or another, or two of them swapped. Letters other than
/// Latin ones are only left out and swapped: `near` finds what that doesn't.
fn slips(sound: &str) -> BTreeSet<String> {
    let letters: Vec<char> = sound.chars().collect();
    let (alphabet, first) = if sound.is_ascii() { (LATER, FIRST) } else { ("", "") };
    let mut found = BTreeSet::new();
    for at in 0..=letters.len() {
        let (before, after) = letters.split_at(at);
        let alphabet = if at == 0 { first } else { alphabet };
        let mut add = |middle: &[char], after: &[char]| {
            found.insert(skeleton([before, middle, after].concat()));
        };
        alphabet.chars().for_each(|letter| add(&[letter], after));
        if let [gone, after @ ..] = after {
            add(&[], after);
            alphabet.chars().for_each(|letter| add(&[letter], after));
            if let [next, after @ ..] = after {
                add(&[*next, *gone], after);
            }
        }
    }
    found.remove("");
    found
}

/// Doubled letters count once.
fn skeleton(mut letters: Vec<char>) -> String {
    letters.dedup();
    letters.into_iter().collect()
}

/// The keys that `contact_name_keys` makes of one word. Of a short one, what is left without a
/// letter is in too many names to tell anything.
fn letter_off(sound: &str) -> String {
    let mut keys = vec![quoted(sound)];
    if sound.chars().count() > 3 {
        keys.extend(sound.char_indices().map(|(at, letter)| {
            quoted(&format!("{}{}", &sound[..at], &sound[at + letter.len_utf8()..]))
        }));
        keys.dedup();
    }
    format!("({})", keys.join(" | "))
}

/// A lexeme in the syntax of tsquery.
fn quoted(key: &str) -> String {
    format!("'{}'", key.replace('\\', "\\\\").replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(sounds: &[&str]) -> Option<NameKeys> {
        NameKeys::of(sounds.iter().map(|sound| (*sound).to_owned()).collect())
    }

    #[test]
    fn a_name_in_ascii_is_spoken_as_the_server_does() {
        let sounds = sounds_of_ascii("Philippa O'Quincey-Zhao, 2nd").unwrap();
        assert_eq!(sounds, ["flp", "o", "knk", "s", "2nd"]);
        assert_eq!(sounds_of_ascii("José"), None);
        assert_eq!(sounds_of_ascii(&"ab ".repeat(99)).unwrap().len(), 8);
    }

    #[test]
    fn each_word_may_be_a_letter_off() {
        let found = keys(&["smt", "mrtn"]).unwrap();
        assert_eq!(found.sounding(), "'smt' & 'mrtn'");
        let off = "('mrtn' | 'rtn' | 'mtn' | 'mrn' | 'mrt')";
        assert_eq!(found.near(), format!("(('smt') & 'mrtn') | ('smt' & {off})"));
        assert_eq!(found.far(), format!("('smt') & {off}"));
    }

    #[test]
    fn a_whole_name_is_looked_for_with_each_slip() {
        let found = keys(&["smt", "an"]).unwrap();
        assert_eq!(found.whole(), "an smt");
        let is_found = |whole: &str| found.whole_off().iter().any(|key| key == whole);
        for slip in [
            "an st", "an mt", "an mst", "an stm", "an srt", "an smnt", "an asmt", "n smt", "smt un",
        ] {
            assert!(is_found(slip), "{slip}");
        }
        for other in ["an smt", "an", "an s", "an sst", "n st"] {
            assert!(!is_found(other), "{other}");
        }
        assert_eq!(keys(&["жрк"]).unwrap().whole_off(), ["жк", "жкр", "жр", "ржк", "рк"]);
    }

    #[test]
    fn odd_words_are_quoted_and_none_are_nothing() {
        assert_eq!(keys(&[]), None);
        assert_eq!(keys(&["o'\\"]).unwrap().sounding(), "'o''\\\\'");
        assert_eq!(keys(&["éßßt"]).unwrap().far(), "('éßßt' | 'ßßt' | 'éßt' | 'éßß')");
    }
}
