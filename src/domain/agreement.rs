//! How far two values agree, in the words of the matcher.

/// The level without the values: of `Ana ~ Anna (another spelling)` what stands in brackets.
pub fn level(words: &str) -> Option<&str> {
    words.rsplit_once(" (").map(|(_, level)| level.trim_end_matches(')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_stands_in_brackets() {
        assert_eq!(level("name Ana ~ Anna (another spelling)"), Some("another spelling"));
        assert_eq!(level("same phone"), None);
    }
}
