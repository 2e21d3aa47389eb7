//! `integrations`: credentials in, masked out, and whatever may be wrong.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use inboxctl::store::lock::{self, Key};

use crate::assert_ran;
use crate::support::{Binary, Database, Ran, TestKeyring, eventually};

pub(crate) const SMS: &str =
    r#"{"account_sid": "AC0123456789abcdef0123456789abcdef", "auth_token": "canary-token-4711"}"#;

pub(crate) struct Inbox {
    pub database: Database,
    pub keyring: TestKeyring,
}

impl Inbox {
    pub(crate) fn new() -> Inbox {
        Inbox { database: Database::migrated(), keyring: TestKeyring::generated() }
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.keyring.on(&self.database).run([&["integrations"], args].concat())
    }

    fn set(&self, args: &[&str], input: &str) -> Ran {
        let args = [&["integrations", "set-credentials"], args].concat();
        self.keyring.on(&self.database).input(input).run(args)
    }

    pub(crate) fn with_sms() -> Inbox {
        let inbox = Inbox::new();
        inbox.set(&["SMS"], SMS).expect_code(0);
        inbox
    }

    fn envelope(&self, channel: &str) -> String {
        self.database
            .value(&format!("(SELECT credentials FROM integrations WHERE channel = '{channel}')"))
    }

    pub(crate) fn audited(&self, action: &str) -> String {
        self.database.value(&format!(
            "(SELECT string_agg(resource_id || ' ' || actor, ',') FROM audit_logs WHERE action = '{action}')"
        ))
    }
}

#[test]
fn set_list_show_verify() {
    let inbox = Inbox::new();
    assert_ran!("list_empty", inbox.run(&["list"]));
    assert_ran!("set_first", inbox.set(&["sms"], SMS));
    assert!(inbox.envelope("SMS").starts_with("sc1:"));
    assert_eq!(inbox.audited("credentials.set"), "SMS os:operator");
    inbox.run(&["set-config", "SMS", "from_number=+442079460000", "rate:=5"]).expect_code(0);
    assert_ran!("list_one", inbox.run(&["list"]));
    assert_ran!("show_masked", inbox.run(&["show", "SMS"]));
    assert_ran!("verify_ok", inbox.run(&["verify"]));
    let json = inbox.run(&["list", "--format", "json"]).json();
    assert_eq!(json["integrations"][0]["fields"], serde_json::json!(["account_sid", "auth_token"]));
}

