//! Edit distances of short ASCII words, without allocation: they run for every candidate pair.

/// Beyond this length words are compared by their beginnings.
const LONGEST: usize = 40;

/// Optimal string alignment distance (insert, delete, replace, swap neighbours), or `most + 1`
/// where it is greater than `most`.
pub fn osa(left: &[u8], right: &[u8], most: usize) -> usize {
    let left = &left[..left.len().min(LONGEST)];
    let right = &right[..right.len().min(LONGEST)];
    if left.len().abs_diff(right.len()) > most {
        return most + 1;
    }
    let common = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[common..], &right[common..]);
    let common = left.iter().rev().zip(right.iter().rev()).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[..left.len() - common], &right[..right.len() - common]);
    if left.is_empty() || right.is_empty() {
        return left.len().max(right.len());
    }
    table(left, right).min(most + 1)
}

fn table(left: &[u8], right: &[u8]) -> usize {
    let mut before = [0u8; LONGEST + 1];
    let mut last = [0u8; LONGEST + 1];
    let mut row = [0u8; LONGEST + 1];
    for (at, cell) in last.iter_mut().enumerate().take(right.len() + 1) {
        *cell = at as u8;
    }
    for i in 1..=left.len() {
        row[0] = i as u8;
        for j in 1..=right.len() {
            let cost = u8::from(left[i - 1] != right[j - 1]);
            let mut best = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + cost);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row[j] = best;
        }
        (before, last, row) = (last, row, before);
    }
    usize::from(last[right.len()])
}

/// How many slips may turn one word of this length into another: short words are other words.
pub fn slips(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}
