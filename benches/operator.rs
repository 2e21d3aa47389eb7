//! What an operator asks, as whole commands on one server.
//!
//! `cargo bench --bench operator` runs all; `-- tables`, `-- doctor [SIZE]`,
//! `-- stats [SIZE]`, `-- lists [SIZE]` or `-- completions [SIZE]` one of them,
//! `-- all SIZE` all on more data than the medium size.

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
    if ["all", "doctor", "stats", "lists", "completions"].contains(&which) {
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
        if is_wanted("completions") {
            completions(&database, profile);
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

/// What a shell is answered while a line is typed, and where nobody answers.
fn completions(database: &Database, profile: &str) {
    let email = database.value("(SELECT left(max(email), 3) FROM contacts)");
    let away = "postgres://inbox@127.0.0.1:1/inbox";
    for (what, words, url) in [
        ("by id", &["contacts", "show", "01"][..], database.url()),
        ("by e-mail", &["contacts", "show", &email], database.url()),
        ("by phone", &["messages", "thread", "--contact", "+3"], database.url()),
        ("of templates", &["templates", "show", ""], database.url()),
        ("of users", &["assignments", "list", "--user", "a"], database.url()),
        ("of columns", &["jobs", "list", "--columns", "id,"], database.url()),
        ("of commands", &["mess"], database.url()),
        ("without a database", &["contacts", "show", "01"], String::from(away)),
    ] {
        let asked = || {
            let mut command = command(database);
            command.args(["--", "inboxctl"]).args(words).env("DATABASE_URL", &url);
            command.env("INBOXCTL_COMPLETE", "bash").env("_CLAP_IFS", "\n");
            command.env("_CLAP_COMPLETE_INDEX", words.len().to_string());
            command
        };
        time(&format!("{profile}: completions {what}"), asked, 50.0);
    }
    let psql = || {
        let mut command = Command::new("psql");
        command.args(["-XAtc", "SELECT 1", &database.url()]).stdout(Stdio::null());
        command
    };
    time(&format!("{profile}: psql -c 'SELECT 1', beside them"), psql, f64::INFINITY);
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
    let asked = || {
        let mut command = command(database);
        command.args(args);
        command
    };
    time(what, asked, bound_ms);
}

fn time(what: &str, asked: impl Fn() -> Command, bound_ms: f64) {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let mut command = asked();
            let start = Instant::now();
            let status = command.status().expect("it runs");
            // Trouble found is an answer too.
            assert!([Some(0), Some(3)].contains(&status.code()), "{command:?}");
            start.elapsed()
        })
        .collect();
    times.sort();
    let millis = |time: Duration| time.as_secs_f64() * 1000.0;
    let bound =
        if bound_ms.is_finite() { format!(" (bound: {bound_ms} ms)") } else { String::new() };
    println!(
        "operator {what:<44} median {:>7.1} ms, worst {:>7.1} ms{bound}",
        millis(times[times.len() / 2]),
        millis(times[times.len() - 1])
    );
}

fn command(database: &Database) -> Command {
    let mut command = Command::new(support::binary());
    command.env("DATABASE_URL", database.url()).stdout(Stdio::null());
    command
}
