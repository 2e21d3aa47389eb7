//! What to look for in the index of contacts' names, which has every word as it sounds and every
//! sound with one letter left out: two words that are a letter apart have such a key in common.

/// Conditions for `contacts_name_keys_idx`, as the text of a tsquery each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameKeys {
    /// Every word as it sounds.
    pub sounding: String,
    /// One of the words a letter off.
    pub near: String,
    /// All of them a letter off.
    pub far: String,
}

impl NameKeys {
    /// From the sounds of a name's words: letters and digits only. `None` without any.
    pub fn of(sounds: &[String]) -> Option<NameKeys> {
        if sounds.is_empty() {
            return None;
        }
        let exact: Vec<String> = sounds.iter().map(|sound| quoted(sound)).collect();
        let off: Vec<String> = sounds.iter().map(|sound| letter_off(sound)).collect();
        let one_off = |place: usize| {
            let mut words = exact.clone();
            words[place].clone_from(&off[place]);
            format!("({})", words.join(" & "))
        };
        let near: Vec<String> = (0..sounds.len()).map(one_off).collect();
        Some(NameKeys { sounding: exact.join(" & "), near: near.join(" | "), far: off.join(" & ") })
    }
}

/// The keys that `contact_name_keys` makes of one word.
fn letter_off(sound: &str) -> String {
    let mut keys = vec![quoted(sound)];
    if sound.chars().count() > 2 {
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
        NameKeys::of(&sounds.iter().map(|sound| (*sound).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn each_word_may_be_a_letter_off() {
        let found = keys(&["mr", "smt"]).unwrap();
        assert_eq!(found.sounding, "'mr' & 'smt'");
        assert_eq!(found.near, "(('mr') & 'smt') | ('mr' & ('smt' | 'mt' | 'st' | 'sm'))");
        assert_eq!(found.far, "('mr') & ('smt' | 'mt' | 'st' | 'sm')");
    }

    #[test]
    fn odd_words_are_quoted_and_none_are_nothing() {
        assert_eq!(keys(&[]), None);
        assert_eq!(keys(&["o'\\"]).unwrap().sounding, "'o''\\\\'");
        assert_eq!(keys(&["éßß"]).unwrap().far, "('éßß' | 'ßß' | 'éß')");
    }
}
