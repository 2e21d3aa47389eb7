//! The words of the command that runs for each inbox.

use std::path::PathBuf;

use crate::commands::own_process::{Leaf, OF_PLACE, ReadLine};
use crate::error::Failure;

/// Stands for the name of the schema.
const SCHEMA: &str = "{schema}";

/// And these: where all runs read, and how what they print is put together.
const OF_EACH: [&str; 2] = ["--replica", "--format"];

/// What names a file that is written, or a folder for files of names that never differ.
const FILES: [(&str, &str); 8] = [
    ("contacts export", "file"),
    ("contacts data", "out"),
    ("contacts dedupe", "export"),
    ("contacts erase", "certificate"),
    ("audit export", "out"),
    ("db backup", "out"),
    ("db migrate", "backup_out"),
    ("db adopt", "out"),
];

/// Of those, what may be a folder in which each file gets a name that is free.
const FREE_NAMES: [(&str, &str); 2] = [("db backup", "out"), ("db migrate", "backup_out")];

/// # Errors
/// Usage: they are no command; it says for itself where to work; it would write one file for several
/// of these schemas; or one of them can't be part of a file's name.
pub(super) fn require(
    words: &[String],
    schemas: &[&String],
    read: ReadLine,
) -> Result<(), Failure> {
    let is_filled = words.iter().any(|word| word.contains(SCHEMA));
    let is_part = |name: &str| {
        !name.starts_with(['.', '-']) && !name.contains(|it: char| it == '/' || it.is_control())
    };
    if let Some(odd) = schemas.iter().find(|name| is_filled && !is_part(name)) {
        return Err(Failure::usage(format!("{SCHEMA} can't stand for {odd:?}"))
            .why("a name that is part of a file's has no / and no control character, and doesn't begin with . or -")
            .hint("leave that schema out of --schemas, and run the command for it with --schema"));
    }
    let Some(first) = schemas.first() else { return Ok(()) };
    let leaf = Leaf::read(&filled(words, first), read)?;
    if let Some(flag) = leaf.flag_of(&OF_PLACE).or_else(|| leaf.flag_of(&OF_EACH)) {
        return Err(Failure::usage(format!("{flag} can't stand behind --"))
            .why("all inboxes are of one database, each says to every run which schema is meant, and puts what they print together")
            .hint(match flag {
                "--schema" => String::from("say which schemas are meant with --schemas"),
                _ => format!("say {flag} before --"),
            }));
    }
    let Some(second) = schemas.get(1) else { return Ok(()) };
    let other = Leaf::read(&filled(words, second), read)?;
    match files(&leaf).into_iter().find(|file| files(&other).contains(file)) {
        None => Ok(()),
        Some(file) => Err(Failure::usage(format!(
            "{} inboxes can't write one file: {}",
            schemas.len(),
            file.display()
        ))
        .why("each would overwrite what the one before wrote, or be refused")
        .hint(format!("put {SCHEMA} into its name: it stands for the name of the schema"))),
    }
}

/// The files that a command would write by these very names.
fn files(leaf: &Leaf) -> Vec<PathBuf> {
    let is_own = |(command, _): &&(&str, &str)| *command == leaf.name;
    let mut found = Vec::new();
    for id in FILES.iter().filter(is_own).map(|(_, id)| *id).chain(["metrics_file"]) {
        // Not every command has a metrics file.
        let Ok(Some(mut given)) = leaf.matches.try_get_raw(id) else { continue };
        let Some(file) = given.next().map(PathBuf::from) else { continue };
        let is_folder = file.is_dir() || file.as_os_str().as_encoded_bytes().ends_with(b"/");
        let is_free = is_folder && FREE_NAMES.contains(&(leaf.name.as_str(), id));
        if !is_free && file.as_os_str() != "-" {
            found.push(file);
        }
    }
    found
}

/// The words for one schema.
pub(super) fn filled(words: &[String], schema: &str) -> Vec<String> {
    words.iter().map(|word| word.replace(SCHEMA, schema)).collect()
}
