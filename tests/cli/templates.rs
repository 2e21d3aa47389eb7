//! `templates list`, `show`, `check`.

use crate::assert_ran;
use crate::support::{Binary, Database, Ran};

fn seeded() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database
}

fn templates(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["templates"], args].concat())
}

#[test]
fn lists_and_shows() {
    let database = seeded();
    assert_ran!("list", templates(&database, &["list"]).expect_code(0));
    let ran = templates(&database, &["list", "--channel", "sms", "--format", "json"]).json();
    assert_eq!(ran["templates"][0]["name"], "order-shipped");
    let ran = templates(&database, &["show", "welcome"]).expect_code(0);
    assert!(ran.stdout.contains("thank you for writing"), "{ran}");
    assert_ran!("near_name", templates(&database, &["show", "welcme"]).expect_code(2));
}

#[test]
fn two_of_one_name_are_told_apart_by_channel() {
    let database = seeded();
    database
        .execute("INSERT INTO templates (name, content, channel) VALUES ('welcome', 'Hi', 'SMS')");
    templates(&database, &["show", "welcome"]).expect_code(2);
    let ran = templates(&database, &["show", "welcome", "--channel", "sms"]).expect_code(0);
    assert!(ran.stdout.contains("Hi"), "{ran}");
}

#[test]
fn check_finds_what_is_declared_and_not_used_and_the_other_way_round() {
    let database = seeded();
    let ran = templates(&database, &["check"]).expect_code(0);
    assert!(ran.stdout.contains("4 templates, all well."), "{ran}");
    database.execute(
        "INSERT INTO templates (name, content, variables) \
         VALUES ('broken', 'Dear {{name}}, {{', '{title}')",
    );
    assert_ran!("check_broken", templates(&database, &["check"]).expect_code(3));
}

#[test]
fn render_fills_every_variable_or_none() {
    let database = seeded();
    let render = |vars: &[&str]| {
        let vars = vars.iter().flat_map(|var| ["--var", var]);
        let args: Vec<&str> =
            ["check", "--render", "out-of-office"].into_iter().chain(vars).collect();
        templates(&database, &args)
    };
    let ran = render(&["name=Ana", "date=May 1"]).expect_code(0);
    assert_eq!(ran.stdout, "Hello Ana, we are back on May 1 and will answer then.\n");
    assert_ran!("render_missing", render(&["name=Ana"]).expect_code(2));
    assert_ran!("render_misspelt", render(&["nam=Ana", "date=x"]).expect_code(2));
    render(&["name"]).expect_code(2);
}
