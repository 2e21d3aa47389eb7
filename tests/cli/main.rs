//! The binary as its users meet it, one file a command.

mod support;

mod access;
mod access_roles;
mod archive;
mod audit;
mod audit_prune;
mod contacts;
mod contracts;
mod db_backup;
mod db_check;
mod db_connection;
mod db_history;
mod db_migrate;
mod db_reset;
mod db_restore;
mod db_seed;
mod db_tls;
mod dedupe;
mod demo;
mod doctor;
mod help;
mod integrations;
mod integrations_canary;
mod integrations_rotate;
mod jobs;
mod jobs_cleanup;
mod keys;
mod local;
mod messages;
mod retention;
mod stats;
mod table_sizes;
mod terminal;
mod users;
