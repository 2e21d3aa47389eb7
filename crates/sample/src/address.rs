//! Mailboxes and social handles, made from names the way people make them.

use super::company::Company;
use super::json::{push_hex, push_padded};
use super::names::Endings;
use super::person::Person;
use super::random::{Stream, key};
use super::spelling::inflect;

const HOBBIES: [&str; 24] = [
    "sunny", "runner", "foto", "gamer", "moto", "music", "luna", "tiger", "happy", "star", "yoga",
    "travel", "coffee", "chess", "sol", "bike", "dance", "surf", "rock", "book", "garden", "sky",
    "cat", "blue",
];

/// The person's mailbox: 0 private, 1 a later one, 2 at work where they have an employer.
pub(crate) fn mailbox(person: &Person, which: u8) -> String {
    let mut stream = Stream::new(key(person.key, 0xe4a1, u64::from(which)));
    let mut out = String::with_capacity(48);
    match (which, &person.employer) {
        (2, Some(company)) => push_work(&mut out, person, company),
        _ => {
            let domain = stream.weighted(&person.country.providers);
            push_private(&mut out, &mut stream, person, domain);
            out.push('@');
            out.push_str(domain);
        }
    }
    out
}

/// The mailbox that a couple shares.
pub(crate) fn couple_mailbox(person: &Person) -> String {
    let mut stream = Stream::new(key(person.group_key(), 0xe4a2, 0));
    let mut out = String::with_capacity(48);
    out.push_str(stream.word(&["family", "casa", "us2", "home", "duo", "we", "nest"]));
    out.push('.');
    out.push_str(&person.city.folded);
    push_padded(&mut out, stream.next(), 4);
    out.push('@');
    out.push_str(stream.weighted(&person.country.providers));
    out
}

fn push_work(out: &mut String, person: &Person, company: &Company) {
    match company.mailboxes {
        0 => push_name(out, person, '.'),
        1 => {
            out.push(person.given.initial());
            push_family(out, person);
        }
        _ => push_name(out, person, '_'),
    }
    // Namesakes at one employer are told apart by a number.
    if !person.rare() {
        out.push(char::from(b'1' + (person.key >> 40 & 7) as u8));
    }
    out.push('@');
    company.push_domain(out);
}

fn push_private(out: &mut String, stream: &mut Stream, person: &Person, domain: &str) {
    if domain == "qq.com" && stream.percent(70) {
        push_padded(out, 100_000_000 + stream.wide(3_800_000_000), 10);
        return;
    }
    match stream.below(100) {
        0..=31 => push_name(out, person, '.'),
        32..=47 => {
            person.given.push_folded(out);
            push_family(out, person);
        }
        48..=56 => push_name(out, person, '_'),
        57..=71 => {
            out.push(person.given.initial());
            push_family(out, person);
        }
        72..=79 => {
            push_family(out, person);
            out.push('.');
            person.given.push_folded(out);
        }
        80..=85 => {
            person.given.push_folded(out);
            out.push(person.family.initial());
            return push_padded(out, stream.next(), 4);
        }
        86..=92 => {
            person.given.push_folded(out);
            out.push('.');
            out.push_str(stream.word(&HOBBIES));
            return push_padded(out, stream.next(), 4);
        }
        _ => {
            out.push_str(stream.word(&HOBBIES));
            out.push('.');
            out.push(person.given.initial());
            out.push(person.family.initial());
            return push_padded(out, stream.next(), 4);
        }
    }
    push_number(out, stream, person);
}

/// Frequent names are taken long ago without a number.
fn push_number(out: &mut String, stream: &mut Stream, person: &Person) {
    let draw = stream.below(100);
    let rare = person.rare();
    match draw {
        0..=44 if rare => {}
        45..=69 if rare => push_padded(out, u64::from(person.born.0), 2),
        0..=14 => push_padded(out, u64::from(person.born.0), 4),
        15..=44 => {
            push_padded(out, u64::from(person.born.0), 2);
            push_padded(out, stream.next(), 2);
        }
        45..=69 => push_padded(out, stream.next(), 4),
        70..=84 => push_padded(out, stream.next(), 3),
        _ => {
            out.push('.');
            out.push_str(stream.word(&HOBBIES));
            push_padded(out, stream.next(), 2);
        }
    }
}

