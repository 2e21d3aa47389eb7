//! Migrations as files on disk, before they are built into a binary.

use std::fs;
use std::path::{Path, PathBuf};

use crate::bounded_file;
use crate::domain::lint::Script;
use crate::error::{Failure, Kind};

/// More than this is no migration that anybody wrote.
const MOST_BYTES: usize = 4 << 20;

/// The scripts at `path`, in the order in which they would run: a .sql file, the
/// folder of a migration, or a folder of those.
///
/// # Errors
/// There is nothing like that, or it can't be read.
pub(super) fn read(path: &Path) -> Result<Vec<Script>, Failure> {
    let shown = path.display();
    let metadata = fs::metadata(path).map_err(|error| {
        Failure::new(Kind::NotFound, format!("{shown} can't be read")).why(error.to_string())
    })?;
    if metadata.is_file() {
        if !is_sql(path) {
            return Err(Failure::usage(format!("{shown} is no .sql file"))
                .hint("name a .sql file, the folder of a migration, or a folder of those"));
        }
        return Ok(vec![read_file(path)?]);
    }
    if !metadata.is_dir() {
        return Err(Failure::usage(format!("{shown} is neither a file nor a folder")));
    }
    if path.join("up.sql").is_file() {
        return Ok(vec![read_file(&path.join("up.sql"))?]);
    }
    let mut scripts = Vec::new();
    for entry in entries(path)? {
        if entry.join("up.sql").is_file() {
            scripts.push(read_file(&entry.join("up.sql"))?);
        } else if entry.is_file() && is_sql(&entry) && !is_down(&entry) {
            scripts.push(read_file(&entry)?);
        }
    }
    if scripts.is_empty() {
        return Err(Failure::usage(format!("there is no migration in {shown}"))
            .why("it holds neither an up.sql, nor folders with one, nor .sql files"));
    }
    Ok(scripts)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::failed(format!("{} can't be read", folder.display())).why(error.to_string())
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.sort();
    Ok(paths)
}

fn is_sql(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("sql"))
}

/// What takes a migration back again runs when somebody looks on.
fn is_down(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| {
        let stem = stem.to_string_lossy();
        stem == "down" || stem.ends_with(".down")
    })
}

fn read_file(path: &Path) -> Result<Script, Failure> {
    let shown = path.display();
    let unreadable = |error: std::io::Error| {
        Failure::failed(format!("{shown} can't be read")).why(error.to_string())
    };
    let file = bounded_file::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.len() > MOST_BYTES as u64 {
        return Err(Failure::usage(format!("{shown} is larger than 4 MiB"))
            .why("that is data rather than a migration")
            .hint("load data with COPY, outside of migrations"));
    }
    let bytes = bounded_file::read_from(file, MOST_BYTES).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        Failure::usage(format!("{shown} is no text in UTF-8")).why(format!("at byte {offset}"))
    })?;
    if let Some(offset) = text.find('\0') {
        return Err(Failure::usage(format!("{shown} is no text"))
            .why(format!("it has a zero byte, at byte {offset}")));
    }
    let file_name = path.file_name().unwrap_or_default();
    let Some(folder) = path.parent().filter(|_| file_name == "up.sql") else {
        return Ok(Script::alone(file_name.to_string_lossy().into_owned(), text));
    };
    // `up.sql` names no folder, and `./up.sql` none that tells anything.
    let folder = fs::canonicalize(path)
        .ok()
        .and_then(|path| Some(path.parent()?.to_owned()))
        .unwrap_or_else(|| folder.to_owned());
    let name = folder.file_name().unwrap_or(file_name).to_string_lossy().into_owned();
    Ok(Script { name, text, transactional: transactional(&folder)? })
}

/// As strict as the build, where a malformed file stops it: Diesel itself takes one
/// for true and a missing line for false, both without a word.
fn transactional(folder: &Path) -> Result<bool, Failure> {
    let path = folder.join("metadata.toml");
    let file = bounded_file::open(&path);
    let text = file.and_then(|file| bounded_file::read_from(file, MOST_BYTES));
    let text = match text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(true),
        Err(error) => {
            return Err(
                Failure::failed(format!("{} can't be read", path.display())).why(error.to_string())
            );
        }
    };
    match text.trim() {
        "run_in_transaction = true" => Ok(true),
        "run_in_transaction = false" => Ok(false),
        _ => Err(Failure::usage(format!("{} is not understood", path.display()))
            .why("expected one line: run_in_transaction = true, or false")),
    }
}
