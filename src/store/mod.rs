//! Everything that speaks SQL: rows and queries, one file a noun.
//!
//! Functions take a connection and return rows; who asked, and what it looks
//! like, is not known here.

pub mod access;
pub mod archive_dependants;
pub mod archive_rows;
pub mod assignments;
pub mod audit;
pub mod audit_log;
pub mod backups;
pub mod catalog;
pub mod catalog_snapshot;
pub mod connect;
mod conninfo;
pub mod contact_search;
pub mod contacts;
pub mod contacts_scan;
mod copy;
pub mod databases;
pub mod diesel_tables;
pub mod envelopes;
pub mod fingerprint;
pub mod foreign_keys;
pub mod grants;
pub mod health;
pub mod holds;
pub mod indexes;
pub mod integrations;
pub mod integrity;
pub mod interference;
pub mod jobs;
pub mod json;
pub mod ledger;
pub mod lock;
pub mod maintenance;
pub mod merges;
pub mod messages;
pub mod migrations;
pub mod origin;
pub mod partition_split;
pub mod partitions;
pub mod presence;
pub mod prunable;
#[rustfmt::skip]
pub(in crate::store) mod schema;
pub mod recognition;
pub mod replicas;
pub mod retention;
pub mod retention_archive;
pub mod retention_count;
pub mod retention_references;
pub mod retention_versions;
pub mod scratch;
pub mod seed;
pub mod server;
mod session_settings;
pub mod sessions;
pub mod settings;
pub mod size_snapshots;
pub mod statements;
pub mod stats;
pub mod templates;
pub mod tx;
pub mod types;
pub mod users;
pub mod watcher;
