//! What the operator keeps out of comparisons and checks: the application's, never what
//! the inbox can't do without.

use super::name_pattern::matches_any;
use super::origin;
use super::schema_diff::Catalog;

/// Patterns of names, and what they can't hide.
pub struct Ignored<'a> {
    patterns: &'a [String],
    /// Those that fit no table of ours: a part of one may be left out by its own name.
    narrow: Vec<String>,
    ours: &'a Catalog,
}

impl<'a> Ignored<'a> {
    pub fn new(patterns: &'a [String], ours: &'a Catalog) -> Ignored<'a> {
        let fits = |pattern: &String| {
            let pattern = std::slice::from_ref(pattern);
            ours.tables.iter().any(|table| matches_any(pattern, &table.name))
        };
        let narrow = patterns.iter().filter(|pattern| !fits(pattern)).cloned().collect();
        Ignored { patterns, narrow, ours }
    }

    /// Whether it is left out: `session`, `contacts.nickname`.
    pub fn has(&self, name: &str) -> bool {
        matches_any(&self.narrow, name) || matches_any(self.patterns, name) && !self.is_ours(name)
    }

    /// The patterns that fit tables of ours, and hide nothing of them.
    pub fn too_wide(&self) -> Vec<String> {
        let is_wide = |pattern: &&String| !self.narrow.contains(pattern);
        self.patterns.iter().filter(is_wide).cloned().collect()
    }

    fn is_ours(&self, name: &str) -> bool {
        let bare = |routine: &'a str| routine.split('(').next().unwrap_or(routine);
        let is_part = || {
            self.ours.tables.iter().any(|table| {
                let part = name.strip_prefix(&table.name).and_then(|rest| rest.strip_prefix('.'));
                part.is_some_and(|part| {
                    table.column(part).is_some()
                        || table.constraints.iter().any(|one| one.name == part)
                        || table.indexes.iter().any(|one| one.name == part)
                        || table.triggers.iter().any(|one| one.name == part)
                        || table.policies.iter().any(|one| one.name == part)
                })
            })
        };
        origin::is_name_of(self.ours, name)
            || self.ours.definitions.iter().any(|made| bare(&made.name) == name)
            || is_part()
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema_diff::{Column, Table};
    use super::*;

    #[test]
    fn nothing_of_ours_is_left_out_with_the_rest() {
        let column = Column { name: String::from("id"), ..Column::default() };
        let table =
            Table { name: String::from("contacts"), columns: vec![column], ..Table::default() };
        let ours = Catalog { tables: vec![table], ..Catalog::default() };
        let has = |pattern: &str, name: &str| Ignored::new(&[pattern.to_owned()], &ours).has(name);
        for pattern in ["*", "cont*", "contacts"] {
            assert!(!has(pattern, "contacts"), "{pattern}");
            assert!(!has(pattern, "contacts.id"), "{pattern}");
        }
        assert!(has("*", "session"));
        assert!(has("*", "contacts.nickname"));
        assert!(has("contacts.id", "contacts.id"));
        assert_eq!(Ignored::new(&[String::from("cont*")], &ours).too_wide(), ["cont*"]);
    }
}
