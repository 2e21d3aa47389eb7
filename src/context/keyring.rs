//! The keyring that a command works with: found, read, unlocked.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::Context;
use crate::domain::vault::{self, DocumentError, Entropy, Key, Keyring, WrapParameters};
use crate::error::Failure;
use crate::keyring::{self, Writer};

/// Where a keyring is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the variable INBOXCTL_KEYRING, found there.
    Variable(String),
    File(PathBuf),
}

/// A keyring as it was when it was read.
pub struct Loaded {
    pub keyring: Keyring,
    pub place: Place,
    text: Zeroizing<String>,
    /// It is locked with this.
    passphrase: Option<SecretString>,
}

impl Loaded {
    pub fn is_wrapped(&self) -> bool {
        self.passphrase.is_some()
    }

    /// # Errors
    /// Busy: it is another one by now.
    pub fn require_unchanged(&self) -> Result<(), Failure> {
        let Place::File(path) = &self.place else { return Ok(()) };
        if keyring::read(path)? == self.text {
            return Ok(());
        }
        Err(Failure::busy("the keyring was changed meanwhile").hint("run it again"))
    }
}

impl Context {
    /// Where the keyring is, whether or not one is there.
    ///
    /// # Errors
    /// Usage: two places were named, or none.
    pub fn keyring_place(&self) -> Result<Place, Failure> {
        match (&self.config.keyring, &self.config.keyring_file) {
            (Some((_, one)), Some((_, other))) => Err(Failure::usage("two keyrings were named")
                .why(format!("INBOXCTL_KEYRING is set in {one}, INBOXCTL_KEYRING_FILE in {other}"))
                .hint("unset one of the two")),
            (Some((_, found_in)), None) => Ok(Place::Variable(found_in.clone())),
            (None, Some((path, _))) => Ok(Place::File(path.clone())),
            (None, None) => match &self.config.usual_keyring_file {
                Some(path) => Ok(Place::File(path.clone())),
                None => Err(Failure::usage("no keyring was named")
                    .why("INBOXCTL_KEYRING_FILE is not set, and neither is HOME")
                    .hint("name the file in INBOXCTL_KEYRING_FILE")),
            },
        }
    }

    /// Reads the keyring, and asks for its passphrase if it has one.
    ///
    /// # Errors
    /// There is none, it can't be read, others can read it, or the passphrase is
    /// wrong.
    pub fn keyring(&self) -> Result<Loaded, Failure> {
        let place = self.keyring_place()?;
        let (text, name) = match (&place, &self.config.keyring) {
            (Place::File(path), _) => (keyring::read(path)?, path.display().to_string()),
            (Place::Variable(found_in), Some((text, _))) => (
                Zeroizing::new(text.expose_secret().to_owned()),
                format!("in INBOXCTL_KEYRING of {found_in}"),
            ),
            (Place::Variable(_), None) => unreachable!("the place says that it is set"),
        };
        let passphrase = match vault::is_wrapped(&text) {
            true => Some(self.keyring_passphrase()?),
            false => None,
        };
        let keyring = vault::parse(&text, passphrase.as_ref()).map_err(|error| {
            Failure::failed(format!("the keyring {name} can't be read"))
                .why(error.to_string())
                .hint(match error {
                    DocumentError::WrongPassphrase => "run it again with the right one",
                    _ => "restore it from its backup; without its keys no credentials open",
                })
        })?;
        Ok(Loaded { keyring, place, text, passphrase })
    }

    fn keyring_passphrase(&self) -> Result<SecretString, Failure> {
        let known = self.config.keyring_passphrase.as_ref().or_else(|| self.passphrase.get());
        if let Some(passphrase) = known {
            return Ok(passphrase.clone());
        }
        let typed = self
            .ui
            .ask_secret("Passphrase of the keyring", &|| self.interrupted())
            .map_err(|failure| match failure.kind.is_interrupt() {
                true => failure,
                false => failure.hint("set INBOXCTL_KEYRING_PASSPHRASE"),
            })?;
        Ok(self.passphrase.get_or_init(|| SecretString::from(typed.as_str())).clone())
    }

    /// A passphrase for a new keyring, typed twice.
    ///
    /// # Errors
    /// Usage: too short, or not the same twice.
    pub fn new_passphrase(&self) -> Result<SecretString, Failure> {
        const LEAST_CHARACTERS: usize = 12;
        let first = self.keyring_passphrase()?;
        if first.expose_secret().chars().count() < LEAST_CHARACTERS {
            return Err(Failure::usage("the passphrase is too short")
                .why(format!("it has less than {LEAST_CHARACTERS} characters"))
                .hint("take several words"));
        }
        if self.config.keyring_passphrase.is_none() {
            let again = self.ui.ask_secret("The same again", &|| self.interrupted())?;
            if again.as_str() != first.expose_secret() {
                return Err(Failure::usage("the two passphrases differ")
                    .why("nothing was written")
                    .hint("run it again"));
            }
        }
        Ok(first)
    }

    /// A key that nobody had before.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub fn new_key(&self) -> Result<Key, Failure> {
        Ok(Key::new(&Zeroizing::new(self.random()?)))
    }

    /// The random part of an envelope.
    ///
    /// # Errors
    /// As for [`Context::random`].
    pub fn entropy(&self) -> Result<Entropy, Failure> {
        Ok(Entropy { salt: self.random()?, nonce: self.random()? })
    }

    /// The text of a keyring's file.
    ///
    /// # Errors
    /// As for [`Context::random`].
    pub fn keyring_text(
        &self,
        keyring: &Keyring,
        passphrase: Option<&SecretString>,
    ) -> Result<Zeroizing<String>, Failure> {
        Ok(match passphrase {
            None => vault::render(keyring),
            Some(passphrase) => {
                let random = WrapParameters { salt: self.random()?, nonce: self.random()? };
                Zeroizing::new(vault::wrap(keyring, passphrase, &random))
            }
        })
    }

    /// The keyring, and the right to change its file.
    ///
    /// # Errors
    /// As for [`Context::keyring`]; or it isn't in a file; or busy.
    pub fn keyring_to_change(&self) -> Result<(Loaded, Writer), Failure> {
        let path = self.keyring_file_to_change()?;
        // An absent file would make the folder of its lock.
        self.require_keyring_file(&path)?;
        let writer = Writer::open(&path)?;
        Ok((self.keyring()?, writer))
    }

    fn require_keyring_file(&self, path: &Path) -> Result<(), Failure> {
        keyring::read(path).map(drop)
    }

    /// # Errors
    /// Refused: it is in a variable.
    pub fn keyring_file_to_change(&self) -> Result<PathBuf, Failure> {
        match self.keyring_place()? {
            Place::File(path) => Ok(path),
            Place::Variable(found_in) => Err(Failure::refused("can't change this keyring")
                .why(format!("it comes from INBOXCTL_KEYRING in {found_in}"))
                .hint("change it in a file (INBOXCTL_KEYRING_FILE), then set the variable anew")),
        }
    }

    /// The text of a changed keyring, locked as it was before.
    ///
    /// # Errors
    /// As for [`Context::random`].
    pub fn text_like(
        &self,
        loaded: &Loaded,
        keyring: &Keyring,
    ) -> Result<Zeroizing<String>, Failure> {
        self.keyring_text(keyring, loaded.passphrase.as_ref())
    }
}
