//! Contacts of a file: what its columns are, what a line says of somebody, and what becomes of it.

pub mod change;
pub mod columns;
pub mod fate;
pub mod person;
