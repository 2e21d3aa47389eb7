//! What a database, a role, an operator or a URL prefers changes nothing that is read, and what
//! forbids writing is obeyed.

use crate::support::{Binary, Database, Ran};

/// Two contacts of one name and phone, with values that settings write in their own way.
fn two_contacts(database: &Database) -> (String, String) {
    database.execute(
        "INSERT INTO contacts (name, phone, metadata, created_at) VALUES
             ('Ana Prueba', '+34600111222', '{\"score\": 0.1}', '2025-01-31 10:00+00'),
             ('Ana Prueba', '+34600111222', '{\"since\": \"2025-02-03\"}', '2025-02-03 10:00+00')",
    );
    let id = |order: &str| {
        database.value(&format!("(SELECT id FROM contacts ORDER BY created_at {order} LIMIT 1)"))
    };
    (id("ASC"), id("DESC"))
}

const PREFERENCES: &str = "
    ALTER DATABASE {} SET datestyle = 'German';
    ALTER DATABASE {} SET intervalstyle = 'sql_standard';
    ALTER DATABASE {} SET timezone = 'Asia/Kathmandu';
    ALTER DATABASE {} SET quote_all_identifiers = on;
    ALTER DATABASE {} SET bytea_output = 'escape';
    ALTER DATABASE {} SET extra_float_digits = -15;
    ALTER DATABASE {} SET standard_conforming_strings = off;
    ALTER DATABASE {} SET escape_string_warning = off;
    ALTER DATABASE {} SET default_transaction_isolation = 'serializable';
    ALTER DATABASE {} SET search_path = 'nowhere';
    ALTER DATABASE {} SET session_replication_role = 'replica'";

/// As an operator whose shell has preferences too.
fn prefers(database: &Database) -> Binary {
    Binary::on(database)
        .env("PGDATESTYLE", "German")
        .env("PGTZ", "Asia/Kathmandu")
        .env("PGCLIENTENCODING", "LATIN1")
        .env("PGOPTIONS", "-c datestyle=Postgres -c extra_float_digits=-10")
}

#[test]
fn preferences_change_nothing_that_is_read() {
    let database = Database::migrated();
    let (older, younger) = two_contacts(&database);
    let read = |binary: &dyn Fn() -> Binary| -> Vec<String> {
        let merges = ["contacts", "merge", &older, &younger, "--dry-run", "--format", "json"];
        let commands: [&[&str]; 4] = [
            &["db", "drift"],
            &merges,
            &["contacts", "show", &older, "--format", "json"],
            &["audit", "list", "--format", "json"],
        ];
        commands.iter().map(|words| binary().run(*words).expect_code(0).stdout).collect()
    };
    let before = read(&|| Binary::on(&database));
    database.execute(&PREFERENCES.replace("{}", &database.name));
    assert_eq!(read(&|| prefers(&database)), before);
    // The triggers of the schema fire, and the pair can be taken apart again.
    prefers(&database).run(["contacts", "merge", &older, &younger, "--yes"]).expect_code(0);
    let merge = database.value("(SELECT id FROM public.contact_merges)");
    prefers(&database).run(["contacts", "unmerge", &merge, "--yes"]).expect_code(0);
    assert_eq!(database.value("(SELECT count(*) FROM public.contacts)"), "2");
}

/// Whatever a database or a role is set to before there is anything in it.
#[test]
fn an_inbox_lives_under_any_settings() {
    const SETTINGS: [(&str, &str); 28] = [
        ("array_nulls", "off"),
        ("backslash_quote", "off"),
        ("check_function_bodies", "off"),
        ("constraint_exclusion", "off"),
        ("default_table_access_method", "heap2"),
        ("default_tablespace", "pg_default"),
        ("default_transaction_deferrable", "on"),
        ("default_transaction_isolation", "serializable"),
        ("enable_partition_pruning", "off"),
        ("enable_partitionwise_join", "on"),
        ("from_collapse_limit", "1"),
        ("gin_fuzzy_search_limit", "1"),
        ("IntervalStyle", "iso_8601"),
        ("join_collapse_limit", "1"),
        ("lc_monetary", "'C.UTF-8'"),
        ("lc_numeric", "'C.UTF-8'"),
        ("lo_compat_privileges", "on"),
        ("password_encryption", "md5"),
        ("plan_cache_mode", "force_generic_plan"),
        ("row_security", "off"),
        ("search_path", "'\"$user\", \"odd, \"\"schema\"'"),
        ("standard_conforming_strings", "off"),
        ("TimeZone", "'<+0545>-05:45'"),
        ("track_counts", "off"),
        ("transform_null_equals", "on"),
        ("work_mem", "'64kB'"),
        ("xmlbinary", "hex"),
        ("xmloption", "document"),
    ];
    for of in ["DATABASE {}", "ROLE inbox IN DATABASE {}"] {
        let database = Database::empty();
        let of = of.replace("{}", &database.name);
        database.execute("CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler");
        for (name, value) in SETTINGS {
            database.execute(&format!("ALTER {of} SET {name} = {value}"));
        }
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("inbox.dump");
        let (out, copy) = (out.to_str().unwrap(), format!("{}_copy", database.name));
        let run = |args: &[&str]| Binary::on(&database).run(args).expect_code(0);
        run(&["db", "migrate"]);
        run(&["db", "drift"]);
        run(&["db", "seed", "--profile", "small"]);
        let merged = run(&["contacts", "dedupe", "--yes", "--format", "json"]).json();
        assert!(merged["merged"].as_u64() > Some(50), "{merged}");
        run(&["audit", "prune", "--older-than", "60d", "--max-rows", "10000", "--yes"]);
        run(&["jobs", "cleanup", "--yes"]);
        run(&["db", "backup", "--out", out]);
        run(&["db", "restore", out, "--into", &copy, "--trust-functions"]);
        database.execute(&format!("DROP DATABASE {copy}"));
        run(&["db", "verify"]);
    }
}

