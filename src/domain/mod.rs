//! Decisions, without I/O, clock or randomness: everything here can be tested
//! by calling it.

pub mod access;
pub mod archive;
pub mod backup;
pub mod channel;
pub mod check;
pub mod clock_skew;
pub mod consent;
pub mod email;
pub mod enum_values;
pub mod environment;
pub mod follow;
pub mod grants;
pub mod history;
pub mod integrity;
pub use inboxctl_matching as matching;
pub mod lint;
pub mod merge_plan;
pub mod name_keys;
pub mod name_rank;
pub mod named;
pub mod prunable;
pub mod raw_json;
pub mod retention;
pub mod sample;
pub mod schema_diff;
pub mod schema_text;
pub mod scratch_name;
pub mod server_release;
pub mod sql;
pub mod suggest;
pub mod survivor;
pub mod template;
pub mod time_key;
pub mod traffic;
pub mod vault;
pub mod wraparound;
