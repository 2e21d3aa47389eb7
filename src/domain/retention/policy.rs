//! The retention policies of `inboxctl.toml`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use toml::Spanned;

use super::cutoff;
use super::holds::{self, Kind};
use super::job_status::JobStatus;
use crate::domain::named::Named;
use crate::domain::setting_lines::{Text, Wrong};
use crate::domain::vocabulary::{Channel, MessageDirection, MessageStatus};

/// Its section of the file.
#[derive(Debug, Clone, Default, Deserialize)]
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
    name: Spanned<String>,
    pub table: Table,
    #[serde(deserialize_with = "age")]
    pub older_than: Duration,
    /// Of scheduled_jobs and of messages.
    status: Text,
    /// Of messages, like the next three.
    channel: Text,
    direction: Text,
    pub then: Option<Then>,
    #[serde(default)]
    pub whole_threads: bool,
    /// Of audit_logs; without a list, whatever they are.
    pub actions: Option<Vec<String>>,
    pub resources: Option<Vec<String>>,
    pub max_rows: Option<u64>,
    pub archive: Option<PathBuf>,
}

/// What becomes of messages that are old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    Delete,
    /// The text goes, the rest stays: statistics stay true.
    Redact,
}

/// Which messages a policy is about, and what becomes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Messages {
    pub channel: Option<Channel>,
    pub status: Option<MessageStatus>,
    pub direction: Option<MessageDirection>,
    /// A message waits for the newest one of its thread.
    pub whole_threads: bool,
    pub then: Then,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    AuditLogs,
    ScheduledJobs,
    Presence,
    Messages,
    Notes,
    Contacts,
    ContactMerges,
}

impl Table {
    pub const fn name(self) -> &'static str {
        match self {
            Table::AuditLogs => "audit_logs",
            Table::ScheduledJobs => "scheduled_jobs",
            Table::Presence => "presence",
            Table::Messages => "messages",
            Table::Notes => "notes",
            Table::Contacts => "contacts",
            Table::ContactMerges => "contact_merges",
        }
    }

    /// The table of an archive: presence has none.
    pub fn archived(name: &str) -> Option<Table> {
        use Table::{AuditLogs, ContactMerges, Contacts, Messages, Notes, ScheduledJobs};
        let all = [AuditLogs, ScheduledJobs, Messages, Notes, Contacts, ContactMerges];
        all.into_iter().find(|table| table.name() == name)
    }
}

impl Table {
    /// The columns that a policy empties in rows that stay, and what it leaves there, as SQL writes it.
    pub const fn emptied(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Table::Messages => &[("content", "''::text")],
            Table::ContactMerges => {
                &[("before", "'{}'::jsonb"), ("after", "'{}'::jsonb"), ("moved", "'{}'::jsonb")]
            }
            _ => &[],
        }
    }
}

impl Policy {
    pub fn name(&self) -> &str {
        self.name.get_ref()
    }

    /// Of a policy for jobs.
    ///
    /// # Errors
    /// None is named, or one that is no end.
    pub fn job_status(&self) -> Result<JobStatus, Wrong> {
        let status =
            self.status.as_ref().ok_or("it needs a status: failed, completed or cancelled")?;
        let name = status.get_ref();
        let why = |why| format!("{name:?} is no status for a policy: {why}");
        JobStatus::parse(name)
            .map_err(|wrong| Wrong { why: why(wrong), at: Some(status.span().start) })
    }

    /// Of a policy for messages.
    ///
    /// # Errors
    /// It doesn't say what becomes of them, or a word is none of the database's.
    pub fn messages(&self) -> Result<Messages, Wrong> {
        let then = self.then.ok_or("it needs then = \"delete\" or then = \"redact\"")?;
        Ok(Messages {
            channel: word("channel", &self.channel)?,
            status: word("status", &self.status)?,
            direction: word("direction", &self.direction)?,
            whole_threads: self.whole_threads,
            then,
        })
    }
}

/// A word of the database, in any case.
fn word<T: Named>(what: &str, name: &Text) -> Result<Option<T>, Wrong> {
    let Some(name) = name else { return Ok(None) };
    T::from_name(name.get_ref()).map(Some).ok_or_else(|| {
        let words: Vec<String> = T::ALL.iter().map(|one| one.name().to_lowercase()).collect();
        let why = format!("{:?} is no {what}: expected {}", name.get_ref(), words.join(", "));
        Wrong { why, at: Some(name.span().start) }
    })
}

#[derive(Debug, Clone, Deserialize)]
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

fn check_one(policy: &Policy) -> Result<(), Wrong> {
    let filters = [&policy.actions, &policy.resources];
    let has_filters = filters.iter().any(|filter| filter.is_some());
    let names_nothing =
        |names: &Vec<String>| names.is_empty() || names.iter().any(|name| name.trim().is_empty());
    if filters.into_iter().flatten().any(names_nothing) {
        return Err(Wrong::from(
            "an empty list, or an empty name, in actions or resources: name what is to go, or leave it out for all",
        ));
    }
    if policy.name().trim().is_empty() {
        return Err(Wrong::from("it needs a name"));
    }
    let table = policy.table.name();
    let of_messages = [&policy.channel, &policy.direction].iter().any(|word| word.is_some())
        || policy.then.is_some()
        || policy.whole_threads;
    if policy.table != Table::Messages && of_messages {
        let why = format!("{table}: channel, direction, then and whole_threads are of messages");
        return Err(Wrong::from(why));
    }
    if policy.table != Table::AuditLogs && has_filters {
        return Err(Wrong::from(format!("{table}: actions and resources are of audit_logs")));
    }
    match policy.table {
        Table::ScheduledJobs => policy.job_status().map(drop),
        Table::Messages => policy.messages().map(drop),
        _ if policy.status.is_some() => {
            Err(Wrong::from(format!("{table}: a status is of messages and scheduled_jobs")))
        }
        Table::Presence if policy.archive.is_some() || policy.max_rows.is_some() => {
            Err(Wrong::from("presence is not deleted: no archive or max_rows"))
        }
        _ => Ok(()),
    }
}

impl Retention {
    /// # Errors
    /// What is wrong with a policy or a hold, in one line.
    pub fn check(&self) -> Result<(), Wrong> {
        let mut names = BTreeSet::new();
        for policy in &self.policies {
            let at = policy.name.span().start;
            check_one(policy).map_err(|wrong| Wrong {
                why: format!("policy {:?}: {}", policy.name(), wrong.why),
                at: wrong.at.or(Some(at)),
            })?;
            if !names.insert(policy.name()) {
                let why = format!("two policies have the name {:?}", policy.name());
                return Err(Wrong { why, at: Some(at) });
            }
        }
        self.marks().map(drop).map_err(Wrong::from)
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
