//! How the inbox is: its traffic, and what the doctor found.

use super::super::data::{Check, Overview};
use crate::domain::check::Status;

#[derive(Debug, Default)]
pub struct OverviewState {
    pub seen: Option<Overview>,
    /// The worst first.
    pub checks: Vec<Check>,
    pub selected: usize,
    pub is_examining: bool,
    pub trouble: Option<String>,
}

impl OverviewState {
    pub fn take(&mut self, examined: Result<Vec<Check>, String>) {
        self.is_examining = false;
        match examined {
            Ok(mut checks) => {
                let badness = |check: &Check| match check.status {
                    Status::Fail => 0,
                    Status::Warn => 1,
                    Status::Unknown => 2,
                    Status::Ok => 3,
                };
                checks.sort_by_key(badness);
                (self.checks, self.trouble) = (checks, None);
            }
            Err(trouble) => self.trouble = Some(trouble),
        }
        self.go(0);
    }

    pub fn go(&mut self, by: isize) {
        let last = self.checks.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    pub fn selected(&self) -> Option<&Check> {
        self.checks.get(self.selected)
    }
}
