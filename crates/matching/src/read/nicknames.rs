//! Names that stand for one another: short forms, pet names, the same name in other languages,
//! and romanisations. One group a line, folded to ASCII; a name may stand in several.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The groups of a folded name, by number; empty for names that have no other form.
pub(crate) fn groups(name: &str) -> &'static [u16] {
    static GROUPS: LazyLock<HashMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
        let mut groups: HashMap<&str, Vec<u16>> = HashMap::new();
        for (number, line) in GIVEN.lines().chain(FAMILY.lines()).enumerate() {
            for name in line.split_whitespace() {
                groups.entry(name).or_default().push(number as u16 + 1);
            }
        }
        groups
    });
    GROUPS.get(name).map_or(&[], Vec::as_slice)
}

/// Other forms of a folded name, those of its first group first.
pub(crate) fn forms(name: &str) -> impl Iterator<Item = &'static str> {
    let groups = groups(name).iter();
    let line = |&group: &u16| GIVEN.lines().chain(FAMILY.lines()).nth(usize::from(group) - 1);
    groups.filter_map(line).flat_map(str::split_whitespace).filter(move |form| *form != name)
}

const GIVEN: &str = include_str!("../../data/given_names.txt");

const FAMILY: &str = include_str!("../../data/surnames.txt");
