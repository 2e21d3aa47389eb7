//! The binary as its users meet it, one file a command.

mod support;

mod archive;
mod audit_prune;
mod access;
mod access_roles;
mod audit;
mod contacts;
mod contracts;
mod db_check;
mod db_connection;
mod db_history;
mod db_migrate;
mod db_reset;
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
mod keys;
mod local;
mod stats;
mod jobs_cleanup;
mod retention;
mod messages;
mod table_sizes;
mod terminal;
mod users;
