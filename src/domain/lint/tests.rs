//! The linter as its callers meet it, without a server.

use proptest::prelude::*;
use squawk_linter::Rule as SquawkRule;

use super::*;

fn script(text: &str) -> Script {
    Script { name: String::from("m"), text: text.to_owned(), transactional: true }
}

fn rules_of(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule).collect()
}

fn rules(text: &str) -> Vec<&'static str> {
    rules_of(&lint(&[script(text)], &Facts::default()))
}

fn known(name: &str, table: Table) -> Facts {
    let tables = [(name.to_owned(), table)].into_iter().collect();
    Facts { server_major: Some(17), tables, ..Facts::default() }
}

fn sized(size_bytes: u64) -> Table {
    Table { size_bytes: Some(size_bytes), ..Table::default() }
}

#[test]
fn every_rule_is_squawks_or_has_a_check_of_its_own() {
    let own = [
        "syntax-error",
        "statement-too-long",
        "unknown-ignore",
        "not-in-transaction",
        "one-statement-without-transaction",
        "enum-value-used-in-transaction",
        "concurrent-index-on-partitioned-table",
        "rewriting-table",
        "refreshing-view",
        "locking-table",
        "changing-every-row",
        "truncating-table",
    ];
    let mut names = std::collections::BTreeSet::new();
    for rule in RULES {
        assert!(names.insert(rule.name), "{} is there twice", rule.name);
        let is_squawks = SquawkRule::try_from(rule.name).is_ok();
        assert!(is_squawks != own.contains(&rule.name), "{}", rule.name);
        for sentence in [rule.what, rule.remedy] {
            assert!(sentence.ends_with(['.', '`']), "{}: {sentence}", rule.name);
            assert!(!sentence.contains("  "), "{}: {sentence}", rule.name);
        }
    }
    assert!(own.iter().all(|name| names.contains(name)));
}

#[test]
fn a_finding_says_where_and_what() {
    let text = "SELECT 1;\n\n  ALTER TABLE \"Öl\"\n    ALTER COLUMN a SET NOT NULL;";
    let found = lint(&[script(text)], &known("Öl", sized(SMALL_BYTES)));
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((finding.line, finding.column), (4, 20));
    assert_eq!(finding.table.as_deref(), Some("Öl"));
    assert_eq!(finding.size_bytes, Some(SMALL_BYTES));
    assert_eq!(finding.lock, Some(Lock::AccessExclusive));
    assert_eq!(finding.severity, Severity::Error);
}

#[test]
fn what_grows_is_a_warning_on_a_small_table_and_what_breaks_stays_an_error() {
    let facts = known("t", sized(SMALL_BYTES - 1));
    let severity = |text: &str| lint(&[script(text)], &facts)[0].severity;
    assert_eq!(severity("CREATE INDEX i ON t (a)"), Severity::Warn);
    assert_eq!(severity("CREATE INDEX i ON public.T (a)"), Severity::Warn);
    assert_eq!(severity("CREATE INDEX i ON other.t (a)"), Severity::Error);
    assert_eq!(severity("ALTER TABLE t RENAME COLUMN a TO b"), Severity::Error);
    assert_eq!(severity("CREATE INDEX CONCURRENTLY i ON t (a)"), Severity::Error);
    let locked = known("t", Table::default());
    assert_eq!(lint(&[script("CREATE INDEX i ON t (a)")], &locked)[0].severity, Severity::Error);
}

