//! `inboxctl.toml`: what an operator has laid down for one inbox.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::anonymise::Kind;
use super::nightly::Nightly;
use super::profile::Profile;
use super::retention::policy::Retention;
use super::setting;
use super::setting_lines::{Line, Text, Wrong, line_at, lines};
use super::suggest;

/// The whole file. Unknown keys are refused: a misspelt filter would delete more.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SettingsFile {
    database_url: Text,
    database_url_file: Text,
    database_url_command: Text,
    direct_url: Text,
    direct_url_file: Text,
    replica_url: Text,
    actor: Text,
    phone_region: Text,
    backups: Text,
    pg_bin: Text,
    data_dir: Text,
    keyring: Text,
    keyring_file: Text,
    keyring_passphrase: Text,
    audit_head_file: Text,
    audit_head_command: Text,
    pub profile: BTreeMap<String, Profile>,
    pub retention: Option<Retention>,
    pub nightly: Option<Nightly>,
    pub merge: Merge,
    pub schema: Schema,
    pub anonymise: Anonymise,
}

impl SettingsFile {
    /// The settings that the environment can give too, with their lines in `text`, which this was
    /// read from.
    pub fn values(&self, text: &str) -> Vec<Line<'_>> {
        let values = [
            &self.database_url,
            &self.database_url_file,
            &self.database_url_command,
            &self.direct_url,
            &self.direct_url_file,
            &self.replica_url,
            &self.actor,
            &self.phone_region,
            &self.backups,
            &self.pg_bin,
            &self.data_dir,
            &self.keyring,
            &self.keyring_file,
            &self.keyring_passphrase,
            &self.audit_head_file,
            &self.audit_head_command,
        ];
        lines(text, setting::of_files().zip(values))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Merge {
    /// Columns that name a contact without a foreign key: `calls.contact_id`, or with its schema
    /// `app.calls.contactId`.
    pub references: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Schema {
    /// Tables of the application that are no part of the schema; `*` stands for any letters.
    pub ignore: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Anonymise {
    /// What is in columns of the application: `orders.buyer`, or with its schema `app.orders.buyer`.
    pub columns: Option<BTreeMap<String, Kind>>,
}

/// # Errors
/// What is wrong with the file, in one line.
pub fn parse(text: &str) -> Result<SettingsFile, String> {
    // What is no UTF-8 became this sign.
    if let Some(at) = text.find('\u{fffd}') {
        return Err(format!("line {}: it is not UTF-8", line_at(text, at)));
    }
    let file: SettingsFile = toml::from_str(text).map_err(|error| one_line(text, &error))?;
    if let Some(retention) = &file.retention {
        retention.check().map_err(|wrong| wrong.told(text))?;
    }
    if let Some(nightly) = &file.nightly {
        nightly.check()?;
    }
    for (name, profile) in &file.profile {
        let of_profile =
            |wrong: Wrong| Wrong { why: format!("profile {name:?}: {}", wrong.why), ..wrong };
        profile.check().map_err(|wrong| of_profile(wrong).told(text))?;
    }
    Ok(file)
}

fn one_line(text: &str, error: &toml::de::Error) -> String {
    let message = match meant(error.message()) {
        Some(known) => format!("{}; did you mean `{known}`?", error.message()),
        None => error.message().to_owned(),
    };
    Wrong { why: message, at: error.span().map(|span| span.start) }.told(text)
}

/// The known key that is nearest to an unknown one: serde names both, the unknown one first.
fn meant(message: &str) -> Option<&str> {
    let mut quoted = message.strip_prefix("unknown ")?.split('`').skip(1).step_by(2);
    suggest::nearest(quoted.next()?, quoted)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILE: &str = r#"
        [retention]
        archive = "/var/lib/inbox/archive"

        [[retention.policy]]
        name = "audit"
        table = "audit_logs"
        older_than = "90d"
        max_rows = 5_000_000

        [[retention.policy]]
        name = "failed jobs"
        table = "scheduled_jobs"
        status = "failed"
        older_than = "7d"

        [[retention.hold]]
        action = "credentials.reveal"
        reason = "audit of 2026"
    "#;

    #[test]
    fn a_file_is_read() {
        let retention = parse(FILE).unwrap().retention.unwrap();
        assert_eq!(retention.policies.len(), 2);
        assert_eq!(retention.policies[0].max_rows, Some(5_000_000));
        assert_eq!(retention.marks().unwrap(), ["action:credentials.reveal"]);
        assert!(parse("").unwrap().retention.is_none());
        let file = "[merge]\nreferences = ['calls.contact_id']\n[schema]\nignore = ['account*']";
        let settings = parse(file).unwrap();
        assert_eq!(settings.merge.references.unwrap(), ["calls.contact_id"]);
        assert_eq!(settings.schema.ignore.unwrap(), ["account*"]);
        let file = "[anonymise.columns]\n'orders.buyer' = 'name'";
        assert_eq!(parse(file).unwrap().anonymise.columns.unwrap()["orders.buyer"], Kind::Name);
        let error = parse("[anonymise.columns]\n'orders.buyer' = 'nmae'").unwrap_err();
        assert!(error.contains("line 2") && error.contains("empty or keep"), "{error}");
    }

    #[test]
    fn a_setting_has_its_own_name_and_line() {
        for setting in setting::of_files() {
            let text = format!("# x\n{} = 'value'\n", setting.key);
            assert_eq!(parse(&text).unwrap().values(&text), [(setting, "value", 2)]);
        }
        let error = parse("pg_bni = '/x'").unwrap_err();
        assert!(error.contains("line 1") && error.contains("did you mean `pg_bin`?"), "{error}");
    }

    #[test]
    fn what_could_delete_too_much_is_refused() {
        let wrong = [
            (FILE.replace("max_rows", "maxrows"), "unknown field"),
            (FILE.replace("status = \"failed\"", ""), "needs a status"),
            (FILE.replace("failed jobs", "audit"), "two policies"),
            (FILE.replace("\"audit_logs\"", "\"users\""), "unknown variant"),
            (FILE.replace("reason", "user = \"x\"\nreason"), "a hold names one"),
            (FILE.replace("older_than = \"7d\"", ""), "older_than"),
            (String::from("[retention"), "line 1"),
        ];
        for (text, expected) in wrong {
            let error = parse(&text).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn a_misspelt_key_is_refused_with_the_word_that_was_meant() {
        let error = parse("[merge]\nreference = []").unwrap_err();
        assert!(
            error.contains("line 2") && error.contains("did you mean `references`?"),
            "{error}"
        );
        let error = parse("[retnetion]").unwrap_err();
        assert!(error.contains("did you mean `retention`?"), "{error}");
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "\\PC*", part in "[a-z\\[\\]=\"\n. ]{0,60}") {
            let _ = parse(&text);
            let _ = parse(&format!("{FILE}{part}"));
        }
    }
}
