//! Percent-encoding, as URLs and forms have it.

/// Without it; what is no encoding stays.
pub fn decoded(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let pair = (byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|n| u8::try_from(n).ok());
        match pair.and_then(|pair| Some(digit(pair[0])? * 16 + digit(pair[1])?)) {
            Some(decoded) => {
                out.push(decoded);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}
