//! The words of the database's enums, each vocabulary once. A further type must come with its
//! migration; what stands in a database is compared with [`ENUM_VALUES`].

use std::fmt;

use serde::{Serialize, Serializer};

use super::named::Named;

macro_rules! vocabulary {
    ($(#[$doc:meta])* $type:ident { $($value:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($value),+ }

        impl $type {
            /// In the order of the database, like the names.
            pub const ALL: &[$type] = &[$($type::$value),+];
            pub const NAMES: &[&str] = &[$($name),+];

            pub const fn as_str(self) -> &'static str {
                match self { $($type::$value => $name),+ }
            }
        }

        impl Named for $type {
            const ALL: &'static [$type] = $type::ALL;

            fn name(self) -> &'static str {
                self.as_str()
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

vocabulary!(
    /// What the inbox talks through.
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
vocabulary!(
    /// What a further identity of a contact is.
    IdentityKind { Phone = "PHONE", Email = "EMAIL", Handle = "HANDLE" }
);
vocabulary!(
    /// Whether a channel is in use.
    IntegrationStatus { Active = "ACTIVE", Inactive = "INACTIVE", Error = "ERROR" }
);
vocabulary!(
    /// How far a scheduled job is.
    JobStatus {
        Pending = "PENDING",
        Running = "RUNNING",
        Completed = "COMPLETED",
        Failed = "FAILED",
        Cancelled = "CANCELLED",
    }
);
vocabulary!(
    /// Whether the contact wrote, or the inbox did.
    MessageDirection { Inbound = "INBOUND", Outbound = "OUTBOUND" }
);
vocabulary!(
    /// How far a message got; READ and RECEIVED are said of inbound ones too.
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
vocabulary!(
    /// Whether a user is there.
    PresenceStatus { Online = "ONLINE", Away = "AWAY", Offline = "OFFLINE" }
);
vocabulary!(
    /// What a user may do; each may what those before it may.
    UserRole { Viewer = "VIEWER", Editor = "EDITOR", Admin = "ADMIN" }
);

/// By type, in the order of the database.
pub const ENUM_VALUES: [(&str, &[&str]); 10] = [
    ("channel", Channel::NAMES),
    ("identity_kind", IdentityKind::NAMES),
    ("integration_status", IntegrationStatus::NAMES),
    ("job_status", JobStatus::NAMES),
    ("maintenance_outcome", &["RUNNING", "DONE", "INTERRUPTED", "OUT_OF_TIME", "FAILED", "LOST"]),
    ("message_direction", MessageDirection::NAMES),
    ("message_status", MessageStatus::NAMES),
    ("note_type", &["PUBLIC", "PRIVATE"]),
    ("presence_status", PresenceStatus::NAMES),
    ("user_role", UserRole::NAMES),
];
/// Values that stand on one side only, as `type.VALUE`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct EnumDifference {
    /// The binary has them, the database doesn't.
    pub missing: Vec<String>,
    /// The database has them, the binary doesn't.
    pub unknown: Vec<String>,
}

/// `found` are pairs of type and value; types that the binary doesn't know are
/// somebody else's.
pub fn compare(found: &[(String, String)]) -> EnumDifference {
    let mut difference = EnumDifference::default();
    for (kind, values) in ENUM_VALUES {
        let there: Vec<&str> = found
            .iter()
            .filter(|(name, _)| name == kind)
            .map(|(_, value)| value.as_str())
            .collect();
        let name = |value: &&str| format!("{kind}.{value}");
        difference.missing.extend(values.iter().filter(|value| !there.contains(value)).map(name));
        difference.unknown.extend(there.iter().filter(|value| !values.contains(value)).map(name));
    }
    difference
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_found_on_both_sides() {
        let mut found: Vec<(String, String)> = ENUM_VALUES
            .iter()
            .flat_map(|(kind, values)| values.iter().map(|value| ((*kind).into(), (*value).into())))
            .collect();
        found.push(("mood".into(), "GLAD".into()));
        assert_eq!(compare(&found), EnumDifference::default());
        found.retain(|(_, value)| value != "LINKEDIN");
        found.push(("channel".into(), "TELEX".into()));
        let difference = compare(&found);
        assert_eq!(difference.missing, ["channel.LINKEDIN"]);
        assert_eq!(difference.unknown, ["channel.TELEX"]);
    }
}
