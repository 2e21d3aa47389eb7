//! What the source calls people and how they are reached, as fingerprints: replacements are checked
//! against it, and a value is recognised wherever it stands.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::domain::matching::{self, Phone};

/// Of a text, in memory alone.
pub(super) fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The words of a text in lower-case ASCII.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 1);
    matching::fold(text, &mut folded);
    folded.truncate(folded.trim_end().len());
    folded
}

/// A handle as it is compared: without its address, its sign and its case.
pub(super) fn bare_handle(text: &str) -> String {
    let text = text.trim().trim_end_matches('/');
    let text = text.rsplit('/').next().unwrap_or(text);
    text.trim_start_matches(['@', ' ']).to_lowercase()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identifier {
    Name,
    Email,
    Phone,
    Handle,
}

/// Filled first, then asked.
#[derive(Debug, Default)]
pub struct Known {
    /// Of whole values, as they are compared.
    values: Vec<u64>,
    /// Of the words of names.
    names: HashSet<u64>,
    /// Words that would name nobody, but are all of somebody's name.
    bare: HashSet<u64>,
    /// Of the words of all of them, with how often they come.
    words: HashMap<u64, u32>,
}

impl Known {
    pub fn add(&mut self, kind: Identifier, text: &str) {
        match kind {
            Identifier::Name => {
                let name = folded(text);
                self.values.push(fingerprint(&name));
                self.names.extend(name.split(' ').map(fingerprint));
                if name.split(' ').all(matching::names_nobody) {
                    self.bare.extend(name.split(' ').map(fingerprint));
                }
                self.count(&name);
            }
            Identifier::Phone => self.values.extend(phone_prints(text)),
            Identifier::Email | Identifier::Handle => {
                self.values.push(fingerprint(&bare_handle(text)));
                self.count(&folded(text));
                self.values.extend(phone_prints(text));
            }
        }
    }

    fn count(&mut self, folded: &str) {
        for word in folded.split(' ') {
            let times = self.words.entry(fingerprint(word)).or_default();
            *times = times.saturating_add(1);
        }
    }

    /// All has been added.
    pub fn settle(&mut self) {
        self.values.sort_unstable();
        self.values.dedup();
        self.values.shrink_to_fit();
    }

    fn has(&self, print: u64) -> bool {
        self.values.binary_search(&print).is_ok()
    }

    /// Whether somebody is called so.
    pub(super) fn is_name(&self, text: &str) -> bool {
        !self.names.is_empty() && self.has(fingerprint(&folded(text)))
    }

    /// Whether it is somebody's address or handle.
    pub(super) fn is_reached_by(&self, text: &str) -> bool {
        self.has(fingerprint(&bare_handle(text)))
    }

    /// Whether digits are those of a number with its country.
    pub(super) fn is_with_country(&self, digits: &str) -> bool {
        self.has(fingerprint(&format!("+{digits}")))
    }

    /// Whether digits are those of a number.
    pub(super) fn is_number(&self, digits: &str) -> bool {
        self.has(fingerprint(digits))
    }

    /// Whether a folded word is one of somebody's name.
    pub(super) fn is_name_word(&self, word: &str) -> bool {
        self.names.contains(&fingerprint(word))
    }

    /// Whether a folded word says nothing of who bears it: a title, a legal form, a particle.
    pub(super) fn names_nobody(&self, word: &str) -> bool {
        matching::names_nobody(word) && !self.bare.contains(&fingerprint(word))
    }

    /// How often a folded word comes in anything that identifies.
    pub(super) fn times(&self, word: &str) -> u32 {
        self.words.get(&fingerprint(word)).copied().unwrap_or_default()
    }

    /// Whether a folded word stands in anything that identifies.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.times(word) > 0
    }

    /// Whether a text equals something that identifies.
    pub(super) fn has_whole(&self, text: &str) -> bool {
        self.is_name(text) || self.is_reached_by(text) || {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits.len() >= 6 && self.is_number(digits.trim_start_matches('0'))
        }
    }
}

/// Of its digits, and with its country of those with a plus.
fn phone_prints(text: &str) -> impl Iterator<Item = u64> {
    let phone = Phone::parse(text, None);
    let plain = phone.map(|phone| fingerprint(&phone.digits().to_string()));
    let with_country = phone
        .filter(|phone| phone.is_international())
        .map(|phone| fingerprint(&format!("+{}", phone.digits())));
    plain.into_iter().chain(with_country)
}
