//! Credentials as envelopes: sealed under keys that the database never sees.
//!
//! `docs/credentials.md` describes the formats for other programs. Random bytes
//! and the time are parameters here; where a keyring is kept is `keyring`'s
//! matter, which rows hold envelopes is the store's.

mod document;
mod envelope;
mod fields;
mod key;
mod keyring;
mod provider;

pub use document::{DocumentError, WrapParameters, is_wrapped, parse, render, wrap};
pub use envelope::{
    Entropy, NONCE_BYTES, OpenError, Place, Rotated, SALT_BYTES, key_id_of, open, rotate, seal,
    text_prefixes,
};
pub use fields::{FieldError, Fields, INPUT_LIMIT_BYTES, mask};
pub use key::{KEY_BYTES, Key, KeyId};
pub use keyring::{Entry, Keyring, State, TransitionError};
pub use provider::{Problem, Provider, guess, is_secret_name, providers_of};
