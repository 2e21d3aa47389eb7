//! Decisions, without I/O, clock or randomness: everything here can be tested
//! by calling it.

#![deny(clippy::disallowed_macros, clippy::disallowed_methods)]

pub mod access;
pub mod adopt;
pub mod archive;
pub mod audit_action;
pub mod audit_dump;
pub mod audit_head;
pub mod audit_trail;
pub mod backup;
pub mod books;
pub mod check;
pub mod claim;
pub mod clock_skew;
pub mod connection_url;
pub mod consent;
pub mod denied;
pub mod email;
pub mod engine;
pub mod environment;
pub mod file_trust;
pub mod follow;
pub mod grants;
pub mod history;
pub mod id_prefix;
pub mod ignored;
pub mod import;
pub mod integrity;
pub mod lint;
pub mod lock_tree;
pub mod merge_plan;
pub mod merged_json;
pub mod message_stats;
pub mod moment;
pub mod name_keys;
pub mod name_pattern;
pub mod name_rank;
pub mod named;
pub mod nightly;
pub mod origin;
pub mod person_terms;
pub mod pg_time;
pub mod phone_numbers;
pub mod prometheus;
pub mod prunable;
pub mod raw_json;
pub mod redaction;
pub mod retention;
pub mod schema_diff;
pub mod schema_text;
pub mod scratch_name;
pub mod server_release;
pub mod server_setting;
pub mod setting;
pub mod settings_file;
pub mod sql;
pub mod suggest;
pub mod survivor;
pub mod template;
pub mod vault;
pub mod vocabulary;
pub mod wraparound;

pub use inboxctl_matching as matching;
pub use inboxctl_sample as sample;
