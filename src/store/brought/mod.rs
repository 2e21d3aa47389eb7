//! Rows of a backup on their way into the live database: what there is of them in the backup, what
//! the live one has of it, and what is missing or differs.

pub mod backed_up;
pub mod circles;
mod columns;
pub mod coming;
mod fitting;
pub mod judged;
mod obstacles;
pub mod reasons;
pub mod sequences;
pub mod target;
mod unique;
