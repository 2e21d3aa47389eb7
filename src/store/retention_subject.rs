//! What is deleted of a table, or redacted in it: which of its rows are old, in which order they are
//! walked through, what a hold may name them by, and what becomes of them.

use diesel::prelude::*;

use super::contact_references;
use super::foreign_keys;
use super::retention_references::{Blocker, References};
use crate::domain::retention::policy::{Messages, Table, Then};

/// What a hold may name an entry of the log by. `drop_audit_partition` of the database asks the same.
pub const AUDIT_MARKS: &str = "'action:' || t.action, 'resource:' || t.resource, \
    'resource:' || t.resource || '/' || t.resource_id, 'user:' || t.user_id::text, \
    'user:' || t.resource_id, 'contact:' || t.resource_id, \
    'user:' || (t.details ->> 'user_id'::text), 'contact:' || (t.details ->> 'contact_id'::text)";

/// What a hold may name a job by.
pub const JOB_MARKS: &str = "'action:' || t.type, 'resource:scheduled_jobs', \
    'resource:scheduled_jobs/' || t.id::text, 'user:' || (t.payload ->> 'user_id'::text), \
    'contact:' || (t.payload ->> 'contact_id'::text)";

const MESSAGE_MARKS: &str = "'resource:messages', 'resource:messages/' || t.id::text, \
    'user:' || t.user_id::text, 'contact:' || t.contact_id::text";

const NOTE_MARKS: &str = "'resource:notes', 'resource:notes/' || t.id::text, \
    'user:' || t.user_id::text, 'contact:' || t.contact_id::text";

const CONTACT_MARKS: &str =
    "'resource:contacts', 'resource:contacts/' || t.id::text, 'contact:' || t.id::text";

const MERGE_MARKS: &str = "'resource:contact_merges', 'resource:contact_merges/' || t.id::text, \
    'contact:' || t.survivor_id::text";

/// What is deleted of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Of these actions and resources; empty lists are all.
    Audit {
        actions: Vec<String>,
        resources: Vec<String>,
    },
    /// Of this label of job_status.
    Jobs {
        status: &'static str,
    },
    Messages(Messages),
    Notes,
    /// Without a message since, and in nobody's care. `references` are those that the settings name.
    Contacts {
        references: Vec<String>,
    },
    /// What merges recorded of contacts.
    Merges,
}

impl Subject {
    /// The columns that are emptied, and what stands there then, where a row stays.
    pub fn redaction(&self) -> Option<&'static [(&'static str, &'static str)]> {
        match self {
            Subject::Messages(Messages { then: Then::Redact, .. }) => {
                Some(Table::Messages.emptied())
            }
            Subject::Merges => Some(Table::ContactMerges.emptied()),
            _ => None,
        }
    }

    /// What becomes of its rows: the end of `rows were`.
    pub fn deed(&self) -> &'static str {
        if self.redaction().is_some() { "redacted" } else { "deleted" }
    }

    pub(super) fn time(&self) -> &'static str {
        match self {
            Subject::Jobs { .. } => "coalesce(t.finished_at, t.updated_at)",
            Subject::Merges => "t.merged_at",
            _ => "t.created_at",
        }
    }

    /// That a row comes after the key of $5 and $6, and in which order they come. Notes have no index
    /// by their age.
    pub(super) fn comes_after(&self) -> (String, String) {
        let time = self.time();
        match self {
            Subject::Notes => {
                (String::from("$5::timestamptz IS NOT NULL AND t.id > $6"), String::from("t.id"))
            }
            _ => (format!("({time}, t.id) > ($5::timestamptz, $6)"), format!("{time}, t.id")),
        }
    }

    pub(super) fn group(&self) -> &'static str {
        match self {
            Subject::Audit { .. } => "t.action",
            Subject::Jobs { .. } => "t.status::text",
            Subject::Messages(_) => "t.channel::text",
            Subject::Notes | Subject::Contacts { .. } | Subject::Merges => "''::text",
        }
    }

    /// Which rows are old enough: $1 is the cut-off, $3 and $4 are the filters.
    pub(super) fn is_old(&self) -> String {
        let time = self.time();
        match self {
            Subject::Audit { .. } => format!(
                "{time} < $1 AND ($3 OPERATOR(pg_catalog.=) '{{}}' OR t.action = ANY ($3)) \
                 AND ($4 OPERATOR(pg_catalog.=) '{{}}' OR t.resource = ANY ($4))"
            ),
            // The label is one of ours, and a constant lets the partial index serve.
            Subject::Jobs { status } => {
                format!("t.status OPERATOR(pg_catalog.=) '{status}' AND {time} < $1")
            }
            Subject::Messages(messages) => is_old_message(messages),
            Subject::Notes => format!("{time} < $1"),
            Subject::Contacts { .. } => format!(
                "{time} < $1 AND (EXISTS (SELECT FROM messages m WHERE m.contact_id = t.id \
                     AND (m.created_at >= $1 OR m.scheduled_at >= $1))) IS NOT TRUE \
                 AND (EXISTS (SELECT FROM assignments a WHERE a.contact_id = t.id)) IS NOT TRUE"
            ),
            Subject::Merges => format!("{time} < $1 AND t.before <> '{{}}'::jsonb"),
        }
    }

    /// An array of what a hold may name a row by.
    pub(super) fn marks(&self) -> String {
        let (marks, contacts) = match self {
            Subject::Audit { .. } => (AUDIT_MARKS, None),
            Subject::Jobs { .. } => (JOB_MARKS, None),
            Subject::Messages(_) => (MESSAGE_MARKS, Some("t.contact_id")),
            Subject::Notes => (NOTE_MARKS, Some("t.contact_id")),
            Subject::Contacts { .. } => (CONTACT_MARKS, Some("t.id")),
            Subject::Merges => (MERGE_MARKS, Some("t.survivor_id")),
        };
        // A hold on one that was merged away since is one on what its survivor has.
        let merged = contacts.map(|contact| {
            format!(
                " OPERATOR(pg_catalog.||) ARRAY( \
                     WITH RECURSIVE own (id) AS (SELECT {contact} UNION \
                         SELECT m.contact_id FROM own JOIN merged_contacts m ON m.survivor_id = own.id) \
                     SELECT 'contact:' || own.id::text FROM own)"
            )
        });
        let members = match self {
            Subject::Merges => {
                " OPERATOR(pg_catalog.||) ARRAY(SELECT 'contact:' || own.id::text \
                 FROM pg_catalog.unnest(t.merged_ids) AS own (id))"
            }
            _ => "",
        };
        format!("(ARRAY[{marks}]{}{members})", merged.unwrap_or_default())
    }

    /// The lists of an audit log's policy, $3 and $4.
    pub(super) fn filters(&self) -> (Vec<String>, Vec<String>) {
        match self {
            Subject::Audit { actions, resources } => (actions.clone(), resources.clone()),
            _ => (Vec::new(), Vec::new()),
        }
    }

    /// Whether another index than that of the age may find few rows among many.
    pub(super) fn is_filtered(&self) -> bool {
        match self {
            Subject::Audit { actions, resources } => !(actions.is_empty() && resources.is_empty()),
            Subject::Messages(Messages { channel, status, direction, .. }) => {
                channel.is_some() || status.is_some() || direction.is_some()
            }
            _ => false,
        }
    }

    /// What an example of its rows says; none where groups tell enough.
    pub(super) fn example(&self) -> Option<&'static str> {
        match self {
            Subject::Audit { .. } | Subject::Jobs { .. } => None,
            Subject::Messages(_) => Some(
                "pg_catalog.concat_ws(' '::text, t.channel::text, t.direction::text, t.status::text, \
                 'of contact'::text, t.contact_id::text)",
            ),
            Subject::Notes => Some(
                "pg_catalog.concat_ws(' '::text, t.type::text, 'note on contact'::text, t.contact_id::text)",
            ),
            Subject::Contacts { .. } => {
                Some("coalesce(t.name::text, t.email::text, t.phone::text, ''::text)")
            }
            Subject::Merges => Some(
                "pg_catalog.concat_ws(' '::text, 'merge into contact'::text, t.survivor_id::text)",
            ),
        }
    }
}

