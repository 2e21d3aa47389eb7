//! `contacts search`, `show`, `merge`, `merges`, `unmerge`, `distinct`.

use diesel::connection::SimpleConnection;
use inboxctl::domain::name_keys::{NameKeys, sounds_of_ascii};
use inboxctl::domain::sample::Sample;
use serde_json::Value;

use crate::assert_ran;
use crate::support::{Binary, Database, Ran, eventually};

const AMARA: &str = "01900000-0000-7000-8000-000000000101";
const JOSE: &str = "01900000-0000-7000-8000-000000000102";
const LINH: &str = "01900000-0000-7000-8000-000000000103";
/// Amara again, with the phone in another format.
const AMARA_AGAIN: &str = "01900000-0000-7000-8000-000000000107";

fn seeded() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database
}

fn contacts(database: &Database, args: &[&str]) -> Ran {
    Binary::on(database).run([&["contacts"], args].concat())
}

fn json(database: &Database, args: &[&str]) -> Value {
    contacts(database, &[args, &["--format", "json"]].concat()).expect_code(0).json()
}

/// Everything but the log of what was done.
fn everything(database: &Database) -> Vec<(String, String)> {
    let mut contents = database.contents();
    contents.retain(|(table, _)| table != "audit_logs");
    contents.push((
        String::from("contact_identities"),
        database.value("(SELECT string_agg(t::text, '|' ORDER BY id) FROM contact_identities t)"),
    ));
    contents.push((
        String::from("merged_contacts"),
        database.value("(SELECT count(*) FROM merged_contacts)"),
    ));
    contents
}

fn merge(database: &Database, survivor: &str, others: &[&str]) -> String {
    let args = [&["merge", survivor], others, &["--yes"]].concat();
    json(database, &args)["id"].as_str().unwrap().to_owned()
}

#[test]
fn search_finds_by_whatever_is_known() {
    let database = seeded();
    let first = |query: &str| {
        let found = json(&database, &["search", query]);
        let hit = &found["hits"][0];
        (
            hit["id"].as_str().unwrap_or_default().to_owned(),
            hit["matched"].as_str().unwrap_or_default().to_owned(),
        )
    };
    assert_eq!(first("+1 415 555-0101").1, "phone");
    assert_eq!(first("JOSE.hernandez@mail.example"), (JOSE.into(), "e-mail".into()));
    assert_eq!(first("@amaraok"), (AMARA.into(), "twitter handle".into()));
    assert_eq!(first("Linh Nguyen"), (LINH.into(), "name".into()));
    assert_eq!(first("Jose Hernandes Ruis"), (JOSE.into(), "name".into()));
    assert_eq!(json(&database, &["search", "4155550101"])["hits"].as_array().unwrap().len(), 2);
    assert_ran!("search_table", contacts(&database, &["search", "Amara Okafor"]));
    assert_ran!("search_nobody", contacts(&database, &["search", "xyzzyq"]));
    let one = json(&database, &["search", "Amara Okafor", "--limit", "1"]);
    assert_eq!(one["truncated"], true);
    contacts(&database, &["search", "?!"]).expect_code(2);
    for strange in ["", "   ", "'; DROP TABLE contacts; --", "%_\\", "🙂", "\u{202e}x"] {
        let ran = contacts(&database, &["search", strange]);
        assert!([0, 2].contains(&ran.code), "{strange:?}: {ran}");
    }
}

