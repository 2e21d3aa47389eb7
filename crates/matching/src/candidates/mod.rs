//! Which pairs of rows are worth comparing.

pub(crate) mod blocking;
pub(crate) mod buckets;
pub(crate) mod keys;
