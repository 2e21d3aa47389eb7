//! What the evidence amounts to: learned, weighed, grouped, explained.

pub(crate) mod answers;
pub(crate) mod certain;
pub(crate) mod cluster;
pub(crate) mod explain;
pub(crate) mod learn;
pub(crate) mod model;
pub(crate) mod priors;
pub(crate) mod questions;
