//! At a real terminal: prompts, colours, Ctrl-C.

use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

use crate::support::{Binary, Database, binary};

fn at_terminal(database: &Database, args: &[&str]) -> PtySession {
    let mut command = Command::new(binary());
    command
        .args(args)
        .env("DATABASE_URL", database.url())
        .env("TERM", "xterm")
        .env("TZ", "UTC")
        .env_remove("NO_COLOR");
    spawn_command(command, Some(120_000)).expect("a pseudo-terminal")
}

fn exit_code(session: &PtySession) -> Option<i32> {
    match session.process().wait() {
        Ok(rexpect::process::WaitStatus::Exited(_, code)) => Some(code),
        _ => None,
    }
}

fn seeded() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "environment", "set", "test"]).expect_code(0);
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database
}

#[test]
fn a_prompt_names_what_goes_and_no_is_no() {
    let database = seeded();
    let mut session = at_terminal(&database, &["db", "rollback", "--to", "create_scheduled_jobs"]);
    session.exp_string("with 4 rows in ").unwrap();
    session.exp_string("on the private server (test)? [y/N]").unwrap();
    session.send_line("").unwrap();
    session.exp_string("nothing was changed").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(exit_code(&session), Some(4));
    assert_ne!(database.value("to_regclass('templates')"), "");
}

#[test]
fn yes_is_yes() {
    let database = seeded();
    let mut session = at_terminal(&database, &["db", "rollback", "--to", "create_scheduled_jobs"]);
    session.exp_string("[y/N]").unwrap();
    session.send_line("y").unwrap();
    session.exp_string("Reverted ").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(exit_code(&session), Some(0));
    assert_eq!(database.value("to_regclass('templates')"), "");
}

#[test]
fn a_reset_wants_the_name_typed() {
    let database = seeded();
    let mut session = at_terminal(&database, &["db", "reset"]);
    session.exp_string("Type the name of the database to go on:").unwrap();
    session.send_line("yes").unwrap();
    session.exp_string("is not the name of this database").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "7");

    let mut session = at_terminal(&database, &["db", "reset"]);
    session.exp_string("to go on:").unwrap();
    session.send_line(&database.name).unwrap();
    session.exp_string("It is empty now").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(exit_code(&session), Some(0));
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "0");
}

#[test]
fn ctrl_c_at_the_prompt_changes_nothing() {
    let database = seeded();
    let mut session = at_terminal(&database, &["db", "reset"]);
    session.exp_string("to go on:").unwrap();
    session.send_control('c').unwrap();
    session.exp_string("interrupted; nothing was changed").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(exit_code(&session), Some(130));
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "7");
}

/// One pair is certain, three are not.
fn doubtful() -> Database {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO contacts (name, phone, email) VALUES \
         ('Eva Ruiz', '+34600111222', 'eva@ruiz.example'), ('Eva Ruiz', '+34600111222', 'eva@ruiz.example'), \
         ('Ana Prueba', '+34600111333', NULL), ('Ana M. Prueba', '+34600111333', 'ana@prueba.example'), \
         ('James Ray', '+12125551234', NULL), ('J. Ray', '+12125551234', NULL), \
         ('Luis Sol', NULL, 'luis@sol.example'), ('L. Sol', NULL, 'luis@sol.example')",
    );
    database
}

