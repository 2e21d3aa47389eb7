//! `db adopt --into` beside `pg_dump -Fc | pg_restore` of the same database, in one run on one
//! server: `cargo bench --bench adopt [MESSAGES]`, a million unless told. Messages are not quite half
//! of the rows. The memory is that of the command, and of the programs that it runs beside it; what is
//! asked of the command itself is 100 MB.

#[path = "shared/copied.rs"]
mod copied;
#[path = "../tests/cli/support/mod.rs"]
mod support;

use support::Database;

fn main() {
    let messages = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(1_000_000u32);
    let source = Database::empty();
    source.execute(&include_str!("adopt.sql").replace("$MESSAGES", &messages.to_string()));
    source.execute("VACUUM ANALYZE");
    let rows: u32 = ["users", "contacts", "messages", "notes", "audit_logs", "scheduled_jobs"]
        .iter()
        .map(|table| source.value(&format!("(SELECT count(*) FROM {table})")))
        .map(|count| count.parse::<u32>().expect("a number"))
        .sum();
    let compared = copied::compare(&source, &["db", "adopt", "--quiet", "--into"]);
    compared.print("adopt", "db adopt --into", rows, 2);
}
