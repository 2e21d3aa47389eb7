//! What customers and agents write, by language, from data/phrases.txt, and how the gaps are filled.

use std::sync::LazyLock;

use super::data::sections;
use super::json::{push_number, push_padded};
use super::random::Stream;

/// The phrases of one language.
#[derive(Debug)]
pub(crate) struct Phrases {
    language: &'static str,
    pub inbound: Vec<&'static str>,
    pub outbound: Vec<&'static str>,
    /// Short words that people send alone.
    pub short: Vec<&'static str>,
    pub subjects: Vec<&'static str>,
}

const PRODUCTS: [&str; 16] = [
    "Aurora X2",
    "Luma 40",
    "Nimbus Pro",
    "Terra Mini",
    "Vela S",
    "Kite 3",
    "Orion Duo",
    "Petra 12",
    "Solis Max",
    "Fjord 7",
    "Cobalt One",
    "Mistral",
    "Pico Air",
    "Delta Plus",
    "Sierra 5",
    "Halo",
];
const AGENTS: [&str; 8] = ["Elena", "Marc", "Sofia", "Tom", "Nadia", "Ravi", "Ines", "Jonas"];

static ALL: LazyLock<Vec<Phrases>> = LazyLock::new(|| {
    let read = sections(include_str!("../data/phrases.txt")).into_iter();
    let phrases = read.map(|section| Phrases {
        language: section.name,
        inbound: section.all("inbound"),
        outbound: section.all("outbound"),
        short: section.all("short"),
        subjects: section.all("subject"),
    });
    phrases.collect()
});

/// What people write, language by language, English first. `{n}` and its like are gaps.
pub fn of_languages() -> impl Iterator<Item = Vec<&'static str>> {
    ALL.iter().map(|one| {
        let all = [&one.inbound, &one.outbound, &one.short, &one.subjects];
        all.into_iter().flatten().copied().collect()
    })
}

/// The phrases of a language, English where there are none.
pub(crate) fn phrases(language: &str) -> &'static Phrases {
    // The file has English at its head.
    ALL.iter().find(|phrases| phrases.language == language).unwrap_or(&ALL[0])
}

/// Appends a phrase with its gaps filled.
pub(crate) fn push_filled(out: &mut String, phrase: &str, name: &str, stream: &mut Stream) {
    let mut rest = phrase;
    while let Some(gap) = rest.find('{') {
        out.push_str(&rest[..gap]);
        match rest.as_bytes().get(gap + 1) {
            Some(b'n') => out.push_str(name),
            Some(b'o') => {
                out.push_str("A-");
                push_padded(out, stream.next(), 6);
            }
            Some(b'p') => out.push_str(stream.word(&PRODUCTS)),
            Some(b'd') => {
                push_number(out, u64::from(stream.between(1, 28)));
                out.push('.');
                push_number(out, u64::from(stream.between(1, 12)));
                out.push('.');
            }
            Some(b't') => {
                push_number(out, u64::from(stream.between(8, 19)));
                out.push_str(stream.word(&[":00", ":15", ":30", ":45"]));
            }
            Some(b'a') => out.push_str(stream.word(&AGENTS)),
            _ => {
                push_number(out, u64::from(4 + stream.skewed(900)));
                out.push('.');
                push_padded(out, stream.next(), 2);
            }
        }
        rest = rest.get(gap + 3..).unwrap_or("");
    }
    out.push_str(rest);
}
