//! Small pictures in a cell: bars and sparklines.

/// A bar of up to `width` cells, in eighths of a cell.
pub fn bar(share: f64, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let filled = (share.clamp(0.0, 1.0) * (width * 8) as f64) as usize;
    format!("{}{}", "█".repeat(filled / 8), EIGHTHS[filled % 8])
}

/// A column for each value, the highest for the largest; more values than
/// `width` are added up in even groups.
pub fn sparkline(values: &[u64], width: usize) -> String {
    const EIGHTHS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let group = values.len().div_ceil(width.max(1)).max(1);
    // The last group is the newest: a part of one stands at the beginning.
    let rest = values.len() % group;
    let (first, others) = values.split_at(rest);
    let parts = std::iter::once(first).filter(|part| !part.is_empty()).chain(others.chunks(group));
    let sums: Vec<u64> = parts.map(|part| part.iter().sum()).collect();
    let largest = sums.iter().copied().max().unwrap_or_default().max(1);
    let height = |sum: u64| match sum {
        0 => ' ',
        _ => EIGHTHS[(u128::from(sum) * 7).div_ceil(u128::from(largest)) as usize],
    };
    sums.into_iter().map(height).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_fill_in_eighths() {
        assert_eq!(bar(0.0, 5), "");
        assert_eq!(bar(0.5, 4), "██");
        assert_eq!(bar(0.3, 2), "▌");
        assert_eq!(bar(7.0, 2), "██");
    }

    #[test]
    fn sparklines_show_the_shape() {
        assert_eq!(sparkline(&[], 8), "");
        assert_eq!(sparkline(&[0, 1, 7], 8), " ▂█");
        assert_eq!(sparkline(&[5, 5], 8), "██");
        assert_eq!(sparkline(&[9, 1, 2, 1, 2], 3).chars().count(), 3);
        assert_eq!(sparkline(&[0; 3], 8), "   ");
    }
}
