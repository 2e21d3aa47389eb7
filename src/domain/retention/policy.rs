//! The retention policies of `inboxctl.toml`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Deserialize;

use super::holds::{self, Kind};

/// The file. Unknown keys are refused: a misspelt filter would delete more.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    #[serde(default)]
    pub retention: Retention,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Where rows go before they are deleted, for policies that name no folder.
    pub archive: Option<PathBuf>,
    #[serde(default, rename = "policy")]
    pub policies: Vec<Policy>,
    #[serde(default, rename = "hold")]
    holds: Vec<HoldEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    pub name: String,
    pub table: Table,
    /// An age such as `90d`.
    pub older_than: String,
    /// Of scheduled_jobs.
    pub status: Option<String>,
    /// Of audit_logs.
    #[serde(default)]
    pub actions: Vec<String>,
    #[serde(default)]
    pub resources: Vec<String>,
    pub max_rows: Option<u64>,
    pub archive: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    AuditLogs,
    ScheduledJobs,
    Presence,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HoldEntry {
    contact: Option<String>,
    user: Option<String>,
    action: Option<String>,
    resource: Option<String>,
    /// For those who read the file.
    #[serde(rename = "reason")]
    _reason: Option<String>,
}

/// # Errors
/// What is wrong with the file, in one line.
pub fn parse(text: &str) -> Result<Retention, String> {
    let file: File = toml::from_str(text).map_err(|error| one_line(text, &error))?;
    let mut names = BTreeSet::new();
    for policy in &file.retention.policies {
        check(policy).map_err(|wrong| format!("policy {:?}: {wrong}", policy.name))?;
        if !names.insert(policy.name.as_str()) {
            return Err(format!("two policies have the name {:?}", policy.name));
        }
    }
    file.retention.marks()?;
    Ok(file.retention)
}

fn one_line(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map(|span| text[..span.start.min(text.len())].lines().count().max(1));
    match line {
        Some(line) => format!("line {line}: {}", error.message()),
        None => error.message().to_owned(),
    }
}

fn check(policy: &Policy) -> Result<(), &'static str> {
    let has_filters = !policy.actions.is_empty() || !policy.resources.is_empty();
    if policy.name.trim().is_empty() {
        return Err("it needs a name");
    }
    match policy.table {
        Table::AuditLogs if policy.status.is_some() => Err("audit_logs have no status"),
        Table::ScheduledJobs if policy.status.is_none() => {
            Err("it needs a status: failed, completed or cancelled")
        }
        Table::ScheduledJobs if has_filters => Err("scheduled_jobs have no actions or resources"),
        Table::Presence if has_filters || policy.status.is_some() => {
            Err("presence takes no status, actions or resources")
        }
        Table::Presence if policy.archive.is_some() || policy.max_rows.is_some() => {
            Err("presence is not deleted: no archive or max_rows")
        }
        _ => Ok(()),
    }
}

impl Retention {
    /// The holds of the file, as the deleting statement compares them.
    ///
    /// # Errors
    /// A hold that holds nothing, or several things at once.
    pub fn marks(&self) -> Result<Vec<String>, String> {
        let mut marks = Vec::new();
        for hold in &self.holds {
            let values = [
                (Kind::Contact, &hold.contact),
                (Kind::User, &hold.user),
                (Kind::Action, &hold.action),
                (Kind::Resource, &hold.resource),
            ];
            let mut named = values.iter().filter_map(|(kind, value)| Some((kind, value.as_ref()?)));
            match (named.next(), named.next()) {
                (Some((kind, value)), None) => marks.push(holds::mark(*kind, value)),
                _ => {
                    return Err(String::from("a hold names one contact, user, action or resource"));
                }
            }
        }
        Ok(marks)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILE: &str = r#"
        [retention]
        archive = "/var/lib/inbox/archive"

        [[retention.policy]]
        name = "audit"
        table = "audit_logs"
        older_than = "90d"
        max_rows = 5_000_000

        [[retention.policy]]
        name = "failed jobs"
        table = "scheduled_jobs"
        status = "failed"
        older_than = "7d"

        [[retention.hold]]
        action = "credentials.reveal"
        reason = "audit of 2026"
    "#;

    #[test]
    fn a_file_is_read() {
        let retention = parse(FILE).unwrap();
        assert_eq!(retention.policies.len(), 2);
        assert_eq!(retention.policies[0].max_rows, Some(5_000_000));
        assert_eq!(retention.marks().unwrap(), ["action:credentials.reveal"]);
        assert!(parse("").unwrap().policies.is_empty());
    }

    #[test]
    fn what_could_delete_too_much_is_refused() {
        let wrong = [
            (FILE.replace("max_rows", "maxrows"), "unknown field"),
            (FILE.replace("status = \"failed\"", ""), "needs a status"),
            (FILE.replace("failed jobs", "audit"), "two policies"),
            (FILE.replace("\"audit_logs\"", "\"contacts\""), "unknown variant"),
            (FILE.replace("reason", "user = \"x\"\nreason"), "a hold names one"),
            (FILE.replace("older_than = \"7d\"", ""), "older_than"),
            (String::from("[retention"), "line 1"),
        ];
        for (text, expected) in wrong {
            let error = parse(&text).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "\\PC*", part in "[a-z\\[\\]=\"\n. ]{0,60}") {
            let _ = parse(&text);
            let _ = parse(&format!("{FILE}{part}"));
        }
    }
}
