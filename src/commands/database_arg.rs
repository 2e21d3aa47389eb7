//! Names of databases that are made, as arguments.

use clap::builder::{NonEmptyStringValueParser, TypedValueParser};

use crate::domain::scratch_name::NAME_BYTES;

/// A name that the server doesn't cut off: whoever looked for it wouldn't find the database.
pub(super) fn new() -> impl TypedValueParser<Value = String> {
    NonEmptyStringValueParser::new().try_map(|name| match name.len() {
        bytes if bytes > NAME_BYTES => Err(format!(
            "it has {bytes} bytes, and the server would cut it off after {NAME_BYTES}: name a shorter one"
        )),
        _ => Ok(name),
    })
}
