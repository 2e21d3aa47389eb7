//! Decisions, without I/O, clock or randomness: everything here can be tested
//! by calling it.

pub mod channel;
pub mod check;
pub mod consent;
pub mod enum_values;
pub mod environment;
pub mod history;
pub mod matching;
pub mod merge_plan;
pub mod prunable;
pub mod sample;
pub mod server_release;
pub mod sql;
pub mod suggest;
pub mod traffic;
pub mod vault;
