//! Everything that speaks SQL: rows and queries, one file a noun.
//!
//! Functions take a connection and return rows; who asked, and what it looks
//! like, is not known here.

pub mod assignments;
pub mod audit;
pub mod audit_log;
pub mod catalog;
pub mod connect;
mod conninfo;
pub mod contacts;
pub mod contacts_scan;
mod copy;
pub mod envelopes;
pub mod integrations;
pub mod jobs;
pub mod ledger;
pub mod lock;
pub mod merges;
pub mod messages;
pub mod migrations;
pub mod partitions;
pub mod presence;
#[rustfmt::skip]
pub(in crate::store) mod schema;
pub mod seed;
pub mod server;
pub mod sessions;
pub mod settings;
pub mod statements;
pub mod templates;
pub mod tx;
pub mod types;
pub mod users;
pub mod watcher;
