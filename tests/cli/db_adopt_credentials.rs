//! `db adopt --decrypt-with`: what the application encrypted is sealed anew, and never shown.

use crate::db_adopt::{application, decided, made};
use crate::support::{Binary, TestKeyring};

/// Opens those of SMS; of EMAIL it fails, and says what nobody may see.
const COMMAND: &str = r#"value=$(cat)
    case $INBOXCTL_CHANNEL in
        SMS) printf '%s' "$value" | sed 's/.*"sealed": "\([^"]*\)".*/\1/' | base64 -d ;;
        WHATSAPP) printf '{"port": 587}' ;;
        *) echo "s3cret: $value" >&2; echo "s3cret"; exit 3 ;;
    esac"#;

#[test]
fn credentials_are_sealed_anew_and_what_fails_stays_aside_and_nothing_is_shown() {
    let (source, keyring) = (application(), TestKeyring::generated());
    let sealed = source.value(
        "translate(encode('{\"account_sid\": \"AC00000000000000000000000000000001\", \"auth_token\": \"s3cret-of-twilio\", \"from\": \"+14155550100\"}', 'base64'), E'\\n', '')",
    );
    source.execute(&format!(
        "UPDATE integrations SET credentials = '{{\"sealed\": \"{sealed}\"}}' WHERE channel = 'SMS'; \
         UPDATE integrations SET credentials = '{{\"a\": \"s3cret\"}}' WHERE channel = 'WHATSAPP'"
    ));
    let map = decided(&source);
    let map = map.path().join("map.toml");
    let name = format!("{}_copy", source.name);
    let args =
        ["db", "adopt", "--map", map.to_str().unwrap(), "--into", &name, "--decrypt-with", COMMAND];
    // Before any work: there is no keyring.
    let ran =
        Binary::on(&source).env("INBOXCTL_KEYRING_FILE", "/nonexistent/keyring.json").run(args);
    assert!(ran.code != 0 && ran.stderr.contains("keyring"), "{ran}");
    assert_eq!(
        source.value(&format!("(SELECT count(*) FROM pg_database WHERE datname = '{name}')")),
        "0"
    );

    let inbox = made(&name);
    let ran = keyring.on(&source).run([&["-vv"], &args[..]].concat()).expect_code(1);
    assert!(ran.stdout.contains("The credentials of SMS are sealed"), "{ran}");
    assert!(
        ran.stdout.contains("EMAIL are only kept aside: the command ended with exit status: 3"),
        "{ran}"
    );
    assert!(
        ran.stdout.contains(
            "WHATSAPP are only kept aside: of what it printed, the value of port is not a string"
        ),
        "{ran}"
    );
    for text in [&ran.stdout, &ran.stderr] {
        assert!(!text.contains("s3cret") && !text.contains(&sealed), "{ran}");
    }
    assert_eq!(
        inbox.value("(SELECT string_agg(channel::text, ' ' ORDER BY channel) FROM integrations WHERE credentials IS NOT NULL)"),
        "SMS"
    );
    // The application goes on with its own.
    assert_eq!(
        inbox
            .value("(SELECT count(*) FROM integrations WHERE application_credentials IS NOT NULL)"),
        "3"
    );
    keyring.on(&inbox).run(["integrations", "verify"]).expect_code(0);
    let shown = keyring.on(&inbox).run(["integrations", "show", "SMS"]).expect_code(0);
    assert!(shown.stdout.contains("twilio") && shown.stdout.contains("auth_token"), "{shown}");
    assert_eq!(
        inbox.value("(SELECT count(*) FROM audit_logs WHERE action = 'credentials.set' AND resource_id = 'SMS')"),
        "1"
    );
    keyring.on(&inbox).run(["db", "drift"]).expect_code(0);
}
