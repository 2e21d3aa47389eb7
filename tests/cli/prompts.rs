//! What is asked at a terminal: what, how many and where, once it was shown, and nothing where there
//! is nothing to do.

use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

use crate::assert_ran;
use crate::support::screen::Screen;
use crate::support::{Binary, Database, binary};

const AMARA: &str = "01900000-0000-7000-8000-000000000101";
const JOSE: &str = "01900000-0000-7000-8000-000000000102";

fn production() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    Binary::on(&database).run(["db", "environment", "set", "production", "--yes"]).expect_code(0);
    database
}

pub(crate) fn at_terminal(database: &Database, line: &str) -> PtySession {
    let mut command = Command::new(binary());
    command
        .args(line.split(' '))
        .env("DATABASE_URL", database.url())
        .env("TERM", "xterm")
        .env("TZ", "UTC")
        .env_remove("NO_COLOR");
    spawn_command(command, Some(120_000)).expect("a pseudo-terminal")
}

pub(crate) fn exit_code(session: &PtySession) -> Option<i32> {
    match session.process().wait() {
        Ok(rexpect::process::WaitStatus::Exited(_, code)) => Some(code),
        _ => None,
    }
}

#[test]
fn each_question_shows_first_and_says_where() {
    let database = production();
    database.execute("UPDATE integrations SET config = '{\"from_number\": \"+2\"}'");
    let before = database.contents();
    database.execute("UPDATE scheduled_jobs SET created_at = now() - interval '3 years', updated_at = now() - interval '3 years', finished_at = now() - interval '3 years' WHERE status = 'COMPLETED'");
    let place =
        format!(" in {} on the private server (\x1b[31;1mPRODUCTION\x1b[0m)? [y/N]", database.name);
    let merge = format!("contacts merge {AMARA} {JOSE}");
    for (line, shown, asked) in [
        ("jobs retry --failed", "would be retried", "Retry 1 job of scheduled_jobs"),
        ("jobs cleanup", "scheduled_jobs", "Delete 1 row of scheduled_jobs"),
        (
            "users deactivate viewer@inbox.example",
            "Would deactivate",
            "Deactivate viewer@inbox.example",
        ),
        (
            "assignments clear 01900000-0000-7000-8000-000000000101",
            "would be changed",
            "Take contact",
        ),
        ("presence sweep --older-than 1s", "Would set", "Set "),
        // The names, as far as this terminal decodes them.
        (&merge, "Would merge", "Merge Jos"),
        ("integrations set-config SMS from_number=+1", "Would change", "Overwrite from_number"),
        ("db environment set test", "test", "as test (it is production)"),
        ("db rollback --allow-production", "Would revert", "Revert 1 migration"),
        ("db seed --allow-production", "ADMIN", "Add the base sample rows"),
    ] {
        let mut session = at_terminal(&database, line);
        let seen = session.exp_string(&place).unwrap_or_else(|error| panic!("{line}: {error}"));
        let shown_at = seen.find(shown).unwrap_or_else(|| panic!("{line}: {seen}"));
        assert!(seen.rfind(asked).is_some_and(|asked_at| shown_at < asked_at), "{line}: {seen}");
        session.send_line("n").unwrap();
        session.exp_string("You answered no").unwrap();
        session.exp_eof().unwrap();
        assert_eq!(exit_code(&session), Some(4), "{line}");
    }
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "7");
    let after = database.contents();
    let changed: Vec<_> = before.iter().zip(&after).filter(|(one, other)| one != other).collect();
    assert!(changed.iter().all(|(one, _)| one.0.contains("scheduled_jobs")), "{changed:?}");
}

