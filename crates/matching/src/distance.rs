//! Edit distances of short ASCII words, without allocation: they run for every candidate pair.

/// Beyond this length words are compared by their beginnings.
const LONGEST: usize = 40;

/// Optimal string alignment distance (insert, delete, replace, swap neighbours), or `most + 1`
/// where it is greater than `most`.
pub(crate) fn osa(left: &[u8], right: &[u8], most: usize) -> usize {
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
    table(left, right, most)
}

/// Only the cells near the diagonal can lead to so small a distance (Ukkonen 1985).
fn table(left: &[u8], right: &[u8], most: usize) -> usize {
    let far = u8::try_from(most + 1).unwrap_or(u8::MAX);
    let mut before = [far; LONGEST + 2];
    let mut last = [far; LONGEST + 2];
    let mut row = [far; LONGEST + 2];
    for (at, cell) in last.iter_mut().enumerate().take(right.len().min(most) + 1) {
        *cell = at as u8;
    }
    let mut nearest_before = 0;
    for i in 1..=left.len() {
        let (first, end) = (i.saturating_sub(most).max(1), right.len().min(i + most));
        row[first - 1] = if first == 1 { (i as u8).min(far) } else { far };
        let mut nearest = row[first - 1];
        for j in first..=end {
            let cost = u8::from(left[i - 1] != right[j - 1]);
            let mut best = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + cost);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row[j] = best.min(far);
            nearest = nearest.min(best);
        }
        row[end + 1] = far;
        // A swap reaches back two rows.
        if nearest >= far && nearest_before >= far {
            return most + 1;
        }
        nearest_before = nearest;
        (before, last, row) = (last, row, before);
    }
    usize::from(last[right.len()])
}

/// How many slips may turn one word of this length into another: short words are other words.
pub(crate) fn slips(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}
