//! The keys and what each is for.
//!
//! A key is staged (readers open with it, nobody seals), then primary (the one
//! that seals), then decrypt-only, then retired. Staging first lets every reader
//! have the key before the first envelope needs it.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::key::{Key, KeyId};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Staged,
    Primary,
    DecryptOnly,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Staged => "staged",
            State::Primary => "primary",
            State::DecryptOnly => "decrypt-only",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub key: Key,
    pub state: State,
    pub created_at: Timestamp,
}

/// Several keys, exactly one of them primary, no id twice.
#[derive(Debug, Clone)]
pub struct Keyring {
    entries: Vec<Entry>,
}

/// Why a key can't change its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransitionError {
    Unknown(KeyId),
    /// It is there already.
    Duplicate(KeyId),
    IsPrimary(KeyId),
}

impl Keyring {
    /// A keyring of one key, its primary.
    pub fn generate(key: Key, now: Timestamp) -> Keyring {
        Keyring { entries: vec![Entry { key, state: State::Primary, created_at: now }] }
    }

    /// The keyring of these entries; `None` unless exactly one is primary and
    /// every id stands once.
    pub(super) fn of(entries: Vec<Entry>) -> Option<Keyring> {
        let primaries = entries.iter().filter(|entry| entry.state == State::Primary).count();
        let mut ids: Vec<KeyId> = entries.iter().map(|entry| entry.key.id()).collect();
        ids.sort();
        ids.dedup();
        (primaries == 1 && ids.len() == entries.len()).then_some(Keyring { entries })
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The key that seals.
    pub fn primary(&self) -> &Key {
        let primary = self.entries.iter().find(|entry| entry.state == State::Primary);
        &primary.expect("every constructor makes sure of one").key
    }

    /// A keyring of this key alone, its primary.
    pub fn only(&self, id: KeyId) -> Option<Keyring> {
        let entry = self.entries.iter().find(|entry| entry.key.id() == id)?;
        Some(Keyring::generate(entry.key.clone(), entry.created_at))
    }

    /// The key that opens; a staged one does too.
    pub fn find(&self, id: KeyId) -> Option<&Key> {
        self.entries.iter().map(|entry| &entry.key).find(|key| key.id() == id)
    }

    pub fn state(&self, id: KeyId) -> Option<State> {
        self.entries.iter().find(|entry| entry.key.id() == id).map(|entry| entry.state)
    }

    /// Adds a key that may open and doesn't seal yet.
    ///
    /// # Errors
    /// It is there already.
    pub fn stage(&mut self, key: Key, now: Timestamp) -> Result<(), TransitionError> {
        if self.find(key.id()).is_some() {
            return Err(TransitionError::Duplicate(key.id()));
        }
        self.entries.push(Entry { key, state: State::Staged, created_at: now });
        Ok(())
    }

    /// Makes a staged or decrypt-only key the primary one; the former primary
    /// only opens from then on. False if it is the primary one already.
    ///
    /// # Errors
    /// Unknown.
    pub fn promote(&mut self, id: KeyId) -> Result<bool, TransitionError> {
        match self.state(id) {
            None => return Err(TransitionError::Unknown(id)),
            Some(State::Primary) => return Ok(false),
            Some(State::Staged | State::DecryptOnly) => {}
        }
        for entry in &mut self.entries {
            if entry.key.id() == id {
                entry.state = State::Primary;
            } else if entry.state == State::Primary {
                entry.state = State::DecryptOnly;
            }
        }
        Ok(true)
    }

    /// Takes a key out. That no envelope needs it is for the caller to know.
    ///
    /// # Errors
    /// Unknown, or the primary one.
    pub fn retire(&mut self, id: KeyId) -> Result<(), TransitionError> {
        match self.state(id) {
            None => Err(TransitionError::Unknown(id)),
            Some(State::Primary) => Err(TransitionError::IsPrimary(id)),
            Some(State::Staged | State::DecryptOnly) => {
                self.entries.retain(|entry| entry.key.id() != id);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> Key {
        Key::new(&[byte; 32])
    }

    fn states(keyring: &Keyring) -> Vec<State> {
        keyring.entries().iter().map(|entry| entry.state).collect()
    }

    #[test]
    fn a_key_is_staged_promoted_and_retired() {
        use State::{DecryptOnly, Primary, Staged};
        let now = Timestamp::UNIX_EPOCH;
        let (old, new) = (key(1), key(2));
        let mut keyring = Keyring::generate(old.clone(), now);
        keyring.stage(new.clone(), now).unwrap();
        assert_eq!(states(&keyring), [Primary, Staged]);
        assert_eq!(keyring.primary().id(), old.id());
        assert_eq!(keyring.stage(new.clone(), now), Err(TransitionError::Duplicate(new.id())));
        assert_eq!(keyring.promote(new.id()), Ok(true));
        assert_eq!(keyring.promote(new.id()), Ok(false));
        assert_eq!(states(&keyring), [DecryptOnly, Primary]);
        assert_eq!(keyring.retire(new.id()), Err(TransitionError::IsPrimary(new.id())));
        keyring.retire(old.id()).unwrap();
        assert_eq!(states(&keyring), [Primary]);
        assert_eq!(keyring.retire(old.id()), Err(TransitionError::Unknown(old.id())));
    }

    #[test]
    fn a_promotion_can_be_taken_back() {
        let (old, new) = (key(1), key(2));
        let mut keyring = Keyring::generate(old.clone(), Timestamp::UNIX_EPOCH);
        keyring.stage(new.clone(), Timestamp::UNIX_EPOCH).unwrap();
        keyring.promote(new.id()).unwrap();
        keyring.promote(old.id()).unwrap();
        assert_eq!(keyring.primary().id(), old.id());
        assert_eq!(keyring.state(new.id()), Some(State::DecryptOnly));
    }
}
