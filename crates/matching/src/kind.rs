//! Of what kind the values of a key of metadata are.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    /// A date of birth: two different ones are two people.
    Birth,
    Date,
    /// Postcodes, numbers, marks: short, without spaces, slips are rare.
    Code,
    Text,
}
