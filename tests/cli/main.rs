//! The binary as its users meet it, one file a command.

mod support;

mod contacts;
mod contracts;
mod db_baseline;
mod db_check;
mod db_connection;
mod db_drift;
mod db_generate;
mod db_history;
mod db_migrate;
mod db_reset;
mod db_seed;
mod db_tls;
mod db_verify;
mod dedupe;
mod demo;
mod help;
mod integrations;
mod integrations_canary;
mod integrations_rotate;
mod keys;
mod local;
mod table_sizes;
mod terminal;
