//! Numbers as people read them: bytes, counts, durations, ages, plurals.

use std::time::Duration;

use jiff::Timestamp;

pub use super::zone::{clock, minute, second};
use crate::domain::pg_time::PgTime;

/// `1.5 GiB`: three digits at most, binary units.
pub fn bytes(size_bytes: u64) -> String {
    const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    if size_bytes < 1024 {
        return format!("{size_bytes} B");
    }
    let mut value = size_bytes as f64 / 1024.0;
    let mut unit = 0;
    // 999.5 and above would be printed with four digits.
    while value >= 999.5 && unit < UNITS.len() - 1 {
        value /= 1024.0;
        unit += 1;
    }
    let decimals = if value < 9.95 { 1 } else { 0 };
    format!("{value:.decimals$} {}", UNITS[unit])
}

/// `1,234,567`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `999,999`, then `1.00 M`: seven characters at most, up to ten billion.
pub fn short_count(number: u64) -> String {
    match number {
        0..1_000_000 => count(number),
        1_000_000..100_000_000 => format!("{:.2} M", number as f64 / 1e6),
        _ => format!("{} M", count(number / 1_000_000)),
    }
}

/// `+1.5 MiB`, `-8.0 KiB`, `0 B`.
pub fn signed_bytes(difference: i64) -> String {
    let sign = match difference {
        0 => "",
        1.. => "+",
        _ => "-",
    };
    format!("{sign}{}", bytes(difference.unsigned_abs()))
}

/// `1 row`, `2,000 rows`.
pub fn plural(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A word as a POSIX shell reads it: itself where it is plain.
pub fn shell_word(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "%+,-./:=@_".contains(letter);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// `a, b and 3 more`: so many are named.
pub fn listed(items: &[String], named: usize) -> String {
    let list = items.iter().take(named).cloned().collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(named) {
        0 => list,
        more => format!("{list} and {} more", count(more as u64)),
    }
}

/// `850 µs`, `12 ms`, `3.4 s`, `2 min 5 s`, `3 h 20 min`.
pub fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if duration < Duration::from_millis(1) {
        format!("{} µs", duration.as_micros())
    } else if seconds < 1 {
        format!("{} ms", duration.as_millis())
    } else if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else if seconds < 3600 {
        format!("{} min {} s", seconds / 60, seconds % 60)
    } else {
        format!("{} h {} min", seconds / 3600, seconds % 3600 / 60)
    }
}

/// How long ago, to one unit: `12 s`, `5 min`, `3 h`, `12 d`.
pub fn age(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds @ 60..3600 => format!("{} min", seconds / 60),
        seconds @ 3600..172_800 => format!("{} h", seconds / 3600),
        seconds => format!("{} d", seconds / 86_400),
    }
}

/// `5 min ago`, `in 3 h`; what can't be reckoned with as it stands.
pub fn when(at: impl Into<PgTime>, now: Timestamp) -> String {
    let at = at.into();
    let Some(at) = at.known() else { return at.to_string() };
    let distance = age(now.duration_since(at).unsigned_abs());
    if at > now { format!("in {distance}") } else { format!("{distance} ago") }
}

/// The text without control characters but line feeds, and with marks that turn its
/// direction spelled out: strangers write what is shown, and would steer the reader's
/// terminal or eyes.
pub fn printable(text: &str) -> String {
    let turns = |letter| matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => shown.push(letter),
            _ if letter.is_control() => shown.push('\u{fffd}'),
            _ if turns(letter) => shown.extend(letter.escape_unicode()),
            _ => shown.push(letter),
        }
    }
    shown
}

/// The text on one line, cut to `width` characters with an ellipsis.
pub fn one_line(text: &str, width: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= width {
        return line;
    }
    let mut cut: String = line.chars().take(width.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// The text in lines of at most `width` characters, cut between words.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_keep_three_digits() {
        let cases = [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (10 * 1024, "10 KiB"),
            (1023 * 1024, "1.0 MiB"),
            (u64::MAX, "16 EiB"),
        ];
        for (size, text) in cases {
            assert_eq!(bytes(size), text);
        }
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_000), "1,000");
        assert_eq!(count(12_345_678), "12,345,678");
        assert_eq!(plural(1, "row", "rows"), "1 row");
    }

    #[test]
    fn long_text_is_cut_on_a_character() {
        assert_eq!(one_line("a\n  b", 10), "a b");
        assert_eq!(one_line("äöüäöü", 4), "äöü…");
    }

    #[test]
    fn lines_are_cut_between_words() {
        assert_eq!(wrapped("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrapped("äöüäöü a", 3), ["äöüäöü", "a"]);
        assert!(wrapped(" ", 3).is_empty());
    }
}
