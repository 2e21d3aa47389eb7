//! What a backup is: its manifest, its names, which of them to keep, and which
//! version of the client programs fits.

pub mod copy_text;
pub mod entries;
pub mod forms;
mod harmless;
pub mod keep;
pub mod manifest;
pub mod name;
pub mod toc;
pub mod trusted;
pub mod version;

pub use manifest::{Manifest, Verification};
