//! `ui` at a real terminal, against a real server.

mod picture;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::screen::Screen;
use crate::support::{Binary, Database, binary, eventually, log_file};

const JOSE: &str = "01900000-0000-7000-8000-000000000102";

fn seeded() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "environment", "set", "test"]).expect_code(0);
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database
}

fn command(url: &str, args: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.arg("ui").args(args).env("DATABASE_URL", url).env("TERM", "xterm-256color");
    command.env_remove("NO_COLOR").env_remove("INBOXCTL_ACTOR");
    command
}

fn ui(database: &Database, args: &[&str]) -> Screen {
    let screen = Screen::start(command(&database.url(), args), 110, 30);
    screen.expect("q quit");
    screen
}

/// Searches for what one row has, and selects it.
fn search(screen: &mut Screen, text: &str) {
    screen.press(&format!("/\x15{text}"));
    let is_found =
        |contents: &str| contents.contains(&format!("/ {text} ")) && contents.contains(" 1/1 │");
    screen.until(&format!("finds {text}"), is_found);
    screen.press("\r");
}

/// The thread of the one contact that is found so; `shown` stands there.
fn open_thread(screen: &mut Screen, contact: &str, shown: &str) {
    screen.press("2");
    search(screen, contact);
    screen.press("\r");
    screen.expect(shown);
}

/// The id of a contact, whose name is unique.
fn contact(database: &Database, name: &str) -> String {
    database.value(&format!("(SELECT id FROM contacts WHERE name = '{name}')"))
}

/// Two that are one person, and a third one.
fn twins(database: &Database) {
    database.execute(
        "INSERT INTO contacts (name, phone, email) VALUES \
             ('Wilhelmina Quist', '+4930901100', 'quist@example.org'), \
             ('Quist, Wilhelmina', '+4930901100', 'w.quist@example.org')",
    );
}

#[test]
fn found_opened_merged_and_taken_apart_again() {
    let database = seeded();
    twins(&database);
    let (kept, gone) =
        (contact(&database, "Wilhelmina Quist"), contact(&database, "Quist, Wilhelmina"));
    let mut screen = ui(&database, &[]);
    screen.press("2");
    screen.expect("Contacts");
    // Marked, and the other one merged into it.
    search(&mut screen, "quist@example.org");
    screen.press(" ");
    screen.expect("◆");
    search(&mut screen, "w.quist@example.org");
    screen.expect("Quist, Wilhelmina");
    screen.press("a");
    screen.expect("merge it into Wilhelmina Quist");
    screen.expect(&format!("inboxctl contacts merge {kept} {gone}"));
    screen.press("\r");
    screen.expect("$ inboxctl contacts merge");
    screen.expect("[y/N]");
    screen.press("y\r");
    screen.expect("Press any key to go back");
    assert_eq!(database.value("(SELECT count(*) FROM contact_merges)"), "1");
    let entries = "(SELECT count(*) FROM audit_logs WHERE action = 'contact.merge')";
    assert_eq!(database.value(entries), "1");
    screen.press("x");
    screen.expect("found by");
    // In its thread the merge stands, and can be undone.
    search(&mut screen, "quist@example.org");
    screen.press("\r");
    screen.expect("merged 1 contact");
    screen.press("u");
    screen.expect("$ inboxctl contacts unmerge");
    screen.press("y\r");
    // What the first command asked and said may stand above.
    eventually("the merge is undone", || {
        database.value("(SELECT count(*) FROM contact_merges WHERE undone_at IS NULL)") == "0"
    });
    eventually("the thread is back", || {
        screen.press("x");
        screen.contents().contains("undone: ")
    });
    assert_eq!(contact(&database, "Quist, Wilhelmina"), gone);
    screen.press("\x1b");
    screen.expect("Contacts");
    screen.press("q");
    assert_eq!(screen.end(), Some(0));
}

#[test]
fn a_job_is_tried_again_and_control_c_at_the_question_leads_back() {
    let database = seeded();
    let failed = "(SELECT count(*) FROM scheduled_jobs WHERE status = 'FAILED')";
    let mut screen = ui(&database, &[]);
    screen.press("4o");
    screen.expect("Jobs, failed");
    screen.expect("FAILED");
    screen.press("t");
    screen.expect("$ inboxctl jobs retry");
    screen.expect("[y/N]");
    screen.press("\x03");
    screen.expect("exit code 130");
    screen.press("x");
    screen.expect("Jobs, failed");
    assert_eq!(database.value(failed), "1", "nothing was changed");
    screen.press("t");
    screen.expect("[y/N]");
    screen.press("y\r");
    screen.expect("Done. Press any key");
    screen.press(" ");
    screen.expect("There is nothing here.");
    assert_eq!(database.value(failed), "0");
    screen.press("\x03");
    assert_eq!(screen.end(), Some(0));
}

