//! A table of ten thousand envelopes, for the rotation of keys.

use diesel::prelude::*;
use diesel::sql_types::{Array, Text};
use inboxctl::domain::vault::{Entropy, Keyring, Place, seal};

use super::Database;

pub(crate) const ROWS: i32 = 10_000;

pub(crate) fn place(row_id: &str) -> Place<'_> {
    Place { table: "tokens", row_id, channel: "", column: "secret" }
}

/// A table of envelopes such as a migration might add.
pub(crate) fn with_tokens(database: &Database, keyring: &Keyring) {
    database.execute(
        "CREATE TABLE tokens (id integer PRIMARY KEY, secret text NOT NULL);
         COMMENT ON COLUMN tokens.secret IS 'inboxctl: envelopes'",
    );
    let rows: Vec<(String, String)> = (1..=ROWS)
        .map(|id| {
            let id = id.to_string();
            let mut entropy = Entropy { salt: [1; 16], nonce: [2; 12] };
            entropy.salt[..id.len()].copy_from_slice(id.as_bytes());
            let envelope = seal(keyring, &place(&id), id.as_bytes(), &entropy);
            (id, envelope)
        })
        .collect();
    let (ids, texts): (Vec<String>, Vec<String>) = rows.into_iter().unzip();
    diesel::sql_query("INSERT INTO tokens SELECT id::integer, t FROM unnest($1, $2) AS u (id, t)")
        .bind::<Array<Text>, _>(ids)
        .bind::<Array<Text>, _>(texts)
        .execute(&mut database.connect())
        .expect("the envelopes");
}
