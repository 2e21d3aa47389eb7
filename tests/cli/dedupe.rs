//! `contacts dedupe`: what it shows, what it merges, and when it refuses.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Binary, Database, Ran, eventually};

fn sample() -> Database {
    let database = Database::migrated();
    Binary::on(&database)
        .run(["db", "seed", "--profile", "small", "--as-of", "2026-06-30"])
        .expect_code(0);
    database
}

fn dedupe(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["contacts", "dedupe"], args].concat())
}

fn json(database: &Database, args: &[&str]) -> Value {
    dedupe(database, &[args, &["--format", "json"]].concat()).expect_code(0).json()
}

fn count(database: &Database, table: &str) -> usize {
    database.value(&format!("(SELECT count(*) FROM {table})")).parse().unwrap()
}

/// Two contacts that anybody would call one.
fn twin(database: &Database, name: &str, number: u32) {
    database.execute(&format!(
        "INSERT INTO contacts (name, phone, email) VALUES \
         ('{name}', '+34 600 77{number:04}', '{number}.{mail}@mail.example'), \
         ('{name}', '+3460077{number:04}', '{number}.{mail}@mail.example')",
        mail = name.to_lowercase().replace(' ', ".")
    ));
}

#[test]
fn a_dry_run_shows_everything_and_changes_nothing() {
    let database = sample();
    let before = database.contents();
    let found = json(&database, &["--dry-run"]);
    assert_eq!(database.contents(), before);
    assert_eq!(found["scanned"], 1007);
    assert_eq!(found["merged"], 0);
    let clusters = found["clusters"].as_array().unwrap();
    assert!(clusters.len() > 100, "{}", clusters.len());
    let mut seen = BTreeSet::new();
    for cluster in clusters {
        let members = cluster["members"].as_array().unwrap();
        assert!(members.len() > 1 && members[0]["id"] == cluster["survivor_id"], "{cluster}");
        assert!(cluster["probability"].as_f64().unwrap() >= found["threshold"].as_f64().unwrap());
        assert!(!cluster["evidence"].as_array().unwrap().is_empty(), "{cluster}");
        for member in members {
            assert!(seen.insert(member.to_string()), "{member} stands in two clusters");
        }
    }
    // The same on every run.
    assert_eq!(json(&database, &["--dry-run"]), found);
    let table = dedupe(&database, &["--dry-run"]).expect_code(0);
    assert!(table.stdout.contains("Would merge"), "{table}");
    assert!(table.stdout.contains("--limit shows more"), "{table}");
    let one = json(&database, &["--dry-run", "--limit", "1"]);
    assert_eq!(one["clusters"].as_array().unwrap().len(), 1);
    assert_eq!(one["truncated"], true);
}

