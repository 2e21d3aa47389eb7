//! Everything that speaks SQL: rows and queries, one file a noun.
//!
//! Functions take a connection and return rows; who asked, and what it looks
//! like, is not known here.

pub mod audit;
pub mod catalog;
pub mod catalog_snapshot;
pub mod connect;
mod conninfo;
pub mod contacts;
pub mod contacts_scan;
mod copy;
pub mod diesel_tables;
pub mod envelopes;
pub mod fingerprint;
pub mod integrations;
pub mod integrity;
pub mod ledger;
pub mod lock;
pub mod merges;
pub mod migrations;
pub mod partitions;
#[rustfmt::skip]
pub(in crate::store) mod schema;
pub mod scratch;
pub mod seed;
pub mod server;
pub mod sessions;
pub mod settings;
pub mod statements;
pub mod tx;
pub mod types;
pub mod users;
pub mod watcher;
