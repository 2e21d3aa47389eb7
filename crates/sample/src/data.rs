//! The files of words: sections `[name]` with lines `key: value`, where a key may come again; lines
//! that begin with # are remarks.

use super::words::{Word, words};

#[derive(Debug)]
pub(crate) struct Section {
    pub name: &'static str,
    lines: Vec<(&'static str, &'static str)>,
}

pub(crate) fn sections(text: &'static str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let name = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        if let Some(name) = name {
            sections.push(Section { name, lines: Vec::new() });
        } else if let (Some(section), Some(entry)) = (sections.last_mut(), line.split_once(": ")) {
            section.lines.push(entry);
        }
    }
    sections
}

impl Section {
    pub(crate) fn all(&self, key: &str) -> Vec<&'static str> {
        let of_key = self.lines.iter().filter(|(name, _)| *name == key);
        of_key.map(|(_, value)| *value).collect()
    }

    /// Empty where it isn't said.
    pub(crate) fn one(&self, key: &str) -> &'static str {
        self.all(key).first().copied().unwrap_or_default()
    }

    /// 0 where it isn't said.
    pub(crate) fn number(&self, key: &str) -> u32 {
        self.one(key).parse().unwrap_or_default()
    }

    pub(crate) fn words(&self, key: &str, umlauts: bool) -> Vec<Word> {
        self.all(key).into_iter().flat_map(|line| words(line, umlauts)).collect()
    }

    /// `ES:60 MX:30`.
    pub(crate) fn weights(&self, key: &str) -> Vec<(&'static str, u32)> {
        let pairs = self.one(key).split_whitespace().filter_map(|entry| entry.split_once(':'));
        pairs.filter_map(|(name, weight)| Some((name, weight.parse().ok()?))).collect()
    }
}
