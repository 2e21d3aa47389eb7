//! E-mail addresses: what makes two spellings one mailbox, and what a local part says by itself.

/// Providers that ignore dots in the local part.
const DOTLESS: [&str; 2] = ["gmail.com", "googlemail.com"];

/// Domains that people mistype, by how many have them.
const PROVIDERS: [&str; 44] = [
    "gmail.com",
    "hotmail.com",
    "yahoo.com",
    "outlook.com",
    "icloud.com",
    "live.com",
    "aol.com",
    "msn.com",
    "me.com",
    "web.de",
    "gmx.de",
    "gmx.net",
    "gmx.at",
    "gmx.ch",
    "t-online.de",
    "freenet.de",
    "mail.ru",
    "yandex.ru",
    "bk.ru",
    "list.ru",
    "inbox.ru",
    "rambler.ru",
    "qq.com",
    "163.com",
    "126.com",
    "sina.com",
    "naver.com",
    "daum.net",
    "orange.fr",
    "free.fr",
    "laposte.net",
    "wanadoo.fr",
    "sfr.fr",
    "libero.it",
    "virgilio.it",
    "tiscali.it",
    "wp.pl",
    "o2.pl",
    "onet.pl",
    "seznam.cz",
    "proton.me",
    "protonmail.com",
    "comcast.net",
    "ymail.com",
];

/// Mailboxes of a function, not of a person.
const ROLES: [&str; 40] = [
    "info",
    "office",
    "contact",
    "sales",
    "support",
    "hello",
    "admin",
    "accounts",
    "accounting",
    "billing",
    "help",
    "service",
    "mail",
    "email",
    "team",
    "hr",
    "jobs",
    "press",
    "marketing",
    "orders",
    "order",
    "shop",
    "noreply",
    "no-reply",
    "reception",
    "kontakt",
    "post",
    "buero",
    "contacto",
    "ventas",
    "contato",
    "vendas",
    "commercial",
    "accueil",
    "webmaster",
    "postmaster",
    "enquiries",
    "inquiries",
    "customerservice",
    "newsletter",
];

/// Writes the mailbox of an address in its one spelling: lower case, no tag, no dots where
/// they don't count, mistyped providers corrected. Nothing where it is no address.
/// Returns the length of the local part.
pub fn canonical(text: &str, out: &mut String) -> Option<usize> {
    let text = text.trim().trim_start_matches("mailto:").trim_matches(['<', '>', '"', '\'']);
    let (local, domain) = text.rsplit_once('@')?;
    let (local, domain) = (local.trim(), domain.trim().trim_end_matches('.'));
    if local.is_empty() || !domain.contains('.') || domain.len() < 4 || text.contains(' ') {
        return None;
    }
    let start = out.len();
    push_lower(local, out);
    cut_tag(out, start);
    let end = out.len();
    out.push('@');
    push_lower(domain, out);
    let corrected = provider(&out[end + 1..]);
    if let Some(domain) = corrected {
        out.truncate(end + 1);
        out.push_str(domain);
    }
    if out[end + 1..] == *"googlemail.com" {
        out.truncate(end + 1);
        out.push_str("gmail.com");
    }
    Some(if DOTLESS.contains(&&out[end + 1..]) { drop_dots(out, start, end) } else { end - start })
}

fn push_lower(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
    } else {
        out.extend(text.chars().flat_map(char::to_lowercase));
    }
}

/// What stands behind a plus is the owner's own label.
fn cut_tag(out: &mut String, start: usize) {
    if let Some(plus) = out[start..].find('+').filter(|&plus| plus > 0) {
        out.truncate(start + plus);
    }
}

fn drop_dots(out: &mut String, start: usize, end: usize) -> usize {
    let local: String = out[start..end].chars().filter(|&letter| letter != '.').collect();
    if local.is_empty() {
        return end - start;
    }
    out.replace_range(start..end, &local);
    local.len()
}

/// The provider that a domain is one slip away from, if it is none itself.
fn provider(domain: &str) -> Option<&'static str> {
    if PROVIDERS.contains(&domain) || domain == "googlemail.com" || domain.len() < 5 {
        return None;
    }
    PROVIDERS.into_iter().find(|known| {
        known.len() >= 6 && known.len().abs_diff(domain.len()) <= 1 && is_slip(known, domain)
    })
}

/// Slips that don't make another real provider: swapped letters, a letter lost or doubled.
fn is_slip(known: &str, domain: &str) -> bool {
    let (known, domain) = (known.as_bytes(), domain.as_bytes());
    let same = known.iter().zip(domain).take_while(|(left, right)| left == right).count();
    if same == 0 {
        return false;
    }
    let (left, right) = (&known[same..], &domain[same..]);
    match known.len() as isize - domain.len() as isize {
        0 => {
            left.len() >= 2 && left[0] == right[1] && left[1] == right[0] && left[2..] == right[2..]
                || left.len() > 4 && right.len() > 4 && left[1..] == right[1..] && same >= 3
        }
        1 => left[1..] == *right,
        _ => {
            right.first() == domain.get(same - 1) && *left == right[1..]
                || right == b"m"
                || right == b"n"
        }
    }
}

/// Whether a mailbox belongs to a function rather than to a person.
pub fn is_role(local: &str) -> bool {
    ROLES.contains(&local)
}

/// Whether a domain is that of one of the large providers.
pub(crate) fn is_provider(domain: &str) -> bool {
    PROVIDERS.contains(&domain)
}

/// How two different addresses agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// One letter off.
    Near,
    /// Some letters off, or in another order.
    Alike,
    Different,
}

/// Compares two addresses in their one spelling, letter by letter.
pub(crate) fn like(left: &str, right: &str) -> Likeness {
    let length = left.len().max(right.len());
    let most = (length / 6).min(3);
    if most == 0 || left.len().abs_diff(right.len()) > most {
        return Likeness::Different;
    }
    let counts = |text: &str| {
        text.bytes().fold([0i8; 64], |mut counts, byte| {
            let place = &mut counts[usize::from(byte & 63)];
            *place = place.wrapping_add(1);
            counts
        })
    };
    let (a, b) = (counts(left), counts(right));
    let changed: u32 = a.iter().zip(&b).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
    // Other digits are another person's address, unless they only changed places.
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    if changed > 2 * most as u32 || changed > 0 && digits(left) != digits(right) {
        return Likeness::Different;
    }
    let distance = crate::distance::osa(left.as_bytes(), right.as_bytes(), most);
    let same_ends = || {
        let common = left.bytes().zip(right.bytes()).filter(|(a, b)| a == b).count();
        2 * common >= length
    };
    match distance {
        0 | 1 => Likeness::Near,
        distance if distance <= most => Likeness::Alike,
        _ if changed == 0 && same_ends() => Likeness::Alike,
        _ => Likeness::Different,
    }
}
