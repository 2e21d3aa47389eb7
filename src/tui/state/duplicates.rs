//! Contacts that may be one, a pair at a time, both records side by side.

use jiff::Timestamp;
use uuid::Uuid;

use super::super::data::Pair;

#[derive(Debug, Default)]
pub struct Duplicates {
    pub matching: Matching,
    pub pairs: Vec<Pair>,
    pub selected: usize,
}

#[derive(Debug, Default)]
pub enum Matching {
    /// It reads all contacts, so it waits to be asked.
    #[default]
    NotYet,
    Since(Timestamp),
    Done,
    Failed(String),
}

impl Duplicates {
    pub fn is_matching(&self) -> bool {
        matches!(self.matching, Matching::Since(_))
    }

    pub fn take(&mut self, matched: Result<Vec<Pair>, String>) {
        self.matching = match matched {
            Ok(pairs) => {
                self.pairs = pairs;
                Matching::Done
            }
            Err(trouble) => Matching::Failed(trouble),
        };
        self.selected = 0;
    }

    pub fn go(&mut self, by: isize) {
        let last = self.pairs.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    pub fn selected(&self) -> Option<&Pair> {
        self.pairs.get(self.selected)
    }

    /// The pair was decided. Of a merge both are one by now: other pairs of the one that went go too.
    pub fn settle(&mut self, ids: [Uuid; 2]) {
        self.pairs.retain(|pair| pair.ids != ids);
        self.go(0);
    }
}
