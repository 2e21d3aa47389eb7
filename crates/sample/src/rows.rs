//! The rows that a sample yields, column by column as the tables have them.
//!
//! Times are UTC at microseconds; JSON columns are compact, serialised objects.

use jiff::Timestamp;
use std::borrow::Cow;
use uuid::Uuid;

/// Text that is mostly a constant.
pub type Text = Cow<'static, str>;

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $label:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            pub const LABELS: &'static [&'static str] = &[$($label),+];

            /// The label of the PostgreSQL enum.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $label),+ }
            }
        }
    };
}

labels!(
    /// The channel of a message.
    Channel {
        Sms = "SMS",
        Whatsapp = "WHATSAPP",
        Email = "EMAIL",
        Twitter = "TWITTER",
        Facebook = "FACEBOOK",
        Instagram = "INSTAGRAM",
        Linkedin = "LINKEDIN",
    }
);
labels!(
    /// Whether the contact wrote (inbound) or we did.
    Direction {
        Inbound = "INBOUND",
        Outbound = "OUTBOUND",
    }
);
labels!(
    /// How far a message got; received and read are the states of inbound ones.
    MessageStatus {
        Queued = "QUEUED",
        Scheduled = "SCHEDULED",
        Sent = "SENT",
        Delivered = "DELIVERED",
        Read = "READ",
        Failed = "FAILED",
        Received = "RECEIVED",
    }
);
labels!(
    /// Who sees a note.
    NoteType {
        Public = "PUBLIC",
        Private = "PRIVATE",
    }
);
labels!(
    /// The state of a scheduled job.
    JobStatus {
        Pending = "PENDING",
        Running = "RUNNING",
        Completed = "COMPLETED",
        Failed = "FAILED",
        Cancelled = "CANCELLED",
    }
);

/// A row of `contacts`.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    pub id: Uuid,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// `{"twitter":"@ana","instagram":"ana.b"}`
    pub social_handles: Text,
    /// Any of city, country, address, company, job_title, date_of_birth, language, source, tags.
    pub metadata: Text,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A row of `messages`.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub id: Uuid,
    pub contact_id: Uuid,
    pub channel: Channel,
    pub direction: Direction,
    pub content: Text,
    pub status: MessageStatus,
    /// One thread for each contact and channel.
    pub thread_id: Uuid,
    /// Only of outbound messages that were written for later.
    pub scheduled_at: Option<Timestamp>,
    /// None while queued or scheduled, and of failed messages.
    pub sent_at: Option<Timestamp>,
    /// Set exactly where the status is READ.
    pub read_at: Option<Timestamp>,
    /// The provider's id; none before it took the message.
    pub external_id: Option<String>,
    /// The sender of an outbound message; none where a rule sent it.
    pub user_id: Option<Uuid>,
    pub metadata: Text,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A row of `notes`.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub id: Uuid,
    pub contact_id: Uuid,
    pub user_id: Uuid,
    pub content: Text,
    pub note_type: NoteType,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A row of `assignments`; a contact has at most one.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    pub id: Uuid,
    pub user_id: Uuid,
    pub contact_id: Uuid,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A row of `scheduled_jobs`.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub id: Uuid,
    pub job_type: &'static str,
    pub payload: String,
    pub scheduled_at: Timestamp,
    pub status: JobStatus,
    pub attempts: i32,
    pub last_error: Option<&'static str>,
    /// Set exactly where the status is COMPLETED, FAILED or CANCELLED.
    pub finished_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A row of `audit_logs`.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    pub id: Uuid,
    pub user_id: Option<Uuid>,
    /// The e-mail of that user, or the name of a part of the system.
    pub actor: &'static str,
    /// `noun.verb`
    pub action: &'static str,
    pub resource: &'static str,
    pub resource_id: Option<String>,
    pub details: Text,
    pub created_at: Timestamp,
}

/// How many rows a sample yields for each table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub contacts: u64,
    pub messages: u64,
    pub notes: u64,
    pub assignments: u64,
    pub jobs: u64,
    pub audit_entries: u64,
}
