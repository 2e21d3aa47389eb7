//! Months of the audit log are known by their bounds, whatever they are called and wherever they lie.

use std::thread;

use serde_json::Value;

use crate::support::{Binary, Database};

fn prune(database: &Database, more: &[&str]) -> Value {
    let args = [
        "audit",
        "prune",
        "--before",
        "2025-09-01",
        "--yes",
        "--max-rows",
        "99999",
        "--format",
        "json",
    ];
    Binary::on(database).run([&args, more].concat()).expect_code(0).json()
}

fn entries(database: &Database, first: &str, every: &str, rows: u32) {
    database.execute(&format!(
        "INSERT INTO audit_logs (actor, action, resource, created_at) SELECT 'x', 'old', 'r', '{first}'::timestamptz + n * interval '{every}' FROM generate_series(0, {rows} - 1) AS n"
    ));
}

const OLD: &str = "(SELECT count(*) FROM audit_logs WHERE action = 'old')";

#[test]
fn quarters_weeks_and_odd_names_go_like_months() {
    let database = Database::migrated();
    database.execute(
        "CREATE SCHEMA \"Old\";
         CREATE TABLE \"Old\".\"Q1 2025\" PARTITION OF audit_logs FOR VALUES FROM (MINVALUE) TO ('2025-04-01+00');
         CREATE TABLE april PARTITION OF audit_logs FOR VALUES FROM ('2025-04-01+00') TO ('2025-05-01+00') PARTITION BY RANGE (created_at);
         CREATE TABLE april_first PARTITION OF april FOR VALUES FROM ('2025-04-01+00') TO ('2025-04-05+00');
         CREATE TABLE april_rest PARTITION OF april DEFAULT;
         CREATE TABLE week PARTITION OF audit_logs FOR VALUES FROM ('2025-08-28+00') TO ('2025-09-04+00') PARTITION BY HASH (id);
         CREATE TABLE week_0 PARTITION OF week FOR VALUES WITH (MODULUS 2, REMAINDER 0);
         CREATE TABLE week_1 PARTITION OF week FOR VALUES WITH (MODULUS 2, REMAINDER 1);
         CREATE TABLE ever PARTITION OF audit_logs FOR VALUES FROM ('20000-01-01+00') TO (MAXVALUE)",
    );
    entries(&database, "2025-01-01", "6 hours", 400);
    entries(&database, "2025-04-02", "1 hour", 300);
    entries(&database, "2025-08-29", "1 hour", 140);
    entries(&database, "infinity", "0 hours", 2);
    let folder = tempfile::tempdir().unwrap();
    let old =
        "(SELECT count(*) FROM audit_logs WHERE action = 'old' AND created_at < '2025-09-01+00')";
    let (all, before) = (database.value(OLD), database.value(old));
    let done = prune(&database, &["--archive", folder.path().to_str().unwrap()]);
    assert_eq!(
        (done["deleted"].to_string(), done["archived"].to_string()),
        (before.clone(), before.clone())
    );
    assert_eq!(database.value(old), "0");
    let left = all.parse::<u32>().unwrap() - before.parse::<u32>().unwrap();
    assert_eq!(database.value(OLD), left.to_string(), "what is younger stays");
    let names: Vec<&str> = done["by_partition"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["partition"].as_str().unwrap())
        .collect();
    assert!(
        names.contains(&"Old.Q1 2025") && names.contains(&"april") && names.contains(&"week"),
        "{names:?}"
    );
    assert_eq!(database.value("to_regclass('april')"), "");
}

