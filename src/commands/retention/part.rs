//! What a survey finds of one relation.

use crate::domain::retention::partition::Way;
use crate::store::retention::Slice;
use crate::store::retention_count::{Count, Example};

/// The old rows of one relation, and how they go.
#[derive(Debug, Clone)]
pub struct Part {
    pub slice: Slice,
    pub way: Way,
    pub counts: Vec<Count>,
    /// Rows that stay because a table points at them.
    pub kept: Vec<(String, u64)>,
    /// Rows of other tables that go along, in the order of `References::along`.
    pub along: Vec<u64>,
    /// Of a plan, the first ones that would go.
    pub examples: Vec<Example>,
    /// Of a partition that is dropped, on disk.
    pub disk_bytes: u64,
}

impl Part {
    pub fn eligible(&self) -> u64 {
        self.counts.iter().map(|count| unsigned(count.eligible)).sum()
    }

    pub fn held(&self) -> u64 {
        self.counts.iter().map(|count| unsigned(count.held)).sum()
    }

    /// How many rows stay because something points at them.
    pub fn referenced(&self) -> u64 {
        self.counts.iter().map(|count| unsigned(count.kept)).sum()
    }

    /// What becomes free: of a whole partition everything, else the rows alone.
    pub fn bytes(&self) -> u64 {
        match self.way {
            Way::Whole => self.disk_bytes,
            _ => self.counts.iter().map(|count| unsigned(count.bytes)).sum(),
        }
    }
}

pub fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