/// Whatever the shape in which the application keeps them, and whatever is typed.
#[test]
fn search_reads_handles_in_every_shape() {
    let database = Database::migrated();
    for handles in [
        r#"{"twitter": "@AnaPrueba"}"#,
        r#"{"twitter": ["https://twitter.com/anaprueba/"]}"#,
        r#"[{"network": "twitter", "handle": "@anaprueba", "name": "Ana"}]"#,
        r#"{"twitter": {"username": "anaprueba", "followers": 12}, "facebook": {"id": 17}}"#,
    ] {
        database.execute(&format!(
            "DELETE FROM contacts; INSERT INTO contacts (name, social_handles) VALUES ('Ana', '{handles}')"
        ));
        for typed in ["anaprueba", "@AnaPrueba", "https://twitter.com/AnaPrueba"] {
            let found = json(&database, &["search", typed]);
            assert_eq!(
                found["hits"][0]["matched"], "twitter handle",
                "{handles}: {typed}: {found}"
            );
        }
        for typed in ["twitter", "network"] {
            let found = json(&database, &["search", typed]);
            assert_eq!(found["hits"], serde_json::json!([]), "{handles}: {typed}");
        }
    }
    database.execute(
        "INSERT INTO contacts (social_handles) VALUES (to_jsonb(ARRAY[repeat('x', 9000)]))",
    );
    let long = json(&database, &["search", &"x".repeat(9000)]);
    assert_eq!(long["hits"][0]["matched"], "other handle");
}

#[test]
fn show_follows_a_merge() {
    let database = seeded();
    assert_ran!("show", contacts(&database, &["show", AMARA]));
    merge(&database, AMARA, &[AMARA_AGAIN]);
    let gone = contacts(&database, &["show", AMARA_AGAIN]).expect_code(0);
    assert!(gone.stderr.contains(&format!("was merged into {AMARA}")), "{gone}");
    let shown = json(&database, &["show", AMARA_AGAIN]);
    assert_eq!(shown["id"], AMARA);
    assert_eq!(shown["merged_from"], AMARA_AGAIN);
    assert_eq!(shown["merges"].as_array().unwrap().len(), 1);
    let unknown =
        contacts(&database, &["show", "01900000-0000-7000-8000-00000000ffff"]).expect_code(2);
    assert!(unknown.stderr.contains("hint: `inboxctl contacts search`"), "{unknown}");
    contacts(&database, &["show", "not-an-id"]).expect_code(2);
}

#[test]
fn merge_then_unmerge_leaves_no_trace() {
    let database = seeded();
    database.execute(&format!(
        "INSERT INTO assignments (user_id, contact_id) SELECT id, '{JOSE}' FROM users WHERE role = 'VIEWER';
         INSERT INTO contact_identities (contact_id, kind, value) VALUES ('{JOSE}', 'PHONE', '+34 611 000 111');
         UPDATE presence SET contact_id = '{JOSE}' WHERE status = 'AWAY';"
    ));
    let before = everything(&database);
    let id = merge(&database, AMARA, &[JOSE, LINH, AMARA_AGAIN]);
    assert_ne!(everything(&database), before);
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "4");
    assert_eq!(
        database.value(&format!("(SELECT count(*) FROM messages WHERE contact_id = '{AMARA}')")),
        "8"
    );
    assert_eq!(
        database.value(&format!("(SELECT count(*) FROM assignments WHERE contact_id = '{AMARA}')")),
        "1"
    );
    contacts(&database, &["unmerge", &id]).expect_code(4);
    contacts(&database, &["unmerge", &id, "--dry-run"]).expect_code(0);
    contacts(&database, &["unmerge", &id, "--yes"]).expect_code(0);
    assert_eq!(everything(&database), before);
    contacts(&database, &["unmerge", &id, "--yes"]).expect_code(4);
}

/// The keys of what is typed are made here, those of what is stored by the server: they must meet.
#[test]
fn names_are_found_with_slips_in_any_script() {
    let database = Database::migrated();
    for (stored, typed) in [
        ("Zoë Österreicher", "zoe osterreicher"),
        ("Zdzisław Szczęsny", "Zdzislaw Szcesny"),
        ("Katarzyna Wójcik", "Katarzyna Wojcki"),
        ("Bernd Groß", "Bernd Gros"),
        ("Наталья Кузнецова", "Наталья Кузнцова"),
        ("محمد العلوي", "محمد العوي"),
        ("田中 健太郎", "田中 健太"),
        ("राहुल शर्मा", "राहुल शर्मा"),
        ("Siobhán O'Shaughnessy", "Siobhan O Shaugnessy"),
        ("Ng", "Ng"),
        ("Guillermo Etxeberria", "Guilerno Etxebaria"),
    ] {
        database.execute(&format!(
            "TRUNCATE contacts CASCADE; INSERT INTO contacts (name) VALUES ('{}'), ('Somebody Else')",
            stored.replace('\'', "''")
        ));
        let hits = json(&database, &["search", typed])["hits"].clone();
        assert_eq!(hits[0]["name"], stored, "{typed}: {hits}");
        assert_eq!(hits.as_array().unwrap().len(), 1, "{typed}: {hits}");
    }
}