#[test]
fn nothing_is_made_where_times_have_a_partition_already() {
    let database = Database::empty();
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
    // What is to come, as one partition of the application's.
    database.execute(
        "DO $$ DECLARE name text; BEGIN
             FOR name IN SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_logs'::regclass
                 AND inhrelid <> 'audit_logs_default'::regclass LOOP
                 EXECUTE 'ALTER TABLE audit_logs DETACH PARTITION ' || name; EXECUTE 'ALTER TABLE ' || name || ' RENAME TO spare_' || name;
             END LOOP;
             EXECUTE format('CREATE TABLE from_now_on PARTITION OF audit_logs FOR VALUES FROM (%L) TO (MAXVALUE)', date_trunc('month', now(), 'UTC'));
         END $$",
    );
    let done = prune(&database, &[]);
    assert_eq!(done["partitions_made"], serde_json::json!([]), "{done}");
    Binary::on(&database).run(["db", "migrate"]).expect_code(0);
    let doctor = Binary::on(&database).run(["doctor", "--only", "partitions"]);
    assert!(!doctor.stdout.contains("missing"), "{doctor}");
    let drift = Binary::on(&database).run(["db", "drift"]);
    assert!(!drift.stdout.contains("DROP TABLE"), "{drift}");
}

#[test]
fn a_months_name_that_is_taken_is_told_with_the_way_out() {
    for taken in [
        "ALTER TABLE audit_logs DETACH PARTITION NEXT",
        "DROP TABLE NEXT; CREATE VIEW NEXT AS SELECT 1",
        "DROP TABLE NEXT; CREATE TYPE NEXT AS ENUM ('x')",
    ] {
        let database = Database::migrated();
        let next = database.value(
            "'audit_logs_' || to_char(now() AT TIME ZONE 'UTC' + interval '1 month', 'YYYY_MM')",
        );
        database.execute(&taken.replace("NEXT", &next));
        let partitions =
            "(SELECT count(*) FROM pg_inherits WHERE inhparent = 'audit_logs'::regclass)";
        let before = database.value(partitions);
        for ran in [
            Binary::on(&database).run(["audit", "prune", "--yes"]).expect_code(0),
            Binary::on(&database).run(["db", "migrate"]).expect_code(0),
            Binary::on(&database).run(["doctor", "--only", "partitions"]),
        ] {
            assert!(format!("{}{}", ran.stdout, ran.stderr).contains(&next), "{taken}: {ran}");
        }
        let ran = Binary::on(&database).run(["audit", "prune", "--yes"]);
        assert!(
            ran.stderr.contains("is taken by") && ran.stderr.contains("ATTACH PARTITION"),
            "{ran}"
        );
        assert_eq!(database.value(partitions), before);
    }
}

#[test]
fn new_months_have_their_parents_owner_and_rights_whoever_makes_them() {
    let database = Database::migrated();
    let (owner, reader) = (format!("{}_owner", database.name), format!("{}_reader", database.name));
    database.execute(&format!(
        "CREATE ROLE {owner}; CREATE ROLE {reader}; GRANT CREATE ON SCHEMA public TO {owner};
         ALTER TABLE audit_logs OWNER TO {owner}; ALTER TABLE audit_logs_default OWNER TO {owner};
         GRANT SELECT ON audit_logs TO {reader}; GRANT UPDATE (details) ON audit_logs TO {reader} WITH GRANT OPTION;
         ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT DELETE ON TABLES TO {reader}"
    ));
    // A month in the past comes by moving, the last to come is made anew.
    let last = database.value("(SELECT max(inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = 'audit_logs'::regclass AND inhrelid::regclass::text ~ '[0-9]$')");
    database.execute(&format!("DROP TABLE {last}"));
    entries(&database, "2025-10-05", "1 hour", 20);
    prune(&database, &[]);
    for month in ["audit_logs_2025_10", last.as_str()] {
        let told = database.value(&format!(
            "(SELECT pg_get_userbyid(relowner) || ' ' || has_table_privilege('{reader}', oid, 'SELECT') || ' ' \
              || has_table_privilege('{reader}', oid, 'DELETE') || ' ' \
              || has_column_privilege('{reader}', oid, 'details', 'UPDATE WITH GRANT OPTION') || ' ' \
              || has_table_privilege('{owner}', oid, 'DELETE') FROM pg_class WHERE oid = '{month}'::regclass)"
        ));
        assert_eq!(told, format!("{owner} true false true true"), "{month}");
    }
    database.execute(&format!(
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {reader};
         REASSIGN OWNED BY {owner} TO CURRENT_USER; DROP OWNED BY {owner}, {reader}; DROP ROLE {owner}, {reader}"
    ));
}

