//! A cut-off that can't be.

use crate::error::Failure;

/// The failure for a cut-off that can't be.
pub(super) fn no_cutoff(why: &str) -> Failure {
    Failure::usage("there is no such cut-off")
        .why(why)
        .hint("give an age such as --older-than 90d, or a time that has passed")
}
