//! Whether a webhook was signed with a secret: as Twilio signs, as Meta signs, and any HMAC of the
//! body alone. Comparisons take the same time whatever differs.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::percent;

/// How a sender signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// `X-Twilio-Signature`: HMAC-SHA-1 in base64 of the URL and of the sorted parameters of the
    /// form; of another body, the URL has its SHA-256 (twilio.com/docs/usage/security).
    Twilio,
    /// `X-Hub-Signature-256`: `sha256=` and HMAC-SHA-256 in hexadecimal of the body
    /// (developers.facebook.com/docs/graph-api/webhooks).
    Meta,
    /// HMAC-SHA-1 or -SHA-256 of the body, in hexadecimal or base64, perhaps behind `sha256=`, in
    /// any header.
    Body,
}

/// A webhook as it came.
#[derive(Debug, Clone, Copy)]
pub struct Webhook<'a> {
    pub body: &'a [u8],
    pub headers: &'a [Header],
    /// As the sender called it, without which Twilio's can't be checked.
    pub url: Option<&'a str>,
}

/// A name and a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub name: String,
    pub value: String,
}

/// `X-Hub-Signature-256: sha256=...`, as curl takes it.
///
/// # Errors
/// It has no colon, or no name before it.
pub fn parse_header(text: &str) -> Result<Header, String> {
    match text.split_once(':') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok(Header { name: name.trim().to_owned(), value: value.trim().to_owned() })
        }
        _ => Err(String::from("expected a header as \"Name: value\"")),
    }
}

/// Why a webhook counts as not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// The header of the scheme isn't there.
    NoHeader(&'static str),
    /// No header could be a signature.
    NoSignature,
    /// The signature is another one.
    Differs,
    /// The URL has the SHA-256 of another body.
    BodyDiffers,
    /// Only the URL can tell.
    NeedsUrl,
}

const TWILIO: &str = "X-Twilio-Signature";
const META: &str = "X-Hub-Signature-256";

/// The header that has the right signature.
///
/// # Errors
/// Why there is none.
pub fn check(scheme: Scheme, secret: &str, webhook: Webhook<'_>) -> Result<String, Flaw> {
    match scheme {
        Scheme::Twilio => twilio(secret, webhook).map(|()| String::from(TWILIO)),
        Scheme::Meta => {
            let value = webhook.header(META).ok_or(Flaw::NoHeader(META))?;
            let given = value.strip_prefix("sha256=").and_then(hexadecimal).unwrap_or_default();
            match is_same(&mac::<Hmac<Sha256>>(secret, webhook.body), &given) {
                true => Ok(String::from(META)),
                false => Err(Flaw::Differs),
            }
        }
        Scheme::Body => body(secret, webhook),
    }
}

fn body(secret: &str, webhook: Webhook<'_>) -> Result<String, Flaw> {
    let (short, long) =
        (mac::<Hmac<Sha1>>(secret, webhook.body), mac::<Hmac<Sha256>>(secret, webhook.body));
    let mut flaw = Flaw::NoSignature;
    for header in webhook.headers {
        for given in signatures(&header.value) {
            if is_same(&short, &given) || is_same(&long, &given) {
                return Ok(header.name.clone());
            }
            flaw = Flaw::Differs;
        }
    }
    Err(flaw)
}

/// What a value could mean: of 20 or of 32 bytes.
fn signatures(value: &str) -> Vec<Vec<u8>> {
    // `sha256=` is a name, the `=` at the end of base64 isn't.
    let after = value.split_once('=').map(|(_, rest)| rest).filter(|rest| rest.len() >= 27);
    let text = after.unwrap_or(value);
    let url_safe = || URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
    let decoded = [hexadecimal(text), STANDARD.decode(text).ok(), url_safe()];
    decoded.into_iter().flatten().filter(|bytes| [20, 32].contains(&bytes.len())).collect()
}

fn twilio(secret: &str, webhook: Webhook<'_>) -> Result<(), Flaw> {
    let given = webhook.header(TWILIO).ok_or(Flaw::NoHeader(TWILIO))?;
    let given = STANDARD.decode(given).unwrap_or_default();
    let url = webhook.url.ok_or(Flaw::NeedsUrl)?;
    let parameters = match body_hash(url) {
        Some(hash) => {
            let given = hexadecimal(hash).unwrap_or_default();
            if !is_same(&Sha256::digest(webhook.body), &given) {
                return Err(Flaw::BodyDiffers);
            }
            String::new()
        }
        None => sorted_parameters(webhook.body),
    };
    // What stands between may have added or taken the port.
    let mut urls = vec![url.to_owned()];
    urls.extend(with_or_without_port(url));
    let is_any = urls.iter().any(|url| {
        is_same(&mac::<Hmac<Sha1>>(secret, format!("{url}{parameters}").as_bytes()), &given)
    });
    if is_any { Ok(()) } else { Err(Flaw::Differs) }
}

/// The value of `bodySHA256` in the URL.
fn body_hash(url: &str) -> Option<&str> {
    let (_, query) = url.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix("bodySHA256="))
}

