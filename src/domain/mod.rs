//! Decisions, without I/O, clock or randomness: everything here can be tested
//! by calling it.

pub mod channel;
pub mod consent;
pub mod environment;
pub mod history;
pub mod integrity;
pub mod matching;
pub mod merge_plan;
pub mod sample;
pub mod schema_diff;
pub mod schema_text;
pub mod sql;
pub mod suggest;
pub mod vault;
