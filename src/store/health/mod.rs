//! What `doctor` asks the server: one question each, answered from the catalogue
//! and the statistics as far as possible.

mod activity;
mod jobs;
mod references;
mod tables;

pub use activity::{
    Connections, IdsUsed, Replica, Slot, SlowQuery, Statements, connections, ids_used,
    replay_lag_seconds, replicas, slots, slow_queries,
};
pub use jobs::{Jobs, overdue, stuck};
pub use references::{Reference, count_orphans, references};
pub use tables::{
    DeadRows, Sequence, Strays, dead_rows, default_partitions, enum_values, largest_value,
    sequences, strays, without_primary_key,
};