#[test]
fn duplicates_are_reviewed_side_by_side() {
    let database = seeded();
    twins(&database);
    let mut screen = ui(&database, &[]);
    screen.press("3");
    screen.expect("Enter reads all contacts");
    screen.press("\r");
    let mut shown = screen.expect("likely one person");
    for _ in 0..10 {
        if !shown.contains("+4930901100") {
            screen.press("j");
            shown = screen.until("another pair", |contents| contents != shown);
        }
    }
    let line = shown.lines().find(|line| line.contains("+4930901100")).expect("their number");
    assert_eq!(line.matches("+4930901100").count(), 2, "side by side:\n{shown}");
    screen.press("n");
    screen.expect("Press any key to go back");
    screen.press("x");
    screen.expect_no("Wilhelmina");
    assert_eq!(database.value("(SELECT count(*) FROM distinct_contacts)"), "1");
    screen.press("q");
    assert_eq!(screen.end(), Some(0));
}

#[test]
fn a_message_that_arrives_is_seen_in_its_open_thread() {
    let database = seeded();
    let mut screen = ui(&database, &[]);
    open_thread(&mut screen, JOSE, "i about");
    database.execute(&format!(
        "INSERT INTO messages (contact_id, channel, direction, status, content) \
         VALUES ('{JOSE}', 'SMS', 'INBOUND', 'RECEIVED', 'Is anybody there?')"
    ));
    screen.expect("Is anybody there?");
    screen.press("\x03");
    assert_eq!(screen.end(), Some(0));
}

#[test]
fn the_audit_log_grows_as_it_is_written() {
    let database = seeded();
    let mut screen = ui(&database, &[]);
    screen.press("6");
    screen.expect("Audit log");
    Binary::on(&database).run(["jobs", "retry", "--failed", "--yes"]).expect_code(0);
    screen.expect("job.retry");
    screen.press("q");
    assert_eq!(screen.end(), Some(0));
}

#[test]
fn a_lost_connection_is_opened_again() {
    let database = seeded();
    let mut screen = ui(&database, &[]);
    open_thread(&mut screen, JOSE, "i about");
    let pids = "(SELECT string_agg(pid::text, ' ') FROM pg_stat_activity \
                 WHERE datname = current_database() AND application_name = 'inboxctl ui')";
    let before = database.value(pids);
    // Nobody gets in for a while.
    let close =
        |is_open| format!("ALTER DATABASE \"{}\" ALLOW_CONNECTIONS {is_open}", database.name);
    let other = Database::empty();
    other.execute(&close(false));
    other.execute(&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'",
        database.name
    ));
    screen.expect("connecting again");
    // It goes on answering keys.
    screen.press("?");
    screen.expect("quit, from anywhere");
    screen.press("\x1b");
    screen.expect("i about");
    other.execute(&close(true));
    screen.expect_no("connecting again");
    database.execute(&format!(
        "INSERT INTO messages (contact_id, channel, direction, status, content) \
         VALUES ('{JOSE}', 'SMS', 'INBOUND', 'RECEIVED', 'Back again?')"
    ));
    screen.expect("Back again?");
    assert_ne!(database.value(pids), before);
    screen.press("\x03");
    assert_eq!(screen.end(), Some(0));
}

#[test]
fn another_size_is_another_frame() {
    let database = seeded();
    let mut screen = ui(&database, &[]);
    screen.press("2");
    screen.expect("Contacts");
    for (columns, rows) in [(140, 50), (80, 24), (40, 10), (3, 2), (120, 40)] {
        screen.resize(columns, rows);
        if columns < 40 {
            continue;
        }
        let corner = |contents: &str| {
            let lines: Vec<&str> = contents.lines().collect();
            lines.len() == usize::from(rows)
                && lines.last().is_some_and(|line| {
                    line.chars().count() == usize::from(columns) && line.ends_with('╯')
                })
        };
        screen.until("fills the terminal", corner);
    }
    screen.press("q");
    assert_eq!(screen.end(), Some(0));
}