#[test]
fn the_name_is_asked_for_with_the_place_too() {
    let database = production();
    let mut session = at_terminal(&database, "db reset --allow-production");
    session.exp_string("Would drop").unwrap();
    session.exp_string(&format!("in {} on the private server (", database.name)).unwrap();
    session.exp_string("Type the name of the database to go on:").unwrap();
    session.send_control('c').unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn nothing_to_do_is_said_and_not_asked() {
    let database = production();
    for line in [
        "audit prune --older-than 7300d",
        "jobs cleanup --older-than 7300d",
        "presence sweep --older-than 7300d",
    ] {
        let mut session = at_terminal(&database, line);
        let seen = session.exp_eof().unwrap();
        assert_eq!(exit_code(&session), Some(0), "{line}: {seen}");
        assert!(!seen.contains('?'), "{line}: {seen}");
        assert!(!seen.trim().is_empty(), "{line}");
        // Where nobody sits, consent is needed all the same: the next night there is something.
        Binary::on(&database).run(line.split(' ')).expect_code(4);
    }
}

#[test]
fn marking_production_and_releasing_a_hold_ask() {
    let database = Database::migrated();
    let set = |name: &'static str, flags: &[&'static str]| {
        Binary::on(&database).run([&["db", "environment", "set", name], flags].concat())
    };
    set("test", &[]).expect_code(0);
    assert_ran!("environment_production", set("production", &[]));
    set("production", &["--yes"]).expect_code(0);
    // What it is already isn't asked.
    set("production", &[]).expect_code(0);
    set("staging", &[]).expect_code(4);

    let hold = ["retention", "holds", "add", "--action", "contact.merge", "--reason", "a case"];
    let hold =
        Binary::on(&database).run([&hold[..], &["--format", "json"]].concat()).expect_code(0);
    let id = hold.json()["id"].as_str().unwrap().to_owned();
    let release = |flags: &[&str]| {
        Binary::on(&database).run([&["retention", "holds", "release", &id], flags].concat())
    };
    release(&[]).expect_code(4);
    let in_force = "(SELECT count(*) FROM retention_holds WHERE released_at IS NULL)";
    assert_eq!(database.value(in_force), "1");
    release(&["--yes"]).expect_code(0);
    assert_eq!(database.value(in_force), "0");
}

#[test]
fn production_gets_no_sample_rows_unasked() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "environment", "set", "production", "--yes"]).expect_code(0);
    let seed = |flags: &[&str]| Binary::on(&database).run([&["db", "seed"], flags].concat());
    let users = "(SELECT count(*) FROM users)";
    assert_ran!("seed_production", seed(&[]));
    seed(&["--yes"]).expect_code(4);
    seed(&["--profile", "small", "--seed", "2", "--yes"]).expect_code(4);
    assert_ran!("seed_unasked", seed(&["--allow-production"]));
    assert_eq!(database.value(users), "0");
    seed(&["--allow-production", "--yes"]).expect_code(0);
    assert_eq!(database.value(users), "3");
}

#[test]
fn no_word_of_a_question_breaks_at_the_edge() {
    let database = production();
    let hold = ["retention", "holds", "add", "--action", "contact.merge", "--reason", "a case"];
    let hold = Binary::on(&database).run([&hold[..], &["--format", "json"]].concat());
    let id = hold.expect_code(0).json()["id"].as_str().unwrap().to_owned();
    let at = |columns: u16| {
        let mut command = Command::new(binary());
        command.args(["retention", "holds", "release", &id]).args(["--color", "never"]);
        command.env("DATABASE_URL", database.url()).env("TERM", "xterm");
        let mut screen = Screen::start(command, columns, 40);
        screen.expect("[y/N]");
        screen.press("n\r");
        let shown = screen.expect("You answered no");
        assert_eq!(screen.end(), Some(4));
        shown
    };
    let wide = at(400);
    let question = wide.lines().find(|line| line.contains("[y/N]")).unwrap();
    let length = u16::try_from(question.find("[y/N]").unwrap()).unwrap();
    // Each of these edges is within the answers, or just behind them.
    for columns in length + 1..length + 7 {
        let shown = at(columns);
        assert!(
            shown.contains("(PRODUCTION)?\n[y/N]") || columns >= length + 5,
            "{columns}: {shown}"
        );
    }
}
