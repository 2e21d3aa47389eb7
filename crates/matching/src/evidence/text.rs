//! How two free texts agree: streets, cities, employers.

use crate::distance;
use crate::evidence::levels::fact;
use crate::read::fold;

const MOST_WORDS: usize = 12;

/// The level of two normalised texts that differ; symmetric.
pub(crate) fn level(left: &str, right: &str) -> u8 {
    let (left, right) = if left <= right { (left, right) } else { (right, left) };
    let length = left.len().max(right.len()).min(40);
    let near = if length < 4 { 0 } else { (length / 6).clamp(1, 3) };
    let numbers = numbers(left) == numbers(right);
    let distance = distance::osa(left.as_bytes(), right.as_bytes(), length / 3);
    if numbers && (distance <= near || sounds_alike(left, right)) {
        return fact::NEAR;
    }
    let shared = shared_words(left, right);
    if shared > 0.99 && numbers {
        fact::NEAR
    } else if distance <= length / 3 && length >= 6 || shared >= 0.5 {
        fact::LOOSE
    } else {
        fact::DIFFERENT
    }
}

/// The digits in a text: a house number that differs is another house.
fn numbers(text: &str) -> u64 {
    text.bytes()
        .filter(u8::is_ascii_digit)
        .fold(1, |sum: u64, digit| sum.wrapping_mul(11) + u64::from(digit))
}

/// Of texts with the same digits.
fn sounds_alike(left: &str, right: &str) -> bool {
    if steady_letters(left) != steady_letters(right) {
        return false;
    }
    let mut sounds = [String::new(), String::new()];
    for (sound, text) in sounds.iter_mut().zip([left, right]) {
        let joined: String = text.chars().filter(|&letter| letter != ' ').collect();
        fold::sound(&joined, sound);
    }
    sounds[0].len() >= 3 && sounds[0] == sounds[1]
}

/// Which of the letters a text has that sound like themselves in any language.
fn steady_letters(text: &str) -> u8 {
    text.bytes().fold(0, |found, byte| {
        found
            | match byte {
                b'l' => 1,
                b'm' => 2,
                b'n' => 4,
                b'r' => 8,
                _ => 0,
            }
    })
}

/// The part of the shorter text's letters that stand in words of both.
fn shared_words(left: &str, right: &str) -> f32 {
    let mut used = 0u32;
    let rights: Vec<&str> = right.split(' ').take(MOST_WORDS).collect();
    let mut shared = 0;
    for word in left.split(' ').take(MOST_WORDS) {
        let found = rights
            .iter()
            .enumerate()
            .find(|(place, other)| used & 1 << place == 0 && same_word(word, other));
        if let Some((place, other)) = found {
            used |= 1 << place;
            shared += word.len().max(other.len());
        }
    }
    let letters = |text: &str| text.bytes().filter(|&byte| byte != b' ').count();
    (shared as f32 / letters(left).min(letters(right)).max(1) as f32).min(1.0)
}

fn same_word(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    let digits = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    if digits(left) || digits(right) {
        return false;
    }
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let slips = distance::slips(short.len());
    short.len() >= 2 && long.starts_with(short)
        || slips > 0 && distance::osa(short.as_bytes(), long.as_bytes(), slips) <= slips
}