#[test]
fn the_export_names_every_contact_in_a_cluster() {
    let database = sample();
    let binary = Binary::on(&database);
    let kept = tempfile::tempdir().unwrap();
    let target = kept.path().join("clusters.csv");
    let args = ["contacts", "dedupe", "--dry-run", "--format", "json", "--export"];
    let ran = binary.run(args.iter().map(std::ffi::OsStr::new).chain([target.as_os_str()]));
    let members: usize = ran.expect_code(0).json()["clusters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cluster| cluster["members"].as_array().unwrap().len())
        .sum();
    let text = std::fs::read_to_string(&target).unwrap();
    assert!(text.starts_with("id,cluster\n"), "{text}");
    assert_eq!(text.lines().count(), members + 1);
    dedupe(&database, &["--dry-run", "--export", "/nonexistent/x.csv"]).expect_code(1);
}

#[test]
fn it_merges_with_consent_and_then_finds_nothing_more() {
    let database = sample();
    dedupe(&database, &[]).expect_code(4);
    assert_eq!(count(&database, "contacts"), 1007);
    let messages = count(&database, "messages");
    let found = json(&database, &["--yes"]);
    let merged = found["merged"].as_u64().unwrap();
    assert_eq!(found["certain"], merged);
    assert_eq!(count(&database, "contact_merges") as u64, merged);
    let surplus = found["surplus"].as_u64().unwrap();
    assert_eq!(count(&database, "contacts") as u64, 1007 - surplus);
    assert_eq!(count(&database, "messages"), messages, "no message is lost");
    let audited = "(SELECT count(*) FROM audit_logs WHERE action = 'contact.merge' AND actor = 'os:operator')";
    assert_eq!(database.value(audited), merged.to_string());
}

/// Sure ones are merged, the others are counted, shown and left.
#[test]
fn what_is_doubtful_is_left_for_a_review() {
    let database = Database::migrated();
    twin(&database, "Valentina Quiroga", 1);
    database.execute(
        "INSERT INTO contacts (name, phone) VALUES \
         ('Ana Prueba', '+34600111222'), ('Ana M. Prueba', '+34600111222')",
    );
    let found = json(&database, &["--dry-run"]);
    let numbers = ["clusters_found", "certain", "surplus", "left_for_review"];
    assert_eq!(numbers.map(|key| found[key].as_u64().unwrap()), [2, 1, 1, 1], "{found}");
    assert!(found["expected_wrong"].as_f64().unwrap() <= 0.005, "{found}");
    let [sure, doubtful] = [0, 1].map(|number| &found["clusters"][number]);
    assert_eq!(sure["certain"][0].as_array().unwrap().len(), 2, "{sure}");
    assert_eq!(doubtful["certain"], serde_json::json!([]));
    let table = dedupe(&database, &["--dry-run"]).expect_code(0);
    assert!(table.stdout.contains("Less than one of 1 merge is expected to be wrong."), "{table}");
    let ran = dedupe(&database, &["--yes"]).expect_code(0);
    assert!(ran.stdout.contains("Merged 1 of 1 cluster."), "{ran}");
    assert!(ran.stdout.contains("1 cluster is left for a review: `inboxctl"), "{ran}");
    assert_eq!(count(&database, "contacts"), 3);
    let none = dedupe(&database, &["--yes"]).expect_code(0);
    assert!(none.stdout.contains("No cluster is certain enough"), "{none}");
    assert_eq!(json(&database, &["--yes", "--max-wrong", "1"])["merged"], 1);
    dedupe(&database, &["--dry-run", "--max-wrong", "2"]).expect_code(2);
}

#[test]
fn everything_that_was_merged_can_be_taken_back() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    twin(&database, "Valentina Quiroga", 1);
    twin(&database, "Oleksandr Hrytsenko", 2);
    let before = database.contents();
    json(&database, &["--yes"]);
    assert_ne!(database.contents(), before);
    let merges = Binary::on(&database).run(["contacts", "merges", "--format", "json"]).json();
    for merge in merges["merges"].as_array().unwrap() {
        let id = merge["id"].as_str().unwrap();
        Binary::on(&database).run(["contacts", "unmerge", id, "--yes"]).expect_code(0);
    }
    let without_log = |contents: Vec<(String, String)>| -> Vec<(String, String)> {
        contents.into_iter().filter(|(table, _)| table != "audit_logs").collect()
    };
    assert_eq!(without_log(database.contents()), without_log(before));
}

