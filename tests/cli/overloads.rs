//! Nobody who may create in the schema of the inbox runs anything as the operator.

use crate::db_adopt_kinds::pascal;
use crate::support::overloads::{self, Stranger};
use crate::support::{Binary, Database};

/// What the server has no exact match for whatever the arguments are is called by its full name, in
/// what no test runs too.
#[test]
fn what_takes_any_type_is_qualified() {
    // Of these, one or another fits exactly; `unnest` of several arrays is no call of that name.
    const OF_BOTH_KINDS: [&str; 7] =
        ["count", "lower", "max", "min", "quote_literal", "unnest", "upper"];
    let database = Database::empty();
    let names = database.value(
        "(SELECT string_agg(DISTINCT proname, ' ') FROM pg_proc p, unnest(proargtypes) AS a
          WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind IN ('f', 'a', 'w')
              AND format_type(a, NULL) ~ '^(\"any\"|any[a-z]+|record)$')",
    );
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut offences = Vec::new();
    for (file, text) in overloads::texts() {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for name in names.split(' ').filter(|name| !OF_BOTH_KINDS.contains(name)) {
            for (at, _) in code.match_indices(&format!("{name}(")) {
                let before = &code[..at];
                let is_call = !before.ends_with(|c: char| is_word(c) || c == '.' || c == ':')
                    && !before.ends_with("fn ");
                if is_call {
                    offences.push(format!("{file}:{}: {name}", before.lines().count()));
                }
            }
        }
    }
    assert!(offences.is_empty(), "not as pg_catalog.name:\n{}", offences.join("\n"));
}

/// The overloads are there before the tables, and grow with the types as they come.
#[test]
fn migrations_and_seeds_call_nobodys_overloads() {
    let database = Database::empty();
    let stranger = Stranger::on(&database, "public");
    let run = |args: &[&str]| {
        let ran = Binary::on(&database).run(args);
        stranger.expect_nothing(&args.join(" "));
        ran.expect_code(0);
    };
    stranger.overload();
    // What a migration makes itself nobody else knows before it has committed.
    run(&["db", "migrate", "--to", inboxctl::store::migrations::MIGRATIONS[0].version]);
    stranger.overload();
    run(&["db", "migrate"]);
    stranger.overload();
    for args in [
        &["db", "seed"][..],
        &["db", "seed", "--profile", "small"],
        &["contacts", "dedupe", "--yes"],
        &["audit", "prune", "--yes", "--max-rows", "999999"],
        &["db", "verify"],
        &["db", "reset", "--dry-run"],
    ] {
        run(args);
    }
    // Who may is named, and what ends it; nothing is refused for it.
    let doctor = || {
        let ran =
            Binary::on(&database).run(["doctor", "--only", "schema-rights", "--format", "json"]);
        ran.expect_code(0).json()["checks"][0].clone()
    };
    let finding = doctor();
    let revoke = finding["remedy"].as_str().expect("a remedy").to_owned();
    assert_eq!(finding["status"], "warn", "{finding}");
    assert!(
        revoke.starts_with("REVOKE CREATE ON SCHEMA \"public\" FROM inboxctl_test_"),
        "{finding}"
    );
    let verify = || Binary::on(&database).run(["db", "verify"]).expect_code(0).stderr;
    assert!(verify().contains(&revoke), "{}", verify());
    database.execute(&revoke);
    assert_eq!((doctor()["status"].as_str(), verify().as_str()), (Some("ok"), ""));
}

/// The plan looks into an application's own database with the rights of the operator.
#[test]
fn the_plan_of_an_adoption_calls_nobodys_overloads() {
    let source = pascal(
        r#"CREATE SCHEMA app; CREATE TABLE app.calls (id int PRIMARY KEY, who text, of text REFERENCES "Contact" (id));
           INSERT INTO app.calls VALUES (1, 'k1', 'k1');
           CREATE FUNCTION app.note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
           CREATE TRIGGER note BEFORE INSERT OR UPDATE ON app.calls FOR EACH ROW EXECUTE FUNCTION app.note();
           CREATE TRIGGER note BEFORE INSERT OR UPDATE ON "Contact" FOR EACH ROW EXECUTE FUNCTION app.note();
           CREATE PUBLICATION changes FOR TABLE "Contact";
           COMMENT ON TABLE "Contact" IS 'people'; CREATE STATISTICS pairs ON name, id FROM "Contact""#,
    );
    source.execute(&format!("ALTER DATABASE {} SET search_path = public, pg_catalog", source.name));
    let stranger = Stranger::on(&source, "public");
    stranger.overload();
    // What names the application's tables, as the overloads do, is to be decided.
    Binary::on(&source).run(["db", "adopt", "--plan"]).expect_code(3);
    stranger.expect_nothing("db adopt --plan");
}
