//! Rows as they come, read into words, numbers and columns.

pub(crate) mod columns;
pub(crate) mod date;
pub(crate) mod email;
pub(crate) mod fold;
pub(crate) mod nicknames;
pub(crate) mod nobody;
pub(crate) mod phone;
pub(crate) mod prepare;
pub(crate) mod region;
pub(crate) mod rows;
pub(crate) mod table;
pub(crate) mod titles;
pub(crate) mod tokens;
