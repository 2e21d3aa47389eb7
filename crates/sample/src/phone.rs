//! Phone numbers: valid national numbers by a country's plan, and the ways people write them.

use super::countries::{Country, Pattern};
use super::random::Stream;
use super::words::Word;

/// A phone number: the country and up to 15 digits without trunk prefix.
#[derive(Clone, Copy)]
pub(crate) struct Phone {
    pub country: &'static Country,
    digits: [u8; 15],
    length: u8,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// +34600111222
    E164,
    /// 0034600111222
    DoubleZero,
    /// +34 600 111 222
    Spaced,
    /// 600 111 222
    National,
    /// 600-111-222
    Dashed,
    /// (600) 111-222
    Brackets,
    /// 600.111.222
    Dotted,
    /// 600111222
    Bare,
    /// 34600111222
    NoPlus,
}

pub(crate) fn mobile(stream: &mut Stream, country: &'static Country, city: &'static Word) -> Phone {
    draw(stream, country, city, &country.mobile)
}

pub(crate) fn fixed(stream: &mut Stream, country: &'static Country, city: &'static Word) -> Phone {
    draw(stream, country, city, &country.fixed)
}

fn draw(
    stream: &mut Stream,
    country: &'static Country,
    city: &'static Word,
    patterns: &'static [Pattern],
) -> Phone {
    let mut phone = Phone { country, digits: [0; 15], length: 0 };
    let pattern = stream.pick(patterns);
    let mut random = stream.next();
    let mut below = |n: u64| {
        let part = random & 0xffff_ffff;
        random = random.wrapping_mul(0xd134_2543_de82_ef95).rotate_left(23);
        b'0' + ((part * n) >> 32) as u8
    };
    for sign in pattern.signs.bytes() {
        match sign {
            b'A' => {
                let area = city.areas.get(usize::from(below(10) - b'0') % city.areas.len().max(1));
                area.iter().flat_map(|area| area.bytes()).for_each(|digit| phone.push(digit));
            }
            b'N' => phone.push(below(8) + 2),
            b'F' => phone.push(below(4) + 2),
            b'#' => phone.push(below(10)),
            b'*' => {
                while usize::from(phone.length) < pattern.length {
                    phone.push(below(10));
                }
            }
            digit => phone.push(digit),
        }
    }
    phone
}

impl Phone {
    fn push(&mut self, digit: u8) {
        if usize::from(self.length) < self.digits.len() {
            self.digits[usize::from(self.length)] = digit;
            self.length += 1;
        }
    }

    fn national(&self) -> &[u8] {
        &self.digits[..usize::from(self.length)]
    }

    /// The same number with one of the last five digits changed, as a typing slip.
    pub(crate) fn one_off(mut self, stream: &mut Stream) -> Phone {
        let place = usize::from(self.length) - 1 - stream.below(5) as usize;
        let shift = 1 + stream.below(9) as u8;
        self.digits[place] = b'0' + (self.digits[place] - b'0' + shift) % 10;
        self
    }

    pub(crate) fn write(&self, style: Style) -> String {
        let mut out = String::with_capacity(24);
        match style {
            Style::E164 | Style::DoubleZero | Style::NoPlus => {
                out.push_str(match style {
                    Style::E164 => "+",
                    Style::DoubleZero => "00",
                    _ => "",
                });
                out.push_str(self.country.dial);
                push_digits(&mut out, self.national());
            }
            Style::Spaced => {
                out.push('+');
                out.push_str(self.country.dial);
                out.push(' ');
                // Without the trunk prefix the first group is shorter by it.
                self.push_groups(&mut out, self.country.trunk.len(), ' ', false);
            }
            Style::Bare => {
                out.push_str(self.country.trunk);
                push_digits(&mut out, self.national());
            }
            Style::National => self.push_national(&mut out, ' ', false),
            Style::Dashed => self.push_national(&mut out, '-', false),
            Style::Dotted => self.push_national(&mut out, '.', false),
            Style::Brackets => self.push_national(&mut out, '-', true),
        }
        out
    }

    fn push_national(&self, out: &mut String, separator: char, brackets: bool) {
        if brackets {
            out.push('(');
        }
        out.push_str(self.country.trunk);
        self.push_groups(out, self.country.trunk.len(), separator, brackets);
    }

    fn push_groups(&self, out: &mut String, trunk: usize, separator: char, brackets: bool) {
        let mut rest = self.national();
        let mut brackets = brackets;
        for (place, &size) in self.country.groups.iter().enumerate() {
            let size = if place == 0 { size.saturating_sub(trunk) } else { size };
            let last = place + 1 == self.country.groups.len();
            let (group, left) = rest.split_at(if last { rest.len() } else { size.min(rest.len()) });
            push_digits(out, group);
            rest = left;
            if std::mem::take(&mut brackets) {
                out.push_str(") ");
            } else if !rest.is_empty() && !group.is_empty() {
                out.push(separator);
            }
        }
    }
}

fn push_digits(out: &mut String, digits: &[u8]) {
    out.push_str(str::from_utf8(digits).unwrap_or_default());
}