/// A name in ASCII is read here, to spare asking the server: both must read it alike.
#[test]
fn names_in_ascii_sound_here_as_on_the_server() {
    let sample = Sample::new(3_000, 11, jiff::Timestamp::UNIX_EPOCH, [uuid::Uuid::nil(); 3]);
    let mut names: Vec<String> = sample
        .contacts()
        .filter_map(|contact| contact.name)
        .filter(|name| name.is_ascii())
        .collect();
    let odd = [
        "Philippa O'Quincey-Zhao, 2nd",
        "YYZ Czech & Sons",
        "  aa  ",
        "x",
        "--",
        "Ohhh WWW quizzzical",
    ];
    names.extend(odd.map(str::to_owned));
    names.push("pharaoh ".repeat(40));
    names.push("bcdfg".repeat(50));
    assert!(names.len() > 1_000);
    let list: Vec<String> =
        names.iter().map(|name| format!("'{}'", name.replace('\'', "''"))).collect();
    let theirs = Database::migrated().value(&format!(
        "(SELECT string_agg(coalesce(contact_name_sound(contact_name_sounds(n)), ''), E'\n' ORDER BY place)
          FROM unnest(ARRAY[{}]) WITH ORDINALITY AS all_names (n, place))",
        list.join(", ")
    ));
    for (name, theirs) in names.iter().zip(theirs.lines()) {
        let sounds = sounds_of_ascii(name).unwrap();
        let ours = NameKeys::of(sounds).map_or_else(String::new, |keys| keys.whole());
        assert_eq!(ours, theirs, "{name}");
    }
}

#[test]
fn an_older_schema_is_told_how_to_get_on() {
    let database = Database::migrated();
    Binary::on(&database)
        .run(["db", "rollback", "--to", "create_contacts", "--yes"])
        .expect_code(0);
    let ran = contacts(&database, &["search", "Petra Martin"]).expect_code(1);
    assert!(ran.stderr.contains("hint: run `inboxctl db status`"), "{ran}");
}

/// Of two common words, each of which a slip would find in thousands of names.
#[test]
fn a_whole_name_is_found_with_a_slip_in_a_consonant() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO contacts (name) SELECT word || ' Martin' FROM generate_series(1, 200), \
             unnest(ARRAY['Marta', 'Mario', 'Martha', 'Moritz', 'Norma', 'Ramon']) AS word; \
         INSERT INTO contacts (name) SELECT 'Petra ' || word FROM generate_series(1, 200), \
             unnest(ARRAY['Marin', 'Martens', 'Merten']) AS word; \
         INSERT INTO contacts (name) VALUES ('Petra Martin'), (repeat('Petra Martin ', 900))",
    );
    for typed in [
        "Petra Nartin",
        "Perta Martin",
        "Petga Martin",
        "Petra Martinn",
        "Martin, Betra",
        "Pertr Martin",
    ] {
        let hits = json(&database, &["search", typed])["hits"].clone();
        assert_eq!(hits[0]["name"], "Petra Martin", "{typed}: {hits}");
    }
}

