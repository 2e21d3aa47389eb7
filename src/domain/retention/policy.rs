//! The retention policies of `inboxctl.toml`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::cutoff;
use super::holds::{self, Kind};
use super::job_status::JobStatus;

/// Its section of the file.
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
    #[serde(deserialize_with = "age")]
    pub older_than: Duration,
    /// Of scheduled_jobs.
    #[serde(default, deserialize_with = "status")]
    pub status: Option<JobStatus>,
    /// Of audit_logs; without a list, whatever they are.
    pub actions: Option<Vec<String>>,
    pub resources: Option<Vec<String>>,
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

impl Table {
    pub const fn name(self) -> &'static str {
        match self {
            Table::AuditLogs => "audit_logs",
            Table::ScheduledJobs => "scheduled_jobs",
            Table::Presence => "presence",
        }
    }

    /// The table of an archive: presence has none.
    pub fn archived(name: &str) -> Option<Table> {
        [Table::AuditLogs, Table::ScheduledJobs].into_iter().find(|table| table.name() == name)
    }
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

/// What no row is too young for is no policy: nobody looks at what goes each night.
fn age<'de, D: Deserializer<'de>>(text: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(text)?;
    let wrong = |why: &str| D::Error::custom(format!("{text:?} is no age for older_than: {why}"));
    match cutoff::age(&text) {
        Ok(Duration::ZERO) => Err(wrong("it is zero, and rows of any age would go")),
        age => age.map_err(|why| wrong(&why)),
    }
}

fn status<'de, D: Deserializer<'de>>(text: D) -> Result<Option<JobStatus>, D::Error> {
    let text = String::deserialize(text)?;
    let wrong = |why| D::Error::custom(format!("{text:?} is no status for a policy: {why}"));
    JobStatus::parse(&text).map(Some).map_err(wrong)
}

fn check_one(policy: &Policy) -> Result<(), &'static str> {
    let filters = [&policy.actions, &policy.resources];
    let has_filters = filters.iter().any(|filter| filter.is_some());
    let names_nothing =
        |names: &Vec<String>| names.is_empty() || names.iter().any(|name| name.trim().is_empty());
    if filters.into_iter().flatten().any(names_nothing) {
        return Err(
            "an empty list, or an empty name, in actions or resources: name what is to go, or leave it out for all",
        );
    }
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
    /// # Errors
    /// What is wrong with a policy or a hold, in one line.
    pub fn check(&self) -> Result<(), String> {
        let mut names = BTreeSet::new();
        for policy in &self.policies {
            check_one(policy).map_err(|wrong| format!("policy {:?}: {wrong}", policy.name))?;
            if !names.insert(policy.name.as_str()) {
                return Err(format!("two policies have the name {:?}", policy.name));
            }
        }
        self.marks().map(drop)
    }

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
                (Some((kind, value)), None) if !value.trim().is_empty() => {
                    marks.push(holds::mark(*kind, value))
                }
                _ => {
                    return Err(String::from("a hold names one contact, user, action or resource"));
                }
            }
        }
        Ok(marks)
    }
}