#[test]
fn what_is_moved_on_from_is_cancelled_on_the_server() {
    let database = seeded();
    let mut screen = ui(&database, &[]);
    let lock = database.lock("somebody", "LOCK TABLE audit_logs IN ACCESS EXCLUSIVE MODE");
    screen.press("6");
    eventually("the screen waits for the lock", || database.somebody_waits());
    let began = Instant::now();
    screen.press("2");
    screen.expect("Amara");
    let took = began.elapsed();
    drop(lock);
    assert!(took < Duration::from_millis(900), "{took:?}: it waited for the lock to time out");
    if let Some(log) = log_file() {
        let told = || {
            let log = std::fs::read_to_string(&log).unwrap_or_default();
            log.contains("canceling statement due to user request")
        };
        eventually("the server is told", told);
    }
    screen.press("q");
    assert_eq!(screen.end(), Some(0));
}

#[test]
fn escape_codes_in_data_are_shown_and_never_obeyed() {
    let database = seeded();
    database.execute(
        "UPDATE contacts SET name = E'A\\x1b]0;owned\\x07\\x1b[31mred\\u202e' \
         WHERE id = '01900000-0000-7000-8000-000000000102'; \
         INSERT INTO messages (contact_id, channel, direction, status, content) \
         VALUES ('01900000-0000-7000-8000-000000000102', 'SMS', 'INBOUND', 'RECEIVED', \
             E'x\\x1b[2Jy\\u009b31m')",
    );
    let mut screen = ui(&database, &[]);
    open_thread(&mut screen, JOSE, "[2Jy");
    let written = screen.written();
    for code in
        [&b"\x1b]0;"[..], b"\x1b[2Jy", b"\x1b[31mred", "\u{9b}".as_bytes(), "\u{202e}".as_bytes()]
    {
        let is_there = written.windows(code.len()).any(|part| part == code);
        assert!(!is_there, "{:?} was written", String::from_utf8_lossy(code));
    }
    screen.press("\x03");
    assert_eq!(screen.end(), Some(0));
}

#[test]
fn a_sheet_follows_foreign_keys_and_says_how_far_a_filter_came() {
    let database = seeded();
    database.execute(
        "CREATE TABLE orders (number int PRIMARY KEY, \
             contact uuid REFERENCES contacts (id), what text); \
         INSERT INTO orders SELECT n, '01900000-0000-7000-8000-000000000102', 'thing ' || n \
         FROM generate_series(1, 3000) n",
    );
    let mut screen = ui(&database, &[]);
    screen.press("8");
    screen.expect("Tables");
    search(&mut screen, "orders");
    screen.press("\r");
    screen.expect("by number");
    screen.expect("thing 12");
    screen.press("/thing 2999");
    screen.expect("looked through 3,000 rows, to the end");
    screen.expect(" 1/1 │");
    screen.press("\r\r");
    screen.expect("→ ");
    // The contact that it is of.
    screen.press("j\r");
    screen.expect("contacts where id is 01900000");
    screen.press("hh");
    screen.expect("orders");
    screen.press("\x03");
    assert_eq!(screen.end(), Some(0));
}

#[test]
fn who_may_only_look_is_offered_nothing() {
    let database = seeded();
    for args in [&["--read-only"][..], &["--actor", "viewer@inbox.example"]] {
        let mut screen = ui(&database, args);
        screen.press("4");
        screen.expect("Jobs");
        screen.expect("FAILED");
        screen.press("a");
        screen.expect("there is nothing to do here");
        screen.press("q");
        assert_eq!(screen.end(), Some(0), "{args:?}");
    }
}

#[test]
fn production_is_framed_and_named() {
    let database = seeded();
    Binary::on(&database).run(["db", "environment", "set", "production", "--yes"]).expect_code(0);
    let mut screen = ui(&database, &[]);
    screen.expect(" PRODUCTION ");
    let corner = screen.look(|screen| {
        let cell = screen.cell(0, 0).expect("a corner");
        (cell.contents().to_owned(), cell.fgcolor())
    });
    assert_eq!(corner, (String::from("┏"), vt100::Color::Idx(1)));
    screen.press("q");
    assert_eq!(screen.end(), Some(0));
    let mut plain = command(&database.url(), &[]);
    plain.env("NO_COLOR", "1");
    let mut screen = Screen::start(plain, 80, 24);
    screen.expect(" PRODUCTION ");
    let colours = screen.look(|screen| {
        let cells = (0..24).flat_map(|row| (0..80).map(move |column| (row, column)));
        let cells = cells.filter_map(|(row, column)| screen.cell(row, column));
        cells.filter(|cell| cell.fgcolor() != vt100::Color::Default).count()
    });
    assert_eq!(colours, 0);
    screen.press("q");
    assert_eq!(screen.end(), Some(0));
}

