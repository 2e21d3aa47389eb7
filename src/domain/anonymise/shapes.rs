//! What a value is by its looks: an id, a time, an address.

/// `01900000-0000-7000-8000-0000000000a1`.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// `2026-01-05`, and what may follow of a time.
pub(super) fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    is_date(bytes)
        && text.len() <= 40
        && bytes[10..].iter().all(|byte| {
            byte.is_ascii_digit() || matches!(byte, b'T' | b' ' | b':' | b'.' | b'+' | b'-' | b'Z')
        })
        && matches!(bytes.get(10), None | Some(b'T' | b' '))
}

/// Begins with a date.
pub(super) fn is_date(bytes: &[u8]) -> bool {
    bytes.len() >= 10
        && bytes[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// An address of a machine, of version 4 or 6, perhaps with the bits of its network.
pub(super) fn is_ip(text: &str) -> bool {
    let text = text.split_once('/').map_or(text, |(address, _)| address);
    is_ip4(text) || is_ip6(text)
}

pub(super) fn is_ip4(text: &str) -> bool {
    text.split('.').count() == 4
        && text.split('.').all(|part| part.len() <= 3 && part.parse::<u8>().is_ok())
}

fn is_ip6(text: &str) -> bool {
    let colons = text.matches(':').count();
    (2..=7).contains(&colons)
        && (colons == 7 || text.contains("::"))
        && text.split(':').all(|part| {
            part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_hexdigit()) || is_ip4(part)
        })
        && text != "::"
}

/// `anna@mail.example`, nothing more.
pub(super) fn is_email(text: &str) -> bool {
    text.rsplit_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && domain.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-'))
            && !local
                .chars()
                .any(|letter| letter.is_whitespace() || "<>()[]{},;\"/".contains(letter))
    })
}

/// A number in any notation and nothing more.
pub(super) fn is_phone(text: &str) -> bool {
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (7..=15).contains(&digits)
        && text.chars().all(is_of_phone)
        && !text.get(1..).is_some_and(|rest| rest.contains('+'))
        && !is_date(text.as_bytes())
        && !is_ip4(text)
}

pub(super) fn is_of_phone(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '+' | ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}')
}

/// Where in a text numbers stand: from and to.
pub(super) fn phones(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) =
        text[rest..].find(|letter: char| letter.is_ascii_digit() || letter == '+')
    {
        let mut start = rest + start;
        if is_date(&text.as_bytes()[start..]) {
            rest = start + 10;
            continue;
        }
        // A bracket belongs to it that it closes itself.
        let run =
            text[start..].find(|letter| !is_of_phone(letter)).map_or(text.len(), |end| start + end);
        let end = text[start..run]
            .rfind(|letter: char| letter.is_ascii_digit())
            .map_or(run, |at| start + at + 1);
        let open = text[..start].ends_with('(') && text[start..end].contains(')');
        start -= usize::from(open);
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let is_apart = |letter: Option<char>| {
            letter.is_none_or(|letter| !letter.is_alphanumeric() && !matches!(letter, '@' | '_'))
        };
        let is_begun = !matches!(before, Some('.' | '-' | '/' | '#'));
        if is_apart(before) && is_begun && is_apart(after) && is_phone(&text[start..end]) {
            found.push((start, end));
        }
        rest = end.max(run);
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_are_told_by_their_looks() {
        assert!(is_uuid("01900000-0000-7000-8000-0000000000a1"));
        assert!(is_time("2026-01-05T10:00:00.123456+00:00") && is_time("2026-01-05"));
        assert!(!is_time("2026-01-05x"));
        assert!(is_ip("10.0.0.1") && is_ip("fe80::1") && is_ip("10.0.0.0/8") && !is_ip("12:30:45"));
        assert!(is_email("a.b+c@mail.example") && !is_email("a b@c.d") && !is_email("@anna"));
        assert!(is_phone("+34 600 111 222") && is_phone("600-111-222") && !is_phone("123 456"));
        assert!(!is_phone("2026-01-05") && !is_phone("192.168.100.200"));
    }

    #[test]
    fn numbers_are_found_in_a_text() {
        let text = "Call +34 600 111 222 or (600) 111-222, not 2026-01-05 or id 01900000-0000-7000-8000-0000000000a1, ok 12.";
        let found: Vec<&str> = phones(text).into_iter().map(|(from, to)| &text[from..to]).collect();
        assert_eq!(found, ["+34 600 111 222", "(600) 111-222"]);
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "\\PC{0,40}", more in "[0-9+() ./-]{0,30}") {
            for text in [format!("{text}{more}"), format!("{more}{text}")] {
                phones(&text);
                is_phone(&text);
                is_ip(&text);
                is_time(&text);
            }
        }
    }
}
