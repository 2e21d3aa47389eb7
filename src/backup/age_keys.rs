//! Public keys that a backup is encrypted to, and the file of secret ones.

use std::path::Path;

use age::x25519::{Identity, Recipient};
use zeroize::Zeroizing;

use crate::bounded_file;
use crate::error::Failure;

/// Thousands of keys are less.
const LIMIT_BYTES: usize = 1 << 20;

/// # Errors
/// It is no public key of age.
pub fn recipient(text: &str) -> Result<Recipient, String> {
    if text.starts_with("AGE-SECRET-KEY-") {
        return Err(String::from("this is a secret key; give the public one, age1..."));
    }
    text.parse().map_err(|_| String::from("expected a public key of age, such as age1..."))
}

/// The secret keys of a file as age-keygen writes it.
///
/// # Errors
/// It can't be read, or there is none in it. Never quotes a line.
pub fn identities(path: &Path) -> Result<Vec<Identity>, Failure> {
    let unreadable = |why: String| {
        Failure::usage(format!("the identity file {} can't be read", path.display()))
            .why(why)
            .hint("age-keygen makes one; its lines begin with AGE-SECRET-KEY-1")
    };
    let text = bounded_file::read_text(path, LIMIT_BYTES).map_err(|e| unreadable(e.to_string()))?;
    let text = Zeroizing::new(text);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut identities = Vec::new();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let identity: Result<Identity, _> = line.parse();
        identities.push(identity.map_err(|why| unreadable(why.to_owned()))?);
    }
    match identities.is_empty() {
        true => Err(unreadable(String::from("there is no secret key in it"))),
        false => Ok(identities),
    }
}