#[test]
fn sigterm_leaves_the_terminal_as_it_was() {
    let database = seeded();
    for at_a_question in [false, true] {
        let mut screen = ui(&database, &[]);
        if at_a_question {
            screen.press("4o");
            screen.expect("FAILED");
            screen.press("t");
            screen.expect("[y/N]");
        }
        let sent = Command::new("kill").args(["-s", "TERM", &screen.pid().to_string()]).status();
        assert!(sent.expect("kill runs").success());
        assert_eq!(screen.end(), Some(143), "{at_a_question}");
    }
}

/// Run by itself, as its own child.
const PANICS: &str = "INBOXCTL_TEST_PANICS";

/// Of a window that is closed, or a host that is cut off, nobody says goodbye.
#[test]
fn it_ends_with_its_terminal() {
    let database = seeded();
    let program = format!("stty rows 30 cols 110; exec '{}' ui", binary().display());
    let mut terminal = Command::new("script")
        .args(["-q", "-c", &program, "/dev/null"])
        .env("DATABASE_URL", database.url())
        .env("TERM", "xterm-256color")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("a terminal");
    let sessions = || {
        database.value(
            "(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
              AND application_name LIKE 'inboxctl ui%')",
        )
    };
    eventually("it is connected", || sessions() != "0");
    terminal.kill().expect("the terminal is closed");
    terminal.wait().expect("it has ended");
    eventually("it has ended too", || sessions() == "0");
}

#[test]
fn a_panic_leaves_the_terminal_as_it_was() {
    if std::env::var_os(PANICS).is_some() {
        let screen = inboxctl::tui::screen::Screen::enter().expect("a terminal");
        std::panic::set_hook({
            let hook = std::panic::take_hook();
            Box::new(move |info| {
                hook(info);
                std::process::exit(1);
            })
        });
        let empty: Vec<u8> = Vec::new();
        // The screen's own destructor doesn't run.
        let _ = std::mem::ManuallyDrop::new(screen);
        panic!("a defect: {:?}", empty.first());
    }
    let mut child = Command::new(std::env::current_exe().expect("this test"));
    child
        .args(["--exact", "ui::a_panic_leaves_the_terminal_as_it_was", "--nocapture"])
        .env(PANICS, "1")
        .env("TERM", "xterm-256color");
    let screen = Screen::start(child, 80, 24);
    screen.expect("a defect");
    let written = String::from_utf8_lossy(&screen.written()).into_owned();
    let (left, told) = (written.rfind("\x1b[?1049l"), written.find("a defect"));
    assert!(left.is_some() && left < told, "it is told on the terminal as it was: {written:?}");
    assert_eq!(screen.end(), Some(1));
}

#[test]
fn without_a_terminal_it_says_what_else_there_is() {
    let database = seeded();
    let ran = Binary::on(&database).run(["ui"]).expect_code(4);
    assert!(ran.stderr.contains("ui needs a terminal"), "{ran}");
    assert!(ran.stderr.contains("hint: run it at a terminal"), "{ran}");
    for format in ["json", "jsonl", "csv"] {
        let ran = Binary::on(&database).run(["ui", "--format", format]).expect_code(2);
        assert!(ran.stderr.contains("is a screen for people"), "{ran}");
        assert_eq!(ran.stdout, "");
    }
}

/// The picture of the README is of a real run: with INBOXCTL_UPDATE=1 it is taken anew.
#[test]
fn the_picture_is_of_a_real_run() {
    let database = seeded();
    Binary::on(&database).run(["db", "seed", "--profile", "small"]).expect_code(0);
    let mut screen = Screen::start(command(&database.url(), &[]), 112, 32);
    screen.expect("Doctor: ");
    screen.expect("last 24 hours");
    let overview = screen.look(|screen| picture::lines(screen, &database.name));
    let busiest = "(SELECT contact_id FROM messages GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)";
    open_thread(&mut screen, &database.value(busiest), "metadata");
    let thread = screen.look(|screen| picture::lines(screen, &database.name));
    screen.press("\x03");
    assert_eq!(screen.end(), Some(0));
    let svg = picture::svg(&[overview, thread], 112);
    assert!(svg.contains("Doctor: ") && svg.contains("unread"), "{svg}");
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/ui.svg");
    if std::env::var_os("INBOXCTL_UPDATE").is_some() {
        std::fs::write(page, svg).expect("docs is there");
    }
    assert!(std::fs::metadata(page).is_ok_and(|file| file.len() < 200_000), "docs/ui.svg");
}
