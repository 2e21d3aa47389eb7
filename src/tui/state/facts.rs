//! All that is known of one row, and where its values lead.

use super::super::data::{Fact, Row};

#[derive(Debug)]
pub struct Facts {
    pub title: String,
    pub row: Row,
    pub selected: usize,
}

impl Facts {
    pub fn new(title: &str, row: Row) -> Facts {
        Facts { title: format!("{title}, {}", row.id), row, selected: 0 }
    }

    pub fn go(&mut self, by: isize) {
        let last = self.row.facts.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    pub fn selected(&self) -> Option<&Fact> {
        self.row.facts.get(self.selected)
    }
}