/// What sounds like it and is spelled like it is enough; what is a letter off is looked for else.
#[test]
fn the_best_spelled_come_first_however_many_there_are() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO contacts (name) SELECT 'Martha Smith' FROM generate_series(1, 300); \
         INSERT INTO contacts (name) VALUES ('Mart Smith'), ('Marta Smith'), ('Mary Smith')",
    );
    let names = |query: &str, limit: &str| -> Vec<String> {
        let found = json(&database, &["search", query, "--limit", limit]);
        let name = |hit: &serde_json::Value| hit["name"].as_str().unwrap().to_owned();
        found["hits"].as_array().unwrap().iter().map(name).collect()
    };
    assert_eq!(names("Mart Smith", "2"), ["Mart Smith", "Marta Smith"]);
    assert_eq!(names("Mary Smith", "1"), ["Mary Smith"]);
    assert_eq!(names("Mary Smiht", "1"), ["Mary Smith"]);
}

#[test]
fn no_way_to_reach_somebody_is_lost() {
    let database = seeded();
    merge(&database, AMARA, &[JOSE, LINH]);
    let found = |query: &str| json(&database, &["search", query])["hits"][0].clone();
    for (query, matched) in [
        ("+34600550102", "earlier phone"),
        ("jose.hernandez@mail.example", "earlier e-mail"),
        ("linh.nguyen", "facebook handle"),
        ("+14155550101", "phone"),
    ] {
        assert_eq!(found(query)["matched"], matched, "{query}");
    }
    assert_eq!(found("jose.hernandez@mail.example")["id"], AMARA);
}

#[test]
fn a_merge_asks_and_shows_what_comes_out() {
    let database = seeded();
    assert_ran!("merge_refused", contacts(&database, &["merge", AMARA, AMARA_AGAIN]));
    assert_ran!("merge_dry_run", contacts(&database, &["merge", AMARA, AMARA_AGAIN, "--dry-run"]));
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "7");
    contacts(&database, &["merge", AMARA, AMARA, "--yes"]).expect_code(2);
    let unknown = "01900000-0000-7000-8000-00000000ffff";
    contacts(&database, &["merge", AMARA, unknown, "--yes"]).expect_code(2);
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "7");
    let audited = "(SELECT count(*) FROM audit_logs WHERE action = 'contact.merge')";
    merge(&database, AMARA, &[AMARA_AGAIN]);
    assert_eq!(database.value(audited), "1");
    let merges = json(&database, &["merges"]);
    let merge = &merges["merges"][0];
    assert_eq!(merge["survivor_id"], AMARA);
    assert_eq!(merge["merged_ids"][0], AMARA_AGAIN);
    assert!(merge["merged_at"].is_string() && merge["undone_at"].is_null());
    let of_another = json(&database, &["merges", "--contact", JOSE]);
    assert_eq!(of_another["merges"].as_array().unwrap().len(), 0);
}

#[test]
fn what_changed_since_is_named() {
    let database = seeded();
    let id = merge(&database, AMARA, &[JOSE]);
    database.execute(&format!(
        "UPDATE contacts SET name = 'Somebody' WHERE id = '{AMARA}';
         DELETE FROM messages WHERE external_id = 'seed-203';"
    ));
    let refused = contacts(&database, &["unmerge", &id, "--yes"]).expect_code(4);
    assert!(refused.stderr.contains("survivor's name was changed"), "{refused}");
    assert!(refused.stderr.contains("1 of messages is gone or moved on"), "{refused}");
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "6");
}

#[test]
fn chains_are_undone_in_order() {
    let database = seeded();
    let before = everything(&database);
    let first = merge(&database, JOSE, &[LINH]);
    let second = merge(&database, AMARA, &[JOSE]);
    assert_eq!(json(&database, &["show", LINH])["id"], AMARA);
    let refused = contacts(&database, &["unmerge", &first, "--yes"]).expect_code(4);
    assert!(refused.stderr.contains(&second), "{refused}");
    contacts(&database, &["unmerge", &second, "--yes"]).expect_code(0);
    contacts(&database, &["unmerge", &first, "--yes"]).expect_code(0);
    assert_eq!(everything(&database), before);
    let undone = json(&database, &["merges"]);
    assert!(
        undone["merges"].as_array().unwrap().iter().all(|merge| merge["undone_at"].is_string())
    );
}

