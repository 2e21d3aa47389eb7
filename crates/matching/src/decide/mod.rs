//! What the evidence amounts to: learned, weighed, grouped, explained.

pub mod cluster;
pub mod explain;
pub mod learn;
pub mod model;
pub mod priors;
