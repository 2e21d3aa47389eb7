//! Dates as people write them, for dates of birth above all.

/// How two dates agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    Same,
    /// One slip: a digit, two swapped, day and month exchanged.
    Slip,
    /// Two slips.
    Loose,
    /// Two of year, month and day.
    Part,
    /// A month and some days off.
    Close,
    /// Only the year.
    Year,
    Different,
}

/// The digits of a date as year, month, day; eight of them where it is complete and valid.
pub(crate) fn digits(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.split(['T', ' ']).next().filter(|first| first.len() >= 8).unwrap_or(text);
    let parts: Vec<&str> = text.split(|sign: char| !sign.is_ascii_digit()).collect();
    if text.len() > 12 || !text.bytes().all(|byte| byte.is_ascii_digit() || b"-/. ".contains(&byte))
    {
        return None;
    }
    let (year, month, day) = match parts.as_slice() {
        [whole] if whole.len() == 8 => match ymd(&whole[..4], &whole[4..6], &whole[6..]) {
            Some(date) => date,
            None => ymd(&whole[4..], &whole[2..4], &whole[..2])?,
        },
        [year, month, day] if year.len() == 4 => ymd(year, month, day)?,
        [day, month, year] if year.len() == 4 => {
            ymd(year, month, day).or_else(|| ymd(year, day, month))?
        }
        _ => return None,
    };
    Some(format!("{year:04}{month:02}{day:02}"))
}

fn ymd(year: &str, month: &str, day: &str) -> Option<(u32, u32, u32)> {
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let valid =
        (1000..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    valid.then_some((year, month, day))
}

/// Compares two dates by their digits; text that is no date is compared as it stands.
pub(crate) fn like(left: &str, right: &str) -> Likeness {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left == right {
        return Likeness::Same;
    }
    match (parts(left), parts(right)) {
        (Some(a), Some(b)) => dates(left, right, a, b),
        _ => match crate::distance::osa(left, right, 2) {
            0 => Likeness::Same,
            1 => Likeness::Slip,
            2 => Likeness::Loose,
            _ => Likeness::Different,
        },
    }
}

/// Year, month and day of eight digits.
fn parts(digits: &[u8]) -> Option<[u32; 3]> {
    if digits.len() != 8 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = |part: &[u8]| part.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    Some([number(&digits[..4]), number(&digits[4..6]), number(&digits[6..])])
}

fn dates(left: &[u8], right: &[u8], a: [u32; 3], b: [u32; 3]) -> Likeness {
    // Day and month exchanged, or the next day: a slip of the finger or of a time zone.
    let exchanged = a[0] == b[0] && a[1] == b[2] && a[2] == b[1];
    let days = days(a).abs_diff(days(b));
    if exchanged || days <= 1 {
        return Likeness::Slip;
    }
    let digits = eight(left, right);
    let same = a.iter().zip(&b).filter(|(a, b)| a == b).count();
    match (digits, same) {
        (Likeness::Slip, _) => Likeness::Slip,
        (_, 2) => Likeness::Part,
        _ if days <= CLOSE => Likeness::Close,
        (Likeness::Loose, _) => Likeness::Loose,
        _ if a[0] == b[0] => Likeness::Year,
        _ => Likeness::Different,
    }
}

/// Two months and a day.
const CLOSE: u32 = 63;

/// Days since a date long ago, as if all months were alike.
fn days([year, month, day]: [u32; 3]) -> u32 {
    (year * 1461 / 4) + (month * 367 / 12) + day
}

/// Two complete dates: digits are replaced or swapped, none are lost.
fn eight(left: &[u8], right: &[u8]) -> Likeness {
    let mut slips = 0;
    let mut at = 0;
    while at < 8 {
        if left[at] != right[at] {
            slips += 1;
            if at < 7 && left[at] == right[at + 1] && left[at + 1] == right[at] {
                at += 1;
            }
        }
        at += 1;
    }
    match slips {
        0 => Likeness::Same,
        1 => Likeness::Slip,
        2 => Likeness::Loose,
        _ => Likeness::Different,
    }
}