#[test]
fn a_message_that_arrives_meanwhile_is_not_lost() {
    let database = seeded();
    // The application has written, but not committed, when the merge begins;
    let mut application = database.connect();
    let insert = |text: &str| {
        format!(
            "INSERT INTO messages (contact_id, channel, direction, content, status) \
             VALUES ('{AMARA_AGAIN}', 'SMS', 'INBOUND', '{text}', 'RECEIVED')"
        )
    };
    application.batch_execute(&format!("BEGIN; {}", insert("before"))).unwrap();
    let run = Binary::on(&database).start(["contacts", "merge", AMARA, AMARA_AGAIN, "--yes"]);
    eventually("the merge waits for the writer", || database.somebody_waits());
    application.batch_execute("COMMIT").unwrap();
    run.wait().expect_code(0);
    // and another one doesn't know yet that the contact was merged away.
    application.batch_execute(&insert("after")).unwrap();
    let of_survivor = format!(
        "(SELECT string_agg(content, ',' ORDER BY content) FROM messages \
          WHERE contact_id = '{AMARA}' AND content IN ('before', 'after'))"
    );
    assert_eq!(database.value(&of_survivor), "after,before");
}

#[test]
fn a_message_that_waits_for_the_merge_goes_to_the_survivor() {
    let database = seeded();
    let mut merging = database.connect();
    merging
        .batch_execute(&format!(
            "BEGIN; SELECT FROM contacts WHERE id = '{AMARA_AGAIN}' FOR UPDATE;
             INSERT INTO contact_merges (id, survivor_id, merged_ids, actor, before, after, moved) \
             VALUES ('{AMARA}', '{AMARA}', ARRAY['{AMARA_AGAIN}'::uuid], 'a', '{{}}', '{{}}', '{{}}');
             INSERT INTO merged_contacts VALUES ('{AMARA_AGAIN}', '{AMARA}', '{AMARA}');
             DELETE FROM contacts WHERE id = '{AMARA_AGAIN}';"
        ))
        .unwrap();
    let mut application = database.connect();
    let writer = std::thread::spawn(move || {
        application.batch_execute(&format!(
            "INSERT INTO messages (contact_id, channel, direction, content, status) \
             VALUES ('{AMARA_AGAIN}', 'SMS', 'INBOUND', 'in between', 'RECEIVED')"
        ))
    });
    eventually("the message waits for the merge", || database.somebody_waits());
    merging.batch_execute("COMMIT").unwrap();
    writer.join().unwrap().expect("the application gets no error");
    assert_eq!(
        database.value("(SELECT contact_id FROM messages WHERE content = 'in between')"),
        AMARA
    );
}

#[test]
fn an_unknown_contact_is_still_an_error() {
    let database = seeded();
    let result = database.connect().batch_execute(
        "INSERT INTO notes (contact_id, user_id, content) \
         SELECT '01900000-0000-7000-8000-00000000ffff', id, 'x' FROM users LIMIT 1",
    );
    assert!(result.unwrap_err().to_string().contains("foreign key"));
}

#[test]
fn distinct_is_remembered_once() {
    let database = seeded();
    assert_eq!(json(&database, &["distinct", AMARA, AMARA_AGAIN])["added"], true);
    assert_eq!(json(&database, &["distinct", AMARA_AGAIN, AMARA])["added"], false);
    contacts(&database, &["distinct", AMARA, AMARA]).expect_code(2);
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs WHERE action = 'contact.distinct')"),
        "1"
    );
}

