//! Labels of our types, and by what an application calls them.

/// Types of ours with their labels, and what others call them for certain.
pub struct Labels {
    pub name: &'static str,
    pub labels: &'static [&'static str],
    pub synonyms: &'static [(&'static str, &'static str)],
}

pub const LABELS: [Labels; 8] = [
    Labels {
        name: "channel",
        labels: &["SMS", "WHATSAPP", "EMAIL", "TWITTER", "FACEBOOK", "INSTAGRAM", "LINKEDIN"],
        synonyms: &[],
    },
    Labels { name: "user_role", labels: &["VIEWER", "EDITOR", "ADMIN"], synonyms: &[] },
    Labels {
        name: "message_direction",
        labels: &["INBOUND", "OUTBOUND"],
        synonyms: &[("INCOMING", "INBOUND"), ("OUTGOING", "OUTBOUND")],
    },
    Labels {
        name: "message_status",
        labels: &["QUEUED", "SCHEDULED", "SENT", "DELIVERED", "READ", "FAILED", "RECEIVED"],
        synonyms: &[("PENDING", "QUEUED")],
    },
    Labels { name: "note_type", labels: &["PUBLIC", "PRIVATE"], synonyms: &[] },
    Labels { name: "integration_status", labels: &["ACTIVE", "INACTIVE", "ERROR"], synonyms: &[] },
    Labels { name: "presence_status", labels: &["ONLINE", "AWAY", "OFFLINE"], synonyms: &[] },
    Labels {
        name: "job_status",
        labels: &["PENDING", "RUNNING", "COMPLETED", "FAILED", "CANCELLED"],
        synonyms: &[("PROCESSING", "RUNNING")],
    },
];

/// The labels of a column that says yes or no, by its name: for yes, and for no.
pub fn of_flag(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "is_inbound" | "inbound" | "incoming" => ("INBOUND", "OUTBOUND"),
        "is_outbound" | "outbound" => ("OUTBOUND", "INBOUND"),
        "is_private" | "private" => ("PRIVATE", "PUBLIC"),
        "is_public" => ("PUBLIC", "PRIVATE"),
        "is_active" | "enabled" => ("ACTIVE", "INACTIVE"),
        _ => return None,
    })
}

/// Whether a user is deactivated who has yes in a column of that name; `None` if it says nothing of that.
pub fn deactivates(name: &str) -> Option<bool> {
    match name {
        "is_active" | "active" | "enabled" => Some(false),
        "disabled" | "is_disabled" | "blocked" | "is_blocked" | "suspended" | "is_suspended" => {
            Some(true)
        }
        _ => None,
    }
}

/// Whether a type may be one of labels: an enum, which may be another schema's, or numbers that stand for
/// them. What it has is seen in the rows.
pub fn may_be_labels(sql_type: &str) -> bool {
    const OTHERS: [&str; 10] = [
        "numeric",
        "real",
        "double",
        "money",
        "json",
        "timestamp",
        "date",
        "time",
        "bytea",
        "uuid",
    ];
    !sql_type.ends_with("[]") && !OTHERS.iter().any(|other| sql_type.starts_with(other))
}

pub fn of_type(name: &str) -> Option<&'static Labels> {
    LABELS.iter().find(|labels| labels.name == name)
}

impl Labels {
    /// The label of ours that theirs certainly is.
    pub fn known(&self, theirs: &str) -> Option<&'static str> {
        let theirs = super::names::label(theirs);
        let own = self.labels.iter().find(|label| **label == theirs).copied();
        own.or_else(|| {
            self.synonyms.iter().find(|(other, _)| *other == theirs).map(|(_, ours)| *ours)
        })
    }
}
