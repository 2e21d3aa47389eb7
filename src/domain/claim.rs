//! Where a command runs, as it says itself.

use serde::{Deserialize, Serialize};

/// The user of the operating system and the host: claims of the client, which no server can see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub uid: u32,
    pub host: String,
}
