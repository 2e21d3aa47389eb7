//! Where `db adopt` looks for tables, and what names it takes.

use crate::db_adopt_kinds::pascal;
use crate::support::{Binary, Database};

#[test]
fn tables_in_another_schema_are_named_with_the_setting() {
    let database = Database::empty();
    database.execute(
        r#"CREATE SCHEMA "App"; CREATE TABLE "App"."Contact" (id text PRIMARY KEY, name text);
           CREATE TABLE "App"."Message" (id text PRIMARY KEY, "contactId" text REFERENCES "App"."Contact")"#,
    );
    let plan = || Binary::on(&database).run(["db", "adopt", "--plan"]);
    // Whether there are no tables or others.
    for _ in 0..2 {
        let ran = plan().expect_code(4);
        for part in ["in another schema", "there are some in \"App\" (\"Contact\")", "--schema App"]
        {
            assert!(ran.stderr.contains(part), "{part}: {ran}");
        }
        database.execute("CREATE TABLE IF NOT EXISTS others (id int)");
    }
    let other = Binary::on(&database).run(["--schema", "App", "db", "adopt", "--plan"]);
    assert!([0, 3].contains(&other.code) && other.stdout.contains("\"Contact\""), "{other}");
    database.execute(r#"ALTER TABLE "App"."Contact" RENAME TO people_of_ours"#);
    let ran = plan().expect_code(4);
    assert!(ran.stderr.contains("there are tables in \"App\""), "{ran}");
    assert!(ran.stderr.contains("--schema NAME"), "{ran}");
}

#[test]
fn tables_that_another_schema_has_are_not_made_empty_unsaid() {
    let database = pascal(
        r#"CREATE SCHEMA app; CREATE TABLE app."Template" (id text PRIMARY KEY, name text, content text);"#,
    );
    let plan = Binary::on(&database).run(["db", "adopt", "--plan"]).expect_code(0);
    assert!(plan.stdout.contains("templates (app.\"Template\")"), "{plan}");
    assert!(plan.stdout.contains("SET SCHEMA"), "{plan}");
}

/// The server would cut it off, and whoever looked for it wouldn't find it.
#[test]
fn a_name_that_is_too_long_for_a_database_is_refused_before_any_work() {
    let database = pascal("ANALYZE");
    let long = format!("{}{}", database.name, "ä".repeat(32));
    for command in [
        &["db", "adopt", "--into", &long][..],
        &["db", "anonymise", "--into", &long],
        &["db", "restore", "nothing.dump", "--into", &long],
    ] {
        let ran = Binary::on(&database).run(command).expect_code(2);
        assert!(ran.stderr.contains(&format!("it has {} bytes", long.len())), "{ran}");
    }
    let mut fits = database.name.clone();
    fits.push_str(&"x".repeat(63 - fits.len()));
    let inbox = crate::db_adopt::made(&fits);
    Binary::on(&database).run(["db", "adopt", "--into", &fits]).expect_code(0);
    assert_eq!(inbox.value("(SELECT count(*) FROM contacts)"), "3");
}
