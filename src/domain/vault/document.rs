//! The keyring as text: JSON, open or wrapped under a passphrase.
//!
//! Parse errors never quote the text, because it holds keys.

use std::fmt;

use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use super::key::{Key, KeyId, KeyTextError};
use super::keyring::{Entry, Keyring, State};

const VERSION: u32 = 1;
const WRAP_ASSOCIATED_DATA: &[u8] = b"inboxctl keyring 1";
const TAG_BYTES: usize = 16;

/// RFC 9106, section 4, the second recommended choice: 64 MiB, three passes,
/// four lanes.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 4;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    keys: Option<Vec<WrittenKey>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wrapped: Option<Wrapped>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenKey {
    id: String,
    state: State,
    created_at: Timestamp,
    key: KeyText,
}

/// A key as the document holds it.
struct KeyText(Zeroizing<String>);

impl Serialize for KeyText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for KeyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<KeyText, D::Error> {
        String::deserialize(deserializer).map(|text| KeyText(Zeroizing::new(text)))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrapped {
    kdf: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
    nonce: String,
    ciphertext: String,
}

/// Why a text is no keyring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentError {
    /// Where it stops being a keyring's JSON.
    Syntax {
        line: usize,
        column: usize,
    },
    UnknownVersion(u32),
    /// The key at this place, counted from 1.
    BadKey {
        number: usize,
        problem: &'static str,
    },
    ShortKey {
        number: usize,
        bytes: usize,
    },
    /// The key at this place is another one than its id says.
    WrongId {
        number: usize,
        written: String,
        derived: KeyId,
    },
    /// There is not exactly one primary key, or a key stands twice.
    NotOnePrimary,
    /// A passphrase is needed.
    Locked,
    WrongPassphrase,
    BadWrapping(&'static str),
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DocumentError::Syntax { line, column } => {
                write!(f, "line {line}, column {column} is not what a keyring has there")
            }
            DocumentError::UnknownVersion(version) => {
                write!(f, "it is of version {version}; this inboxctl reads version {VERSION}")
            }
            DocumentError::BadKey { number, problem } => write!(f, "key {number} {problem}"),
            DocumentError::ShortKey { number, bytes } => {
                write!(f, "key {number} has {bytes} bytes instead of 32")
            }
            DocumentError::WrongId { number, written, derived } => {
                write!(f, "key {number} is called {written}, but is the key {derived}")
            }
            DocumentError::NotOnePrimary => {
                f.write_str("it needs exactly one primary key, and no key twice")
            }
            DocumentError::Locked => f.write_str("it is locked with a passphrase"),
            DocumentError::WrongPassphrase => f.write_str("the passphrase does not open it"),
            DocumentError::BadWrapping(problem) => write!(f, "its wrapping {problem}"),
        }
    }
}

impl std::error::Error for DocumentError {}

/// Whether a passphrase is needed to read it.
pub fn is_wrapped(text: &str) -> bool {
    read(text).is_ok_and(|document| document.wrapped.is_some())
}

/// The keyring that a text holds.
///
/// # Errors
/// See [`DocumentError`].
pub fn parse(text: &str, passphrase: Option<&SecretString>) -> Result<Keyring, DocumentError> {
    let document = read(text)?;
    match (document.keys, document.wrapped) {
        (Some(keys), None) => entries(keys),
        (None, Some(wrapped)) => {
            let plain = unwrap(&wrapped, passphrase.ok_or(DocumentError::Locked)?)?;
            let plain = std::str::from_utf8(&plain).map_err(|_| DocumentError::WrongPassphrase)?;
            entries(read(plain)?.keys.unwrap_or_default())
        }
        _ => Err(DocumentError::NotOnePrimary),
    }
}

fn read(text: &str) -> Result<Document, DocumentError> {
    // The message of serde_json may quote a value; its place doesn't.
    let document: Document = serde_json::from_str(text)
        .map_err(|error| DocumentError::Syntax { line: error.line(), column: error.column() })?;
    match document.version {
        VERSION => Ok(document),
        other => Err(DocumentError::UnknownVersion(other)),
    }
}

