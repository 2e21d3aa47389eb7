//! Rows a second into an archive beside the same rows into a plain file, in one
//! run, on this thread alone: `cargo bench --bench archive [ROWS]`.
//!
//! Plain is `write` through a buffer and one fsync: no compression, no digest,
//! nothing read back. `psql` is its COPY of the same lines to a file, whose
//! server works beside it.

#[path = "../tests/cli/support/mod.rs"]
mod support;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::Text;
use inboxctl::archive::{Archive, Writer};
use inboxctl::store::archive_rows::{self, Layout};
use nix::sys::resource::{UsageWho, getrusage};
use support::Database;

fn main() {
    let rows = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(500_000u32);
    let database = Database::migrated();
    database.execute(&format!(
        "INSERT INTO audit_logs (actor, action, resource, resource_id, details, created_at)
         SELECT 'agent' || n % 40 || '@example.com', 'message.send', 'messages', uuid_v7()::text,
             jsonb_build_object('channel', 'EMAIL', 'to', md5(n::text), 'attempt', n % 3, 'bytes', n * 7 % 9000),
             '2025-01-01'::timestamptz + n * interval '1 s'
         FROM generate_series(1, {rows}) AS n"
    ));
    let mut conn = database.connect();
    diesel::sql_query("SET TimeZone = 'UTC'").execute(&mut conn).expect("a setting");
    let layout = archive_rows::layout(&mut conn, "audit_logs").expect("a layout").expect("a table");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut lines = Vec::new();
    load(&mut conn, &layout, |line, key| lines.push((line.to_owned(), key.to_owned())));

    let report = |what: &str, took: Duration| {
        println!("archive  {what:<36} {:>10.0} rows/s", f64::from(rows) / took.as_secs_f64());
    };
    let (mut plain, mut archived) = (Duration::MAX, Duration::MAX);
    // The order alternates, and the least counts, so that a busy machine
    // disturbs both alike.
    for _ in 0..3 {
        plain = plain.min(write_plain(folder.path(), &lines));
        archived = archived.min(write_archive(folder.path(), &layout, &lines));
    }
    report("plain file, fsync", plain);
    report("archive, read back and verified", archived);
    println!(
        "archive  ratio {:.2} (bound: at least 150,000 rows/s)",
        plain.as_secs_f64() / archived.as_secs_f64()
    );
    drop(lines);

    let start = Instant::now();
    let mut writer = Writer::create(folder.path(), about(&layout)).expect("a writer");
    load(&mut conn, &layout, |line, key| writer.write_row(line.as_bytes(), key).expect("a row"));
    let manifest = writer.finish().expect("an archive");
    report("from the server into an archive", start.elapsed());
    report("from the server by psql \\copy", psql(&database, &layout, folder.path()));
    let start = Instant::now();
    Archive::open(&folder.path().join(manifest.name()))
        .and_then(|archive| archive.verify(&|| None))
        .expect("it is right");
    report("verify", start.elapsed());
    println!(
        "archive  {} bytes of rows, {} compressed",
        manifest.plain_bytes, manifest.compressed_bytes
    );
    restore(&database, &folder.path().join(manifest.name()), rows);
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
    #[diesel(sql_type = Text)]
    key: String,
}

fn about(layout: &Layout) -> inboxctl::archive::About {
    layout.about("2026-01-01T00:00:00Z".parse().expect("a time"))
}

fn load(conn: &mut PgConnection, layout: &Layout, mut each: impl FnMut(&str, &str)) {
    let query = format!("SELECT {} FROM audit_logs AS t", layout.line_columns("t"));
    let rows = diesel::sql_query(query).load_iter::<Line, PgRowByRowLoadingMode>(conn);
    for row in rows.expect("the rows") {
        let row = row.expect("a row");
        each(&row.line, &row.key);
    }
}

fn write_plain(folder: &Path, lines: &[(String, String)]) -> Duration {
    let start = Instant::now();
    let file = File::create(folder.join("plain")).expect("a file");
    let mut out = BufWriter::with_capacity(128 * 1024, file);
    for (line, _) in lines {
        out.write_all(line.as_bytes()).and_then(|()| out.write_all(b"\n")).expect("a line");
    }
    out.into_inner().expect("the rest").sync_all().expect("a disk");
    start.elapsed()
}

fn write_archive(folder: &Path, layout: &Layout, lines: &[(String, String)]) -> Duration {
    let start = Instant::now();
    let mut writer = Writer::create(folder, about(layout)).expect("a writer");
    for (line, key) in lines {
        writer.write_row(line.as_bytes(), key).expect("a row");
    }
    writer.finish().expect("an archive");
    start.elapsed()
}

fn psql(database: &Database, layout: &Layout, folder: &Path) -> Duration {
    let psql = inboxctl::local::Binaries::find(None)
        .ok()
        .and_then(|binaries| binaries.tool("psql"))
        .unwrap_or_else(|| Path::new("psql").to_owned());
    let copy = format!(
        "\\copy (SELECT {} FROM audit_logs AS t) to '{}'",
        layout.line_columns("t"),
        folder.join("copied").display()
    );
    let start = Instant::now();
    let status = Command::new(psql)
        .args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", &copy, "-d"])
        .arg(database.url())
        .stdout(Stdio::null())
        .status();
    assert!(status.expect("psql runs").success());
    start.elapsed()
}

/// Half of the rows are gone; memory is that of the one command.
fn restore(database: &Database, manifest: &Path, rows: u32) {
    database.execute("DELETE FROM audit_logs WHERE extract(second FROM created_at)::int % 2 = 0");
    let start = Instant::now();
    let status = Command::new(support::binary())
        .args(["retention", "restore", "--quiet"])
        .arg(manifest)
        .env("DATABASE_URL", database.url())
        .stdout(Stdio::null())
        .status();
    assert!(status.expect("it runs").success());
    let rate = f64::from(rows) / start.elapsed().as_secs_f64();
    let peak_kib = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the kernel counts it").max_rss();
    println!("archive  {:<36} {rate:>10.0} rows/s", "restore, half of them there");
    println!("archive  peak memory of children {:.0} MB (bound: 64 MB)", peak_kib as f64 / 1000.0);
}
