//! What to look for in an index of names.

use crate::read::{fold, nicknames, titles};

/// Words of a name that are looked at, and other forms of each.
const MOST_WORDS: usize = 3;
const MOST_FORMS: usize = 3;

/// Two words each of a name without titles and legal forms: who is the same has two of them, or
/// other forms of them.
pub fn name_pairs(name: &str) -> Vec<String> {
    let mut pairs = Vec::new();
    let mut folded = String::new();
    fold::fold(name, &mut folded);
    let words: Vec<&str> = folded.split_ascii_whitespace().collect();
    add(&words, &mut pairs);
    if !fold::is_latin(name) {
        // As it is written: an index knows nothing of how it is spelled in Latin letters.
        let words: Vec<&str> = name.split_whitespace().collect();
        add(&words, &mut pairs);
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn add(words: &[&str], pairs: &mut Vec<String>) {
    let names = |word: &&&str| {
        let is_name = !titles::is_title(word) && !titles::is_suffix(word);
        is_name && !titles::is_legal_form(word) && word.chars().nth(1).is_some()
    };
    let mut words: Vec<&str> = words.iter().filter(names).copied().collect();
    // Of many the first ones, and the last, which is the family's.
    if words.len() > MOST_WORDS {
        let last = words[words.len() - 1];
        words.truncate(MOST_WORDS - 1);
        words.push(last);
    }
    for (place, left) in words.iter().enumerate() {
        for right in &words[place + 1..] {
            pairs.push(format!("{left} {right}"));
            pairs.extend(
                nicknames::forms(left).take(MOST_FORMS).map(|form| format!("{form} {right}")),
            );
            pairs.extend(
                nicknames::forms(right).take(MOST_FORMS).map(|form| format!("{left} {form}")),
            );
        }
    }
}
