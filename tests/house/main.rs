//! The shape of the code: which room may know which.

mod built_sql;
mod circles;

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The room of what is a package of its own.
const CRATES: &str = "crates";

/// Every source file with its room: the first folder or file below src/, or `CRATES`.
fn rooms() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    sources(&root.join("src"), &mut paths);
    sources(&root.join(CRATES), &mut paths);
    // Benches measure time and read files, whatever they measure.
    paths.retain(|path| !path.iter().any(|part| part == "benches"));
    paths
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            let name = name.strip_prefix("src/").unwrap_or(name).to_owned();
            let room = name.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
            (room, name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// Which rooms a room may use. `error` and std are everybody's, but for those
/// with an empty list that doesn't name it.
const ARROWS: [(&str, &[&str]); 17] = [
    ("main", &["inboxctl"]),
    ("lib", &["atomic_file", "cli", "error", "ui"]),
    ("cli", &["commands", "config", "context", "error", "tui", "ui"]),
    (
        "commands",
        &[
            "age_files",
            "archive",
            "atomic_file",
            "backup",
            "bounded_file",
            "config",
            "context",
            "domain",
            "error",
            "keyring",
            "local",
            "store",
            "ui",
        ],
    ),
    ("age_files", &["bounded_file", "error"]),
    ("backup", &["age_files", "atomic_file", "bounded_file", "domain", "error", "local"]),
    ("context", &["config", "domain", "error", "keyring", "local", "store", "ui"]),
    ("config", &["bounded_file", "domain", "error"]),
    ("error", &[]),
    ("keyring", &["atomic_file", "bounded_file", "domain", "error"]),
    ("archive", &["age_files", "atomic_file", "bounded_file", "domain", "error"]),
    ("store", &["domain", "error"]),
    ("ui", &["domain", "error"]),
    ("tui", &["context", "domain", "error", "store", "ui"]),
    ("domain", &[]),
    ("atomic_file", &[]),
    ("bounded_file", &[]),
];

#[test]
fn no_room_knows_more_than_it_may() {
    for (room, file, text) in rooms() {
        // What another package may know stands in its Cargo.toml.
        if room == CRATES {
            continue;
        }
        let allowed: &[&str] =
            ARROWS.iter().find(|(name, _)| *name == room).map_or(&[], |(_, allowed)| allowed);
        for part in text.split("crate::").skip(1) {
            let used: String =
                part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            assert!(
                used == room
                    || allowed.contains(&used.as_str())
                    || room == "local" && used == "local",
                "{file} uses crate::{used}"
            );
        }
    }
}

#[test]
fn what_should_be_pure_stays_so() {
    for (room, file, text) in rooms() {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let forbidden: &[&str] = match room.as_str() {
            "domain" | CRATES => {
                &["std::fs", "std::net", "std::env", "std::io", "std::process", "diesel::"]
            }
            "local" => &["diesel::", "clap::", "serde"],
            "store" => &["clap::", "comfy_table"],
            "backup" => &["diesel::", "clap::", "comfy_table"],
            _ => &[],
        };
        for word in forbidden {
            assert!(!code.contains(word), "{file} uses {word}");
        }
    }
}

#[test]
fn only_the_prompt_mints_consent() {
    for (_, file, text) in rooms() {
        let allowed = ["ui/prompt.rs", "domain/consent.rs"].contains(&file.as_str());
        assert!(allowed || !text.contains("Consent::mint"), "{file} mints consent");
    }
}

#[test]
fn only_the_context_admits_an_actor() {
    for (_, file, text) in rooms() {
        let allowed = ["context/access.rs", "store/audit.rs"].contains(&file.as_str());
        assert!(allowed || !text.contains("Actor::admitted"), "{file} admits an actor");
    }
}

#[test]
fn the_generated_schema_stays_in_the_store() {
    for (room, file, text) in rooms() {
        assert!(room == "store" || !text.contains("schema::"), "{file} uses the schema");
    }
}

#[test]
fn transactions_only_through_tx() {
    for (_, file, text) in rooms() {
        let opens = [".transaction(", "build_transaction", "begin_test_transaction"];
        let found = opens.iter().any(|word| text.contains(word));
        assert!(!found || file == "store/tx.rs", "{file} opens a transaction");
    }
}

#[test]
fn files_say_what_belongs_in_them_and_stay_short() {
    for (_, file, text) in rooms() {
        assert!(text.starts_with("//!"), "{file} has no //! at its top");
        let lines = text.lines().count();
        assert!(lines <= 400, "{file} has {lines} lines");
        for name in ["utils", "helpers", "services"] {
            assert!(!file.contains(name), "{file}");
        }
    }
}

/// Where the inbox is, the URL says: its tables are found by the session's path, its catalogue by
/// current_schema().
#[test]
fn no_statement_names_the_usual_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts: Vec<(String, String)> = rooms()
        .into_iter()
        .filter(|(_, file, _)| !file.ends_with("tests.rs"))
        .map(|(_, file, text)| (file, text.split("#[cfg(test)]").next().unwrap().to_owned()))
        .collect();
    for entry in fs::read_dir(root.join("src/store/sql")).unwrap() {
        let path = entry.unwrap().path();
        texts.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
    }
    for migration in inboxctl::store::migrations::MIGRATIONS {
        texts.push((migration.full_name(), format!("{}{}", migration.up, migration.down)));
    }
    for (file, text) in texts {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for name in [
                "current_schema()::regnamespace",
                "public.",
                "'public'",
                "\"public\"::",
                "schema public",
                "SCHEMA public",
            ] {
                assert!(!line.contains(name), "{file}: {line}");
            }
        }
    }
}

#[test]
fn a_non_transactional_migration_is_one_statement_with_a_down_that_always_runs() {
    for migration in inboxctl::store::migrations::MIGRATIONS {
        if migration.transactional {
            continue;
        }
        assert_eq!(inboxctl::domain::sql::statements(migration.up).len(), 1, "{migration}");
        assert!(migration.down.contains("IF EXISTS"), "{migration}");
    }
}