fn entries(keys: Vec<WrittenKey>) -> Result<Keyring, DocumentError> {
    let entries: Result<Vec<Entry>, DocumentError> =
        keys.iter().enumerate().map(|(index, written)| entry(index + 1, written)).collect();
    Keyring::of(entries?).ok_or(DocumentError::NotOnePrimary)
}

fn entry(number: usize, written: &WrittenKey) -> Result<Entry, DocumentError> {
    let key = Key::from_text(&written.key.0).map_err(|error| match error {
        KeyTextError::NotBase64 => DocumentError::BadKey { number, problem: "is not base64url" },
        KeyTextError::NotRandom => DocumentError::BadKey { number, problem: "is not random" },
        KeyTextError::Length(bytes) => DocumentError::ShortKey { number, bytes },
    })?;
    let Some(id) = KeyId::parse(&written.id) else {
        return Err(DocumentError::BadKey { number, problem: "has no id of 16 hex digits" });
    };
    if id != key.id() {
        let written = id.to_string();
        return Err(DocumentError::WrongId { number, written, derived: key.id() });
    }
    Ok(Entry { key, state: written.state, created_at: written.created_at })
}

/// The keyring as text, with the keys to be read.
pub fn render(keyring: &Keyring) -> Zeroizing<String> {
    let keys = keyring.entries().iter().map(|entry| WrittenKey {
        id: entry.key.id().to_string(),
        state: entry.state,
        created_at: entry.created_at,
        key: KeyText(entry.key.to_text()),
    });
    let document = Document { version: VERSION, keys: Some(keys.collect()), wrapped: None };
    // Large enough never to move: what is left behind isn't overwritten.
    let mut text = Zeroizing::new(Vec::with_capacity(512 + 256 * keyring.entries().len()));
    serde_json::to_writer_pretty(&mut *text, &document).expect("strings and numbers are JSON");
    text.push(b'\n');
    let text = std::str::from_utf8(&text).expect("JSON is UTF-8");
    Zeroizing::new(text.to_owned())
}

/// The random part of a wrapping, fresh each time.
#[derive(Debug, Clone, Copy)]
pub struct WrapParameters {
    pub salt: [u8; 16],
    pub nonce: [u8; 12],
}

/// The keyring as text that only the passphrase opens: AES-256-GCM under
/// Argon2id (RFC 9106) of the passphrase.
pub fn wrap(keyring: &Keyring, passphrase: &SecretString, random: &WrapParameters) -> String {
    let mut buffer = Zeroizing::new(render(keyring).as_bytes().to_vec());
    let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(32)).expect("constants in range");
    let tag = cipher(params, passphrase, &random.salt)
        .encrypt_inout_detached(
            &Nonce::<U12>::from(random.nonce),
            WRAP_ASSOCIATED_DATA,
            buffer.as_mut_slice().into(),
        )
        .expect("a keyring is shorter than what GCM can take");
    let mut ciphertext = buffer.to_vec();
    ciphertext.extend(tag);
    let wrapped = Wrapped {
        kdf: String::from("argon2id"),
        memory_kib: MEMORY_KIB,
        passes: PASSES,
        lanes: LANES,
        salt: URL_SAFE_NO_PAD.encode(random.salt),
        nonce: URL_SAFE_NO_PAD.encode(random.nonce),
        ciphertext: URL_SAFE_NO_PAD.encode(ciphertext),
    };
    let document = Document { version: VERSION, keys: None, wrapped: Some(wrapped) };
    let text = serde_json::to_string_pretty(&document).expect("strings and numbers are JSON");
    format!("{text}\n")
}

