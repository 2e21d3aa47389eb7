//! The envelope: what stands in the database instead of a secret.
//!
//! `version(1) | algorithm(1) | key id(8) | salt(16) | commitment(32) | nonce(12)
//! | ciphertext and tag(16)`, written as `sc1:` and base64url without padding.
//! HKDF-SHA-256 (RFC 5869) of key and salt gives 32 bytes of AES-256-GCM key and
//! 32 bytes of commitment. The commitment ties an envelope to one key, which GCM
//! alone doesn't: without it one ciphertext can be made to open under two.

use std::fmt;

use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce, Tag};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::key::{Key, KeyId};
use super::keyring::Keyring;

const PREFIX: &str = "sc1:";
const VERSION: u8 = 1;
/// HKDF-SHA-256, then AES-256-GCM.
const ALGORITHM: u8 = 1;
pub const SALT_BYTES: usize = 16;
const COMMITMENT_BYTES: usize = 32;
pub const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;
const SALT_AT: usize = 2 + KeyId::BYTES;
const COMMITMENT_AT: usize = SALT_AT + SALT_BYTES;
const NONCE_AT: usize = COMMITMENT_AT + COMMITMENT_BYTES;
const CIPHERTEXT_AT: usize = NONCE_AT + NONCE_BYTES;
/// Far above what `set-credentials` takes; what is longer is not decoded.
const TEXT_LIMIT_BYTES: usize = 1 << 20;

const ENCRYPTION_INFO: &[u8] = b"inboxctl sc1";

/// Where an envelope stands. It opens nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    pub table: &'a str,
    /// The primary key as PostgreSQL writes it: a UUID in lower case.
    pub row_id: &'a str,
    /// `SMS`; empty where the table has no channel.
    pub channel: &'a str,
    pub column: &'a str,
}

/// The random part of a new envelope. Fresh for each, never used twice.
#[derive(Debug, Clone, Copy)]
pub struct Entropy {
    pub salt: [u8; SALT_BYTES],
    pub nonce: [u8; NONCE_BYTES],
}

/// Why an envelope doesn't open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenError {
    /// Not an envelope, or not one of this version: what is wrong with it.
    Malformed(&'static str),
    /// The keyring lacks the key that it names.
    KeyMissing(KeyId),
    /// It names this key, but was not sealed under it, or its salt or its
    /// commitment was changed.
    WrongKey(KeyId),
    /// Changed, or moved here from another row, channel or column.
    Tampered,
}

impl OpenError {
    /// One word for programs.
    pub fn code(self) -> &'static str {
        match self {
            OpenError::Malformed(_) => "malformed",
            OpenError::KeyMissing(_) => "key_missing",
            OpenError::WrongKey(_) => "wrong_key",
            OpenError::Tampered => "tampered",
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Malformed(why) => write!(f, "it is no envelope: {why}"),
            OpenError::KeyMissing(id) => write!(f, "the keyring has no key {id}"),
            OpenError::WrongKey(id) => {
                write!(f, "it was not sealed under the key {id} that it names")
            }
            OpenError::Tampered => {
                f.write_str("it was changed, or moved from another row or column")
            }
        }
    }
}

impl std::error::Error for OpenError {}

/// Seals `plain` for `place` under the primary key.
pub fn seal(keyring: &Keyring, place: &Place<'_>, plain: &[u8], entropy: &Entropy) -> String {
    let key = keyring.primary();
    let mut bytes = Vec::with_capacity(CIPHERTEXT_AT + plain.len() + TAG_BYTES);
    bytes.extend([VERSION, ALGORITHM]);
    bytes.extend(key.id().as_bytes());
    bytes.extend(entropy.salt);
    let derived = Derived::new(key, &entropy.salt);
    bytes.extend(derived.commitment());
    bytes.extend(entropy.nonce);
    // Encrypted where it lies, so that no other copy of the plain text is made.
    bytes.extend(plain);
    let associated = associated_data(&bytes, place);
    let tag = derived
        .cipher()
        .encrypt_inout_detached(
            &Nonce::<U12>::from(entropy.nonce),
            &associated,
            (&mut bytes[CIPHERTEXT_AT..]).into(),
        )
        .expect("the plain text is shorter than the 64 GiB that GCM can take");
    bytes.extend(tag);
    let mut text = String::with_capacity(PREFIX.len() + bytes.len() * 4 / 3 + 4);
    text.push_str(PREFIX);
    URL_SAFE_NO_PAD.encode_string(&bytes, &mut text);
    text
}

