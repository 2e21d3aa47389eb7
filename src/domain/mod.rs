//! Decisions, without I/O, clock or randomness: everything here can be tested
//! by calling it.

pub mod channel;
pub mod consent;
pub mod email;
pub mod environment;
pub mod follow;
pub mod history;
pub mod matching;
pub mod merge_plan;
pub mod named;
pub mod sample;
pub mod sql;
pub mod suggest;
pub mod template;
pub mod time_key;
pub mod vault;
