//! `doctor`: what it says of the server itself, on servers that have what it looks for.

use std::thread;

use diesel::connection::SimpleConnection;

use crate::doctor::{Found, check, check_with};
use crate::support::{Binary, Database, OwnServer, eventually, skip};

/// A function of the server that says something else in this database.
fn pretend(database: &Database, function: &str, result: &str) {
    database.execute(&format!(
        "DO $$ BEGIN
             IF to_regproc('pg_catalog.true_{function}') IS NULL THEN
                 ALTER FUNCTION pg_catalog.{function}() RENAME TO true_{function};
             END IF;
         END $$;
         CREATE OR REPLACE FUNCTION pg_catalog.{function}() RETURNS timestamptz LANGUAGE sql
         AS $$ SELECT pg_catalog.true_{function}() + interval '{result}' $$"
    ));
}

#[test]
fn a_clock_that_is_wrong() {
    for (off_by, status, evidence) in [
        ("10 seconds", "fail", "s ahead of this machine"),
        ("-1 hour", "fail", "behind this machine"),
        ("1 second", "ok", "s ahead of this machine"),
    ] {
        let database = Database::migrated();
        pretend(&database, "clock_timestamp", off_by);
        check(&database, "clock").is(status, evidence, if status == "ok" { "" } else { "NTP" });
        let code = if status == "ok" { 0 } else { 3 };
        Binary::on(&database).run(["db", "check"]).expect_code(code);
    }
}

#[test]
fn a_server_past_its_end() {
    let database = Database::migrated();
    pretend(&database, "clock_timestamp", "10 years");
    check(&database, "server-version").is("fail", "got its last fixes on", "pg_upgrade");
}

#[test]
fn ids_that_run_out_because_somebody_keeps_old_rows_alive() {
    let server = OwnServer::start(&[("autovacuum_freeze_max_age", "100000")]);
    let wraparound = || check_with(server.binary("postgres"), "wraparound", &[]);
    wraparound().is("ok", "0% of the transaction ids are used", "");
    // An old transaction: what is newer than it can't be frozen.
    let mut old = server.connect("postgres");
    old.batch_execute("BEGIN; SELECT pg_current_xact_id()").unwrap();
    server.execute(
        "postgres",
        "DO $$ BEGIN
             FOR n IN 1..160000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP;
         END $$",
    );
    let found = wraparound();
    found.is("warn", "0% of the transaction ids are used: 1", "VACUUM (FREEZE) in the database");
    assert!(found.evidence.ends_with("where autovacuum should begin at 100,000"));
}

#[test]
fn large_tables_that_are_read_again_and_again() {
    let database = Database::migrated();
    database.execute(
        "CREATE TABLE looked_at (id integer PRIMARY KEY);
         CREATE TABLE read_through (id integer PRIMARY KEY);
         INSERT INTO looked_at SELECT generate_series(1, 100000);
         INSERT INTO read_through SELECT generate_series(1, 100000)",
    );
    // The thousandth built the index.
    let scan = |table: &str, rows: u32| {
        database.execute(&format!(
            "DO $$ BEGIN
                 FOR n IN 1..999 LOOP
                     PERFORM count(*) FROM (SELECT FROM {table} LIMIT {rows}) AS read;
                 END LOOP;
             END $$"
        ));
        let scans = format!("(SELECT seq_scan FROM pg_stat_user_tables WHERE relname = '{table}')");
        eventually("they are counted", || database.value(&scans) == "1000");
    };
    scan("looked_at", 1);
    check(&database, "scanned-tables").is("ok", "no large table", "");
    scan("read_through", 15_000);
    let evidence = "1 large table read from end to end: read_through (1,000 times)";
    check(&database, "scanned-tables").is("warn", evidence, "pg_stat_statements");
}

#[test]
fn an_index_that_was_not_used_for_long() {
    let database = Database::migrated();
    database.execute(
        "CREATE TABLE large (id integer PRIMARY KEY, word text);
         INSERT INTO large SELECT n, repeat('x', 100) || n FROM generate_series(1, 100000) n;
         CREATE INDEX large_word ON large (word)",
    );
    pretend(&database, "pg_postmaster_start_time", "-7 days");
    check(&database, "unused-indexes").is("ok", "too early to tell of 1: statistics of 7 days", "");
    pretend(&database, "pg_postmaster_start_time", "-9 days");
    let evidence = "1 large index is never used: large_word";
    // Nobody is told to drop an index of the application.
    check(&database, "unused-indexes").is("warn", evidence, "");
}

fn slow_queries(server: &OwnServer, role: &str) -> Found {
    let url = crate::db_migrate::with_user(&server.url("postgres"), role);
    check_with(Binary::new().env("DATABASE_URL", url), "slow-queries", &[])
}

#[test]
fn slow_statements() {
    const MODULE: &str = "pg_stat_statements";
    let server = OwnServer::start(&[]);
    let is_there =
        "(SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_stat_statements')";
    if server.value("postgres", is_there) == "0" {
        return skip(MODULE, "this server doesn't have it");
    }
    slow_queries(&server, "inbox").is("unknown", "is not installed", "CREATE EXTENSION");
    server.execute("postgres", "CREATE EXTENSION pg_stat_statements");
    slow_queries(&server, "inbox").is("unknown", "didn't load", "shared_preload_libraries");
    server.execute("postgres", "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'");
    server.restart();
    slow_queries(&server, "inbox").is("ok", "no statement takes 500 ms", "");
    // Ten times, at once, so that it takes no longer than one of them.
    thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| server.execute("postgres", "SELECT pg_sleep(0.6)"));
        }
    });
    let found = slow_queries(&server, "inbox");
    found.is("warn", "1 slow statement: 6", "EXPLAIN (ANALYZE, BUFFERS)");
    assert!(found.evidence.ends_with("ms SELECT pg_sleep($1)"), "{}", found.evidence);
    server.execute("postgres", "CREATE ROLE guest LOGIN");
    slow_queries(&server, "guest").is(
        "warn",
        "ms that this role may not see",
        "GRANT pg_read_all_stats TO guest",
    );
}