fn push_name(out: &mut String, person: &Person, separator: char) {
    person.given.push_folded(out);
    out.push(separator);
    push_family(out, person);
}

fn push_family(out: &mut String, person: &Person) {
    let start = out.len();
    person.family.push_folded(out);
    if person.female && person.culture.endings != Endings::Same {
        let inflected = inflect(&out[start..], person.culture.endings);
        out.truncate(start);
        out.push_str(&inflected);
    }
}

/// A mailbox as a further row may have it: tagged, dotted, shouted, mistyped.
pub(crate) fn disturb(mailbox: String, stream: &mut Stream) -> String {
    let Some((local, domain)) = mailbox.split_once('@') else { return mailbox };
    match stream.below(100) {
        0..=4 => {
            format!("{local}+{}@{domain}", stream.word(&["shop", "news", "inbox", "1", "orders"]))
        }
        5..=8 if domain == "gmail.com" => format!("{}@{domain}", local.replace('.', "")),
        9..=11 if domain == "gmail.com" && local.len() > 4 => {
            let (left, right) = local.split_at(2);
            format!("{left}.{}@{domain}", right.trim_start_matches('.'))
        }
        12..=13 if domain == "gmail.com" => format!("{local}@googlemail.com"),
        14..=18 => mailbox.to_uppercase(),
        19..=23 => {
            let mut changed = mailbox.clone();
            changed[..1].make_ascii_uppercase();
            changed
        }
        24..=26 => match typo_domain(domain) {
            Some(domain) => format!("{local}@{domain}"),
            None => mailbox,
        },
        27..=28 => mistype(local, domain, stream),
        _ => mailbox,
    }
}

fn typo_domain(domain: &str) -> Option<&'static str> {
    Some(match domain {
        "gmail.com" => "gmial.com",
        "hotmail.com" => "hotmial.com",
        "yahoo.com" => "yaho.com",
        "outlook.com" => "outlok.com",
        "icloud.com" => "iclod.com",
        "web.de" => "wed.de",
        "mail.ru" => "mial.ru",
        _ => return None,
    })
}

fn mistype(local: &str, domain: &str, stream: &mut Stream) -> String {
    let mut letters = local.as_bytes().to_vec();
    if letters.len() > 4 {
        let place = 1 + stream.below(letters.len() as u32 - 2) as usize;
        letters.swap(place, place - 1);
    }
    format!("{}@{domain}", String::from_utf8_lossy(&letters))
}

/// Appends a person's handle on a network; `network` is one bit of the shape's handles.
pub(crate) fn push_handle(out: &mut String, person: &Person, network: u8) {
    let mut stream = Stream::new(key(person.key, 0x4a, 0));
    match (network, stream.below(4)) {
        (super::shape::LINKEDIN, _) => {
            push_name(out, person, '-');
            out.push('-');
            push_hex(out, stream.next(), 7);
            return;
        }
        (_, 0) => push_name(out, person, '.'),
        (_, 1) => push_name(out, person, '_'),
        (_, 2) => {
            out.push_str(stream.word(&HOBBIES));
            out.push('_');
            person.given.push_folded(out);
        }
        _ => {
            person.given.push_folded(out);
            out.push(person.family.initial());
        }
    }
    // Half of the people have the same handle everywhere.
    let same = stream.percent(50);
    let number =
        stream.next() ^ if same { 0 } else { u64::from(network).wrapping_mul(0x9e37_79b9) };
    push_padded(out, number, if person.rare() { 2 } else { 4 });
}
