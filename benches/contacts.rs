//! `contacts export` and `contacts import` beside psql's `\copy` of the same columns, in turn, on one
//! server.
//!
//! `cargo bench --bench contacts -- [CONTACTS]`: a million of them unless told otherwise; of exports the
//! least of three runs counts. Memory is the most of any program so far.

#[path = "../tests/cli/support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use support::Database;

const RUNS: usize = 3;
const COLUMNS: &str = "id, name, phone, email, social_handles, metadata, created_at, updated_at";

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let rows: u64 = args.first().map_or(1_000_000, |rows| rows.parse().expect("a number"));
    let database = Database::migrated();
    database.execute(&format!(
        "INSERT INTO contacts (name, phone, email, social_handles, metadata, created_at) \
         SELECT 'Ana ' || n, '+34' || (600000000 + n), 'ana' || n || '@mail.example', \
             jsonb_build_object('twitter', '@ana' || n), jsonb_build_object('city', 'Seville', 'number', n), \
             now() - n * interval '1 second' \
         FROM generate_series(1, {rows}) AS n"
    ));
    database.execute("VACUUM ANALYZE contacts");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str| folder.path().join(name).display().to_string();
    let (mut by_psql, mut csv, mut jsonl) = (f64::MAX, f64::MAX, f64::MAX);
    for _ in 0..RUNS {
        csv = csv.min(export(&database, &file("contacts.csv")));
        let peak_mb = peak_mb();
        let copy =
            format!("\\copy (SELECT {COLUMNS} FROM contacts) TO '{}' CSV HEADER", file("psql.csv"));
        by_psql = by_psql.min(timed(
            Command::new(tool("psql")).args(["-X", "-q", "-c", &copy]).arg(database.url()),
        ));
        jsonl = jsonl.min(export(&database, &file("contacts.jsonl")));
        println!("peak of any program after the csv: {peak_mb:.0} MB (bound: 150)");
    }
    let rate = |seconds: f64| rows as f64 / seconds;
    println!("\\copy          {:>9.0} contacts/s", rate(by_psql));
    println!("export, csv    {:>9.0} contacts/s", rate(csv));
    println!("export, jsonl  {:>9.0} contacts/s", rate(jsonl));
    println!("csv/\\copy      {:>9.2} of its rate (bound: .60)", by_psql / csv);
    import(&file("psql.csv"), rows);
}

/// All of them into an empty inbox: by `\copy`, and matched with one another.
fn import(file: &str, rows: u64) {
    let (copied, imported) = (Database::migrated(), Database::migrated());
    let copy = format!("\\copy contacts ({COLUMNS}) FROM '{file}' CSV HEADER");
    let by_psql =
        timed(Command::new(tool("psql")).args(["-X", "-q", "-c", &copy]).arg(copied.url()));
    let by_us = timed(
        Command::new(support::binary())
            .args(["contacts", "import", file, "--quiet"])
            .env("DATABASE_URL", imported.url()),
    );
    let number = imported.value("(SELECT count(*) FROM contacts)");
    println!("\\copy in       {:>9.0} contacts/s", rows as f64 / by_psql);
    println!("import         {:>9.0} contacts/s; {number} were added", rows as f64 / by_us);
    println!("import/\\copy   {:>9.2} of its rate (bound: .30)", by_psql / by_us);
    println!("peak of any program: {:.0} MB", peak_mb());
}

fn export(database: &Database, file: &str) -> f64 {
    timed(
        Command::new(support::binary())
            .args(["contacts", "export", file, "--yes", "--quiet"])
            .env("DATABASE_URL", database.url()),
    )
}

fn timed(command: &mut Command) -> f64 {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).status().expect("it runs");
    // Some lines may be in doubt.
    assert!([Some(0), Some(3)].contains(&status.code()), "{command:?}");
    start.elapsed().as_secs_f64()
}

fn peak_mb() -> f64 {
    let peak_kib = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the kernel counts it").max_rss();
    peak_kib as f64 / 1024.0
}

fn tool(name: &str) -> PathBuf {
    inboxctl::local::Binaries::find(None)
        .ok()
        .and_then(|binaries| binaries.tool(name))
        .unwrap_or_else(|| Path::new(name).to_owned())
}
