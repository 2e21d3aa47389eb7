//! `integrations rotate-keys` among kills and competitors: no row is ever lost.

use std::collections::HashMap;
use std::thread;
use std::time::Instant;

use diesel::prelude::*;
use diesel::sql_types::Text;
use inboxctl::domain::vault::{Entropy, Keyring, key_id_of, open, seal};

use crate::integrations::SMS;
use crate::support::tokens::{ROWS, place, with_tokens};
use crate::support::{Binary, Database, TestKeyring, eventually};

/// Opens every row and returns how many are under which key.
fn open_all(database: &Database, keyring: &Keyring) -> HashMap<String, usize> {
    open_all_but(database, keyring, &mut HashMap::new())
}

/// The same, but a text that was opened before at this place isn't again.
fn open_all_but(
    database: &Database,
    keyring: &Keyring,
    opened: &mut HashMap<String, String>,
) -> HashMap<String, usize> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        id: String,
        #[diesel(sql_type = Text)]
        secret: String,
    }
    let rows: Vec<Row> = diesel::sql_query("SELECT id::text AS id, secret FROM tokens")
        .load(&mut database.connect())
        .expect("the envelopes");
    assert_eq!(rows.len(), ROWS as usize);
    let mut keys = HashMap::new();
    for row in rows {
        *keys.entry(key_id_of(&row.secret).unwrap().to_string()).or_default() += 1;
        if opened.get(&row.id) != Some(&row.secret) {
            let plain = open(keyring, &place(&row.id), &row.secret)
                .unwrap_or_else(|error| panic!("row {} does not open: {error}", row.id));
            assert_eq!(plain.as_slice(), row.id.as_bytes());
            opened.insert(row.id, row.secret);
        }
    }
    keys
}

fn rotate(database: &Database, keyring: &TestKeyring) -> Binary {
    keyring.on(database)
}

const ROTATE: [&str; 4] = ["integrations", "rotate-keys", "--batch-size", "200"];

#[test]
fn killed_fifty_times_every_row_opens() {
    let database = Database::migrated();
    let keyring = TestKeyring::generated();
    with_tokens(&database, &keyring.read());
    keyring.change_key();
    let start = Instant::now();
    rotate(&database, &keyring).run(ROTATE).expect_code(0);
    let mut whole = start.elapsed();
    let (mut partly, mut opened) = (0, HashMap::new());
    // No generator is needed for times that nobody can foretell.
    let mut random = u64::from(std::process::id());
    for kill in 0..50 {
        keyring.change_key();
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(kill + 1);
        let mut run = rotate(&database, &keyring).start(ROTATE);
        let part = (random >> 40) as f64 / f64::from(1 << 24);
        // Squared: early ones are as telling, and over sooner.
        thread::sleep(whole.mul_f64(part * part));
        match run.is_running() {
            true => run.signal("KILL"),
            // The machine is faster than it was.
            false => whole = whole.mul_f64(0.9),
        }
        run.wait();
        let keys = open_all_but(&database, &keyring.read(), &mut opened);
        if keys.len() > 1 {
            partly += 1;
        }
    }
    assert!(partly >= 10, "only {partly} of 50 kills met a rotation at work");
    rotate(&database, &keyring).run(ROTATE).expect_code(0);
    let keys = open_all(&database, &keyring.read());
    assert_eq!(keys, HashMap::from([(keyring.primary(), ROWS as usize)]));
}

#[test]
fn two_at_once_and_somebody_who_sets() {
    let database = Database::migrated();
    let keyring = TestKeyring::generated();
    keyring.on(&database).input(SMS).run(["integrations", "set-credentials", "SMS"]).expect_code(0);
    with_tokens(&database, &keyring.read());
    keyring.change_key();
    let runs = [0, 1].map(|_| rotate(&database, &keyring).start(ROTATE));
    let mut last = String::new();
    for number in 0..8 {
        last = format!("canary-token-number-{number}");
        keyring
            .on(&database)
            .input(SMS.replace("canary-token-4711", &last))
            .run(["integrations", "set-credentials", "SMS", "--yes"])
            .expect_code(0);
    }
    for run in runs {
        run.wait().expect_code(0);
    }
    let keys = open_all(&database, &keyring.read());
    assert_eq!(keys, HashMap::from([(keyring.primary(), ROWS as usize)]));
    let shown = keyring
        .on(&database)
        .run(["integrations", "show", "SMS", "--reveal", "--yes", "--format", "json"])
        .json();
    assert_eq!(shown["credentials"]["auth_token"], last.as_str());
    assert_eq!(shown["key_id"], keyring.primary().as_str());
    let rotated = "(SELECT sum((details->>'rows')::int) FROM audit_logs WHERE action = 'credentials.rotate' AND details->>'table' = 'tokens')";
    assert_eq!(database.value(rotated), ROWS.to_string(), "each row once");
}

