//! Which servers inboxctl works with.

/// The oldest server that the schema runs on, as `server_version_num`.
pub const OLDEST_VERSION: i32 = 130_000;

/// Engines that speak PostgreSQL's protocol and are another database, by what `version()` says.
const OTHERS: [(&str, &str); 8] = [
    ("CockroachDB", "CockroachDB"),
    ("-YB-", "YugabyteDB"),
    ("Redshift", "Amazon Redshift"),
    ("Greenplum", "Greenplum"),
    ("openGauss", "openGauss"),
    ("Materialize", "Materialize"),
    ("RisingWave", "RisingWave"),
    ("QuestDB", "QuestDB"),
];

/// Why inboxctl doesn't work with a server, if it doesn't.
pub fn objection(version_num: i32, version: &str) -> Option<String> {
    let other = OTHERS.iter().find(|(mark, _)| version.contains(mark)).map(|(_, name)| *name);
    if let Some(name) = other {
        return Some(format!("it is {name}, and inboxctl works with PostgreSQL only"));
    }
    if !version.starts_with("PostgreSQL ") && !version.starts_with("EnterpriseDB ") {
        return Some(format!("it calls itself {version:?}, which is not PostgreSQL"));
    }
    (version_num < OLDEST_VERSION)
        .then(|| format!("it is PostgreSQL {}, and 13 or later is needed", version_num / 10_000))
}

#[cfg(test)]
mod tests {
    use super::objection;

    #[test]
    fn only_postgresql_from_13_on() {
        assert_eq!(objection(150_004, "PostgreSQL 15.4 (Debian 15.4-1) on x86_64"), None);
        assert!(objection(120_000, "PostgreSQL 12.1 on x86_64").is_some());
        assert!(objection(130_000, "CockroachDB CCL v23.1").is_some());
        assert!(objection(150_002, "PostgreSQL 15.2-YB-2024.1 on x86_64").is_some());
        assert!(objection(160_000, "Something 16").is_some());
    }
}
