//! The migrated database: reversible, complete, and as the code believes it.

#[path = "cli/support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::process::Command;

use support::{Binary, Database};

/// What pg_dump makes of the schema, without what differs from run to run.
fn dump(database: &Database) -> String {
    let binaries = inboxctl::local::Binaries::find(None).unwrap();
    let pg_dump = binaries.tool("pg_dump").expect("pg_dump comes with the server");
    let output = Command::new(pg_dump)
        .args(["--schema-only", "--no-owner", "--exclude-table=inboxctl_*", "--dbname"])
        .arg(database.url())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    // A random token of newer versions, and their own version.
    let is_stable = |line: &&str| !line.starts_with('\\') && !line.starts_with("-- Dumped");
    text.lines().filter(is_stable).collect::<Vec<_>>().join("\n")
}

#[test]
fn up_down_up_comes_back_to_the_same_catalogue() {
    let database = Database::empty();
    let run = |args: &[&str]| Binary::on(&database).run(args).expect_code(0);
    run(&["db", "migrate"]);
    let first = dump(&database);
    assert!(first.contains("CREATE TABLE public.contacts"), "{first}");
    run(&["db", "rollback", "--to", "0", "--yes"]);
    let left = database.value(
        "(SELECT string_agg(relname, ',') FROM pg_class WHERE relnamespace = 'public'::regnamespace \
          AND relkind IN ('r', 'p', 'v') AND relname !~ '^(inboxctl|__diesel)')",
    );
    assert_eq!(left, "", "tables that no down.sql drops");
    let types = "(SELECT count(*) FROM pg_type t WHERE typnamespace = 'public'::regnamespace AND typtype = 'e')";
    assert_eq!(database.value(types), "0");
    run(&["db", "migrate"]);
    assert_eq!(dump(&database), first);
}

#[test]
fn a_reset_comes_back_to_the_same_catalogue() {
    let database = Database::migrated();
    let first = dump(&database);
    Binary::on(&database).run(["db", "environment", "set", "test"]).expect_code(0);
    Binary::on(&database).run(["db", "reset", "--confirm-db", &database.name]).expect_code(0);
    assert_eq!(dump(&database), first);
}

#[test]
fn every_foreign_key_has_an_index() {
    let database = Database::migrated();
    let bare = database.value(
        "(SELECT string_agg(c.conrelid::regclass || '.' || c.conname, ', ') FROM pg_constraint c \
          WHERE c.contype = 'f' AND c.conparentid = 0 AND NOT EXISTS ( \
              SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1]))",
    );
    assert_eq!(bare, "");
}

#[test]
fn a_merge_can_move_every_row_that_points_to_a_contact() {
    let database = Database::migrated();
    // One row a contact would be in the way: of assignments one is kept, presence has one a user.
    let unique = database.value(
        "(SELECT string_agg(DISTINCT c.conrelid::regclass::text, ',') FROM pg_constraint c \
          JOIN pg_index i ON i.indrelid = c.conrelid AND i.indisunique \
          WHERE c.contype = 'f' AND c.confrelid = 'contacts'::regclass AND c.conkey[1] = ANY (i.indkey))",
    );
    assert_eq!(unique, "assignments");
}

#[test]
fn no_cascade_takes_messages_notes_or_audit_entries() {
    let database = Database::migrated();
    let cascades = database.value(
        "(SELECT string_agg(conrelid::regclass || '.' || conname, ', ') FROM pg_constraint \
          WHERE contype = 'f' AND confdeltype <> 'r' \
          AND conrelid::regclass::text ~ '^(messages|notes|audit_logs)')",
    );
    assert_eq!(cascades, "");
}

