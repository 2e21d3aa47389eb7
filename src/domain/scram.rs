//! The verifier that a server keeps instead of a password: RFC 5802, section 3, with the function of
//! RFC 7677. A statement that holds it may stand in a log.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// What PostgreSQL takes for passwords that it hashes itself; RFC 7677 wants as many at least.
const ROUNDS: u32 = 4096;

/// `SCRAM-SHA-256$4096:SALT$STORED:SERVER`. The password must be long and random: the salt is derived from it, which
/// would give a guessable one away.
pub fn verifier(password: &str) -> String {
    let salt = &Sha256::digest([b"salt of ", password.as_bytes()].concat())[..16];
    with_salt(password, salt)
}

fn with_salt(password: &str, salt: &[u8]) -> String {
    let salted = salted(password.as_bytes(), salt);
    let stored = Sha256::digest(keyed(&salted, b"Client Key"));
    let server = keyed(&salted, b"Server Key");
    format!(
        "SCRAM-SHA-256${ROUNDS}:{}${}:{}",
        STANDARD.encode(salt),
        STANDARD.encode(stored),
        STANDARD.encode(server)
    )
}

/// Hi() of RFC 5802, section 2.2.
fn salted(password: &[u8], salt: &[u8]) -> [u8; 32] {
    let mut last = keyed(password, &[salt, &1u32.to_be_bytes()].concat());
    let mut all = last;
    for _ in 1..ROUNDS {
        last = keyed(password, &last);
        all.iter_mut().zip(last).for_each(|(all, last)| *all ^= last);
    }
    all
}

fn keyed(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the password and the salt of RFC 7677, as another program computes it.
    #[test]
    fn it_is_what_the_server_makes() {
        let salt = STANDARD.decode("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap();
        assert_eq!(
            with_salt("pencil", &salt),
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
        );
    }
}
