//! Addresses: of mailboxes, of machines, and of pages.

use super::key::{Key, Use};
use super::runs;
use super::words::Words;
use crate::domain::matching::{canonical_email, is_role_mailbox};

/// Where dots in a mailbox count for nothing, as `canonical_email` takes them away there.
const DOTLESS: &str = "gmail.com";
/// Labels of a domain that say nothing of whose it is.
const COMMON: [&str; 12] =
    ["com", "org", "net", "co", "ac", "gov", "edu", "example", "www", "mail", "m", "info"];
/// Where people have their handles: these name nobody.
const NETWORKS: [&str; 14] = [
    "twitter.com",
    "x.com",
    "facebook.com",
    "fb.com",
    "m.me",
    "instagram.com",
    "linkedin.com",
    "t.me",
    "wa.me",
    "youtube.com",
    "tiktok.com",
    "threads.net",
    "github.com",
    "mastodon.social",
];

/// Another mailbox, of a domain that is nobody's; one in another spelling stays one.
pub(super) fn email(words: &Words<'_>, text: &str) -> Option<String> {
    let (local, domain) = text.rsplit_once('@')?;
    let mut canonical = String::new();
    let (mailbox, home) = match canonical_email(text, &mut canonical) {
        Some(length) => (&canonical[..length], &canonical[length + 1..]),
        None => (local, domain),
    };
    // Dots would count there from now on.
    let undotted = (home == DOTLESS).then(|| mailbox.to_owned());
    let (plain, tag) = match local.find('+').filter(|at| *at > 0) {
        Some(at) => local.split_at(at),
        None => (local, ""),
    };
    let plain = undotted.unwrap_or_else(|| plain.to_lowercase());
    let made = match is_role_mailbox(&plain) {
        true => plain,
        false => runs::join(words, &plain),
    };
    let home = self::domain(words, home);
    Some(format!("{made}{}@{home}", runs::join(words, &tag.to_lowercase())))
}

/// One below `.example`, which is nobody's for good: RFC 2606.
pub(super) fn domain(words: &Words<'_>, text: &str) -> String {
    let text = text.to_lowercase();
    let (own, common): (Vec<&str>, Vec<&str>) =
        text.split('.').filter(|label| !label.is_empty()).partition(|label| {
            !COMMON.contains(label) && (label.len() > 2 || text.split('.').count() < 2)
        });
    let mut labels: Vec<String> = own.iter().map(|label| runs::join(words, label)).collect();
    // What is of another country isn't the same.
    let rest = common.join(".");
    if rest != "com" || labels.is_empty() {
        let mut draws = words.key.draws(Use::Domain, &rest, 0);
        let letter = |_| char::from(b'a' + draws.below(26) as u8);
        labels.push((0..3).map(letter).collect());
    }
    format!("{}.example", labels.join("."))
}

/// Another page, on a machine that is nobody's unless everybody has pages there.
pub(super) fn url(words: &Words<'_>, text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (name, port),
        _ => (host, ""),
    };
    let bare = name.to_lowercase();
    let bare = bare.trim_start_matches("www.");
    let name = match () {
        () if NETWORKS.contains(&bare) => name.to_owned(),
        () if super::shapes::is_ip(name) => ip(words.key, name),
        () if name.is_empty() => String::new(),
        () => domain(words, name),
    };
    let port = if port.is_empty() { String::new() } else { format!(":{port}") };
    Some(format!("{scheme}://{name}{port}{}", runs::join(words, path)))
}

/// One of the networks for documentation: RFC 5737 and RFC 3849.
pub(super) fn ip(key: &Key, text: &str) -> String {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits)),
        None => (text, None),
    };
    let mut draws = key.draws(Use::Address, address, 0);
    let made = match address.contains(':') {
        true => {
            let parts: Vec<String> =
                (0..4).map(|_| format!("{:x}", draws.below(0x10000))).collect();
            String::from("2001:db8::") + &parts.join(":")
        }
        false => {
            let network = draws.of(&["192.0.2", "198.51.100", "203.0.113"]).unwrap_or("192.0.2");
            format!("{network}.{}", 1 + draws.below(254))
        }
    };
    // A network has no bits behind its own.
    match bits {
        Some("32" | "128") | None => made,
        Some(_) if address.contains(':') => String::from("2001:db8::/32"),
        Some(_) => String::from("192.0.2.0/24"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::anonymise::known::{Identifier, Known};
    use crate::domain::matching::canonical_email as canonical;

    #[test]
    fn a_mailbox_in_another_spelling_stays_one() {
        let (key, mut known) = (Key::of(b"secret"), Known::default());
        known.add(Identifier::Name, "Anna Kowalska");
        let made = |text: &str| {
            let mut one = String::new();
            canonical(&email(&Words::new(&key, &known), text).expect("an address"), &mut one);
            one
        };
        let whole = made("anna.kowalska@gmail.com");
        assert!(whole.ends_with(".example"), "{whole}");
        for same in ["Anna.Kowalska+x@gmail.com", "annakowalska@googlemail.com"] {
            assert_eq!(made(same), whole, "{same}");
        }
        assert_ne!(made("anna.kowalska@other.org"), whole);
        assert_ne!(made("a@shop.de").split('@').nth(1), made("a@shop.com").split('@').nth(1));
        assert!(made("info@shop.de").starts_with("info@"));
        // As she is called.
        let word = Words::new(&key, &known).word("anna");
        assert!(whole.starts_with(&word), "{whole} {word}");
    }

    #[test]
    fn pages_and_machines_are_nobodys() {
        let (key, known) = (Key::of(b"secret"), Known::default());
        let made = url(&Words::new(&key, &known), "https://bob:pw@shop.example.com:8443/anna?x=1")
            .unwrap();
        assert!(made.starts_with("https://") && made.contains(".example:8443/"), "{made}");
        assert!(
            !made.contains("bob") && !made.contains("anna") && !made.contains("shop"),
            "{made}"
        );
        assert!(
            url(&Words::new(&key, &known), "https://twitter.com/anna")
                .unwrap()
                .starts_with("https://twitter.com/")
        );
        assert!(ip(&key, "10.0.0.7").split('.').count() == 4);
        assert!(ip(&key, "fe80::1").starts_with("2001:db8::"));
    }
}
