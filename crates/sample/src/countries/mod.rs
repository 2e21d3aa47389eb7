//! Countries: phone plans, cities, mail providers and the words of company names, by region.

mod africa_asia;
mod america;
mod europe_east;
mod europe_west;

use super::words::{Word, words};

/// A country as it is written down.
///
/// Phone patterns stand for national numbers without the trunk prefix: `A` is an area code of
/// the city, `N` a digit of 2-9, `F` one of 2-5, `#` any, `*` fills up with digits to the
/// length behind the colon. Groups say how a national number is spaced, trunk prefix included.
pub(crate) struct CountryText {
    pub code: &'static str,
    pub language: &'static str,
    pub dial: &'static str,
    pub trunk: &'static str,
    pub mobile: &'static str,
    pub fixed: &'static str,
    pub groups: &'static str,
    pub cities: &'static str,
    pub streets: &'static str,
    /// Digits of a postal code, where letters and signs stand for themselves.
    pub postal: &'static str,
    /// Domains and weights: `gmail.com:60 web.de:20`.
    pub providers: &'static str,
    pub tld: &'static str,
    pub trades: &'static str,
    pub legal: &'static str,
}

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
    let texts = [
        america::COUNTRIES,
        europe_west::COUNTRIES,
        europe_east::COUNTRIES,
        africa_asia::COUNTRIES,
    ];
    texts.into_iter().flatten().map(country).collect()
}

fn country(text: &'static CountryText) -> Country {
    let umlauts = matches!(text.language, "de" | "da");
    Country {
        code: text.code,
        language: text.language,
        dial: text.dial,
        trunk: text.trunk,
        mobile: patterns(text.mobile),
        fixed: patterns(text.fixed),
        groups: text.groups.split_whitespace().filter_map(|size| size.parse().ok()).collect(),
        cities: words(text.cities, umlauts),
        streets: words(text.streets, umlauts),
        postal: text.postal,
        providers: text
            .providers
            .split_whitespace()
            .filter_map(|provider| provider.split_once(':'))
            .filter_map(|(domain, weight)| Some((domain, weight.parse().ok()?)))
            .collect(),
        tld: text.tld,
        trades: words(text.trades, umlauts),
        legal: words(text.legal, umlauts),
    }
}