/// The row changes between the rotation's reading and its writing.
#[test]
fn what_changed_meanwhile_is_not_overwritten() {
    let database = Database::migrated();
    let keyring = TestKeyring::generated();
    with_tokens(&database, &keyring.read());
    let entropy = Entropy { salt: [9; 16], nonce: [9; 12] };
    let newer = seal(&keyring.read(), &place("7"), b"newer", &entropy);
    keyring.change_key();
    let lock =
        database.lock("application", &format!("UPDATE tokens SET secret = '{newer}' WHERE id = 7"));
    let run = rotate(&database, &keyring).start(ROTATE);
    eventually("it waits for the row", || database.somebody_waits());
    lock.commit();
    let ran = run.wait().expect_code(0);
    let text = database.value("(SELECT secret FROM tokens WHERE id = 7)");
    assert_eq!(key_id_of(&text).unwrap().to_string(), keyring.primary(), "{ran}");
    assert_eq!(open(&keyring.read(), &place("7"), &text).unwrap().as_slice(), b"newer");
}

#[test]
fn a_signal_ends_it_between_two_batches() {
    let database = Database::migrated();
    let keyring = TestKeyring::generated();
    with_tokens(&database, &keyring.read());
    keyring.change_key();
    let lock = database.lock("application", "SELECT FROM tokens WHERE id = 5000 FOR UPDATE");
    let run = rotate(&database, &keyring).start([&ROTATE[..], &["--format", "json"]].concat());
    eventually("it waits for the row", || database.somebody_waits());
    run.signal("INT");
    drop(lock);
    let ran = run.wait().expect_code(130);
    let json = ran.json();
    let (rotated, left) = (json["rotated"].as_u64().unwrap(), json["left"].as_u64().unwrap());
    assert_eq!(rotated + left, ROWS as u64, "{ran}");
    assert_eq!(rotated % 200, 0, "{ran}");
    let keys = open_all(&database, &keyring.read());
    assert_eq!(keys[&keyring.primary()], rotated as usize);
}

#[test]
fn bad_rows_are_listed_and_left() {
    let database = Database::migrated();
    let keyring = TestKeyring::generated();
    with_tokens(&database, &keyring.read());
    keyring.change_key();
    database.execute(
        "UPDATE tokens SET secret = 'canary in the clear' WHERE id = 3;
         UPDATE tokens SET secret = (SELECT secret FROM tokens WHERE id = 5) WHERE id = 4;
         UPDATE tokens SET secret = left(secret, 60) WHERE id BETWEEN 1001 AND 1150;",
    );
    let ran = rotate(&database, &keyring).run([&ROTATE[..], &["--format", "json"]].concat());
    let ran = ran.expect_code(3);
    assert!(!ran.to_string().contains("canary"), "{ran}");
    let json = ran.json();
    assert_eq!(json["rotated"], 10_000 - 152);
    assert_eq!(json["bad_total"], 152);
    assert_eq!(json["bad"].as_array().unwrap().len(), 100);
    assert_eq!(json["left"], 0);
    assert_eq!(json["bad"][0]["row_id"], "3");
    assert_eq!(json["bad"][1]["code"], "tampered");
    let table = rotate(&database, &keyring).run(ROTATE).expect_code(3);
    assert!(table.stdout.contains("of which the first 100 are listed"), "{table}");
    assert_eq!(database.value("(SELECT secret FROM tokens WHERE id = 3)"), "canary in the clear");
}
