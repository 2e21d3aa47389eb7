//! What a backup is: its manifest, its names, which of them to keep, and which
//! version of the client programs fits.

pub mod copy_text;
pub mod entries;
pub mod forms;
pub mod keep;
pub mod manifest;
pub mod name;
pub mod trusted;
pub mod version;

pub use manifest::{Manifest, Verification};