fn unwrap(
    wrapped: &Wrapped,
    passphrase: &SecretString,
) -> Result<Zeroizing<Vec<u8>>, DocumentError> {
    if wrapped.kdf != "argon2id" {
        return Err(DocumentError::BadWrapping("has an unknown kdf"));
    }
    // A file must not make its reader take all memory or all day.
    let work = u64::from(wrapped.memory_kib) * u64::from(wrapped.passes);
    if wrapped.memory_kib > 1 << 20 || work > 1 << 22 || wrapped.lanes > 64 {
        return Err(DocumentError::BadWrapping("asks for too much memory or time"));
    }
    let params = Params::new(wrapped.memory_kib, wrapped.passes, wrapped.lanes, Some(32))
        .map_err(|_| DocumentError::BadWrapping("has parameters that Argon2id doesn't take"))?;
    let decode = |text: &str| {
        URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|_| DocumentError::BadWrapping("holds something that is not base64url"))
    };
    let salt = decode(&wrapped.salt)?;
    let nonce = decode(&wrapped.nonce)?;
    let mut buffer = Zeroizing::new(decode(&wrapped.ciphertext)?);
    let nonce = Nonce::<U12>::try_from(nonce.as_slice())
        .map_err(|_| DocumentError::BadWrapping("has a nonce of another length than 12"))?;
    if salt.len() < 8 || buffer.len() < TAG_BYTES {
        return Err(DocumentError::BadWrapping("is cut off"));
    }
    let end = buffer.len() - TAG_BYTES;
    let tag = buffer.split_off(end);
    let tag = aes_gcm::Tag::try_from(tag.as_slice()).expect("it was split at the tag's length");
    cipher(params, passphrase, &salt)
        .decrypt_inout_detached(&nonce, WRAP_ASSOCIATED_DATA, buffer.as_mut_slice().into(), &tag)
        .map_err(|_| DocumentError::WrongPassphrase)?;
    Ok(buffer)
}

fn cipher(params: Params, passphrase: &SecretString, salt: &[u8]) -> Aes256Gcm {
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.expose_secret().as_bytes(), salt, &mut *key)
        .expect("salt and output have lengths that Argon2id takes");
    Aes256Gcm::new_from_slice(&*key).expect("the key has 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keyring() -> Keyring {
        let mut bytes = [0; 32];
        bytes[0] = 1;
        Keyring::generate(Key::new(&bytes), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn what_is_written_is_read() {
        let keyring = keyring();
        let text = render(&keyring);
        assert_eq!(parse(&text, None).unwrap().primary().id(), keyring.primary().id());
        assert!(!is_wrapped(&text));
    }

    #[test]
    fn a_wrapped_one_needs_its_passphrase() {
        let passphrase = SecretString::from("correct horse");
        let random = WrapParameters { salt: [7; 16], nonce: [8; 12] };
        let text = wrap(&keyring(), &passphrase, &random);
        assert!(is_wrapped(&text));
        let key = keyring().primary().to_text();
        assert!(!text.contains(key.as_str()));
        assert!(parse(&text, Some(&passphrase)).is_ok());
        let wrong = SecretString::from("correct hors");
        assert_eq!(parse(&text, Some(&wrong)).unwrap_err(), DocumentError::WrongPassphrase);
        assert_eq!(parse(&text, None).unwrap_err(), DocumentError::Locked);
        let greedy = text.replace("65536", "4000000000");
        assert!(matches!(parse(&greedy, Some(&passphrase)), Err(DocumentError::BadWrapping(_))));
    }

    #[test]
    fn a_wrong_text_is_named_without_its_content() {
        let text = render(&keyring());
        let key = keyring().primary().to_text();
        let id = keyring().primary().id().to_string();
        let short = &key[..20];
        let cases = [
            (text.replace(&id, "00000000000000aa"), "key 1 is called"),
            (text.replace(key.as_str(), short), "key 1 has 15 bytes"),
            (text.replace(key.as_str(), "!"), "not base64url"),
            (text.replace(key.as_str(), &"A".repeat(43)), "not random"),
            (text.replace("primary", "staged"), "exactly one primary"),
            (text.replace("\"version\": 1", "\"version\": 9"), "version 9"),
            (text[..40].to_owned(), "line 5"),
            (String::new(), "line 1"),
        ];
        for (text, expected) in cases {
            let error = parse(&text, None).unwrap_err().to_string();
            assert!(error.contains(expected), "{error:?} lacks {expected:?}");
            assert!(!error.contains(&key[..8]), "{error}");
        }
    }
}
