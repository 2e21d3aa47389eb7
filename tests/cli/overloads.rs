//! Nobody who may create in the schema of the inbox runs anything as the operator.

use std::fs;

use diesel::connection::SimpleConnection;
use inboxctl::store::migrations::MIGRATIONS;

use crate::access_roles::Members;
use crate::db_adopt_kinds::pascal;
use crate::support::backups::Folder;
use crate::support::overloads::{self, Stranger};
use crate::support::{Binary, Database, eventually};

/// What an application does, of which triggers have their part.
const APPLICATION: &str = "
    SET application_name = 'inboxctl application';
    INSERT INTO users (email, role) VALUES ('nameless@inbox.example', 'VIEWER');
    INSERT INTO contacts (id, name, metadata) VALUES (uuid_v7(), 'Rosa Luz', 'null');
    INSERT INTO messages (contact_id, channel, direction, content)
    SELECT id, 'SMS', 'INBOUND', 'x' FROM contacts LIMIT 3;
    INSERT INTO notes (contact_id, user_id, content)
    SELECT m.contact_id, u.id, 'x' FROM merged_contacts m, users u LIMIT 1;
    UPDATE contacts SET name = 'Rosa X' WHERE name = 'Rosa Luz';
    INSERT INTO adopted_ids (resource, old_id, id) SELECT 'contacts', 'c1', id FROM contacts LIMIT 1;
    SELECT adopted_id('c1')";

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
    for at in [0, MIGRATIONS.len() / 2, MIGRATIONS.len() - 1] {
        run(&["db", "migrate", "--to", MIGRATIONS[at].version]);
        stranger.overload();
    }
    // What was parsed then, a check, a default, an index expression or a condition of a trigger, goes
    // on calling what it found.
    let parsed = database.value(&format!(
        "(SELECT string_agg(pg_describe_object(classid, objid, objsubid) || ' calls ' \
              || pg_describe_object(refclassid, refobjid, 0), E'\\n') \
          FROM pg_depend, (VALUES ('{}_eve'::regrole)) AS eve (oid), \
              (SELECT 'pg_proc'::regclass AS class, oid, proowner AS owner FROM pg_proc \
               UNION ALL SELECT 'pg_operator'::regclass, oid, oprowner FROM pg_operator) AS called \
          WHERE refclassid = class AND refobjid = called.oid AND owner = eve.oid \
              AND NOT EXISTS (SELECT FROM pg_proc p WHERE p.oid = objid AND proowner = eve.oid) \
              AND NOT EXISTS (SELECT FROM pg_operator o WHERE o.oid = objid AND oprowner = eve.oid))",
        database.name
    ));
    assert_eq!(parsed, "");
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
    // Where the schema is open, PUBLIC stands before her.
    assert!(revoke.starts_with("REVOKE CREATE ON SCHEMA \"public\" FROM "), "{finding}");
    assert!(revoke.contains("inboxctl_test_"), "{finding}");
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

/// Each function of ours runs, called by a command or by what an application does.
#[test]
fn our_own_functions_call_nobodys_overloads() {
    /// Written into what calls them, by the server, or called by nothing since a later migration.
    const INLINED: [&str; 1] = ["audit_field"];
    let members = Members::new();
    let (database, folder) = (&members.database, Folder::new());
    database.execute(&format!("ALTER DATABASE {} SET track_functions = 'all'", database.name));
    Binary::on(database).run(["db", "seed", "--profile", "small"]).expect_code(0);
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, resource_id, created_at) \
         SELECT 'x', 'message.send', 'messages', n::text, now() - n * interval '20 hours' \
         FROM generate_series(0, 160) AS n",
    );
    // Dumping thousands of functions takes its time.
    folder.back_up(database, "inbox.dump");
    let stranger = Stranger::on(database, "public");
    stranger.overload();
    let as_whom = |url: &str, line: &str, codes: &[i32]| {
        let line = line.replace("{folder}", folder.path().to_str().expect("UTF-8"));
        let ran = Binary::new().env("DATABASE_URL", url).run(line.split(' '));
        assert!(codes.contains(&ran.code), "{line}: {ran}");
        stranger.expect_nothing(&line);
        ran
    };
    let (owner, admin) = (database.url(), members.url("inbox_admin"));
    let run = |line: &str| as_whom(&owner, line, &[0]);
    let merged = run("contacts dedupe --yes --format json").json();
    let of_run = format!("--run {}", merged["run"].as_str().expect("its id"));
    database.connect().batch_execute(APPLICATION).expect("what an application does");
    stranger.expect_nothing("the application");
    run(&format!("contacts merges {of_run}"));
    as_whom(&owner, &format!("contacts unmerge {of_run} --yes"), &[0, 1]);
    let pair = database.value("(SELECT min(id::text) || ' ' || max(id::text) FROM contacts)");
    run(&format!("contacts distinct {pair}"));
    for line in [
        "contacts distinct --list",
        &format!("contacts distinct {pair} --remove"),
        "contacts show c1",
        "contacts search Anna",
        "contacts dedupe --dry-run --explain",
        "db adopt --plan",
        "db generate prisma",
        "db access show",
        "db access grant-roles --yes",
        "table-sizes --exact",
        "stats",
    ] {
        run(line);
    }
    as_whom(&owner, "doctor --thorough", &[0, 3]);
    as_whom(&admin, "audit close", &[0]);
    let day = database.value("(now() - interval '9 days')::date");
    database.execute(&format!(
        "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('x', 'late', 'x', '{day}Z')"
    ));
    as_whom(&admin, "audit close", &[3]);
    as_whom(&admin, &format!("audit acknowledge {day} --reason looked"), &[0]);
    fs::create_dir(folder.path().join("archives")).expect("a folder");
    let prune = "audit prune --older-than 8d --yes --max-rows 9999 --archive {folder}/archives";
    as_whom(&admin, &format!("{prune} --action late"), &[0]);
    as_whom(&admin, prune, &[0]);
    as_whom(
        &admin,
        "audit verify --backup {folder}/inbox.dump --against {folder}/inbox.dump.manifest.json \
         --archive {folder}/archives",
        &[0, 3],
    );
    let uncalled = || {
        database.value(&format!(
            "(SELECT string_agg(proname, ' ') FROM pg_proc p \
              WHERE pronamespace = 'public'::regnamespace AND proowner <> '{}_eve'::regrole \
                  AND NOT EXISTS (SELECT FROM pg_stat_user_functions WHERE funcid = p.oid) \
                  AND proname <> ALL ('{{{}}}'))",
            database.name,
            INLINED.join(",")
        ))
    };
    // The last session may not have ended yet.
    eventually("each function was called", || {
        let uncalled = uncalled();
        if !uncalled.is_empty() {
            eprintln!("not called: {uncalled}");
        }
        uncalled.is_empty()
    });
}
