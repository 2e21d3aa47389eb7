//! A key and its name.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Length of a key.
pub const KEY_BYTES: usize = 32;

const KEY_ID_INFO: &[u8] = b"inboxctl key id";

/// The name of a key, derived from it: HKDF-SHA-256 with an empty salt, the key
/// as input and `inboxctl key id` as info, 8 bytes; written as 16 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 8]);

impl KeyId {
    pub const BYTES: usize = 8;

    pub fn from_bytes(bytes: [u8; 8]) -> KeyId {
        KeyId(bytes)
    }

    pub fn as_bytes(&self) -> &[u8; 8] {
        &self.0
    }

    /// Reads 16 hex digits.
    pub fn parse(text: &str) -> Option<KeyId> {
        if text.len() != 16 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u64::from_str_radix(text, 16).ok().map(|number| KeyId(number.to_be_bytes()))
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", u64::from_be_bytes(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// 256 secret bits. Overwritten when dropped, never printed.
#[derive(Clone)]
pub struct Key {
    id: KeyId,
    // Boxed, so that moving a key doesn't leave copies of it behind.
    bytes: Box<Zeroizing<[u8; KEY_BYTES]>>,
}

impl Key {
    /// A key of random bytes.
    pub fn new(bytes: &[u8; KEY_BYTES]) -> Key {
        let mut id = [0; KeyId::BYTES];
        Hkdf::<Sha256>::new(None, bytes)
            .expand(KEY_ID_INFO, &mut id)
            .expect("8 bytes are less than 255 hashes");
        Key { id: KeyId(id), bytes: Box::new(Zeroizing::new(*bytes)) }
    }

    pub fn id(&self) -> KeyId {
        self.id
    }

    pub(super) fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.bytes
    }

    /// As the keyring's document holds it: base64url without padding.
    pub(super) fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(self.bytes()))
    }

    /// The length of a wrong key, or that it is no base64url.
    pub(super) fn from_text(text: &str) -> Result<Key, KeyTextError> {
        let bytes =
            Zeroizing::new(URL_SAFE_NO_PAD.decode(text).map_err(|_| KeyTextError::NotBase64)?);
        let bytes: &[u8; KEY_BYTES] =
            bytes.as_slice().try_into().map_err(|_| KeyTextError::Length(bytes.len()))?;
        // A key that nobody drew: a placeholder left in a configuration.
        if bytes.iter().all(|byte| *byte == bytes[0]) {
            return Err(KeyTextError::NotRandom);
        }
        Ok(Key::new(bytes))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({}, [redacted])", self.id)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyTextError {
    NotBase64,
    Length(usize),
    NotRandom,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_follows_from_the_key() {
        let key = Key::new(&[1; 32]);
        assert_eq!(key.id(), Key::new(&[1; 32]).id());
        assert_ne!(key.id(), Key::new(&[2; 32]).id());
        assert_eq!(KeyId::parse(&key.id().to_string()), Some(key.id()));
        for wrong in ["", "12", "+123456789abcdef", "zz23456789abcdef", "00123456789abcdef"] {
            assert_eq!(KeyId::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_key_is_not_printed() {
        let key = Key::new(&[0x41; 32]);
        let printed = format!("{key:?}");
        assert!(!printed.contains("AAAA") && !printed.contains("65, 65"), "{printed}");
    }
}
