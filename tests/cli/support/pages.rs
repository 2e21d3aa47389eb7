//! The pages of docs/.

use std::fs;
use std::path::{Path, PathBuf};

/// Where they lie.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

pub(crate) fn read(name: &str) -> String {
    let path = folder().join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a page has between fences of a language, each dedented to its first line.
pub(crate) fn blocks(page: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let parts = page.split(fence.as_str()).skip(1);
    parts.map(|rest| rest.split_once("```").expect("the fence is closed").0.to_owned()).collect()
}

/// The command lines of a page, as in a shell: the words after `inboxctl`, and what stands behind `#`.
pub(crate) fn lines(page: &str) -> Vec<(Vec<String>, String)> {
    let text = blocks(page, "sh").concat();
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("inboxctl "));
    let lines = lines.map(|line| {
        let (line, comment) = line.split_once(" #").unwrap_or((line, ""));
        let line = [" || ", " | ", " > "]
            .iter()
            .fold(line, |line, end| line.split_once(end).map_or(line, |(before, _)| before));
        (shlex::split(line).expect("quotes are closed"), comment.trim().to_owned())
    });
    lines.collect()
}