/// Each name with its value, by name; of several values of a name each one once.
fn sorted_parameters(body: &[u8]) -> String {
    let mut all: BTreeMap<Vec<u8>, BTreeSet<Vec<u8>>> = BTreeMap::new();
    for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let middle = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let value = pair.get(middle + 1..).unwrap_or_default();
        all.entry(form_decoded(&pair[..middle])).or_default().insert(form_decoded(value));
    }
    let mut text = Vec::new();
    for (name, values) in all {
        for value in values {
            text.extend_from_slice(&name);
            text.extend_from_slice(&value);
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// application/x-www-form-urlencoded.
fn form_decoded(text: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = text.iter().map(|&byte| if byte == b'+' { b' ' } else { byte }).collect();
    percent::decoded(&spaced)
}

/// The same URL with the usual port, or without one.
fn with_or_without_port(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let usual = if scheme == "https" { "443" } else { "80" };
    Some(match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{scheme}://{name}{path}")
        }
        _ => format!("{scheme}://{host}:{usual}{path}"),
    })
}

impl Webhook<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        found.map(|header| header.value.as_str())
    }
}

fn mac<M: Mac + KeyInit>(secret: &str, text: &[u8]) -> Vec<u8> {
    let mut mac =
        <M as KeyInit>::new_from_slice(secret.as_bytes()).expect("a key of any length is one");
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
    const FORM: &[u8] = b"Digits=1234&To=%2B18005551212&From=%2B14158675309&Caller=%2B14158675309&CallSid=CA1234567890ABCDE";

    fn webhook<'a>(body: &'a [u8], headers: &'a [Header], url: Option<&'a str>) -> Webhook<'a> {
        Webhook { body, headers, url }
    }

    fn header(name: &str, value: &str) -> Vec<Header> {
        vec![Header { name: name.to_owned(), value: value.to_owned() }]
    }

    /// The example of Twilio's documentation and of its libraries' tests.
    #[test]
    fn twilio_signs_the_url_and_the_sorted_form() {
        let headers = header("x-twilio-signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        let check = |secret, body, url| check(Scheme::Twilio, secret, webhook(body, &headers, url));
        let with_port = "https://mycompany.com:443/myapp.php?foo=1&bar=2";
        for url in [URL, with_port] {
            assert_eq!(check("12345", FORM, Some(url)), Ok(String::from(TWILIO)), "{url}");
        }
        assert_eq!(check("12345", FORM, None), Err(Flaw::NeedsUrl));
        assert_eq!(check("12346", FORM, Some(URL)), Err(Flaw::Differs));
        assert_eq!(check("12345", &FORM[1..], Some(URL)), Err(Flaw::Differs));
        assert_eq!(check("12345", FORM, Some("https://mycompany.com/")), Err(Flaw::Differs));
        let none = webhook(FORM, &[], Some(URL));
        assert_eq!(super::check(Scheme::Twilio, "12345", none), Err(Flaw::NoHeader(TWILIO)));
    }

    #[test]
    fn twilio_signs_the_hash_of_another_body() {
        let body = br#"{"property": "value", "boolean": true}"#;
        let url = format!(
            "{URL}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
        );
        let headers = header("X-Twilio-Signature", "a9nBmqA0ju/hNViExpshrM61xv4=");
        let check = |body| check(Scheme::Twilio, "12345", webhook(body, &headers, Some(&url)));
        assert_eq!(check(body), Ok(String::from(TWILIO)));
        assert_eq!(check(b"{}"), Err(Flaw::BodyDiffers));
    }

    /// The example of GitHub's documentation, whose scheme Meta has too.
    #[test]
    fn meta_signs_the_body() {
        let secret = "It's a Secret to Everybody";
        let value = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        let headers = header("X-Hub-Signature-256", value);
        let check = |body| check(Scheme::Meta, secret, webhook(body, &headers, None));
        assert_eq!(check(b"Hello, World!"), Ok(String::from(META)));
        assert_eq!(check(b"Hello, World"), Err(Flaw::Differs));
        for bad in ["", "sha256=", "sha256=zz", "757107ea", &value[..70]] {
            let headers = header(META, bad);
            let checked =
                super::check(Scheme::Meta, secret, webhook(b"Hello, World!", &headers, None));
            assert_eq!(checked, Err(Flaw::Differs), "{bad}");
        }
    }

    /// RFC 2202 and RFC 4231, test case 2.
    #[test]
    fn any_header_may_have_the_hmac_of_the_body() {
        let body = b"what do ya want for nothing?";
        for value in [
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
            "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
            "7/zfauXrL6LSdBbV8YTfnCWafHk=",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            "sha256=W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=",
            "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM",
        ] {
            let headers = [header("Content-Type", "text/plain"), header("X-Sign", value)].concat();
            let check = |secret| check(Scheme::Body, secret, webhook(body, &headers, None));
            assert_eq!(check("Jefe"), Ok(String::from("X-Sign")), "{value}");
            assert_eq!(check("Jeff"), Err(Flaw::Differs), "{value}");
        }
        let headers = header("Content-Type", "text/plain");
        let none = webhook(body, &headers, None);
        assert_eq!(check(Scheme::Body, "Jefe", none), Err(Flaw::NoSignature));
    }

    #[test]
    fn forms_are_decoded_as_browsers_write_them() {
        assert_eq!(sorted_parameters(b"b=1+2&a=%C3%A9&c&&d=%zz&a=x&a=x"), "axa\u{e9}b1 2cd%zz");
        assert_eq!(parse_header("A: b: c").map(|header| header.value), Ok(String::from("b: c")));
        assert!(parse_header("no colon").is_err() && parse_header(": x").is_err());
    }
}