#[test]
fn a_table_that_the_same_set_makes_is_nobodys_yet() {
    let made = "CREATE TABLE t (id bigint PRIMARY KEY);";
    for text in [
        "CREATE INDEX i ON t (id); DROP INDEX i;",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0);",
        "ALTER TABLE t ADD UNIQUE (id), ALTER COLUMN id SET NOT NULL;",
        "ALTER TABLE t ADD COLUMN a uuid NOT NULL DEFAULT gen_random_uuid();",
        "ALTER TABLE t RENAME TO u; CREATE INDEX i ON u (id);",
        "UPDATE t SET id = 1; TRUNCATE t; DROP TABLE t;",
    ] {
        let sets = lint(&[script(made), script(text)], &Facts::default());
        assert_eq!(rules_of(&sets), [""; 0], "{text}");
        assert_ne!(rules(text), [""; 0], "{text}");
    }
    // What fails does so on any table.
    let vacuum = [script(made), script("VACUUM t")];
    assert_eq!(rules_of(&lint(&vacuum, &Facts::default())), ["not-in-transaction"]);
    // Before it is made, after it is gone, and another schema's are other tables.
    let index = script("CREATE INDEX i ON t (id)");
    let later = [index.clone(), script(made)];
    assert_eq!(lint(&later, &Facts::default()).len(), 1);
    let gone = [script(made), script("ALTER TABLE t RENAME TO u"), index.clone()];
    assert_eq!(lint(&gone, &Facts::default()).len(), 1);
    let other = [script("CREATE TABLE other.t (id int)"), index.clone()];
    assert_eq!(lint(&other, &Facts::default()).len(), 1);
    // And it may have been there.
    let perhaps = [script("CREATE TABLE IF NOT EXISTS t (id int)"), index];
    assert_eq!(lint(&perhaps, &Facts::default()).len(), 0);
    assert_eq!(lint(&perhaps, &known("t", sized(1 << 30))).len(), 1);
}

#[test]
fn an_index_leads_to_its_table() {
    let mut facts = known("t", sized(1 << 30));
    facts.indexes.insert(String::from("i"), String::from("t"));
    let found = lint(&[script("DROP INDEX i")], &facts);
    assert_eq!(found[0].table.as_deref(), Some("t"));
    assert_eq!(found[0].size_bytes, Some(1 << 30));
}

#[test]
fn a_partitioned_table_has_a_way_of_its_own() {
    let facts = known("t", Table { is_partitioned: true, ..sized(1 << 30) });
    let found = lint(&[script("CREATE INDEX i ON t (a)")], &facts);
    assert!(found[0].remedy.contains("ON ONLY"), "{}", found[0].remedy);
    let alone = Script { transactional: false, ..script("CREATE INDEX CONCURRENTLY i ON t (a)") };
    let found = lint(&[alone], &facts);
    assert_eq!(rules_of(&found), ["concurrent-index-on-partitioned-table"]);
}

#[test]
fn one_constraint_is_one_finding() {
    let rules = |constraint: &str| rules(&format!("ALTER TABLE t ADD CONSTRAINT c {constraint}"));
    assert_eq!(rules("CHECK (a > 0)"), ["constraint-missing-not-valid"]);
    assert_eq!(rules("UNIQUE (a)"), ["disallowed-unique-constraint"]);
    assert_eq!(rules("PRIMARY KEY (a)"), ["adding-serial-primary-key-field"]);
    assert_eq!(rules("FOREIGN KEY (a) REFERENCES u"), ["adding-foreign-key-constraint"]);
    assert!(rules("CHECK (a > 0) NOT VALID").is_empty());
}

#[test]
fn values_of_enums_wait_for_the_commit() {
    let add = "ALTER TYPE channel ADD VALUE 'FAX';";
    let rule = ["enum-value-used-in-transaction"];
    let after = |text: &str| rules(&format!("{add}\n{text}"));
    assert_eq!(after("UPDATE t SET channel = 'FAX' WHERE id = 1"), rule);
    assert_eq!(after("DO $$ BEGIN PERFORM 'FAX'::channel; END $$"), rule);
    assert_eq!(after("ALTER TABLE t ALTER COLUMN channel SET DEFAULT 'FAX'"), rule);
    assert!(after("ALTER TYPE channel ADD VALUE 'TELEX' AFTER 'FAX'").is_empty());
    assert!(after("UPDATE t SET channel = 'SMS' WHERE id = 1").is_empty());
    let own_type = "CREATE TYPE channel AS ENUM ('SMS');";
    assert!(rules(&format!("{own_type}{add} SELECT 'FAX'::channel")).is_empty());
    let next = [script(add), script("SELECT 'FAX'::channel")];
    assert!(lint(&next, &Facts::default()).is_empty());
}