#[test]
fn a_foreign_month_is_left_out_and_named() {
    let database = Database::migrated();
    database.execute(
        // A table with a unique or a foreign key takes no foreign partition.
        "ALTER TABLE audit_logs DROP CONSTRAINT audit_logs_pkey, DROP CONSTRAINT audit_logs_user_id_fkey; CREATE EXTENSION postgres_fdw;
         CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '/nowhere');
         CREATE USER MAPPING FOR CURRENT_USER SERVER far;
         CREATE FOREIGN TABLE audit_logs_2025_01 PARTITION OF audit_logs FOR VALUES FROM ('2025-01-01+00') TO ('2025-02-01+00') SERVER far",
    );
    entries(&database, "2025-06-01", "1 hour", 20);
    let ran = Binary::on(&database)
        .run(["audit", "prune", "--before", "2025-09-01", "--yes"])
        .expect_code(1);
    assert!(
        ran.stderr.contains("audit_logs_2025_01") && ran.stderr.contains("another server"),
        "{ran}"
    );
    assert_eq!(
        database.value("(SELECT count(*) FROM ONLY audit_logs_default WHERE action = 'old')"),
        "0"
    );
}

/// Generated columns and those of a sequence, and an entry of the application that something points at.
#[test]
fn what_the_default_partition_took_moves_whatever_columns_there_are() {
    let database = Database::migrated();
    database.execute(
        "ALTER TABLE audit_logs ADD tenant text GENERATED ALWAYS AS (details ->> 'tenant') STORED,
             ADD number bigserial;
         CREATE TABLE reasons (entry uuid, at timestamptz, FOREIGN KEY (entry, at) REFERENCES audit_logs ON DELETE CASCADE)",
    );
    entries(&database, "2025-10-05", "1 hour", 20);
    entries(&database, "2025-11-05", "1 hour", 20);
    database.execute("INSERT INTO reasons SELECT id, created_at FROM audit_logs WHERE action = 'old' AND created_at > '2025-11-05 06:00+00' LIMIT 1");
    let numbers = "(SELECT md5(string_agg(number::text, ',' ORDER BY id)) FROM audit_logs WHERE action = 'old')";
    let before = database.value(numbers);
    let done = prune(&database, &[]);
    assert_eq!(done["partitions_made"], serde_json::json!(["audit_logs_2025_10"]), "{done}");
    assert_eq!(database.value(numbers), before);
    assert!(done["warnings"][0].as_str().unwrap().contains("reasons"), "{done}");
    assert_eq!(database.value("(SELECT count(*) FROM reasons)"), "1");
}

/// What looks at the whole schema meets months that go while it looks.
#[test]
fn who_looks_beside_a_prune_finds_no_fault() {
    let database = Database::migrated();
    database.add_months("timestamp '2015-01-01'", 40);
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) \
         SELECT 'x', 'y', 'z', '2015-01-01+00'::timestamptz + make_interval(days => n) FROM generate_series(1, 1200) n",
    );
    let prune = ["audit", "prune", "--before", "2020-01-01", "--max-rows", "1200", "--yes"];
    thread::scope(|scope| {
        let pruning = scope.spawn(|| Binary::on(&database).run(prune));
        while !pruning.is_finished() {
            for words in [
                &["db", "verify"][..],
                &["table-sizes", "--exact"],
                &["db", "drift", "--fingerprint"],
            ] {
                Binary::on(&database).run(words).expect_code(0);
            }
        }
        pruning.join().expect("the prune").expect_code(0);
    });
    assert_eq!(database.value("(SELECT count(*) FROM audit_logs WHERE action = 'y')"), "0");
}
