//! Paths of files and folders that are written to, as arguments.

use std::path::{Path, PathBuf};

use clap::builder::{PathBufValueParser, TypedValueParser};

/// A path of this machine: what looks like a URL would become a folder called
/// `s3:`, and `-` a file.
pub(super) fn local() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| check(&path).map(|()| path))
}

/// As [`local`], but that `-` is standard output.
pub(super) fn local_or_stream() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| match path.to_str() {
        Some("-") => Ok(path),
        _ => check(&path).map(|()| path),
    })
}

fn check(path: &Path) -> Result<(), String> {
    let text = path.to_string_lossy();
    if text == "-" {
        return Err(String::from("standard output can't be written to: name a file or a folder"));
    }
    if leads_elsewhere(&text) {
        return Err(String::from(
            "this looks like a folder of another machine: write to one of this machine, \
             and copy the file there",
        ));
    }
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    match scheme.is_some_and(is_scheme) {
        true => Err(String::from(
            "this looks like a URL: write to a folder of this machine, and copy the file there",
        )),
        false => Ok(()),
    }
}

/// `user@host:/x` and `host:/x`, as scp and rsync have them; `C:/x` and `a:b` are names.
fn leads_elsewhere(text: &str) -> bool {
    if text.starts_with('[') && text.contains("]:") {
        return true;
    }
    let Some((host, path)) = text.split_once(':').filter(|(host, _)| !host.contains('/')) else {
        return false;
    };
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    host.contains('@')
        || host.len() > 1
            && host.chars().all(is_host)
            && path.starts_with(['/', '~'])
            && !path.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_and_stdout_are_no_paths_of_this_machine() {
        for wrong in [
            "user@host:/x",
            "user@host:x",
            "host:/x",
            "me@[::1]:x",
            "[::1]:/x",
            "backup.example:~/x",
            "-",
            "s3://bucket/x/",
            "gs://b",
            "file:///tmp/x",
            "https://h/x",
            "x-y+z.1://a",
        ] {
            assert!(check(Path::new(wrong)).is_err(), "{wrong}");
        }
        for right in ["a", "./-", "a:b", "/x//y", "://a", "1s://x", "C:/x", "a b://c"] {
            assert!(check(Path::new(right)).is_ok(), "{right}");
        }
    }
}
