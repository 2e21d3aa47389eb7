//! Rows a second of `integrations rotate-keys`, on a server with fsync off:
//! `cargo bench --bench rotation`.

#[path = "../tests/cli/support/mod.rs"]
mod support;

use std::time::Duration;

use support::tokens::{ROWS, with_tokens};
use support::{Database, TestKeyring};

fn main() {
    let database = Database::migrated();
    let keyring = TestKeyring::generated();
    with_tokens(&database, &keyring.read());
    let mut best = Duration::MAX;
    for _ in 0..5 {
        keyring.change_key();
        let binary = keyring.on(&database);
        let run = binary.run(["integrations", "rotate-keys", "--format", "json"]);
        let json = run.expect_code(0).json();
        // The command says itself how long it took.
        best = best.min(Duration::from_millis(json["duration_ms"].as_u64().expect("a number")));
    }
    let rate = f64::from(ROWS) / best.as_secs_f64();
    println!("rotation {ROWS} rows in {best:?}: {rate:.0} rows/s (bound: at least 20,000)");
}
