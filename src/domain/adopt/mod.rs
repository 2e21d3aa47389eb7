//! A database that an application made, read as an inbox: which table is which of ours, what each
//! value becomes, and what only a person can decide.
//!
//! Pure: the catalogue and the counts come from the store, which also writes the SQL.

pub mod decide;
pub mod ids;
pub mod labels;
pub mod map;
pub mod mapping;
pub mod model;
pub mod names;
pub mod recognise;
pub mod relation;
pub mod room;
pub mod stands;
pub mod tenant;
pub mod words;

pub use decide::{Counts, Finding, Undecided};
pub use map::{Decided, Map};
pub use mapping::{Column, Mapping, Table, Value};
pub use tenant::Tenant;
