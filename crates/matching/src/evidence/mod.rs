//! What two rows have in common, and how common that is.

pub(crate) mod compare;
pub(crate) mod counts;
pub(crate) mod knowledge;
pub(crate) mod levels;
pub(crate) mod names;
pub(crate) mod people;
pub(crate) mod swaps;
pub(crate) mod text;
pub(crate) mod worth;
