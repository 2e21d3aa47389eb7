//! The values of the database's enums as this binary knows them.

/// By type, in the order of the database.
pub const ENUM_VALUES: [(&str, &[&str]); 10] = [
    ("channel", &["SMS", "WHATSAPP", "EMAIL", "TWITTER", "FACEBOOK", "INSTAGRAM", "LINKEDIN"]),
    ("identity_kind", &["PHONE", "EMAIL", "HANDLE"]),
    ("integration_status", &["ACTIVE", "INACTIVE", "ERROR"]),
    ("job_status", &["PENDING", "RUNNING", "COMPLETED", "FAILED", "CANCELLED"]),
    ("maintenance_outcome", &["RUNNING", "DONE", "INTERRUPTED", "OUT_OF_TIME", "FAILED", "LOST"]),
    ("message_direction", &["INBOUND", "OUTBOUND"]),
    ("message_status", &["QUEUED", "SCHEDULED", "SENT", "DELIVERED", "READ", "FAILED", "RECEIVED"]),
    ("note_type", &["PUBLIC", "PRIVATE"]),
    ("presence_status", &["ONLINE", "AWAY", "OFFLINE"]),
    ("user_role", &["VIEWER", "EDITOR", "ADMIN"]),
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
