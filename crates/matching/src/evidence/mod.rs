//! What two rows have in common, and how common that is.

pub mod compare;
pub mod knowledge;
pub mod levels;
pub mod names;
pub mod people;
pub mod swaps;
pub mod text;
pub mod worth;
