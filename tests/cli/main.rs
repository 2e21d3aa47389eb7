//! The binary as its users meet it, one file a command.

mod support;

mod assignments;
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
mod help;
mod integrations;
mod integrations_canary;
mod integrations_rotate;
mod jobs;
mod keys;
mod list_plans;
mod local;
mod messages;
mod table_sizes;
mod templates;
mod terminal;
mod users;