/// What only inboxctl writes is checked; of what applications write, null becomes {}.
#[test]
fn json_columns_are_checked_or_forgive_null() {
    let database = Database::migrated();
    let unguarded = database.value(
        "(SELECT string_agg(a.attrelid::regclass || '.' || a.attname, ', ') \
          FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
          WHERE a.atttypid = 'jsonb'::regtype AND c.relnamespace = 'public'::regnamespace \
          AND c.relname !~ '^inboxctl' AND c.relkind IN ('r', 'p') AND NOT EXISTS ( \
              SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' \
              AND a.attnum = ANY (k.conkey) AND pg_get_constraintdef(k.oid) LIKE '%jsonb_typeof%object%') \
          AND NOT EXISTS ( \
              SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND a.attnum = ANY (t.tgattr) \
              AND pg_get_triggerdef(t.oid) LIKE '%json_null_is_empty(%'''||a.attname||'''%'))",
    );
    assert_eq!(unguarded, "");
}

/// The path of the session is whoever's who wrote the row, a dump's is empty.
#[test]
fn every_migration_and_every_function_has_its_own_path() {
    let guard = inboxctl::store::migrations::MIGRATIONS[0].up.split("\n\n").next().unwrap();
    assert!(guard.contains("current_schema()") && guard.contains("', pg_temp', true)"), "{guard}");
    for migration in inboxctl::store::migrations::MIGRATIONS {
        for text in [migration.up, migration.down] {
            assert!(text.starts_with(guard), "{migration}: {text}");
        }
    }
    // What names something of ours has a path; the others name the server's own only.
    let database = Database::migrated();
    let lost = database.value(
        "(SELECT string_agg(p.oid::regprocedure::text, ', ') FROM pg_proc p \
          WHERE p.pronamespace = 'public'::regnamespace AND p.proconfig IS NULL \
          AND p.prosrc !~ 'current_schema\\(\\) OPERATOR\\(pg_catalog.=\\) TG_TABLE_SCHEMA' AND EXISTS ( \
              SELECT FROM pg_class c WHERE c.relnamespace = p.pronamespace \
              AND p.prosrc ~ ('\\m' || c.relname || '\\M') \
              UNION ALL SELECT FROM pg_proc f WHERE f.pronamespace = p.pronamespace \
              AND p.prosrc ~ ('\\m' || f.proname || '\\s*\\(')))",
    );
    assert_eq!(lost, "", "functions without SET search_path FROM CURRENT");
}

#[test]
fn every_table_with_updated_at_keeps_it() {
    let database = Database::migrated();
    let untouched = database.value(
        "(SELECT string_agg(c.relname, ', ') FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
          WHERE a.attname = 'updated_at' AND c.relkind IN ('r', 'p') AND NOT c.relispartition \
          AND c.relnamespace = 'public'::regnamespace AND c.relname !~ '^inboxctl' AND NOT EXISTS ( \
              SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname LIKE '%set_updated_at'))",
    );
    assert_eq!(untouched, "");
}

#[test]
fn keys_are_uuids_of_version_7_in_the_order_of_time() {
    let database = Database::migrated();
    database.execute("INSERT INTO contacts (name) SELECT n::text FROM generate_series(1, 50) n");
    let ids =
        "FROM contacts WHERE substr(id::text, 15, 1) = '7' AND substr(id::text, 20, 1) ~ '[89ab]'";
    assert_eq!(database.value(&format!("(SELECT count(*) {ids})")), "50");
    let age = database.value(
        "(SELECT abs(extract(epoch FROM now()) - \
          ('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint / 1000.0) < 60 \
          FROM contacts LIMIT 1)",
    );
    assert_eq!(age, "true");
}

#[test]
fn an_audit_entry_of_any_month_can_be_written() {
    let database = Database::migrated();
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES \
         ('a', 'b.c', 'd', '1999-12-31'), ('a', 'b.c', 'd', '2199-01-01'), ('a', 'b.c', 'd', now())",
    );
    assert_eq!(database.value("(SELECT count(*) FROM audit_logs_default)"), "2");
}

/// Columns and types as `store/schema.rs` writes them, by table.
fn tables_in_code() -> BTreeMap<String, Vec<(String, String)>> {
    let code = include_str!("../src/store/schema.rs");
    let mut tables = BTreeMap::new();
    for block in code.split("diesel::table! {").skip(1) {
        let mut columns = Vec::new();
        let mut table = String::new();
        let mut sql_name = None;
        for line in block.lines().map(str::trim) {
            if let Some(name) = line.strip_prefix("#[sql_name = \"") {
                sql_name = name.split('"').next().map(str::to_owned);
            } else if let Some((name, kind)) = line.trim_end_matches(',').split_once(" -> ") {
                columns.push((sql_name.take().unwrap_or(name.to_owned()), kind.to_owned()));
            } else if line.ends_with(") {") && table.is_empty() {
                table = line.split(' ').next().unwrap_or_default().to_owned();
            }
        }
        tables.insert(table, columns);
    }
    tables
}

#[test]
fn the_schema_of_the_code_is_the_schema_of_the_database() {
    let database = Database::migrated();
    // The first setting makes their table.
    Binary::on(&database).run(["db", "environment", "set", "test"]).expect_code(0);
    let tables = tables_in_code();
    assert_eq!(tables.len(), 23);
    for (table, columns) in tables {
        let found = database.value(&format!(
            "(SELECT string_agg(attname || ' ' || CASE WHEN attnotnull THEN '' ELSE 'null ' END \
                || format_type(atttypid, atttypmod), ';' ORDER BY attnum) \
              FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped)"
        ));
        let expected: Vec<String> =
            columns.iter().map(|(name, kind)| format!("{name} {}", sql_type(kind))).collect();
        assert_eq!(found, expected.join(";"), "{table}");
    }
}

fn sql_type(kind: &str) -> String {
    if let Some(inner) = kind.strip_prefix("Nullable<") {
        return format!("null {}", sql_type(inner.trim_end_matches('>')));
    }
    match kind {
        "Uuid" => String::from("uuid"),
        "Text" => String::from("text"),
        "Timestamptz" => String::from("timestamp with time zone"),
        "Jsonb" => String::from("jsonb"),
        "Integer" => String::from("integer"),
        "BigInt" => String::from("bigint"),
        "Double" => String::from("double precision"),
        "Binary" => String::from("bytea"),
        "Bool" => String::from("boolean"),
        "Array<Text>" => String::from("text[]"),
        "Array<Uuid>" => String::from("uuid[]"),
        native => native.chars().enumerate().fold(String::new(), |mut name, (at, letter)| {
            if letter.is_uppercase() && at > 0 {
                name.push('_');
            }
            name.extend(letter.to_lowercase());
            name
        }),
    }
}