#[test]
fn comments_ignore_the_statement_below_or_beside() {
    let index = "CREATE INDEX i ON t (a);";
    let name = "require-concurrent-index-creation";
    for text in [
        format!("-- squawk-ignore {name}\n{index}"),
        format!("-- squawk-ignore {name} -- on purpose\n-- a remark\n\n{index}"),
        format!("{index} -- squawk-ignore {name}"),
        format!("SELECT 1;\n{index}\n-- squawk-ignore-file {name}"),
        format!("/* squawk-ignore locking-table, {name} */ LOCK t; {index}"),
        String::from(
            "-- squawk-ignore adding-not-nullable-field\nALTER TABLE t\n\
             ADD COLUMN a int,\nALTER COLUMN b SET NOT NULL",
        ),
        String::from("-- squawk-ignore syntax-error\nSELECT FROM WHERE"),
    ] {
        assert_eq!(rules(&text), [""; 0], "{text}");
    }
    assert_eq!(rules(&format!("-- squawk-ignore {name}\nSELECT 1;\n{index}")), [name]);
    assert_eq!(rules(&format!("-- squawk-ignore nonsense\n{index}")), ["unknown-ignore", name]);
    assert_eq!(rules(&format!("-- squawk-ignore\n{index}")), ["unknown-ignore", name]);
}

#[test]
fn a_virtual_column_rewrites_nothing() {
    let add =
        |kind: &str| rules(&format!("ALTER TABLE t ADD a int GENERATED ALWAYS AS (b) {kind}"));
    assert_eq!(add("STORED"), ["adding-field-with-default"]);
    assert!(add("VIRTUAL").is_empty());
}

#[test]
fn what_cannot_be_parsed_is_no_reason_to_fall_over() {
    let deep =
        |start: &str, end: &str| format!("SELECT {}1{}", start.repeat(3_000), end.repeat(3_000));
    let body = format!("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $${}$$", deep("(", ")"));
    for text in [deep("(", ")"), deep("NOT ", ""), deep("1 OR ", ""), deep("ARRAY[", ""), body] {
        let _ = rules(&text);
    }
    let long = format!("INSERT INTO t VALUES {};\nLOCK t;", "(1, 'ä'),".repeat(10_000));
    let found = lint(&[script(&long)], &Facts::default());
    assert_eq!(rules_of(&found), ["statement-too-long", "locking-table"]);
    assert_eq!(found[1].line, 2);
    for text in
        ["", "\n", ";;;", "\u{feff}", "\u{0}", "'", "$$", "/*", "\\", "ALTER", "💥 ALTER TABLE"]
    {
        let _ = rules(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_linted(
        words in prop::collection::vec(
            prop_oneof![
                "[ -~\nä💥]{0,8}",
                prop::sample::select(vec![
                    "ALTER TABLE t ", "ADD COLUMN a int ", "NOT NULL ", "CREATE INDEX ", "i ON t (a)",
                    "; ", "-- squawk-ignore ", "TYPE e ADD VALUE 'x'", "DROP TABLE ", "'", "$$", "\"",
                ]).prop_map(str::to_owned),
            ],
            0..24,
        )
    ) {
        let text = words.concat();
        for finding in lint(&[script(&text)], &Facts::default()) {
            prop_assert!(finding.line <= text.matches('\n').count() + 1);
        }
    }
}

#[test]
fn the_schema_of_the_inbox_is_the_usual_one() {
    let own = Facts { schema: Some(String::from("My Inbox")), ..known("t", sized(1 << 30)) };
    let table = |text: &str, facts: &Facts| lint(&[script(text)], facts)[0].table.clone();
    let text = |schema: &str| format!("CREATE INDEX i ON {schema}.t (a)");
    assert_eq!(table(&text("\"My Inbox\""), &own).as_deref(), Some("t"));
    assert_eq!(table(&text("public"), &own).as_deref(), Some("public.t"));
    assert_eq!(table(&text("public"), &known("t", sized(1 << 30))).as_deref(), Some("t"));
}
