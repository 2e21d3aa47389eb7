//! A copy in which nobody is recognisable: what becomes of each column and each value. Where a dump comes
//! from and where it goes isn't known here.

mod addresses;
mod arrays;
mod column;
mod copy_lines;
mod digits;
mod documents;
mod fates;
mod identifying;
mod json;
mod key;
mod kind;
mod known;
mod leaks;
mod looks;
mod plan;
mod replacer;
mod rewriter;
mod runs;
mod scripts;
mod shapes;
mod slips;
mod texts;
mod values;
mod words;

pub use column::{Column, Shape};
pub use fates::own_columns;
pub use identifying::identifiers;
pub use key::Key;
pub use kind::Kind;
pub use known::{Identifier, Known};
pub use leaks::{Leak, Leaks};
pub use plan::{Plan, Planned, Table, Undecided, plan};
pub use replacer::Replacer;
pub use rewriter::{Rewriter, Sample};
pub use texts::Vocabulary;