/// A message that is to be sent later is no older than that.
fn is_old_message(messages: &Messages) -> String {
    let Messages { channel, status, direction, whole_threads, then } = messages;
    let mut condition =
        String::from("t.created_at < $1 AND (t.scheduled_at IS NULL OR t.scheduled_at < $1)");
    // Labels of ours.
    let words = [
        ("channel", channel.map(|word| word.as_str())),
        ("status", status.map(|word| word.as_str())),
        ("direction", direction.map(|word| word.as_str())),
    ];
    for (column, word) in words {
        if let Some(word) = word {
            condition += &format!(" AND t.{column} OPERATOR(pg_catalog.=) '{word}'");
        }
    }
    if *whole_threads {
        condition += " AND (EXISTS (SELECT FROM messages n WHERE n.thread_id = t.thread_id \
                           AND n.channel OPERATOR(pg_catalog.=) t.channel \
                           AND (n.created_at >= $1 OR n.scheduled_at >= $1))) IS NOT TRUE";
    }
    if *then == Then::Redact {
        condition += " AND t.content <> ''::text";
    }
    condition
}

/// What keeps rows of a table that are redacted: rows that point at what would be emptied, whatever
/// their key would do, and a job that is about to send the message.
pub fn keepers_of_redacted(
    conn: &mut PgConnection,
    table: &str,
    emptied: &[(&str, &str)],
) -> QueryResult<References> {
    let mut found = References::default();
    for key in foreign_keys::pointing_at(conn, table)? {
        if key.referenced.iter().any(|name| emptied.iter().any(|(column, _)| name == column)) {
            let condition =
                format!("EXISTS (SELECT FROM {} t1 WHERE {})", key.relation, key.points("t1", "t"));
            found.block(key, condition);
        }
    }
    if table == "messages" {
        found.blockers.push(Blocker::new(
            "scheduled_jobs",
            "scheduled_jobs",
            "EXISTS (SELECT FROM scheduled_jobs j WHERE j.message_id = t.id \
             AND j.status OPERATOR(pg_catalog.=) ANY (ARRAY['PENDING', 'RUNNING']::job_status[]))",
        ));
    }
    Ok(found)
}

/// What refers to contacts without a key, in tables of the application: it keeps them, and so does
/// what leads from one that was merged away.
///
/// # Errors
/// The settings name a reference that is none; or the server refuses.
pub fn keepers_of_contacts(
    conn: &mut PgConnection,
    named: &[String],
) -> anyhow::Result<Vec<Blocker>> {
    let references = contact_references::load(conn, named)?;
    let alike = contact_references::look_alikes(conn, &references)?;
    let without_key = references.all.iter().filter(|one| !one.is_foreign_key);
    let others = without_key.chain(&alike).filter(|one| !references.own.contains(&one.table));
    let mut found: Vec<Blocker> = others
        .map(|one| {
            let condition = format!(
                "EXISTS (SELECT FROM {} r WHERE {})",
                one.relation(),
                one.matches("r", "t")
            );
            Blocker::new(&one.label(), &one.table, &condition)
        })
        .collect();
    found.push(Blocker::new(
        "merged_contacts",
        "merged_contacts",
        "EXISTS (SELECT FROM merged_contacts r WHERE r.survivor_id = t.id)",
    ));
    Ok(found)
}
