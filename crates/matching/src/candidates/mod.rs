//! Which pairs of rows are worth comparing.

pub mod blocking;
pub mod buckets;
pub mod keys;
