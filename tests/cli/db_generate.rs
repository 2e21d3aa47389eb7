//! `db generate`, and the copies that are checked in under docs/schema/.
//!
//! After a new migration: `INBOXCTL_UPDATE_SCHEMA=1 cargo test --test cli db_generate`.

use std::path::PathBuf;

use crate::support::{Binary, Database};

fn generated(database: &Database, kind: &str) -> String {
    Binary::on(database).run(["db", "generate", kind]).expect_code(0).stdout
}

#[test]
fn the_copies_in_docs_are_fresh() {
    let database = Database::migrated();
    // Which months there are depends on the day.
    database.execute(
        "DO $$ DECLARE part text; BEGIN \
             FOR part IN SELECT relname FROM pg_class WHERE relname ~ '^audit_logs_[0-9_]+$' LOOP \
                 EXECUTE 'DROP TABLE ' || part; \
             END LOOP; \
         END $$",
    );
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema"));
    let copies = [
        ("prisma", "schema.prisma"),
        ("mermaid", "schema.mmd"),
        ("sql", "schema.sql"),
        ("json", "schema.json"),
    ];
    // Whatever server made them.
    let without_version = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| !line.contains("server_version_num"))
            .map(str::to_owned)
            .collect()
    };
    for (kind, file) in copies {
        let text = generated(&database, kind);
        let path = folder.join(file);
        let copy = std::fs::read_to_string(&path).unwrap_or_default();
        if without_version(&copy) == without_version(&text) {
            continue;
        }
        let update = std::env::var_os("INBOXCTL_UPDATE_SCHEMA").is_some();
        assert!(update, "docs/schema/{file} is stale: set INBOXCTL_UPDATE_SCHEMA=1 and run again");
        std::fs::write(&path, text).unwrap();
    }
}

#[test]
fn the_sql_makes_the_same_schema() {
    let database = Database::migrated();
    let sql = generated(&database, "sql");
    let copy = Database::empty();
    copy.execute(&sql);
    let ran = Binary::on(&copy).run(["db", "drift"]).expect_code(0);
    assert!(ran.stdout.contains("No drift"), "{ran}");
}

#[test]
fn diesel_gets_the_columns_that_the_code_has() {
    let text = generated(&Database::migrated(), "diesel");
    let code = include_str!("../../src/store/schema.rs");
    for block in code.split("diesel::table! {").skip(1) {
        let table = block.split("\n}\n").next().unwrap();
        let columns = table.split("\n\n").nth(1).unwrap();
        // What is inboxctl's own is nothing to an application.
        let is_own = columns.trim_start().starts_with("inboxctl_");
        assert!(is_own != text.contains(columns), "{columns}\n---\n{text}");
    }
}

#[test]
fn prisma_has_models_relations_and_enums() {
    let text = generated(&Database::migrated(), "prisma");
    let squeezed: Vec<String> =
        text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let lines = [
        "model Contact {",
        "id String @id @default(dbgenerated(\"uuid_v7()\")) @db.Uuid",
        "socialHandles Json @default(\"{}\") @map(\"social_handles\")",
        "messages Message[]",
        "assignment Assignment?",
        "user User? @relation(fields: [userId], references: [id], onDelete: Restrict, \
         onUpdate: NoAction, map: \"messages_user_id_fkey\")",
        "enum MessageStatus {",
        "@@map(\"message_status\")",
        "variables String[] @default([])",
        "@@id([id, createdAt])",
        "@@map(\"audit_logs\")",
    ];
    for line in lines {
        assert!(squeezed.iter().any(|found| found == line), "{line}\n---\n{text}");
    }
    assert!(!text.contains("audit_logs_default"), "{text}");
}

#[test]
fn an_empty_database_has_nothing_to_write_down() {
    let ran = Binary::on(&Database::empty()).run(["db", "generate", "mermaid"]).expect_code(1);
    assert!(ran.stderr.contains("hint: run `inboxctl db migrate`"), "{ran}");
}
