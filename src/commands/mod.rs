//! One leaf command, one file: its arguments, its `run`, its view.

pub mod assignments;
pub mod audit;
pub mod completions;
pub mod consent_args;
pub mod contacts;
pub mod db;
pub mod demo;
pub mod duration_arg;
pub mod integrations;
pub mod jobs;
pub mod keys;
pub mod list_args;
pub mod local;
pub mod lock_wait_arg;
pub mod man;
pub mod messages;
pub mod name_arg;
pub mod presence;
pub mod table_sizes;
pub mod templates;
pub mod time_arg;
pub mod users;
