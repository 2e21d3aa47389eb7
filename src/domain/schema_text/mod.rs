//! A schema written down: for the application, for people, for other tools.

mod mermaid;
pub mod prisma;
pub mod words;

use super::schema_diff::{Catalog, create};

pub use mermaid::mermaid;
pub use prisma::prisma;

/// The statements that make it, for an empty database.
pub fn sql(catalog: &Catalog) -> String {
    let mut text = String::from(
        "-- Made by `inboxctl db generate sql`: the schema, for an empty database.\n\n",
    );
    for statement in create::everything(catalog) {
        text.push_str(&statement);
        text.push_str(";\n\n");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
