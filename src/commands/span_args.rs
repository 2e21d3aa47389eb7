//! `--since` and `--until`, as every list of what happened has them.

use clap::Args;
use jiff::Timestamp;

use crate::domain::moment::{self, Moment, Span};

#[derive(Debug, Clone, Copy, Args)]
pub struct SpanArgs {
    /// Only what was made from this time on: 30d (ago), 2026-03-01, 2026-03-01T12:00:00Z
    #[arg(long, value_name = "WHEN", value_parser = moment::parse)]
    since: Option<Moment>,
    /// Only what was made before this time
    #[arg(long, value_name = "WHEN", value_parser = moment::parse)]
    until: Option<Moment>,
}

impl SpanArgs {
    pub fn resolve(self, now: Timestamp) -> Span {
        Span {
            since: self.since.map(|since| since.resolve(now)),
            until: self.until.map(|until| until.resolve(now)),
        }
    }
}
