//! The manifest beside a backup: what went in, and what must come out again.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::archive::hex;
use crate::domain::audit_head::{Head, Identity};

/// The version of the manifest's own format.
pub const FORMAT: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The name of the file without its endings.
    pub id: String,
    pub file: String,
    pub database: String,
    /// The number that the server has had from its beginning; a role may not be told.
    #[serde(default)]
    pub system_identifier: Option<String>,
    /// `15.13`.
    pub server_version: String,
    pub pg_dump_version: String,
    pub inboxctl_version: String,
    /// The snapshot that the rows were dumped and counted in.
    pub snapshot: String,
    pub taken_at: Timestamp,
    pub duration_ms: u64,
    /// Of the file as it lies there.
    pub size_bytes: u64,
    pub sha256: String,
    /// Of what pg_dump wrote.
    pub plain_size_bytes: u64,
    pub plain_sha256: String,
    /// Public keys; empty if it isn't encrypted.
    pub encrypted_to: Vec<String>,
    /// The keys of the keyring that the credentials in it need.
    pub key_ids: Vec<String>,
    /// Versions of the applied migrations.
    pub migrations: Vec<String>,
    /// Of every table, partitions one by one.
    pub rows: BTreeMap<String, u64>,
    /// Of the audit log's chains, in the snapshot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit_head: Option<Head>,
    pub verifications: Vec<Verification>,
    /// SHA-256 of the text with this field empty: what was changed is not relied on.
    pub seal: String,
}

/// A check of the file, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// 1: hash; 2: read through; 3: restored.
    pub level: u8,
    pub at: Timestamp,
    pub duration_ms: u64,
    /// Empty if it passed.
    pub problems: Vec<String>,
}

impl Verification {
    pub fn passed(&self) -> bool {
        self.problems.is_empty()
    }
}

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    pub size_bytes: u64,
    pub sha256: String,
    pub plain_size_bytes: u64,
    pub plain_sha256: String,
}

/// So many differences are named; the others are counted.
const NAMED: usize = 20;

impl Manifest {
    /// Of which database it was made.
    pub fn identity(&self) -> Identity {
        Identity {
            database: Some(self.database.clone()),
            system_identifier: self.system_identifier.clone(),
        }
    }

    /// What the file holds: sealed as it is now.
    pub fn to_text(&self) -> String {
        self.text_with(self.computed_seal())
    }

    /// # Errors
    /// It is no manifest, or not as it was written: why.
    pub fn parse(text: &str) -> Result<Manifest, String> {
        let manifest: Manifest = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if manifest.format != FORMAT {
            let format = manifest.format;
            return Err(format!("it has format {format}; this inboxctl reads {FORMAT}"));
        }
        // The text too: another spelling of a value changes the file, and no field.
        if manifest.text_with(manifest.seal.clone()) != text
            || manifest.seal != manifest.computed_seal()
        {
            return Err(String::from("it was changed after it was written"));
        }
        Ok(manifest)
    }

    fn computed_seal(&self) -> String {
        hex(&Sha256::digest(self.text_with(String::new())))
    }

    fn text_with(&self, seal: String) -> String {
        let sealed = Manifest { seal, ..self.clone() };
        serde_json::to_string_pretty(&sealed).expect("a manifest has only string keys") + "\n"
    }

    /// The level of the newest check, if the file passed it.
    pub fn verified_level(&self) -> Option<u8> {
        self.verifications.last().filter(|last| last.passed()).map(|last| last.level)
    }

    /// Whether it can be counted on: it was read through at least, and no later
    /// check found anything.
    pub fn is_verified(&self) -> bool {
        let last_failure = self.verifications.iter().rposition(|one| !one.passed());
        let since = last_failure.map_or(0, |index| index + 1);
        self.verifications[since..].iter().any(|one| one.level >= 2)
    }

    pub fn rows_total(&self) -> u64 {
        self.rows.values().sum()
    }

    /// What is wrong with the file as it lies there.
    pub fn file_problems(&self, size_bytes: u64, sha256: &str) -> Vec<String> {
        if size_bytes != self.size_bytes {
            return vec![format!(
                "the file has {size_bytes} bytes, the manifest says {}",
                self.size_bytes
            )];
        }
        if sha256 != self.sha256 {
            return vec![String::from("the SHA-256 of the file is not the one of the manifest")];
        }
        Vec::new()
    }

