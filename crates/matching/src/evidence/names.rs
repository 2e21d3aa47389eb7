//! How two names agree: words aligned in any order, and what the agreement is worth.

pub(crate) use crate::evidence::levels::Level;

use crate::evidence::worth;
use crate::read::prepare::Prepared;
use crate::read::tokens::{self, Likeness, Tokens};

/// A level, and how surprising the agreement would be in strangers, in bits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Agreement {
    pub level: Level,
    pub bits: f32,
    /// Of [`crate::evidence::worth`].
    pub class: u8,
}

/// How rare words are: the surprise of meeting one, in bits.
pub(crate) struct Rarity {
    /// Of the word itself and of all that sounds like it.
    pub word: Vec<f32>,
    pub sound: Vec<f32>,
    /// How much less surprising a second word is, once the first agrees: given names and
    /// surnames come from one culture.
    pub coupling: f32,
    /// People who have each row's whole name, and rows.
    pub namesakes: Vec<[u16; 2]>,
    /// How many people have names, and log2 of it.
    pub named: u32,
    pub people_bits: f32,
    /// Whether the names are mostly those of organisations, which choose names of their own.
    pub organisations: bool,
}

const MOST_WORDS: usize = 6;

/// What the aligning of words found.
#[derive(Default)]
struct Found {
    same: u8,
    variants: u8,
    slips: u8,
    initials: u8,
    bits: f32,
    left_used: u8,
    right_used: u8,
}

pub(crate) fn compare(rows: &Prepared, rarity: &Rarity, left: u32, right: u32) -> Agreement {
    let (a, b) = (rows.names.get(left), rows.names.get(right));
    if a.is_empty() || b.is_empty() {
        return Agreement { level: Level::Missing, bits: 0.0, class: 0 };
    }
    let a = &a[..a.len().min(MOST_WORDS)];
    let b = &b[..b.len().min(MOST_WORDS)];
    let mut found = Found::default();
    let mut likenesses = [[Likeness::Different; MOST_WORDS]; MOST_WORDS];
    let mut best = Likeness::Different;
    for (i, &left) in a.iter().enumerate() {
        for (j, &right) in b.iter().enumerate() {
            likenesses[i][j] = rows.tokens.like(left, right);
            best = best.min(likenesses[i][j]);
        }
    }
    for wanted in [Likeness::Same, Likeness::Variant, Likeness::Slip] {
        if best <= wanted {
            align(&rows.tokens, rarity, (a, b), &likenesses, wanted, &mut found);
        }
    }
    initials(&rows.tokens, rarity, a, b, &mut found);
    joined(&rows.tokens, rarity, a, b, &mut found);
    let level = match level(&rows.tokens, a, b, &found) {
        Level::Single if rarity.organisations && a.len() == b.len() && found.same == 1 => {
            Level::Same
        }
        level => level,
    };
    let words = f32::from(found.same + found.variants + found.slips);
    let bits = found.bits - rarity.coupling * (words - 1.0).clamp(0.0, 1.5);
    // A name is hardly rarer than the people who have it.
    let [a_namesakes, b_namesakes] = [left, right].map(|row| rarity.namesakes[row as usize]);
    let namesakes = a_namesakes[0].max(b_namesakes[0]);
    let most = (rarity.people_bits - (f32::from(namesakes.max(2)) - 1.0).log2()).max(0.0);
    // Rows, since people who were recognised already agree in more than the name.
    let rows = a_namesakes[1].max(b_namesakes[1]);
    let class = worth::class(level, rows, bits - rarity.people_bits);
    let believed = if rarity.organisations { worth::CHOSEN } else { worth::BELIEVED };
    let beyond = if class == 0 { 0.0 } else { (bits - most).max(0.0) * believed };
    Agreement { level, bits: bits.clamp(0.0, most) + beyond, class }
}

type Likenesses = [[Likeness; MOST_WORDS]; MOST_WORDS];

fn align(
    tokens: &Tokens,
    rarity: &Rarity,
    (a, b): (&[u32], &[u32]),
    likenesses: &Likenesses,
    wanted: Likeness,
    found: &mut Found,
) {
    for (i, &left) in a.iter().enumerate() {
        if found.left_used & 1 << i != 0 {
            continue;
        }
        for (j, &right) in b.iter().enumerate() {
            if found.right_used & 1 << j != 0 || likenesses[i][j] != wanted {
                continue;
            }
            let (x, y) = (left as usize, right as usize);
            let particle = tokens.get(left).flags & (tokens::PARTICLE | tokens::LEGAL) != 0;
            found.bits += match wanted {
                _ if particle => 0.0,
                Likeness::Same => rarity.word[x],
                Likeness::Variant => rarity.sound[x].min(rarity.sound[y]) - 0.5,
                _ => rarity.sound[x].min(rarity.sound[y]) - 2.0,
            }
            .max(0.0);
            match wanted {
                _ if particle => {}
                Likeness::Same => found.same += 1,
                Likeness::Variant => found.variants += 1,
                _ => found.slips += 1,
            }
            found.left_used |= 1 << i;
            found.right_used |= 1 << j;
            break;
        }
    }
}