#[test]
fn an_unknown_actor_changes_nothing() {
    let database = seeded();
    let args = ["contacts", "merge", AMARA, AMARA_AGAIN, "--yes", "--actor", "nobody@example.org"];
    let ran = Binary::on(&database).run(args).expect_code(2);
    assert!(ran.stderr.contains("no user has the e-mail"), "{ran}");
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "7");
    let args =
        ["contacts", "merge", AMARA, AMARA_AGAIN, "--yes", "--actor", "EDITOR@inbox.example"];
    Binary::on(&database).run(args).expect_code(0);
    let audited = "(SELECT actor || ' ' || (user_id IS NOT NULL) FROM audit_logs WHERE action = 'contact.merge')";
    assert_eq!(database.value(audited), "editor@inbox.example true");
}

#[test]
fn a_contact_is_named_by_whatever_it_alone_is_known_by() {
    let database = seeded();
    let (phone, email) = database_identifiers(&database, JOSE);
    for text in [&JOSE.to_uppercase(), &phone, &email.to_uppercase()] {
        assert_eq!(json(&database, &["show", text])["id"], JOSE, "{text}");
        let thread = ["messages", "thread", "--contact", text];
        Binary::on(&database).run(thread).expect_code(0);
    }
    // The same phone in another format is the same number.
    let (phone, _) = database_identifiers(&database, AMARA);
    let ran = contacts(&database, &["show", phone.trim_start_matches("+1")]);
    assert_ran!("show_ambiguous", ran.expect_code(2));
    assert_ran!("show_ambiguous_id", contacts(&database, &["show", "01900000"]).expect_code(2));
    assert_ran!(
        "show_nobody",
        contacts(&database, &["show", "nobody@inbox.example"]).expect_code(2)
    );

    // One that was merged away is found by its id alone.
    let gone = "ab120000-0000-7000-8000-000000000001";
    let handle = r#"{"instagram": "@solo.h"}"#;
    database.execute(&format!(
        "INSERT INTO contacts (id, social_handles) VALUES ('{gone}', '{handle}')"
    ));
    for text in ["AB12", "ab120000-0000", "@solo.h", "ab12000000007000"] {
        assert_eq!(json(&database, &["show", text])["id"], gone, "{text}");
    }
    merge(&database, AMARA, &[gone]);
    let shown = json(&database, &["show", "AB12"]);
    assert_eq!((&shown["id"], &shown["merged_from"]), (&AMARA.into(), &gone.into()));
    assert_eq!(json(&database, &["search", "ab12"])["hits"][0]["matched"], "merged away");
}

#[test]
fn where_nobody_is_asked_an_id_is_whole() {
    let database = seeded();
    let (_, email) = database_identifiers(&database, JOSE);
    let before = everything(&database);
    let ran = contacts(&database, &["merge", LINH, &email, "--yes"]).expect_code(2);
    assert_ran!("merge_by_email", ran);
    contacts(&database, &["merge", &email, LINH, "--dry-run"]).expect_code(0);
    assert_eq!(everything(&database), before);

    let merged = merge(&database, AMARA, &[AMARA_AGAIN]);
    let begins = &merged[..18];
    contacts(&database, &["unmerge", begins, "--yes"]).expect_code(2);
    let planned = json(&database, &["unmerge", begins, "--dry-run"]);
    assert_eq!(planned["id"], merged.as_str());
    contacts(&database, &["unmerge", "ffff", "--dry-run"]).expect_code(2);
}

/// Phone and e-mail.
fn database_identifiers(database: &Database, id: &str) -> (String, String) {
    let value =
        |column| database.value(&format!("(SELECT {column} FROM contacts WHERE id = '{id}')"));
    (value("phone"), value("email"))
}

#[test]
fn a_weak_match_is_called_so() {
    let database = seeded();
    database.execute("INSERT INTO contacts (name) VALUES ('Maria'), ('Sandra Miller')");
    let ran = contacts(&database, &["search", "Muller"]).expect_code(0);
    let line = |name: &str| ran.stdout.lines().find(|line| line.contains(name)).unwrap_or_default();
    assert!(!line("Sandra Miller").contains("weakly"), "{ran}");
    assert!(line("Maria").contains("weakly") || line("Maria").is_empty(), "{ran}");
}
