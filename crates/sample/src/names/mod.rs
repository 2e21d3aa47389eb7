//! Names of people by culture: how they are put together, and the lists by region.

mod african_asian;
mod east_asian;
mod eastern;
mod english;
mod germanic;
mod iberian;
mod romance;
mod slavic;

use super::words::{NameList, words};

/// How a full name is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Given, perhaps middle, family.
    Western,
    /// Given and the surnames of both parents.
    TwoSurnames,
    /// Given and family in Latin letters, the reverse and unspaced in the own script.
    EastAsian,
    /// Family, middle, given.
    Vietnamese,
}

/// How surnames differ between women and men.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endings {
    Same,
    Polish,
    Slavic,
    Greek,
}

/// What is put before a full name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Titles {
    pub male: &'static [&'static str],
    pub female: &'static [&'static str],
}

/// A culture as it is written down; the lists are explained in `words`.
pub(crate) struct CultureText {
    pub key: &'static str,
    pub weight: u32,
    pub manner: Manner,
    pub endings: Endings,
    /// How many in a hundred use their own script at home.
    pub native_percent: u32,
    /// Countries and weights: `ES:60 MX:30`.
    pub homes: &'static str,
    pub female: &'static str,
    pub male: &'static str,
    pub given_tail: u32,
    pub female_stems: &'static str,
    pub female_ends: &'static str,
    pub male_stems: &'static str,
    pub male_ends: &'static str,
    pub family: &'static str,
    pub family_tail: u32,
    pub family_stems: &'static str,
    pub family_ends: &'static str,
    pub titles: Titles,
}

/// What a culture leaves out.
pub(crate) const PLAIN: CultureText = CultureText {
    key: "",
    weight: 1,
    manner: Manner::Western,
    endings: Endings::Same,
    native_percent: 0,
    homes: "",
    female: "",
    male: "",
    given_tail: 0,
    female_stems: "",
    female_ends: "",
    male_stems: "",
    male_ends: "",
    family: "",
    family_tail: 0,
    family_stems: "",
    family_ends: "",
    titles: Titles { male: &["Dr."], female: &["Dr."] },
};

/// A culture ready for use.
#[derive(Debug)]
pub(crate) struct Culture {
    pub key: &'static str,
    pub manner: Manner,
    pub endings: Endings,
    pub native_percent: u32,
    /// Country codes and weights.
    pub homes: Vec<(&'static str, u32)>,
    pub female: NameList,
    pub male: NameList,
    pub family: NameList,
    pub titles: Titles,
}

/// All cultures with their weights.
pub(crate) fn cultures() -> Vec<(Culture, u32)> {
    let texts = [
        english::CULTURES,
        iberian::CULTURES,
        romance::CULTURES,
        germanic::CULTURES,
        slavic::CULTURES,
        eastern::CULTURES,
        african_asian::CULTURES,
        east_asian::CULTURES,
    ];
    texts.into_iter().flatten().map(|text| (culture(text), text.weight)).collect()
}

fn culture(text: &'static CultureText) -> Culture {
    let umlauts = matches!(text.key, "german" | "danish");
    let list = |heads, stems, ends, tail_percent| NameList {
        heads: words(heads, umlauts),
        stems: words(stems, umlauts),
        ends: words(ends, umlauts),
        tail_percent,
    };
    Culture {
        key: text.key,
        manner: text.manner,
        endings: text.endings,
        native_percent: text.native_percent,
        homes: text
            .homes
            .split_whitespace()
            .filter_map(|home| home.split_once(':'))
            .filter_map(|(code, weight)| Some((code, weight.parse().ok()?)))
            .collect(),
        female: list(text.female, text.female_stems, text.female_ends, text.given_tail),
        male: list(text.male, text.male_stems, text.male_ends, text.given_tail),
        family: list(text.family, text.family_stems, text.family_ends, text.family_tail),
        titles: text.titles,
    }
}