/// The newest first, all but what would be lost.
#[test]
fn a_whole_run_is_taken_back() {
    let database = Database::migrated();
    twin(&database, "Valentina Quiroga", 1);
    twin(&database, "Oleksandr Hrytsenko", 2);
    let before = database.value("(SELECT jsonb_agg(c ORDER BY id) FROM contacts c)");
    let contacts = |args: &[&str]| Binary::on(&database).run([&["contacts"], args].concat());
    let found = json(&database, &["--yes"]);
    let run = found["run"].as_str().unwrap();
    let listed = contacts(&["merges", "--run", run, "--format", "json"]).expect_code(0).json();
    let listed = listed["merges"].as_array().unwrap();
    assert!(listed.len() == 2 && listed.iter().all(|merge| merge["run"] == run), "{listed:?}");
    contacts(&["unmerge", "--run", run]).expect_code(4);
    // What somebody changed since stands in the way of one, and of no other.
    let changed = listed[0]["survivor_id"].as_str().unwrap();
    let rename = |name: &str| {
        database.execute(&format!("UPDATE contacts SET name = '{name}' WHERE id = '{changed}'"));
    };
    rename("Somebody Else");
    let dry = contacts(&["unmerge", "--run", run, "--dry-run", "--format", "json"]);
    let dry = dry.expect_code(0).json();
    assert_eq!((&dry["undone"][0], &dry["restored"]), (&listed[1]["id"], &Value::from(1)), "{dry}");
    assert_eq!(count(&database, "contacts"), 2);
    let ran = contacts(&["unmerge", "--run", run, "--yes"]).expect_code(1);
    assert!(ran.stdout.contains("Took back 1 merge and restored 1 contact."), "{ran}");
    assert!(ran.stdout.contains("the survivor's name was changed since"), "{ran}");
    assert_eq!(count(&database, "contacts"), 3);
    rename(listed[0]["survivor_name"].as_str().unwrap());
    database.execute(&format!(
        "UPDATE contacts c SET updated_at = (m.after ->> 'updated_at')::timestamptz \
         FROM contact_merges m WHERE c.id = '{changed}' AND m.survivor_id = c.id"
    ));
    let ran = contacts(&["unmerge", "--run", run, "--yes"]).expect_code(0);
    assert!(ran.stdout.contains("1 merge of this run had been taken back before."), "{ran}");
    assert_eq!(database.value("(SELECT jsonb_agg(c ORDER BY id) FROM contacts c)"), before);
    contacts(&["unmerge", "--run", "00000000-0000-4000-8000-000000000000"]).expect_code(2);
}

#[test]
fn an_absurd_run_is_refused() {
    let database = sample();
    let refused = dedupe(&database, &["--yes", "--max-merges", "10"]).expect_code(4);
    assert!(refused.stderr.contains("that is more than 10"), "{refused}");
    assert_eq!(count(&database, "contacts"), 1007);
    for wrong in ["0", "1", "1.5", "-1", "x"] {
        dedupe(&database, &["--dry-run", "--threshold", wrong]).expect_code(2);
    }
    dedupe(&database, &["--dry-run", "--since", "yesterday"]).expect_code(2);
}

#[test]
fn since_looks_at_what_changed_only() {
    let database = Database::migrated();
    twin(&database, "Valentina Quiroga", 1);
    database.execute("UPDATE contacts SET updated_at = now() - interval '9 days'");
    twin(&database, "Oleksandr Hrytsenko", 2);
    let survivors = |args: &[&str]| json(&database, args)["clusters"].as_array().unwrap().len();
    assert_eq!(survivors(&["--dry-run"]), 2);
    assert_eq!(survivors(&["--dry-run", "--since", "1d"]), 1);
    assert_eq!(survivors(&["--dry-run", "--since", "2999-01-01"]), 0);
}

