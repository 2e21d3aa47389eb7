//! The manifest: its text, its seal, and what it is held against.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::audit_head::Head;

use super::{AGE_SUFFIX, About, Column, Dependant, MANIFEST_SUFFIX, ROWS_SUFFIX, Replaced};

/// The format that this code writes and reads.
pub const FORMAT: u32 = 1;

/// Everything that is known of an archive. The order of the fields is their
/// order in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: u32,
    /// The archive's name, in the same folder.
    pub file: String,
    pub table: String,
    pub columns: Vec<Column>,
    pub key: Vec<String>,
    /// What went along with its rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependants: Vec<Dependant>,
    pub schema_version: String,
    pub cutoff: Timestamp,
    pub created_at: Timestamp,
    pub tool_version: String,
    pub rows: u64,
    pub first_key: Option<String>,
    pub last_key: Option<String>,
    pub plain_bytes: u64,
    pub plain_sha256: String,
    pub compressed_bytes: u64,
    pub compressed_sha256: String,
    /// With its line break: a reader needs no more memory for a row.
    pub longest_row_bytes: u64,
    /// Of the audit log's chains, when the archive was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit_head: Option<Head>,
    /// What it was written in place of, the first one first: an erasure took rows of a person away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<Replaced>,
    /// Written, on the disk, read back and found right: always true.
    pub complete: bool,
    /// The SHA-256 of everything above.
    pub seal: String,
}

/// What reading an archive, or writing one, came across.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub rows: u64,
    pub first_key: Option<String>,
    pub last_key: Option<String>,
    pub plain_bytes: u64,
    pub plain_sha256: String,
    pub compressed_bytes: u64,
    pub compressed_sha256: String,
}

impl Manifest {
    pub fn new(
        file: String,
        about: About,
        found: Found,
        longest_row_bytes: u64,
        created_at: Timestamp,
    ) -> Manifest {
        let mut manifest = Manifest {
            format: FORMAT,
            file,
            table: about.table,
            columns: about.columns,
            key: about.key,
            dependants: about.dependants,
            schema_version: about.schema_version,
            cutoff: about.cutoff,
            created_at,
            tool_version: String::from(env!("CARGO_PKG_VERSION")),
            rows: found.rows,
            first_key: found.first_key,
            last_key: found.last_key,
            plain_bytes: found.plain_bytes,
            plain_sha256: found.plain_sha256,
            compressed_bytes: found.compressed_bytes,
            compressed_sha256: found.compressed_sha256,
            longest_row_bytes,
            audit_head: about.audit_head,
            replaces: about.replaces,
            complete: true,
            seal: String::new(),
        };
        manifest.seal = manifest.computed_seal();
        manifest
    }

    /// What an archive in its place knows before its first row.
    pub fn succeeded(&self) -> About {
        let own = Replaced {
            file: self.file.clone(),
            sha256: self.compressed_sha256.clone(),
            seal: self.seal.clone(),
        };
        About {
            table: self.table.clone(),
            columns: self.columns.clone(),
            key: self.key.clone(),
            schema_version: self.schema_version.clone(),
            cutoff: self.cutoff,
            dependants: self.dependants.clone(),
            audit_head: self.audit_head.clone(),
            replaces: self.replaces.iter().cloned().chain([own]).collect(),
        }
    }

    /// The seal of what a run of retention wrote, whatever took its place since.
    pub fn first_seal(&self) -> &str {
        self.replaces.first().map_or(&self.seal, |first| &first.seal)
    }

    /// The manifest's own name, after its archive's.
    pub fn name(&self) -> String {
        let rows = self.file.strip_suffix(AGE_SUFFIX).unwrap_or(&self.file);
        rows.strip_suffix(ROWS_SUFFIX).unwrap_or(&self.file).to_owned() + MANIFEST_SUFFIX
    }

    /// Only who has a secret key reads the rows.
    pub fn is_encrypted(&self) -> bool {
        self.file.ends_with(AGE_SUFFIX)
    }

    /// What the file holds.
    pub fn to_text(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("a manifest has only string keys");
        text + "\n"
    }

    /// # Errors
    /// It is no manifest, or not as it was written: why.
    pub fn parse(text: &str) -> Result<Manifest, String> {
        let manifest: Manifest = serde_json::from_str(text)
            .map_err(|error| format!("the manifest can't be read: {error}"))?;
        if manifest.format != FORMAT {
            return Err(format!(
                "the manifest has format {}; this inboxctl reads {FORMAT}",
                manifest.format
            ));
        }
        // The text too: `z` for `Z` in a time changes the file but no value.
        if manifest.seal != manifest.computed_seal() || manifest.to_text() != text {
            return Err(String::from("the manifest was changed after it was written"));
        }
        if !manifest.complete {
            return Err(String::from("the manifest says that the archive is not complete"));
        }
        if manifest.file.contains('/') || manifest.file.is_empty() {
            return Err(String::from("the manifest names a file outside its folder"));
        }
        let is_elsewhere =
            |one: &Replaced| one.file.contains('/') || !one.file.contains(ROWS_SUFFIX);
        if manifest.replaces.iter().any(is_elsewhere) {
            return Err(String::from(
                "the manifest says that it takes the place of what is no archive beside it",
            ));
        }
        Ok(manifest)
    }