#[test]
fn a_captured_webhook_is_signed_with_the_stored_secret_or_not() {
    let inbox = Inbox::new();
    // The example of Twilio's documentation.
    inbox.set(&["SMS"], r#"{"account_sid": "AC1", "auth_token": "12345"}"#).expect_code(0);
    let folder = tempfile::tempdir().unwrap();
    let body = folder.path().join("body");
    let form = "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
    std::fs::write(&body, form).unwrap();
    let body = body.to_str().unwrap();
    let check = |channel: &str, more: &[&str]| {
        let ran = inbox.run(&[&["check-webhook", channel, "--body", body], more].concat());
        assert!(!format!("{ran}").contains("12345"), "{ran}");
        ran
    };
    let header = "X-Twilio-Signature: RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    let signed = check("sms", &["-H", header, "--url", url]).expect_code(0);
    assert!(signed.stdout.contains("yes, by X-Twilio-Signature"), "{signed}");
    let document = check("sms", &["-H", header, "--url", url, "--format", "json"]).json();
    assert_eq!(document["is_signed"], true);
    assert_eq!(document["secret_field"], "auth_token");
    let elsewhere = check("sms", &["-H", header, "--url", "http://localhost/"]).expect_code(3);
    assert!(elsewhere.stdout.contains("the signature is another one"), "{elsewhere}");
    let without = check("sms", &["-H", header]).expect_code(2);
    assert!(
        without.stderr.contains("signs the URL too") && without.stderr.contains("--url"),
        "{without}"
    );
    let other = check("sms", &["-H", "Accept: */*", "--url", url]).expect_code(3);
    assert!(other.stdout.contains("there is no header X-Twilio-Signature"), "{other}");
    check("sms", &["-H", "no colon", "--url", url]).expect_code(2);
    check("email", &["-H", header]).expect_code(2);

    // The example of GitHub's documentation, whose scheme Meta has too.
    let secret =
        r#"{"app_id": "1", "app_secret": "It's a Secret to Everybody", "page_access_token": "x"}"#;
    inbox.set(&["FACEBOOK"], secret).expect_code(0);
    let hub = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let from_stdin = |args: &[&str]| {
        let args = [&["integrations", "check-webhook", "facebook", "--body", "-"], args].concat();
        let ran = inbox.keyring.on(&inbox.database).input("Hello, World!").run(args);
        assert!(!format!("{ran}").contains("Everybody"), "{ran}");
        ran
    };
    from_stdin(&["-H", &format!("x-hub-signature-256: {hub}")]).expect_code(0);
    // By any header, with a field that is named.
    let sign = format!("X-Sign: {hub}");
    let any = ["-H", "Accept: */*", "-H", &sign, "--secret"];
    let ran = from_stdin(&[&any[..], &["app_secret"]].concat()).expect_code(0);
    assert!(ran.stdout.contains("yes, by X-Sign"), "{ran}");
    from_stdin(&[&any[..], &["app_id"]].concat()).expect_code(3);
    let ran = from_stdin(&[&any[..], &["nosuch"]].concat()).expect_code(2);
    assert!(ran.stderr.contains("app_id, app_secret, page_access_token"), "{ran}");
}

#[test]
fn machines_read_every_result() {
    let inbox = Inbox::with_sms();
    for args in [
        &["list"][..],
        &["show", "SMS"],
        &["show", "SMS", "--reveal", "--yes"],
        &["verify"],
        &["rotate-keys"],
        &["set-config", "SMS", "from=1"],
        &["enable", "SMS"],
        &["disable", "SMS"],
        &["clear-credentials", "SMS", "--dry-run"],
    ] {
        let run = |format| inbox.run(&[args, &["--format", format]].concat()).expect_code(0);
        assert!(run("json").json().is_object(), "{args:?}");
        for line in run("jsonl").stdout.lines() {
            serde_json::from_str::<serde_json::Value>(line).expect(line);
        }
        let csv = run("csv");
        let mut csv = csv::Reader::from_reader(csv.stdout.as_bytes());
        assert!(csv.records().all(|record| record.is_ok()), "{args:?}");
    }
}

#[test]
fn overwriting_needs_consent() {
    let inbox = Inbox::with_sms();
    let before = inbox.envelope("SMS");
    assert_ran!("set_again_refused", inbox.set(&["SMS"], SMS));
    assert_ran!("set_again_dry_run", inbox.set(&["SMS", "--dry-run"], SMS));
    assert_eq!(inbox.envelope("SMS"), before);
    inbox.set(&["SMS", "--yes"], SMS).expect_code(0);
    assert_ne!(inbox.envelope("SMS"), before, "the same fields under another salt");
}

#[test]
fn single_fields_are_merged() {
    let inbox = Inbox::with_sms();
    let merge = r#"{"auth_token": "another-canary-token"}"#;
    inbox.set(&["SMS", "--merge"], merge).expect_code(4);
    inbox.set(&["SMS", "--merge", "--yes"], merge).expect_code(0);
    let shown = inbox.run(&["show", "SMS", "--reveal", "--yes", "--format", "json"]).json();
    assert_eq!(shown["credentials"]["auth_token"], "another-canary-token");
    assert_eq!(shown["credentials"]["account_sid"], "AC0123456789abcdef0123456789abcdef");
}

#[test]
fn a_reveal_needs_consent_and_is_written_down() {
    let inbox = Inbox::with_sms();
    assert_ran!("reveal_refused", inbox.run(&["show", "SMS", "--reveal"]));
    assert_eq!(inbox.audited("credentials.reveal"), "");
    let shown = inbox.run(&["show", "SMS", "--reveal", "--yes"]).expect_code(0);
    assert!(shown.stdout.contains("canary-token-4711"), "{shown}");
    assert_eq!(inbox.audited("credentials.reveal"), "SMS os:operator");
    // What can't be written down is not shown.
    inbox.database.execute("ALTER TABLE audit_logs RENAME TO away");
    let shown = inbox.run(&["show", "SMS", "--reveal", "--yes"]).expect_code(1);
    assert!(!shown.to_string().contains("canary"), "{shown}");
}

#[test]
fn fields_are_checked_against_the_channel() {
    let inbox = Inbox::new();
    let misspelt = r#"{"acount_sid": "a", "auth_token": "canary-1"}"#;
    assert_ran!("field_misspelt", inbox.set(&["SMS"], misspelt));
    assert_ran!("field_missing", inbox.set(&["EMAIL"], r#"{"smtp_host": "mail.example"}"#));
    assert_ran!("field_none", inbox.set(&["LINKEDIN"], "{}"));
    assert_ran!("provider_misspelt", inbox.set(&["WHATSAPP", "--provider", "metaa"], "{}"));
    let unknown = r#"{"account_sid": "a", "auth_token": "b", "pager": "c"}"#;
    inbox.set(&["SMS"], unknown).expect_code(2);
    inbox.set(&["SMS", "--allow-unknown-fields"], unknown).expect_code(0);
    let meta = r#"{"access_token": "a", "phone_number_id": "1"}"#;
    inbox.set(&["WHATSAPP"], meta).expect_code(0);
    let config = "(SELECT config->>'provider' FROM integrations WHERE channel = 'WHATSAPP')";
    assert_eq!(inbox.database.value(config), "meta");
    // Now it is Meta's, and Twilio's fields are none of it.
    inbox.set(&["WHATSAPP", "--yes"], SMS).expect_code(2);
    inbox.set(&["WHATSAPP", "--provider", "twilio", "--yes"], SMS).expect_code(0);
    assert_eq!(inbox.database.value(config), "twilio");
    let refused = inbox.run(&["show", "TELEX"]).expect_code(2);
    assert!(refused.stderr.contains("possible values"), "{refused}");
}

#[test]
fn bad_input_changes_nothing() {
    let inbox = Inbox::new();
    inbox.database.execute("INSERT INTO integrations (channel) VALUES ('EMAIL')");
    let before = inbox.database.contents();
    let long = format!(r#"{{"auth_token": "{}"}}"#, "x".repeat(10 << 20));
    let cases: [(&[u8], &str); 13] = [
        (b"", "nothing to read"),
        (b"canary-secret", "not JSON at line 1"),
        (b"{\"auth_token\": \"canary-secret\"", "not JSON at line 1"),
        (b"[\"canary-secret\"]", "not an object"),
        (b"\"canary-secret\"", "not an object"),
        (b"null", "not an object"),
        (long.as_bytes(), "more than 64 KiB"),
        (b"{\"auth_token\": \"a\0b\"}", "not JSON at line 1"),
        (b"{\"auth_token\": \"a\\u0000b\"}", "auth_token holds a control character"),
        (b"{\"auth_token\": \"\xff\xfe\"}", "not UTF-8"),
        (b"{\"auth_token\": \"a\", \"auth_token\": \"b\"}", "auth_token stands in it twice"),
        (b"{\"auth_token\": 4711}", "auth_token is not a string"),
        (b"{\"canary-secret and more\": \"auth_token\"}", "name of field 1"),
    ];
    for (input, expected) in cases {
        let ran = inbox
            .keyring
            .on(&inbox.database)
            .input(input)
            .run(["integrations", "set-credentials", "SMS"])
            .expect_code(2);
        assert!(ran.stderr.contains(expected), "{expected}: {ran}");
        assert!(!ran.to_string().contains("canary"), "{ran}");
    }
    let ran = inbox.run(&["set-credentials", "SMS", "--from-file", "/nonexistent"]).expect_code(2);
    assert!(ran.stderr.contains("/nonexistent can't be read"), "{ran}");
    assert_eq!(inbox.database.contents(), before);
}

#[test]
fn a_secret_is_no_argument() {
    let inbox = Inbox::new();
    for args in [
        &["set-credentials", "SMS", "auth_token=canary"][..],
        &["set-credentials", "SMS", "--auth-token", "canary"],
        &["set-credentials", "SMS", "{\"auth_token\":\"canary\"}"],
    ] {
        inbox.run(args).expect_code(2);
    }
    let ran = inbox.run(&["set-config", "SMS", "smtp_password=canary"]).expect_code(2);
    assert!(!ran.to_string().contains("canary"), "{ran}");
    assert_ran!("config_secret", ran);
    assert_eq!(inbox.database.value("(SELECT count(*) FROM integrations)"), "0");
}

#[test]
fn from_a_file() {
    let inbox = Inbox::new();
    let file = inbox.keyring.path().with_file_name("sms.json");
    std::fs::write(&file, SMS).unwrap();
    inbox.run(&["set-credentials", "SMS", "--from-file", file.to_str().unwrap()]).expect_code(0);
    inbox.run(&["verify"]).expect_code(0);
}

#[test]
fn a_config_is_set_and_overwritten_with_consent() {
    let inbox = Inbox::new();
    assert_ran!(
        "config_new",
        inbox.run(&["set-config", "EMAIL", "from=inbox@example.org", "tls:=true"])
    );
    inbox.run(&["set-config", "EMAIL", "from=inbox@example.org"]).expect_code(0);
    assert_ran!("config_refused", inbox.run(&["set-config", "EMAIL", "from=help@example.org"]));
    assert_ran!(
        "config_overwritten",
        inbox.run(&["set-config", "EMAIL", "from=help@example.org", "--unset", "tls", "--yes"])
    );
    assert_eq!(
        inbox.database.value("(SELECT config FROM integrations)"),
        r#"{"from": "help@example.org"}"#
    );
    assert_eq!(inbox.audited("integration.update"), "EMAIL os:operator,EMAIL os:operator");
}

#[test]
fn enable_disable_clear() {
    let inbox = Inbox::new();
    assert_ran!("enable_without_row", inbox.run(&["enable", "SMS"]));
    inbox.database.execute("INSERT INTO integrations (channel) VALUES ('SMS')");
    assert_ran!("enable_without_credentials", inbox.run(&["enable", "SMS"]));
    inbox.set(&["SMS"], SMS).expect_code(0);
    inbox.run(&["enable", "SMS", "--dry-run"]).expect_code(0);
    let status = "(SELECT status FROM integrations)";
    assert_eq!(inbox.database.value(status), "INACTIVE");
    assert_ran!("enable", inbox.run(&["enable", "SMS"]));
    assert_ran!("enable_again", inbox.run(&["enable", "SMS"]));
    assert_ran!("clear_refused", inbox.run(&["clear-credentials", "SMS"]));
    assert_ran!("clear_dry_run", inbox.run(&["clear-credentials", "SMS", "--dry-run"]));
    assert_eq!(inbox.database.value(status), "ACTIVE");
    assert_ran!("clear", inbox.run(&["clear-credentials", "SMS", "--yes"]));
    assert_eq!(inbox.database.value(status), "INACTIVE");
    assert_eq!(inbox.envelope("SMS"), "");
    assert_eq!(inbox.audited("credentials.clear"), "SMS os:operator");
    assert_ran!("clear_again", inbox.run(&["clear-credentials", "SMS"]));
    inbox.set(&["SMS"], SMS).expect_code(0);
    inbox.run(&["enable", "SMS"]).expect_code(0);
    assert_ran!("disable", inbox.run(&["disable", "SMS"]));
}

#[test]
fn verify_tells_of_each_bad_row() {
    let inbox = Inbox::with_sms();
    let unseen = TestKeyring::generated();
    unseen
        .on(&inbox.database)
        .input(r#"{"access_token": "a", "phone_number_id": "b"}"#)
        .run(["integrations", "set-credentials", "WHATSAPP"])
        .expect_code(0);
    inbox.database.execute(
        "INSERT INTO integrations (channel, credentials)
             SELECT 'EMAIL', credentials FROM integrations WHERE channel = 'SMS';
         INSERT INTO integrations (channel, credentials) VALUES ('TWITTER', '{\"api_key\": \"canary\"}');
         INSERT INTO integrations (channel, status) VALUES ('FACEBOOK', 'ACTIVE');",
    );
    let ran = inbox.run(&["verify"]).expect_code(3);
    assert!(!ran.to_string().contains("canary"), "{ran}");
    assert_ran!("verify_bad", ran);
    assert_ran!("list_bad", inbox.run(&["list"]));
    assert_ran!("show_bad", inbox.run(&["show", "EMAIL"]));
    let refused =
        inbox.set(&["EMAIL", "--merge", "--yes"], "{\"smtp_host\": \"x\"}").expect_code(1);
    assert!(refused.stderr.contains("do not open"), "{refused}");
}

#[test]
fn without_a_keyring() {
    let inbox = Inbox::with_sms();
    assert_ran!("no_keyring_list", Binary::on(&inbox.database).run(["integrations", "list"]));
    let elsewhere = TestKeyring::none();
    let run = |args: &[&str]| {
        elsewhere.on(&inbox.database).input(SMS).run([&["integrations"], args].concat())
    };
    assert_ran!("no_keyring_set", run(&["set-credentials", "EMAIL"]));
    run(&["verify"]).expect_code(2);
    run(&["show", "SMS"]).expect_code(2);
    run(&["rotate-keys"]).expect_code(2);
}

#[test]
fn a_keyring_that_others_can_read_is_not_used() {
    let inbox = Inbox::with_sms();
    let before = inbox.database.contents();
    for mode in [0o640, 0o604, 0o620, 0o644] {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(inbox.keyring.path(), permissions).unwrap();
        for args in [&["verify"][..], &["rotate-keys"], &["show", "SMS"]] {
            inbox.run(args).expect_code(4);
        }
        inbox.set(&["SMS", "--yes"], SMS).expect_code(4);
    }
    assert_ran!("keyring_mode", inbox.run(&["verify"]));
    assert_eq!(inbox.database.contents(), before);
}

/// A pipe of the file system holds it up between reading the keyring and
/// sealing under it.
#[test]
fn nothing_is_sealed_under_a_key_that_may_go() {
    let inbox = Inbox::new();
    let pipe = inbox.keyring.path().with_file_name("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let start = || {
        let args =
            ["integrations", "set-credentials", "SMS", "--from-file", pipe.to_str().unwrap()];
        let run = inbox.keyring.on(&inbox.database).start(args);
        eventually("it has read the keyring and connects", || {
            inbox.database.value(
                "(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                  AND application_name = 'inboxctl integrations set-credentials')",
            ) == "1"
        });
        run
    };
    let run = start();
    inbox.keyring.change_key();
    std::fs::write(&pipe, SMS).unwrap();
    let ran = run.wait().expect_code(75);
    assert!(ran.stderr.contains("the keyring was changed meanwhile"), "{ran}");
    // What `keys retire` holds.
    let mut retiring = inbox.database.connect();
    assert!(lock::try_acquire(&mut retiring, Key::Keyring).unwrap());
    let run = start();
    std::fs::write(&pipe, SMS).unwrap();
    let ran = run.wait().expect_code(75);
    assert!(ran.stderr.contains("a key is being retired"), "{ran}");
    assert_eq!(inbox.database.value("(SELECT count(*) FROM integrations)"), "0");
    drop(retiring);
    inbox.set(&["SMS"], SMS).expect_code(0);
}

#[test]
fn the_keyring_in_a_variable() {
    let inbox = Inbox::with_sms();
    let run = |args: &[&str]| {
        Binary::on(&inbox.database).env("INBOXCTL_KEYRING", inbox.keyring.text()).run(args)
    };
    run(&["integrations", "verify"]).expect_code(0);
    run(&["keys", "list"]).expect_code(0);
    let refused = run(&["keys", "stage"]).expect_code(4);
    assert!(refused.stderr.contains("INBOXCTL_KEYRING in the environment"), "{refused}");
    let both = inbox
        .keyring
        .on(&inbox.database)
        .env("INBOXCTL_KEYRING", inbox.keyring.text())
        .run(["integrations", "verify"])
        .expect_code(2);
    assert!(both.stderr.contains("two keyrings"), "{both}");
}