#[test]
fn backups_do_not_depend_on_preferences() {
    let database = Database::migrated();
    two_contacts(&database);
    database.execute(&PREFERENCES.replace("{}", &database.name));
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("inbox.dump");
    let out = out.to_str().unwrap();
    prefers(&database).run(["db", "backup", "--out", out]).expect_code(0);
    prefers(&database).run(["db", "backup", "verify", out, "--level", "3"]).expect_code(0);
}

fn refused(ran: Ran, database: &Database) -> Ran {
    let ran = ran.expect_code(4);
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "2", "{ran}");
    assert!(ran.stderr.contains("default_transaction_read_only"), "{ran}");
    ran
}

#[test]
fn who_wants_to_read_only_writes_nothing() {
    let database = Database::migrated();
    let (older, younger) = two_contacts(&database);
    let merge = ["contacts", "merge", &older, &younger, "--yes"];
    let read_only = "-c default_transaction_read_only=on";
    let ran = refused(Binary::on(&database).env("PGOPTIONS", read_only).run(merge), &database);
    assert!(ran.stderr.contains("out of PGOPTIONS"), "{ran}");
    let joint = if database.url().contains('?') { '&' } else { '?' };
    let url = format!("{}{joint}options=-c%20default_transaction_read_only%3Don", database.url());
    refused(Binary::new().env("DATABASE_URL", url).run(merge), &database);
    // What only looks works.
    Binary::on(&database)
        .env("PGOPTIONS", read_only)
        .run(["contacts", "show", &older])
        .expect_code(0);
    database.execute(&format!(
        "ALTER DATABASE {} SET default_transaction_read_only = on",
        database.name
    ));
    let ran = Binary::on(&database).run(merge).expect_code(4);
    let reset = format!("ALTER DATABASE \"{}\" RESET default_transaction_read_only", database.name);
    assert!(ran.stderr.contains(&reset), "{ran}");
    let check = Binary::on(&database).run(["db", "check"]).expect_code(0);
    assert!(check.stdout.contains("default_transaction_read_only is on"), "{check}");
}

/// The database's URL with another schema.
fn in_schema(database: &Database, schema: &str) -> Binary {
    let joint = if database.url().contains('?') { '&' } else { '?' };
    Binary::new().env("DATABASE_URL", format!("{}{joint}schema={schema}", database.url()))
}

#[test]
fn the_schema_of_the_url_must_be_there_and_usable() {
    let database = Database::migrated();
    let ran = in_schema(&database, "no%20\"where").run(["db", "status"]).expect_code(4);
    assert!(ran.stderr.contains("CREATE SCHEMA \"no \"\"where\" AUTHORIZATION"), "{ran}");
    in_schema(&database, "nowhere").run(["db", "migrate"]).expect_code(4);
    assert_eq!(database.value("to_regclass('pg_temp.contacts')"), "");
    // What needs no inbox works without.
    in_schema(&database, "nowhere").run(["db", "wait"]).expect_code(0);
    let check = in_schema(&database, "nowhere").run(["db", "check"]).expect_code(3);
    assert!(check.stdout.contains("there is no schema nowhere"), "{check}");
    database.execute(&format!(
        "CREATE ROLE {0} LOGIN; CREATE SCHEMA hidden; REVOKE ALL ON SCHEMA hidden FROM PUBLIC",
        database.name
    ));
    let as_role = format!("-c role={}", database.name);
    let ran = in_schema(&database, "hidden").env("PGOPTIONS", as_role).run(["db", "status"]);
    let ran = ran.expect_code(4);
    assert!(ran.stderr.contains("GRANT USAGE ON SCHEMA \"hidden\" TO"), "{ran}");
    database.execute(&format!("DROP ROLE {}", database.name));
}