/// A single letter stands for a word that begins with it.
fn initials(tokens: &Tokens, rarity: &Rarity, a: &[u32], b: &[u32], found: &mut Found) {
    for (i, &left) in a.iter().enumerate() {
        for (j, &right) in b.iter().enumerate() {
            let free = found.left_used & 1 << i == 0 && found.right_used & 1 << j == 0;
            let (x, y) = (tokens.get(left), tokens.get(right));
            if free && x.is_initial() != y.is_initial() && x.initial == y.initial {
                found.initials += 1;
                found.bits += 3.0_f32.min(rarity.word[left as usize]);
                found.left_used |= 1 << i;
                found.right_used |= 1 << j;
            }
        }
    }
}

/// What is one word in one of them may be two in the other: "Xiao Ming" and "Xiaoming".
fn joined(tokens: &Tokens, rarity: &Rarity, a: &[u32], b: &[u32], found: &mut Found) {
    let free =
        |words: &[u32], used: u8| words.len() - (used.count_ones() as usize).min(words.len());
    let (left_free, right_free) = (free(a, found.left_used), free(b, found.right_used));
    if left_free == 0 || right_free == 0 || left_free + right_free < 3 {
        return;
    }
    let mut left = [0u8; 96];
    let mut right = [0u8; 96];
    let (left_words, left_length) = rest(tokens, a, found.left_used, &mut left);
    let (right_words, right_length) = rest(tokens, b, found.right_used, &mut right);
    if left_words + right_words < 3 || left_words == 0 || right_words == 0 || left_length < 4 {
        return;
    }
    let (left, right) = (&left[..left_length], &right[..right_length]);
    if left != right && !(left_length > 6 && crate::distance::osa(left, right, 1) <= 1) {
        return;
    }
    let free = |words: &[u32], used: u8| -> f32 {
        let free = words.iter().enumerate().filter(|(place, _)| used & 1 << place == 0);
        free.map(|(_, &word)| rarity.word[word as usize]).sum()
    };
    found.bits += free(a, found.left_used).min(free(b, found.right_used)) - 1.0;
    found.variants += 1;
    found.left_used = u8::MAX;
    found.right_used = u8::MAX;
}

/// Writes the words that aren't aligned behind each other.
fn rest(tokens: &Tokens, words: &[u32], used: u8, out: &mut [u8; 96]) -> (usize, usize) {
    let mut length = 0;
    let mut count = 0;
    for (place, &word) in words.iter().enumerate() {
        let text = tokens.text(word).as_bytes();
        if used & 1 << place == 0 && length + text.len() <= out.len() {
            out[length..length + text.len()].copy_from_slice(text);
            length += text.len();
            count += 1;
        }
    }
    (count, length)
}

fn level(tokens: &Tokens, a: &[u32], b: &[u32], found: &Found) -> Level {
    let full = found.same + found.variants + found.slips;
    let agreeing = full + found.initials;
    if agreeing == 0 {
        return Level::Different;
    }
    let left = unused(tokens, a, found.left_used);
    let right = unused(tokens, b, found.right_used);
    match (left, right) {
        (0, 0) if agreeing == 1 => Level::Single,
        (0, 0) if found.slips > 0 => Level::Slip,
        (0, 0) if found.initials > 0 => Level::Initial,
        (0, 0) if found.variants > 0 => Level::Variant,
        (0, 0) => Level::Same,
        (0, _) | (_, 0) if full >= 2 => Level::Subset,
        (0, _) | (_, 0) if agreeing >= 2 => Level::Initial,
        (0, _) | (_, 0) => Level::Single,
        _ if full >= 2 => Level::Mostly,
        _ => one_word(a, b, found),
    }
}

/// Words without a partner that would name somebody.
fn unused(tokens: &Tokens, words: &[u32], used: u8) -> usize {
    let names = |word: u32| tokens.get(word).flags & (tokens::PARTICLE | tokens::LEGAL) == 0;
    words.iter().enumerate().filter(|&(place, &word)| used & 1 << place == 0 && names(word)).count()
}

fn one_word(a: &[u32], b: &[u32], found: &Found) -> Level {
    let last = |words: &[u32], used: u8| used & 1 << (words.len() - 1) != 0;
    let first = |used: u8| used & 1 != 0;
    match (found.left_used, found.right_used) {
        (left, right) if last(a, left) && last(b, right) => Level::Family,
        (left, right) if first(left) && first(right) => Level::Given,
        _ => Level::Word,
    }
}