/// The plain text of an envelope that stands at `place`.
///
/// No other key than the one it names is tried, and nothing of a plain text
/// that fails is handed out.
///
/// # Errors
/// See [`OpenError`].
pub fn open(
    keyring: &Keyring,
    place: &Place<'_>,
    text: &str,
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let mut bytes = Zeroizing::new(decode(text)?);
    let id = header_key_id(&bytes)?;
    let key = keyring.find(id).ok_or(OpenError::KeyMissing(id))?;
    let derived = Derived::new(key, &bytes[SALT_AT..COMMITMENT_AT]);
    if !bool::from(derived.commitment().ct_eq(&bytes[COMMITMENT_AT..NONCE_AT])) {
        return Err(OpenError::WrongKey(id));
    }
    let associated = associated_data(&bytes, place);
    let nonce = Nonce::<U12>::try_from(&bytes[NONCE_AT..CIPHERTEXT_AT])
        .expect("the slice has the nonce's length");
    let end = bytes.len() - TAG_BYTES;
    let tag = Tag::try_from(&bytes[end..]).expect("the slice has the tag's length");
    bytes.truncate(end);
    derived
        .cipher()
        .decrypt_inout_detached(&nonce, &associated, (&mut bytes[CIPHERTEXT_AT..]).into(), &tag)
        .map_err(|_| OpenError::Tampered)?;
    bytes.drain(..CIPHERTEXT_AT);
    Ok(bytes)
}

/// The key that an envelope names, without opening it.
///
/// # Errors
/// Malformed.
pub fn key_id_of(text: &str) -> Result<KeyId, OpenError> {
    header_key_id(&decode(text)?)
}

/// What rotation makes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rotated {
    /// It is under the primary key already.
    Current,
    /// The new envelope, under the primary key.
    Sealed(String),
}

/// The same plain text under the primary key.
///
/// # Errors
/// It doesn't open: it stays as it is.
pub fn rotate(
    keyring: &Keyring,
    place: &Place<'_>,
    text: &str,
    entropy: &Entropy,
) -> Result<Rotated, OpenError> {
    if key_id_of(text)? == keyring.primary().id() {
        return Ok(Rotated::Current);
    }
    let plain = open(keyring, place, text)?;
    Ok(Rotated::Sealed(seal(keyring, place, &plain, entropy)))
}

/// The beginnings that the text of an envelope under this key can have, each 18
/// characters long: version, algorithm and key id are 80 bits, the 14th
/// character has two of them and four bits of the salt. By these a statement
/// finds the rows of a key without decoding.
pub fn text_prefixes(id: KeyId) -> Vec<String> {
    (0..16u8)
        .map(|salt| {
            let mut bytes = vec![VERSION, ALGORITHM];
            bytes.extend(id.as_bytes());
            bytes.push(salt << 4);
            let encoded = URL_SAFE_NO_PAD.encode(bytes);
            format!("{PREFIX}{}", &encoded[..14])
        })
        .collect()
}

fn decode(text: &str) -> Result<Vec<u8>, OpenError> {
    let body =
        text.strip_prefix(PREFIX).ok_or(OpenError::Malformed("it doesn't begin with sc1:"))?;
    if body.len() > TEXT_LIMIT_BYTES {
        return Err(OpenError::Malformed("it is too long"));
    }
    // Not canonical base64 is refused too: each envelope has one text.
    URL_SAFE_NO_PAD.decode(body).map_err(|_| OpenError::Malformed("it is not base64url"))
}

fn header_key_id(bytes: &[u8]) -> Result<KeyId, OpenError> {
    if bytes.first().is_some_and(|version| *version != VERSION) {
        return Err(OpenError::Malformed("its version is unknown"));
    }
    if bytes.get(1).is_some_and(|algorithm| *algorithm != ALGORITHM) {
        return Err(OpenError::Malformed("its algorithm is unknown"));
    }
    if bytes.len() < CIPHERTEXT_AT + TAG_BYTES {
        return Err(OpenError::Malformed("it is too short"));
    }
    let id = bytes[2..SALT_AT].try_into().expect("the slice has the id's length");
    Ok(KeyId::from_bytes(id))
}

/// Version, algorithm, key id, salt, table, row id, channel and column, each
/// after its length in 4 bytes, the most significant first.
fn associated_data(bytes: &[u8], place: &Place<'_>) -> Vec<u8> {
    let parts: [&[u8]; 8] = [
        &bytes[0..1],
        &bytes[1..2],
        &bytes[2..SALT_AT],
        &bytes[SALT_AT..COMMITMENT_AT],
        place.table.as_bytes(),
        place.row_id.as_bytes(),
        place.channel.as_bytes(),
        place.column.as_bytes(),
    ];
    let length = parts.iter().map(|part| 4 + part.len()).sum();
    let mut associated = Vec::with_capacity(length);
    for part in parts {
        let length = u32::try_from(part.len()).expect("names and ids are short");
        associated.extend(length.to_be_bytes());
        associated.extend(part);
    }
    associated
}

/// What HKDF makes of key and salt.
struct Derived(Zeroizing<[u8; 64]>);

impl Derived {
    fn new(key: &Key, salt: &[u8]) -> Derived {
        let mut output = Zeroizing::new([0; 64]);
        Hkdf::<Sha256>::new(Some(salt), key.bytes())
            .expand(ENCRYPTION_INFO, &mut *output)
            .expect("64 bytes are less than 255 hashes");
        Derived(output)
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new_from_slice(&self.0[..32]).expect("the slice has the key's length")
    }

    fn commitment(&self) -> &[u8] {
        &self.0[32..]
    }
}
