//! Rows as they come, read into words, numbers and columns.

pub mod columns;
pub mod date;
pub mod email;
pub mod fold;
pub mod nicknames;
pub mod phone;
pub mod prepare;
pub mod region;
pub mod rows;
pub mod table;
pub mod titles;
pub mod tokens;