#[test]
fn what_a_person_called_distinct_is_never_merged() {
    let database = Database::migrated();
    twin(&database, "Valentina Quiroga", 1);
    let found = json(&database, &["--dry-run"]);
    let members = found["clusters"][0]["members"].as_array().unwrap().clone();
    let ids: Vec<&str> = members.iter().map(|one| one["id"].as_str().unwrap()).collect();
    Binary::on(&database).run(["contacts", "distinct", ids[0], ids[1]]).expect_code(0);
    assert_eq!(json(&database, &["--dry-run"])["clusters"].as_array().unwrap().len(), 0);
    // It is listed, and forgotten in either order.
    let distinct = |args: &[&str]| {
        let args = [&["contacts", "distinct"], args, &["--format", "json"]].concat();
        Binary::on(&database).run(args).expect_code(0).json()
    };
    let listed = distinct(&["--list"]);
    assert_eq!(listed["pairs"].as_array().unwrap().len(), 1, "{listed}");
    assert_eq!(listed["pairs"][0]["a_name"], "Valentina Quiroga");
    for (args, changed) in [
        (&[ids[0], ids[1], "--dry-run"][..], [false, false]),
        (&[ids[1], ids[0], "--remove", "--dry-run"], [false, true]),
        (&[ids[1], ids[0], "--remove"], [false, true]),
        (&[ids[1], ids[0], "--remove"], [false, false]),
        (&[ids[0], ids[1], "--dry-run"], [true, false]),
    ] {
        let said = distinct(args);
        assert_eq!(["added", "removed"].map(|key| said[key] == true), changed, "{args:?}");
    }
    assert_eq!(distinct(&["--list"])["pairs"], serde_json::json!([]));
    assert_eq!(json(&database, &["--dry-run"])["clusters_found"], 1);
    Binary::on(&database).run(["contacts", "distinct", "--list", "--remove"]).expect_code(2);
}

#[test]
fn a_phone_region_tells_numbers_without_a_country_apart() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO contacts (name, phone) VALUES \
         ('Ana Ruiz', '600 771 234'), ('Ana Ruiz', '+44 7600 771234'), \
         ('Ana Ruiz', '+34 600 771 234')",
    );
    let members = |args: &[&str]| -> Vec<String> {
        let found = json(&database, args)["clusters"][0]["members"].as_array().cloned();
        let ids = found.unwrap().into_iter().map(|one| one["id"].as_str().unwrap().to_owned());
        ids.collect()
    };
    let spanish = database
        .value("(SELECT jsonb_agg(id ORDER BY id) FROM contacts WHERE phone NOT LIKE '+44%')");
    let mut members = members(&["--dry-run", "--phone-region", "es"]);
    members.sort();
    assert_eq!(
        serde_json::to_value(members).unwrap(),
        serde_json::from_str::<Value>(&spanish).unwrap()
    );
    let wrong = dedupe(&database, &["--dry-run", "--phone-region", "Spain"]).expect_code(2);
    assert!(wrong.stderr.contains("ISO 3166"), "{wrong}");
}

