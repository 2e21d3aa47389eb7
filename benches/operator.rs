//! What an operator asks, as whole commands on one server.
//!
//! `cargo bench --bench operator` runs all; `-- tables`, `-- doctor [PROFILE]`,
//! `-- stats [PROFILE]` or `-- lists [PROFILE]` one of them, `-- all PROFILE` all
//! on more data than the medium profile.

#[path = "../tests/cli/support/mod.rs"]
mod support;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::Database;

const RUNS: usize = 15;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let which = args.first().map_or("all", String::as_str);
    let profile = args.get(1).map_or("medium", String::as_str);
    if ["all", "tables"].contains(&which) {
        tables();
    }
    if ["all", "doctor", "stats", "lists"].contains(&which) {
        let database = seeded(profile);
        let is_wanted = |part: &str| ["all", part].contains(&which);
        if is_wanted("doctor") {
            measure(&database, &format!("{profile}: doctor"), &["doctor"], 1_000.0);
            measure(&database, &format!("{profile}: table-sizes"), &["table-sizes"], 200.0);
        }
        if is_wanted("stats") {
            let since = ["stats", "--since", "30d"];
            measure(&database, &format!("{profile}: stats --since 30d"), &since, 1_000.0);
            let by_day = ["stats", "--since", "30d", "--by", "day"];
            measure(&database, &format!("{profile}: stats --by day"), &by_day, 1_000.0);
        }
        if is_wanted("lists") {
            lists(&database, profile);
        }
    }
}

/// Everything that shows some rows of many.
fn lists(database: &Database, profile: &str) {
    // The contact and the thread with the most messages: the slowest to show.
    let busiest = |column: &str| {
        database.value(&format!(
            "(SELECT {column} FROM messages WHERE {column} IS NOT NULL \
              GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)"
        ))
    };
    let (contact, thread) = (busiest("contact_id"), busiest("thread_id"));
    for args in [
        &["messages", "thread", &thread][..],
        &["messages", "thread", "--contact", &contact],
        &["messages", "unread"],
        &["messages", "unread", "--by", "contact"],
        &["messages", "unread", "--by", "user"],
        &["messages", "unread", "--by", "channel"],
        &["messages", "failed"],
        &["jobs", "list"],
        &["jobs", "list", "--overdue"],
        &["jobs", "stats"],
        &["users", "list"],
        &["templates", "list"],
        &["audit", "list"],
        &["audit", "list", "--action", "contact.update"],
        &["assignments", "list"],
        &["presence", "list"],
        &["contacts", "show", &contact],
        &["contacts", "merges"],
        &["maintenance", "log"],
    ] {
        let what: Vec<&str> =
            args.iter().map(|arg| if arg.len() > 30 { "ID" } else { arg }).collect();
        measure(database, &format!("{profile}: {}", what.join(" ")), args, 50.0);
    }
}

/// A thousand tables, each with a row, an index and a TOAST table.
fn tables() {
    let database = Database::migrated();
    for hundred in 0..10 {
        database.execute(&format!(
            "DO $$ BEGIN FOR n IN 1..100 LOOP \
                 EXECUTE format('CREATE TABLE bench_{hundred}_%s (id integer PRIMARY KEY, word text); \
                     INSERT INTO bench_{hundred}_%s VALUES (1, ''x'')', n, n); \
             END LOOP; END $$"
        ));
    }
    measure(&database, "1,000 tables: table-sizes", &["table-sizes"], 200.0);
    measure(&database, "1,000 tables: --indexes", &["table-sizes", "--indexes"], 200.0);
    measure(&database, "1,000 tables: doctor", &["doctor"], 1_000.0);
}

fn seeded(profile: &str) -> Database {
    let database = Database::migrated();
    let ran = command(&database).args(["db", "seed", "--quiet", "--profile", profile]).status();
    assert!(ran.expect("it runs").success());
    database.execute("VACUUM ANALYZE");
    database
}

fn measure(database: &Database, what: &str, args: &[&str], bound_ms: f64) {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            let status = command(database).args(args).status().expect("it runs");
            // Trouble found is an answer too.
            assert!([Some(0), Some(3)].contains(&status.code()), "{args:?}");
            start.elapsed()
        })
        .collect();
    times.sort();
    let millis = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "operator {what:<44} median {:>7.1} ms, worst {:>7.1} ms (bound: {bound_ms} ms)",
        millis(times[times.len() / 2]),
        millis(times[times.len() - 1])
    );
}

fn command(database: &Database) -> Command {
    let mut command = Command::new(support::binary());
    command.env("DATABASE_URL", database.url()).stdout(Stdio::null());
    command
}