    /// Holds the manifest against what its archive was found to hold.
    ///
    /// # Errors
    /// The first difference.
    pub fn check(&self, found: &Found) -> Result<(), String> {
        let differs = |what: &str, told: &str, found: &str| {
            Err(format!("{what}: the manifest says {told}, the file has {found}"))
        };
        self.check_file(found.compressed_bytes, &found.compressed_sha256)?;
        if found.rows != self.rows {
            return differs("rows", &self.rows.to_string(), &found.rows.to_string());
        }
        if found.plain_bytes != self.plain_bytes {
            return differs("bytes", &self.plain_bytes.to_string(), &found.plain_bytes.to_string());
        }
        if found.plain_sha256 != self.plain_sha256 {
            return differs("SHA-256 of the rows", &self.plain_sha256, &found.plain_sha256);
        }
        let text = |key: &Option<String>| key.clone().unwrap_or_else(|| String::from("none"));
        if found.first_key != self.first_key {
            return differs("first key", &text(&self.first_key), &text(&found.first_key));
        }
        if found.last_key != self.last_key {
            return differs("last key", &text(&self.last_key), &text(&found.last_key));
        }
        Ok(())
    }

    /// The same for the file as it lies there, before anything is unpacked.
    ///
    /// # Errors
    /// The first difference.
    pub fn check_file(&self, bytes: u64, sha256: &str) -> Result<(), String> {
        if bytes != self.compressed_bytes {
            let told = self.compressed_bytes;
            return Err(format!("it has {bytes} bytes, its manifest says {told}"));
        }
        if sha256 != self.compressed_sha256 {
            return Err(String::from("its SHA-256 is not the one in its manifest"));
        }
        Ok(())
    }

    fn computed_seal(&self) -> String {
        let unsealed = Manifest { seal: String::new(), ..self.clone() };
        hex(&Sha256::digest(unsealed.to_text()))
    }
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::archive::Form;

    fn about(table: String) -> About {
        About {
            table,
            columns: vec![
                Column {
                    name: String::from("id"),
                    data_type: String::from("uuid"),
                    form: Form::Scalar,
                },
                Column {
                    name: String::from("details"),
                    data_type: String::from("jsonb"),
                    form: Form::Document,
                },
            ],
            key: vec![String::from("id")],
            schema_version: String::from("20261128091500"),
            cutoff: "2026-01-01T00:00:00Z".parse().unwrap(),
            dependants: Vec::new(),
            audit_head: None,
            replaces: Vec::new(),
        }
    }

    fn found() -> impl Strategy<Value = Found> {
        (1..u64::MAX, any::<u64>(), any::<u64>(), ".{0,40}", "[0-9a-f]{64}", "[0-9a-f]{64}")
            .prop_map(|(rows, plain, compressed, key, one, other)| Found {
                rows,
                first_key: Some(key.clone()),
                last_key: Some(key),
                plain_bytes: plain,
                plain_sha256: one,
                compressed_bytes: compressed,
                compressed_sha256: other,
            })
    }

    fn manifest(found: Found, table: String) -> Manifest {
        let created_at = "2026-04-01T02:03:04.567Z".parse().unwrap();
        Manifest::new(String::from("a.jsonl.zst"), about(table), found, 400, created_at)
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(found in found(), table in ".{0,20}") {
            let written = manifest(found.clone(), table);
            let read = Manifest::parse(&written.to_text()).unwrap();
            prop_assert_eq!(&read, &written);
            prop_assert_eq!(read.check(&found), Ok(()));
        }

        #[test]
        fn no_changed_bit_is_overlooked(found in found(), at in any::<prop::sample::Index>(), bit in 0..8u8) {
            let mut bytes = manifest(found, String::from("audit_logs")).to_text().into_bytes();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            let read = std::str::from_utf8(&bytes).map_or(Err(String::new()), Manifest::parse);
            prop_assert!(read.is_err());
        }

        #[test]
        fn no_truncation_is_overlooked(found in found(), at in any::<prop::sample::Index>()) {
            let text = manifest(found, String::from("audit_logs")).to_text();
            let cut = at.index(text.len());
            prop_assert!(Manifest::parse(text.get(..cut).unwrap_or_default()).is_err());
        }

        #[test]
        fn every_difference_is_found(found in found(), other in found(), field in 0..7usize) {
            let manifest = manifest(found.clone(), String::from("audit_logs"));
            let mut differs = found.clone();
            match field {
                0 => differs.rows = other.rows,
                1 => differs.first_key = other.first_key,
                2 => differs.last_key = None,
                3 => differs.plain_bytes = other.plain_bytes,
                4 => differs.plain_sha256 = other.plain_sha256,
                5 => differs.compressed_bytes = other.compressed_bytes,
                _ => differs.compressed_sha256 = other.compressed_sha256,
            }
            prop_assert_eq!(manifest.check(&differs).is_ok(), differs == found);
        }
    }

    #[test]
    fn a_sealed_manifest_of_another_format_or_folder_is_refused() {
        let reseal = |change: fn(&mut Manifest)| {
            let mut manifest = manifest(Found::default(), String::from("audit_logs"));
            change(&mut manifest);
            manifest.seal = manifest.computed_seal();
            Manifest::parse(&manifest.to_text()).unwrap_err()
        };
        assert!(reseal(|manifest| manifest.format = 2).contains("format 2"));
        assert!(reseal(|manifest| manifest.complete = false).contains("not complete"));
        assert!(reseal(|manifest| manifest.file = String::from("../x")).contains("outside"));
    }
}
