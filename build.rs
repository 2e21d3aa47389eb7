//! Embeds `migrations/` in the binary: text, checksum and metadata of each.
//!
//! `embed_migrations!` keeps its SQL private, but a plan has to show it and the
//! ledger has to know its checksum.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

fn main() {
    println!("cargo::rerun-if-changed=migrations");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let mut code = String::from("pub static MIGRATIONS: &[Embedded] = &[\n");
    for folder in folders(&root.join("migrations")) {
        code.push_str(&entry(&folder));
    }
    code.push_str("];\n");
    fs::write(out.join("migrations.rs"), code).expect("OUT_DIR can be written");
}

fn folders(root: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(root)
        .expect("migrations/ stands beside Cargo.toml")
        .map(|entry| entry.expect("migrations/ can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn entry(folder: &Path) -> String {
    let full_name = folder.file_name().expect("a folder in migrations/").to_str().expect("UTF-8");
    let (stamp, name) = full_name
        .split_once('_')
        .unwrap_or_else(|| panic!("migrations/{full_name}: expected <date>_<name>"));
    let up = text(folder, "up.sql");
    let down = text(folder, "down.sql");
    let mut line = String::new();
    writeln!(
        line,
        "    Embedded {{ version: {version:?}, name: {name:?}, up: {up:?}, down: {down:?}, \
         sha256: {sha:?}, transactional: {transactional} }},",
        // The diesel CLI's spelling, so that both tools agree on what was applied.
        version = stamp.replace('-', ""),
        sha = sha256(&up),
        transactional = transactional(folder),
    )
    .expect("writing to a string");
    line
}

/// The file with line endings normalised: a checkout on another system must
/// have the same checksum.
fn text(folder: &Path, file: &str) -> String {
    let path = folder.join(file);
    fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .replace("\r\n", "\n")
}

fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Strict where diesel_migrations is lax: there a malformed file means true
/// and a missing line means false, both without a word.
fn transactional(folder: &Path) -> bool {
    let path = folder.join("metadata.toml");
    let Ok(text) = fs::read_to_string(&path) else {
        return true;
    };
    match text.trim() {
        "run_in_transaction = true" => true,
        "run_in_transaction = false" => false,
        _ => panic!("{}: expected one line: run_in_transaction = true|false", path.display()),
    }
}
