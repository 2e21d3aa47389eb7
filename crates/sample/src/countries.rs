//! Countries, from data/countries.txt: phone plans, cities, mail providers and the words of company
//! names.
//!
//! Phone patterns stand for national numbers without the trunk prefix: `A` is an area code of
//! the city, `N` a digit of 2-9, `F` one of 2-5, `#` any, `*` fills up with digits to the
//! length behind the colon. Groups say how a national number is spaced, trunk prefix included.
//! Letters and signs of a postal code stand for themselves.

use super::data::{Section, sections};
use super::words::Word;

/// A country ready for use.
#[derive(Debug)]
pub(crate) struct Country {
    pub code: &'static str,
    pub language: &'static str,
    pub dial: &'static str,
    pub trunk: &'static str,
    pub mobile: Vec<Pattern>,
    pub fixed: Vec<Pattern>,
    pub groups: Vec<usize>,
    pub cities: Vec<Word>,
    pub streets: Vec<Word>,
    pub postal: &'static str,
    pub providers: Vec<(&'static str, u32)>,
    pub tld: &'static str,
    pub trades: Vec<Word>,
    pub legal: Vec<Word>,
}

/// A phone pattern and the number of digits to which `*` fills it up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern {
    pub signs: &'static str,
    pub length: usize,
}

fn patterns(text: &'static str) -> Vec<Pattern> {
    text.split_whitespace()
        .map(|entry| {
            let (signs, length) = entry.split_once(':').unwrap_or((entry, ""));
            Pattern { signs, length: length.parse().unwrap_or(0) }
        })
        .collect()
}

/// All countries; cultures name them by code.
pub(crate) fn countries() -> Vec<Country> {
    sections(include_str!("../data/countries.txt")).iter().map(country).collect()
}

fn country(section: &Section) -> Country {
    let umlauts = matches!(section.one("language"), "de" | "da");
    let groups = section.one("groups").split_whitespace();
    Country {
        code: section.name,
        language: section.one("language"),
        dial: section.one("dial"),
        trunk: section.one("trunk"),
        mobile: patterns(section.one("mobile")),
        fixed: patterns(section.one("fixed")),
        groups: groups.filter_map(|size| size.parse().ok()).collect(),
        cities: section.words("cities", umlauts),
        streets: section.words("streets", umlauts),
        postal: section.one("postal"),
        providers: section.weights("providers"),
        tld: section.one("tld"),
        trades: section.words("trades", umlauts),
        legal: section.words("legal", umlauts),
    }
}