#[test]
fn explain_shows_the_weight_of_each_field() {
    let database = Database::migrated();
    twin(&database, "Valentina Quiroga", 1);
    let found = json(&database, &["--dry-run", "--explain"]);
    let pair = &found["clusters"][0]["pairs"][0];
    let fields: Vec<&str> = pair["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["field"].as_str().unwrap())
        .collect();
    assert!(fields.contains(&"name") && fields.contains(&"phone"), "{pair}");
    let table = dedupe(&database, &["--dry-run", "--explain"]).expect_code(0);
    assert!(table.stdout.contains("bits"), "{table}");
    // What the probabilities promise together.
    assert_eq!(found["calibration"].as_array().unwrap().len(), 1, "{found}");
    let class = &found["calibration"][0];
    assert_eq!((&class["pairs"], &class["expected_right"]), (&1.into(), &pair["probability"]));
    assert!(
        table.stdout.contains("Pairs that are expected to be one person: 1 of 1 from "),
        "{table}"
    );
    assert!(json(&database, &["--dry-run"])["calibration"].is_null());
}

#[test]
fn two_at_once_merge_each_cluster_once() {
    let database = sample();
    let runs: Vec<_> =
        (0..2).map(|_| Binary::on(&database).start(["contacts", "dedupe", "--yes"])).collect();
    let codes: Vec<i32> = runs.into_iter().map(|run| run.wait().code).collect();
    assert!(codes.contains(&0), "{codes:?}");
    assert!(codes.iter().all(|code| [0, 75].contains(code)), "{codes:?}");
    let twice = "(SELECT count(*) FROM (SELECT unnest(merged_ids) AS id FROM contact_merges) m \
                  GROUP BY id HAVING count(*) > 1 LIMIT 1)";
    assert_eq!(database.value(twice), "");
}

#[test]
fn a_cluster_that_changed_meanwhile_is_left_alone() {
    let database = Database::migrated();
    twin(&database, "Valentina Quiroga", 1);
    // The application changes one of them after it was read.
    let lock = database
        .lock("application", "UPDATE contacts SET name = 'Valentina Q' WHERE phone LIKE '+34 %'");
    let run = Binary::on(&database).start(["contacts", "dedupe", "--yes", "--format", "json"]);
    eventually("the merge waits for the row", || database.somebody_waits());
    lock.commit();
    let found = run.wait().expect_code(0).json();
    assert_eq!(found["merged"], 0);
    assert_eq!(found["skipped"][0]["reason"], "a contact changed");
    assert_eq!(count(&database, "contacts"), 2);
}

#[test]
fn killed_in_the_middle_it_leaves_each_cluster_whole() {
    let database = sample();
    let mut killed = 0;
    for round in 0..6 {
        let before = count(&database, "contact_merges");
        let mut run =
            Binary::on(&database).start(["contacts", "dedupe", "--yes", "--max-wrong", "1"]);
        eventually("some are merged", || {
            count(&database, "contact_merges") > before + round || !run.is_running()
        });
        if run.is_running() {
            run.signal("KILL");
            killed += 1;
        }
        run.wait();
        // A merge that was counted is complete: its contacts are gone and
        // lead to the survivor.
        let half = database.value(
            "(SELECT count(*) FROM contact_merges m, unnest(m.merged_ids) AS gone (id) \
              WHERE EXISTS (SELECT FROM contacts c WHERE c.id = gone.id) \
                 OR NOT EXISTS (SELECT FROM merged_contacts s WHERE s.contact_id = gone.id))",
        );
        assert_eq!(half, "0");
        let orphans = "(SELECT count(*) FROM messages m WHERE NOT EXISTS (SELECT FROM contacts c WHERE c.id = m.contact_id))";
        assert_eq!(database.value(orphans), "0");
    }
    assert!(killed > 0, "every run was faster than its end");
    eventually("the lock of the killed run is free", || {
        dedupe(&database, &["--yes", "--max-wrong", "1"]).code == 0
    });
    // Merged contacts know more than before: perhaps they match once more, but
    // then nothing is left to do.
    assert!(count(&database, "contact_merges") > 100);
}

#[test]
fn bad_rows_do_no_harm() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO contacts (name, phone, email, social_handles, metadata)
         SELECT name, phone, email, handles::jsonb, metadata::jsonb FROM (VALUES
             ('', '', '', '{}', '{}'),
             (NULL, NULL, NULL, '{}', '{}'),
             ('🙂🙂🙂', '+++', '@', '{\"twitter\": null}', '{\"dob\": [1, {\"x\": []}]}'),
             (repeat('ä', 10000), repeat('9', 4000), repeat('a', 3000) || '@x', '{\"\": \"\"}', '{\"n\": 1e308}'),
             ('שלום עולם', '٠١٢٣٤٥٦٧٨٩', 'x@', '{\"x\": {\"y\": 1}}', '{\"\\u0001\": \"\"}')
         ) AS rows (name, phone, email, handles, metadata), generate_series(1, 3);",
    );
    json(&database, &["--dry-run"]);
    dedupe(&database, &["--dry-run", "--explain"]).expect_code(0);
}

#[test]
fn a_table_of_one_name_or_one_phone_is_no_trouble() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO contacts (name) SELECT 'Ana García' FROM generate_series(1, 20000);
         INSERT INTO contacts (name, phone)
         SELECT 'Person ' || md5(n::text), '+34915550000' FROM generate_series(1, 20000) n;",
    );
    let found = json(&database, &["--dry-run"]);
    assert!(
        found["candidate_pairs"].as_u64().unwrap() < 40_000 * 100,
        "{}",
        found["candidate_pairs"]
    );
}