    /// The same, and what is wrong with its plain text.
    pub fn problems(&self, sums: &Sums) -> Vec<String> {
        let problems = self.file_problems(sums.size_bytes, &sums.sha256);
        if problems.is_empty()
            && (sums.plain_size_bytes, &sums.plain_sha256)
                != (self.plain_size_bytes, &self.plain_sha256)
        {
            return vec![String::from(
                "the SHA-256 of the plain text is not the one of the manifest",
            )];
        }
        problems
    }

    /// Where a restored database has other rows than were dumped.
    pub fn row_problems(&self, found: &BTreeMap<String, u64>) -> Vec<String> {
        let mut problems: Vec<String> = Vec::new();
        for (table, rows) in &self.rows {
            match found.get(table) {
                Some(restored) if restored == rows => {}
                Some(restored) => problems.push(format!("{table}: {restored} rows of {rows}")),
                None => problems.push(format!("{table} is missing")),
            }
        }
        let unknown = found.keys().filter(|table| !self.rows.contains_key(*table));
        problems.extend(unknown.map(|table| format!("{table} is not in the manifest")));
        abridged(problems)
    }

    pub fn migration_problems(&self, found: &[String]) -> Vec<String> {
        if found == self.migrations {
            return Vec::new();
        }
        let missing: Vec<&str> = self
            .migrations
            .iter()
            .filter(|version| !found.contains(version))
            .map(String::as_str)
            .collect();
        vec![match missing.is_empty() {
            true => String::from("it has migrations that the manifest doesn't know"),
            false => format!("migrations are missing: {}", missing.join(", ")),
        }]
    }
}

/// The first of them, and how many more there are.
pub fn abridged(mut problems: Vec<String>) -> Vec<String> {
    if problems.len() > NAMED {
        let more = problems.len() - NAMED;
        problems.truncate(NAMED);
        problems.push(format!("and {more} more"));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            format: FORMAT,
            id: String::from("inbox-1"),
            file: String::from("inbox-1.dump"),
            database: String::from("inbox"),
            system_identifier: None,
            server_version: String::from("15.13"),
            pg_dump_version: String::from("15.13"),
            inboxctl_version: String::from("0.1.0"),
            snapshot: String::from("1-1"),
            taken_at: Timestamp::UNIX_EPOCH,
            duration_ms: 1,
            size_bytes: 2,
            sha256: String::from("aa"),
            plain_size_bytes: 2,
            plain_sha256: String::from("aa"),
            encrypted_to: Vec::new(),
            key_ids: Vec::new(),
            migrations: vec![String::from("1"), String::from("2")],
            rows: BTreeMap::from([(String::from("public.a"), 1), (String::from("public.b"), 2)]),
            audit_head: None,
            verifications: Vec::new(),
            seal: String::new(),
        }
    }

    fn check(level: u8, problem: &str) -> Verification {
        let problems = if problem.is_empty() { Vec::new() } else { vec![problem.to_owned()] };
        Verification { level, at: Timestamp::UNIX_EPOCH, duration_ms: 1, problems }
    }

    #[test]
    fn a_failed_check_takes_back_what_came_before() {
        let mut manifest = manifest();
        assert!(!manifest.is_verified());
        manifest.verifications = vec![check(1, "")];
        assert!(!manifest.is_verified(), "a hash alone doesn't say that it can be read");
        manifest.verifications.push(check(2, ""));
        assert!(manifest.is_verified());
        manifest.verifications.push(check(1, ""));
        assert!(manifest.is_verified());
        manifest.verifications.push(check(1, "the SHA-256 differs"));
        assert!(!manifest.is_verified());
        assert_eq!(manifest.verified_level(), None);
    }

    #[test]
    fn no_byte_can_be_changed() {
        let text = manifest().to_text();
        assert_eq!(Manifest::parse(&text).map(|read| read.rows), Ok(manifest().rows));
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 0x01;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            assert!(Manifest::parse(&changed).is_err(), "{at}: {changed}");
        }
        let cut = text.replace("  \"migrations\": [\n    \"1\",", "  \"migrations\": [");
        assert!(cut.len() < text.len() && Manifest::parse(&cut).is_err());
    }

    #[test]
    fn every_difference_in_rows_is_named() {
        let found = BTreeMap::from([(String::from("public.b"), 3), (String::from("public.c"), 0)]);
        assert_eq!(
            manifest().row_problems(&found),
            ["public.a is missing", "public.b: 3 rows of 2", "public.c is not in the manifest"]
        );
        assert!(manifest().row_problems(&manifest().rows).is_empty());
        assert_eq!(
            manifest().migration_problems(&[String::from("1")]),
            ["migrations are missing: 2"]
        );
    }
}
