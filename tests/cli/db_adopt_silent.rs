//! An adoption whose line to the server falls silent. It stands by itself because it takes five
//! minutes: it has a server of its own, and its name has it start early.

use std::thread;

use crate::db_adopt::{APPLICATION, application, decided};
use crate::support::black_hole::{self, Silent};
use crate::support::{Binary, OwnServer};

/// What pg_dump is told by the source, and what pg_restore tells the copy.
#[test]
fn an_adoption_waits_for_neither_end_of_its_copy() {
    let map = decided(&application());
    let map = map.path().join("map.toml");
    // Each DROP DATABASE of a server waits for a process that is stuck in COPY: a server of its own
    // keeps no other test waiting.
    let server = OwnServer::start(&[]);
    server.execute("postgres", "CREATE DATABASE source");
    server.execute("source", APPLICATION);
    server.execute(
        "source",
        "CREATE TABLE bulk (id int PRIMARY KEY, filler text); \
         INSERT INTO bulk SELECT n, repeat('x', 100) FROM generate_series(1, 20000) AS n",
    );
    let line = format!("db adopt --map {} --into adopted", map.display());
    thread::scope(|scope| {
        for silent in [Silent::OneAfter(400_000), Silent::OneAfterSending(400_000)] {
            let url = black_hole::url_of(&server.url("source"), "source", silent);
            let line = &line;
            scope.spawn(move || {
                let ran = Binary::new().env("DATABASE_URL", url).run(line.split(' '));
                assert_eq!(ran.code, 75, "{silent:?}: {ran}");
                assert!(ran.stderr.contains("no answer came any more"), "{silent:?}: {ran}");
            });
        }
    });
    let left = "(SELECT count(*) FROM pg_database WHERE starts_with(datname, 'adopted'))";
    assert_eq!(server.value("postgres", left), "0");
}
