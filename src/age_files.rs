//! Files that are encrypted with age, backups and archives alike: the public keys that they are
//! encrypted to, the file of secret ones, and both directions.

use std::io;
use std::path::Path;

use age::stream::{StreamReader, StreamWriter};
use age::x25519::{Identity, Recipient};
use age::{DecryptError, Decryptor, Encryptor};
use zeroize::Zeroizing;

use crate::bounded_file;
use crate::error::Failure;

/// How such a file begins.
pub const MAGIC: &[u8] = b"age-encryption.org/v1\n";
/// Thousands of keys are less.
const LIMIT_BYTES: usize = 1 << 20;

/// # Errors
/// It is no public key of age.
pub fn recipient(text: &str) -> Result<Recipient, String> {
    if text.starts_with("AGE-SECRET-KEY-") {
        return Err(String::from("this is a secret key; give the public one, age1..."));
    }
    text.parse().map_err(|_| String::from("expected a public key of age, such as age1..."))
}

/// The secret keys of a file as age-keygen writes it.
///
/// # Errors
/// It can't be read, or there is none in it. Never quotes a line.
pub fn identities(path: &Path) -> Result<Vec<Identity>, Failure> {
    let unreadable = |why: String| {
        Failure::usage(format!("the identity file {} can't be read", path.display()))
            .why(why)
            .hint("age-keygen makes one; its lines begin with AGE-SECRET-KEY-1")
    };
    let text = bounded_file::read_text(path, LIMIT_BYTES).map_err(|e| unreadable(e.to_string()))?;
    let text = Zeroizing::new(text);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut identities = Vec::new();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let identity: Result<Identity, _> = line.parse();
        identities.push(identity.map_err(|why| unreadable(why.to_owned()))?);
    }
    match identities.is_empty() {
        true => Err(unreadable(String::from("there is no secret key in it"))),
        false => Ok(identities),
    }
}

/// The secret keys of several files.
///
/// # Errors
/// As for [`identities`].
pub fn all_identities(paths: &[impl AsRef<Path>]) -> Result<Vec<Identity>, Failure> {
    let mut all = Vec::new();
    for path in paths {
        all.extend(identities(path.as_ref())?);
    }
    Ok(all)
}

/// Why a file can't be read to its end.
#[derive(Debug)]
pub enum ReadError {
    /// Encrypted, and no identity was given or none of them fits.
    NoKey,
    /// Cut off or changed.
    Damaged(String),
    Io(io::Error),
}

/// What is written to the result is encrypted to these keys; it must be finished.
///
/// # Errors
/// There is no key, or it can't be written.
pub fn encrypt<W: io::Write>(file: W, recipients: &[Recipient]) -> io::Result<StreamWriter<W>> {
    let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    Encryptor::with_recipients(recipients).map_err(io::Error::other)?.wrap_output(file)
}

/// # Errors
/// See [`ReadError`].
pub fn decrypt<R: io::BufRead>(
    file: R,
    identities: &[Identity],
) -> Result<StreamReader<R>, ReadError> {
    let decryptor = Decryptor::new_buffered(file).map_err(cannot_open)?;
    let identities = identities.iter().map(|identity| identity as &dyn age::Identity);
    decryptor.decrypt(identities).map_err(cannot_open)
}

fn cannot_open(error: DecryptError) -> ReadError {
    match error {
        DecryptError::NoMatchingKeys | DecryptError::KeyDecryptionFailed => ReadError::NoKey,
        DecryptError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            ReadError::Io(error)
        }
        _ => ReadError::Damaged(String::from("its age header is broken")),
    }
}
