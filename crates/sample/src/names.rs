//! Names of people by culture, from data/names.txt: how they are put together, and the lists.

use super::data::{Section, sections};
use super::words::NameList;

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

/// A culture ready for use.
#[derive(Debug)]
pub(crate) struct Culture {
    pub key: &'static str,
    pub manner: Manner,
    pub endings: Endings,
    /// How many in a hundred use their own script at home.
    pub native_percent: u32,
    /// Country codes and weights.
    pub homes: Vec<(&'static str, u32)>,
    pub female: NameList,
    pub male: NameList,
    pub family: NameList,
    /// What is put before a full name.
    pub male_titles: Vec<&'static str>,
    pub female_titles: Vec<&'static str>,
}

/// All cultures with their weights.
pub(crate) fn cultures() -> Vec<(Culture, u32)> {
    let sections = sections(include_str!("../data/names.txt"));
    sections.iter().map(|section| (culture(section), section.number("weight"))).collect()
}

fn culture(section: &Section) -> Culture {
    let umlauts = matches!(section.name, "german" | "danish");
    // The tails: how many in a hundred are put together of a stem and an end.
    let list = |heads, stems, ends, tail| NameList {
        heads: section.words(heads, umlauts),
        stems: section.words(stems, umlauts),
        ends: section.words(ends, umlauts),
        tail_percent: section.number(tail),
    };
    Culture {
        key: section.name,
        manner: match section.one("manner") {
            "two surnames" => Manner::TwoSurnames,
            "East Asian" => Manner::EastAsian,
            "Vietnamese" => Manner::Vietnamese,
            _ => Manner::Western,
        },
        endings: match section.one("endings") {
            "Polish" => Endings::Polish,
            "Slavic" => Endings::Slavic,
            "Greek" => Endings::Greek,
            _ => Endings::Same,
        },
        native_percent: section.number("native_percent"),
        homes: section.weights("homes"),
        female: list("female", "female_stems", "female_ends", "given_tail"),
        male: list("male", "male_stems", "male_ends", "given_tail"),
        family: list("family", "family_stems", "family_ends", "family_tail"),
        male_titles: section.all("male_title"),
        female_titles: section.all("female_title"),
    }
}
