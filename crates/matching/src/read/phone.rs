//! Phone numbers as people write them, as far as they can be told apart.
//!
//! Most tables hold numbers of many countries, half of them without the country: those are
//! compared by their last digits, as a person would, unless a [`Region`] says where they are from.

use crate::read::region::Region;

/// A number: up to 15 digits, with the country where it was written.
///
/// Packed as `digits << 8 | length << 1 | international`, so that equal numbers are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone(u64);

/// How two numbers agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    Same,
    /// One digit off, or two neighbours swapped.
    Near,
    Different,
}

const FEWEST_DIGITS: u32 = 6;
const MOST_DIGITS: u32 = 15;
/// Numbers are found by so many last digits: enough to tell, few enough for any notation.
const TAIL: u32 = 7;

impl Phone {
    /// Reads a number in any notation; nothing where there is none or only a placeholder. One
    /// without a country is taken to be from `region`, if its plan has such numbers.
    pub fn parse(text: &str, region: Option<&Region>) -> Option<Phone> {
        let text = without_extension(text.trim());
        let mut digits: u64 = 0;
        let mut length: u32 = 0;
        let mut plus = false;
        let mut distinct: u16 = 0;
        let mut zeros = 0;
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                digit @ b'0'..=b'9' => {
                    let value = digit - b'0';
                    if length == 0 && value == 0 {
                        zeros += 1;
                    } else {
                        digits = digits.checked_mul(10)?.checked_add(u64::from(value))?;
                        length += 1;
                        distinct |= 1 << value;
                    }
                }
                b'+' if length == 0 && zeros == 0 => plus = true,
                // The zero that nobody dials from abroad: +44 (0)20.
                b'(' if plus && bytes[at..].starts_with(b"(0)") => at += 2,
                b' ' | b'-' | b'.' | b'(' | b')' | b'/' | b'\t' => {}
                0xc2 if bytes.get(at + 1) == Some(&0xa0) => at += 1,
                // Hyphens, dashes, spaces and direction marks of the General Punctuation block.
                0xe2 if matches!(bytes.get(at + 1), Some(0x80 | 0x81)) => at += 2,
                _ => return Phone::parse_foreign(text, region),
            }
            at += 1;
        }
        let phone = Phone::checked(digits, length, plus || zeros >= 2, distinct)?;
        Some(phone.completed(zeros, region).unwrap_or(phone))
    }

    /// With the country, where the number has none and `region` knows it.
    fn completed(self, zeros: usize, region: Option<&Region>) -> Option<Phone> {
        let region = region.filter(|_| !self.is_international())?;
        let dialled = format!("{}{}", &"0"[..zeros], self.digits());
        let digits = region.international(&dialled)?;
        let length = u32::try_from(digits.len()).ok().filter(|length| *length <= MOST_DIGITS)?;
        Some(Phone::packed(digits.parse().ok()?, length, true))
    }

    /// Digits of other scripts, and the words that people put before a number.
    fn parse_foreign(text: &str, region: Option<&Region>) -> Option<Phone> {
        let mut plain = String::with_capacity(text.len());
        for letter in text.chars() {
            match letter {
                '+' | '＋' => plain.push('+'),
                letter if letter.is_ascii_digit() => plain.push(letter),
                letter if letter.is_numeric() => {
                    plain.push_str(deunicode::deunicode_char(letter).unwrap_or_default());
                }
                _ => {}
            }
        }
        let clean = plain
            .bytes()
            .enumerate()
            .all(|(at, byte)| byte.is_ascii_digit() || byte == b'+' && at == 0);
        if clean && !plain.is_empty() { Phone::parse(&plain, region) } else { None }
    }

    fn checked(digits: u64, length: u32, international: bool, distinct: u16) -> Option<Phone> {
        let plausible = (FEWEST_DIGITS..=MOST_DIGITS).contains(&length)
            && distinct.count_ones() > 1
            && !matches!(digits, 123_456 | 1_234_567 | 12_345_678 | 123_456_789 | 1_234_567_890);
        plausible.then(|| Phone::packed(digits, length, international))
    }

    fn packed(digits: u64, length: u32, international: bool) -> Phone {
        Phone(digits << 8 | u64::from(length) << 1 | u64::from(international))
    }

    pub fn digits(self) -> u64 {
        self.0 >> 8
    }

    fn length(self) -> u32 {
        (self.0 >> 1) as u32 & 0x7f
    }

    pub fn is_international(self) -> bool {
        self.0 & 1 == 1
    }

    /// The last digits, which are the same in every notation.
    pub fn tail(self) -> u64 {
        self.digits() % 10u64.pow(TAIL)
    }

    /// Compares two numbers; a missing country is no difference.
    pub fn like(self, other: Phone) -> Likeness {
        if self.digits() == other.digits() {
            return Likeness::Same;
        }
        let (short, long) =
            if self.length() <= other.length() { (self, other) } else { (other, self) };
        let comparable = long.length() - short.length() <= 4
            && (short.length() == long.length() || !short.is_international());
        if !comparable {
            return Likeness::Different;
        }
        let power = 10u64.pow(short.length());
        let (left, right) = (short.digits(), long.digits() % power);
        if left == right {
            return if short.length() >= TAIL { Likeness::Same } else { Likeness::Near };
        }
        if one_off(left, right) { Likeness::Near } else { Likeness::Different }
    }
}

impl std::fmt::Display for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plus = if self.is_international() { "+" } else { "" };
        write!(f, "{plus}{}", self.digits())
    }
}

/// Whether two digit strings of one length differ in one digit or in two swapped neighbours.
fn one_off(mut left: u64, mut right: u64) -> bool {
    let mut places = [(0, 0); 2];
    let mut off = 0;
    let mut last = None;
    let mut at = 0;
    while left > 0 || right > 0 {
        let pair = (left % 10, right % 10);
        if pair.0 != pair.1 {
            if off == 2 || off == 1 && last != Some(at - 1) {
                return false;
            }
            places[off] = pair;
            off += 1;
            last = Some(at);
        }
        left /= 10;
        right /= 10;
        at += 1;
    }
    off == 1 || off == 2 && places[0] == (places[1].1, places[1].0)
}

/// Cuts off ";ext=12", "x12", "ext. 12".
fn without_extension(text: &str) -> &str {
    let cut = text
        .bytes()
        .position(|byte| matches!(byte, b'x' | b'X' | b';' | b',' | b'#' | b'e' | b'E'));
    match cut {
        Some(at)
            if text.as_bytes()[..at].iter().filter(|byte| byte.is_ascii_digit()).count() >= 6 =>
        {
            &text[..at]
        }
        _ => text,
    }
}
