//! docs/json.md: each example has the keys that the command prints.
//!
//! With INBOXCTL_UPDATE=1 the examples are written anew from what is printed.

use std::fmt::Write;

use serde_json::Value;

use crate::support::{Database, TestKeyring};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/json.md");
/// How an example begins.
const PROMPT: &str = "    $ inboxctl ";
/// Characters of a text in an example.
const WIDTH: usize = 60;

/// What stands for a list is its first row, and a long text is cut.
fn shortened(value: &Value) -> Value {
    match value {
        Value::Array(rows) => rows.first().map(shortened).into_iter().collect(),
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), shortened(value))).collect()
        }
        Value::String(text) if text.chars().count() > WIDTH => {
            text.chars().take(WIDTH).chain(['…']).collect::<String>().into()
        }
        other => other.clone(),
    }
}

/// Where the two differ in their keys; an empty list and null say nothing of what stands there.
fn differences(path: &str, page: &Value, printed: &Value, found: &mut Vec<String>) {
    match (page, printed) {
        (Value::Array(page), Value::Array(printed)) => {
            if let (Some(page), Some(printed)) = (page.first(), printed.first()) {
                differences(&format!("{path}[]"), page, printed, found);
            }
        }
        (Value::Object(page), Value::Object(printed)) => {
            let keys = |object: &serde_json::Map<String, Value>| {
                object.keys().cloned().collect::<Vec<_>>()
            };
            if keys(page) != keys(printed) {
                found.push(format!(
                    "{path}: {:?} on the page, {:?} printed",
                    keys(page),
                    keys(printed)
                ));
            }
            for (key, value) in page {
                if let Some(printed) = printed.get(key) {
                    differences(&format!("{path}.{key}"), value, printed, found);
                }
            }
        }
        (Value::Null, _) | (_, Value::Null) => {}
        (page, printed) => {
            if std::mem::discriminant(page) != std::mem::discriminant(printed) {
                found.push(format!("{path}: {page} on the page, {printed} printed"));
            }
        }
    }
}

#[test]
fn the_examples_are_what_is_printed() {
    let database = Database::migrated();
    let keyring = TestKeyring::generated();
    let settings = tempfile::tempdir().expect("a folder of settings");
    std::fs::create_dir(settings.path().join("inboxctl")).expect("the folder");
    let steps = "[[nightly.step]]\nrun = 'audit close'\n\
                 [profile.prod]\nurl = 'postgres://db.example/inbox'\nenvironment = 'production'\n";
    std::fs::write(settings.path().join("inboxctl/inboxctl.toml"), steps).expect("the steps");
    let run = |line: &str| {
        let words = line.split('"').enumerate();
        let words = words.flat_map(|(place, part)| match place % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
        let args: Vec<String> = words.chain(["--format".to_owned(), "json".to_owned()]).collect();
        keyring.on(&database).env("XDG_CONFIG_HOME", settings.path()).run(args)
    };
    for line in ["db seed", "db seed --profile small --as-of 2026-06-30"] {
        run(line).expect_code(0);
    }
    let page = std::fs::read_to_string(PAGE).expect("docs/json.md");
    let (mut written, mut found) = (String::new(), Vec::new());
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        writeln!(written, "{line}").unwrap();
        let Some(command) = line.strip_prefix(PROMPT) else { continue };
        let mut example = String::new();
        while let Some(line) =
            lines.next_if(|line| line.starts_with("    ") && !line.starts_with(PROMPT))
        {
            writeln!(example, "{line}").unwrap();
        }
        let ran = run(command);
        let text = if ran.stdout.is_empty() { &ran.stderr } else { &ran.stdout };
        let printed: Value = serde_json::from_str(text.trim()).unwrap_or_else(|_| panic!("{ran}"));
        for line in serde_json::to_string_pretty(&shortened(&printed)).unwrap().lines() {
            writeln!(written, "    {line}").unwrap();
        }
        let documented: Value = serde_json::from_str(&example).unwrap_or(Value::Bool(false));
        if documented.get("error").is_none() {
            assert!(printed.get("error").is_none(), "{command}: {printed}");
        }
        differences(command, &documented, &printed, &mut found);
    }
    if std::env::var_os("INBOXCTL_UPDATE").is_some() {
        std::fs::write(PAGE, written).expect("docs/json.md is written");
    } else {
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
