//! Rows of other tables that what is judged has to know of: those that come in the same run, and those
//! that another contact has by now.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::raw_json::RawJson;

/// Of each table, as SQL writes it, lines with what others point at.
#[derive(Debug, Default)]
pub struct Coming {
    /// Missing now, and there when others come that point at them.
    rows: BTreeMap<String, Vec<String>>,
    /// There, and another contact's.
    of_others: BTreeMap<String, Vec<String>>,
}

impl Coming {
    /// Rows of a table that come, of which others may point at these columns.
    pub fn add(&mut self, relation: &str, columns: &BTreeSet<&str>, lines: &[String]) {
        keep(&mut self.rows, relation, columns, lines);
    }

    /// Rows of a table that stay another contact's.
    pub fn add_of_others(&mut self, relation: &str, columns: &BTreeSet<&str>, lines: &[String]) {
        keep(&mut self.of_others, relation, columns, lines);
    }

    pub(super) fn of(&self, relation: &str) -> &[String] {
        self.rows.get(relation).map_or(&[], Vec::as_slice)
    }

    pub(super) fn of_others(&self, relation: &str) -> &[String] {
        self.of_others.get(relation).map_or(&[], Vec::as_slice)
    }
}

fn keep(
    known: &mut BTreeMap<String, Vec<String>>,
    relation: &str,
    columns: &BTreeSet<&str>,
    lines: &[String],
) {
    if columns.is_empty() || lines.is_empty() {
        return;
    }
    let known = known.entry(relation.to_owned()).or_default();
    known.extend(lines.iter().map(|line| {
        let row = RawJson::parse(line.clone()).unwrap_or_default();
        let members = row.members();
        let members = members.iter().filter(|(name, _)| columns.contains(name.as_str()));
        RawJson::object(members.map(|(name, value)| (name.as_str(), value))).text().to_owned()
    }));
}