#[test]
fn a_review_merges_what_is_sure_and_asks_about_the_rest() {
    let database = doubtful();
    let count = |table: &str| database.value(&format!("(SELECT count(*) FROM {table})"));
    let review = ["contacts", "dedupe", "--review", "--max-wrong", "0.003", "--color", "never"];
    let mut session = at_terminal(&database, &review);
    session.exp_string("Merge 1 cluster that is certain, 1 contact into others, in ").unwrap();
    session.exp_string("on the private server").unwrap();
    session.exp_string("[y]es, [n]o, [q]uit ").unwrap();
    session.send_line("y").unwrap();
    let asked = "Are they one? [y]es, [n]o, [s]kip, [u]ndo, [q]uit, [?] ";
    session.exp_string("Question 1 of 3 at most: ").unwrap();
    let screen = decoded(&session.exp_string(asked).unwrap());
    assert!(screen.contains("agrees") && screen.lines().count() < 24, "{screen}");
    assert!(screen.lines().all(|line| line.trim_end().chars().count() <= 80), "{screen}");
    assert_eq!(count("contacts"), "7");
    session.send_line("perhaps").unwrap();
    session.exp_string(asked).unwrap();
    session.send_line("?").unwrap();
    session.exp_string("undo the last answer").unwrap();
    session.exp_string(asked).unwrap();
    // Each answer is in the database before the next question, and gone again when it is undone.
    for (answer, tables) in [("y", ["6", "0"]), ("n", ["7", "1"])] {
        session.send_line(answer).unwrap();
        session.exp_string("Question 2 of 3 at most: ").unwrap();
        session.exp_string(asked).unwrap();
        assert_eq!([count("contacts"), count("distinct_contacts")], tables, "{answer}");
        session.send_line("u").unwrap();
        session.exp_string("Question 1 of 3 at most: ").unwrap();
        session.exp_string(asked).unwrap();
        assert_eq!([count("contacts"), count("distinct_contacts")], ["7", "0"], "{answer}");
    }
    for (number, answer) in [(2, "y"), (3, "n")] {
        session.send_line(answer).unwrap();
        session.exp_string(&format!("Question {number} of 3 at most: ")).unwrap();
        session.exp_string(asked).unwrap();
    }
    session.send_line("q").unwrap();
    session.exp_string("1 cluster merged unasked, 1 yes merged, 1 remembered").unwrap();
    session.exp_string("1 question is still open").unwrap();
    session.exp_string("contacts unmerge --run ").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(exit_code(&session), Some(0));
    // What was answered is not asked again.
    let mut session = at_terminal(&database, &review);
    session.exp_string("Question 1 of 1 at most: ").unwrap();
    session.exp_string(asked).unwrap();
    session.send_line("q").unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn a_review_that_is_stopped_says_what_it_did() {
    for (answer, said) in [
        ("y", "1 yes merged, 0 remembered as not the same"),
        ("n", "0 yeses merged, 1 remembered as not the same"),
    ] {
        let database = doubtful();
        let mut session =
            at_terminal(&database, &["contacts", "dedupe", "--review", "--max-wrong", "0.003"]);
        session.exp_string("[q]uit ").unwrap();
        session.send_line("n").unwrap();
        session.exp_string("[?] ").unwrap();
        session.send_line(answer).unwrap();
        session.exp_string("Question 2 of 3 ").unwrap();
        session.exp_string("[?] ").unwrap();
        session.send_control(if answer == "y" { 'c' } else { 'd' }).unwrap();
        session.exp_string(said).unwrap();
        session.exp_eof().unwrap();
        assert_eq!(exit_code(&session), Some(if answer == "y" { 130 } else { 4 }));
    }
}

#[test]
fn prompts_of_merges_show_what_will_happen_before_they_ask() {
    let database = Database::migrated();
    let (a, b) = ("00000001-0000-4000-8000-000000000000", "00000002-0000-4000-8000-000000000000");
    database.execute(&format!(
        "INSERT INTO contacts (id, name, phone, created_at) VALUES \
         ('{a}', 'Ana Prueba', '+34600111222', '2020-01-01'), ('{b}', 'Ana M. Prueba', '+34600111222', '2021-01-01'); \
         CREATE TABLE calls (contact_id uuid REFERENCES contacts (id)); INSERT INTO calls VALUES ('{b}')"
    ));
    let mut session = at_terminal(&database, &["contacts", "dedupe", "--max-wrong", "1"]);
    for shown in ["Ana M. Prueba", "1 of calls.contact_id", "[y/N]"] {
        session.exp_string(shown).unwrap();
    }
    session.send_line("n").unwrap();
    session.exp_eof().unwrap();
    let mut session = at_terminal(&database, &["contacts", "merge", a, b]);
    // Whose name is the same is told apart.
    let goes = format!("Ana M. Prueba, {b}, +34600111222");
    for shown in [&goes, "1 of calls.contact_id", "Ana M. Prueba into Ana", "[y/N]"] {
        session.exp_string(shown).unwrap();
    }
    session.send_line("n").unwrap();
    session.exp_eof().unwrap();
    database.execute("UPDATE contacts SET name = 'Ana M. Prueba'");
    let mut session = at_terminal(&database, &["contacts", "merge", a, b]);
    session.exp_string(&format!("Merge Ana M. Prueba ({b}) into Ana M. Prueba ({a})")).unwrap();
    session.exp_string("[y/N]").unwrap();
    session.send_line("y").unwrap();
    session.exp_eof().unwrap();
    let id = database.value("(SELECT id FROM contact_merges)");
    let mut session = at_terminal(&database, &["contacts", "unmerge", &id]);
    for shown in ["calls.contact_id: 1 back", "Ana M. Prueba", "[y/N]"] {
        session.exp_string(shown).unwrap();
    }
    session.send_line("n").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "1");
}

#[test]
fn colour_and_a_progress_bar() {
    let database = Database::migrated();
    let mut session = at_terminal(&database, &["db", "status"]);
    let output = session.exp_eof().unwrap();
    assert!(output.contains("\x1b[32m") || output.contains("\x1b[38;5;10m"), "{output:?}");
    let mut session = at_terminal(&database, &["db", "seed", "--profile", "medium"]);
    let output = session.exp_eof().unwrap();
    assert!(output.contains("left"), "{output:?}");
    assert!(output.contains("of the medium profile"), "{output:?}");
}

#[test]
fn it_fits_eighty_columns() {
    let database = seeded();
    database.execute("ANALYZE");
    for args in [
        &["db", "status"][..],
        &["db", "check"],
        &["table-sizes"],
        &["db", "reset", "--dry-run"],
        &["db", "rollback", "--dry-run", "--to", "0"],
    ] {
        let mut session = at_terminal(&database, &[args, &["--color", "never"]].concat());

        let output = decoded(&session.exp_eof().unwrap());
        for line in output.lines() {
            assert!(line.trim_end().chars().count() <= 80, "{args:?}: {line}");
        }
    }
}

/// The reader takes bytes for characters where a character is cut by its buffer.
fn decoded(output: &str) -> String {
    let bytes: Option<Vec<u8>> =
        output.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| output.to_owned())
}
