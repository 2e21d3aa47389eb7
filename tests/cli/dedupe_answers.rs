//! What people answered is taught to the runs that follow.

use serde_json::Value;

use crate::prompts::at_terminal;
use crate::support::{Binary, Database};

const NAMES: [&str; 8] = ["Ray", "Sol", "Kern", "Orlova", "Quirke", "Vega", "Muster", "Lindgren"];

/// Pairs like one another, all as doubtful: one word of the name, a phone but for a digit, two mailboxes.
fn alike() -> Database {
    let database = Database::migrated();
    let pair = |(number, name): (usize, &str)| {
        let row = |side: usize, given: &str| {
            format!(
                "('{}', '{given}{name}', '+3460011{number}4{side}{number}', 'x{number}{side}@of{side}.example')",
                id(number, side)
            )
        };
        [row(1, "James "), row(2, "")].join(", ")
    };
    let rows: Vec<String> = NAMES.into_iter().enumerate().map(pair).collect();
    let rows = rows.join(", ");
    database.execute(&format!("INSERT INTO contacts (id, name, phone, email) VALUES {rows}"));
    database
}

fn id(number: usize, side: usize) -> String {
    format!("0000000{number}-0000-4000-8000-00000000000{side}")
}

fn dry_run(database: &Database) -> Value {
    let args = ["contacts", "dedupe", "--dry-run", "--threshold", "0.05", "--format", "json"];
    Binary::on(database).run(args).expect_code(0).json()
}

/// How probable it is that the two of a number are one.
fn probability(found: &Value, number: usize) -> f64 {
    let is_it = |cluster: &&Value| {
        let members = cluster["members"].as_array().unwrap();
        members.iter().any(|one| one["id"] == id(number, 1))
    };
    let cluster = found["clusters"].as_array().unwrap().iter().find(is_it);
    cluster.map_or(0.0, |cluster| cluster["probability"].as_f64().unwrap())
}

#[test]
fn answers_of_a_review_are_taught_to_the_next_run() {
    let database = alike();
    let asked = "[u]ndo, [q]uit, [?] ";
    let mut session = at_terminal(&database, "contacts dedupe --review --max-wrong 0");
    for _ in 0..4 {
        session.exp_string(asked).unwrap();
        session.send_line("y").unwrap();
    }
    session.exp_string(asked).unwrap();
    session.send_line("q").unwrap();
    session.exp_eof().unwrap();
    let after = dry_run(&database);
    assert_eq!(after["taught_by"], 4);
    let table = Binary::on(&database).run(["contacts", "dedupe", "--dry-run"]).expect_code(0);
    assert!(table.stdout.contains("The weights were corrected by 4 answers of people."), "{table}");
    // What is emptied teaches nothing any more.
    database.execute("UPDATE contact_merges SET before = '{}'");
    let before = dry_run(&database);
    assert_eq!(before["taught_by"], 0);
    let open: Vec<usize> = (0..8).filter(|&number| probability(&before, number) > 0.0).collect();
    assert_eq!(open.len(), 4, "{before}");
    for number in open {
        let (before, after) = (probability(&before, number), probability(&after, number));
        assert!(after > before + 0.005, "{number}: {before} {after}");
    }
}

#[test]
fn who_says_no_lowers_what_is_alike_and_merges_unasked_teach_nothing() {
    let database = alike();
    let run = |args: &[&str]| Binary::on(&database).run(args).expect_code(0);
    let before = dry_run(&database);
    for number in 0..3 {
        run(&["contacts", "distinct", &id(number, 1), &id(number, 2)]);
    }
    let after = dry_run(&database);
    assert_eq!(after["taught_by"], 3);
    assert!(probability(&after, 7) < probability(&before, 7) - 0.05, "{before} {after}");
    database.execute("DELETE FROM distinct_contacts");
    // Nobody was asked about these.
    run(&["contacts", "dedupe", "--yes", "--max-wrong", "1"]);
    assert_eq!(database.value("(SELECT count(*) FROM contact_merges)"), "8");
    assert_eq!(dry_run(&database)["taught_by"], 0);
    // Who takes one of them back says no to it, who takes all back says nothing.
    let one = database.value("(SELECT id FROM contact_merges ORDER BY survivor_id LIMIT 1)");
    run(&["contacts", "unmerge", &one, "--yes"]);
    let after = dry_run(&database);
    assert_eq!(after["taught_by"], 1);
    let night = database.value("(SELECT run_id FROM contact_merges LIMIT 1)");
    run(&["contacts", "unmerge", "--run", &night, "--yes"]);
    let after = dry_run(&database);
    assert_eq!(after["taught_by"], 0);
    assert_eq!(probability(&after, 7), probability(&before, 7));
}
